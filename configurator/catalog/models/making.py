"""How a product is made: its bill of materials, its routing, and the places of the work."""

from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.fields import COUNTRY, CURRENCY, LABEL_CODE, formula
from configurator.catalog.hours import validate_hours
from configurator.catalog.models.products import Product

if TYPE_CHECKING:
    from modeltranslation.manager import MultilingualManager  # noqa: F401  (what `objects` becomes)


class Part(models.Model):
    """A line of the bill of materials: so many of a part when a condition holds.

    Cut sizes are formulas in millimeters; a part with a cut length stands on the cut list. Scrap is
    what is lost on the way: so much percent more is pulled. Stock is kept by `number`.
    """

    class Unit(models.TextChoices):
        PIECES = "pcs", _("pieces")
        METERS = "m", _("meters")
        SQUARE_METERS = "m2", _("square meters")
        KILOGRAMS = "kg", _("kilograms")
        GRAMS = "g", _("grams")
        SETS = "set", _("sets")

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="parts", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=80, validators=[LABEL_CODE])
    number = models.CharField(_("part number"), max_length=60, blank=True)
    name = models.CharField(_("name"), max_length=160)
    when = formula(_("when"))
    quantity = formula(_("quantity"), blank=False, default="1")
    unit = models.CharField(_("unit"), max_length=4, choices=Unit, default=Unit.PIECES)
    cut_length = formula(_("cut length, mm"))
    cut_width = formula(_("cut width, mm"))
    cut_thickness = formula(_("cut thickness, mm"))
    material = models.CharField(
        _("material"), max_length=160, blank=True, help_text=_("An option's code, or a text.")
    )
    bin = models.CharField(_("bin"), max_length=40, blank=True)
    scrap = models.DecimalField(
        _("scrap, %"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    operation = models.CharField(
        _("used by the operation"),
        max_length=80,
        blank=True,
        help_text=_("Its code; empty for the first one."),
    )
    lead_days = models.PositiveSmallIntegerField(
        _("working days to get it"), default=0, help_text=_("When there is none in stock.")
    )
    stock = models.DecimalField(
        _("opening stock"),
        max_digits=12,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("How much of the part number is there when the product first comes."),
    )
    cost = formula(
        _("cost of one unit"),
        help_text=_(
            "What you pay, without tax: a number or a formula. No promo code goes below costs."
            " Empty: not known."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="part_code_once_a_product")
        ]

    def __str__(self) -> str:
        return self.name


class WorkCenter(models.Model):
    """A place in the factory where operations are done, and when work is done there.

    `stations` work side by side during `hours` (capacity/hours.py reads them), each getting done
    `efficiency` percent of the planned minutes. Nobody works on the public holidays of `country`.
    An hour of one of them costs `hourly_cost`.
    """

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[LABEL_CODE])
    name = models.CharField(_("name"), max_length=120)
    stations = models.PositiveSmallIntegerField(
        _("stations"), default=1, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    efficiency = models.DecimalField(
        _("efficiency, %"),
        max_digits=5,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
    )
    hours = models.CharField(
        _("working hours"),
        max_length=300,
        default="mon-fri 08:00-16:00",
        validators=[validate_hours],
        help_text=_("Like “mon-fri 06:00-14:00 14:00-22:00; sat 08:00-12:00”."),
    )
    country = models.CharField(
        _("public holidays of"),
        max_length=6,
        blank=True,
        validators=[COUNTRY],
        help_text=_("A country's code like PL, or with a region like DE-BY; empty for none."),
    )
    hourly_cost = models.DecimalField(
        _("cost of an hour"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Of one who works there, with the machine. Empty: not known."),
    )
    cost_currency = models.CharField(
        _("currency of the cost"), max_length=3, default="EUR", validators=[CURRENCY]
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("work center")
        verbose_name_plural = _("work centers")

    def __str__(self) -> str:
        return self.name


class Operation(models.Model):
    """A step of the routing. `instructions` may name options in braces: {frame_size}.

    `predecessors` are the codes of operations that must be done before; None means the one before
    it in the routing. `pictures` are paths of picture files, options in braces.
    """

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="operations", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=80, validators=[LABEL_CODE])
    name = models.CharField(_("name"), max_length=120)
    work_center = models.ForeignKey(
        WorkCenter, models.PROTECT, related_name="operations", verbose_name=_("work center")
    )
    when = formula(_("when"))
    setup_minutes = formula(_("setup minutes"), blank=False, default="0")
    run_minutes = formula(_("run minutes"), blank=False, default="0")
    instructions = models.TextField(_("instructions"), blank=True)
    checks = models.JSONField(
        _("checks"), default=list, blank=True, help_text=_("Texts, or texts by language.")
    )
    predecessors = models.JSONField(
        _("after"),
        null=True,
        blank=True,
        default=None,
        help_text=_("Codes of operations; nothing for the one before it."),
    )
    tooling = models.CharField(_("tooling"), max_length=300, blank=True)
    pictures = models.JSONField(_("pictures"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        constraints = [
            models.UniqueConstraint(
                fields=["product", "code"], name="operation_code_once_a_product"
            )
        ]

    def __str__(self) -> str:
        return self.name
