"""What customers decide: products, steps, options, choices, and the rules and prices on them."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from configurator.catalog.fields import CODE, COLOR, CURRENCY, LABEL_CODE, formula, measure, spec

if TYPE_CHECKING:
    from modeltranslation.manager import MultilingualManager  # noqa: F401  (what `objects` becomes)


class Product(models.Model):
    """Something customers design. Prices are net, in major units of `currency`."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=120)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR", validators=[CURRENCY])
    tax_rate = models.DecimalField(
        _("tax rate, %"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    base_price = models.DecimalField(
        _("base price, net"),
        max_digits=12,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    base_days = models.PositiveSmallIntegerField(_("working days to build"), default=5)
    # What a place among the rush orders costs; with neither, there are none.
    rush_percent = models.DecimalField(
        _("rush, % of the net price"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Or an amount; with neither, customers are offered no rush."),
    )
    rush_amount = models.DecimalField(
        _("rush, net for an order"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    picture = spec(_("picture"), _("Size, ground and defined names of the preview picture."))
    showcase = spec(
        _("showcase"), _("The design that the shop shows: a value or text by option code.")
    )
    guide = models.JSONField(
        _("guide"),
        default=list,
        blank=True,
        help_text=_("Questions about what customers need, and what their answers speak for."),
    )
    coverage = models.JSONField(
        _("coverage"),
        default=list,
        blank=True,
        help_text=_("Which parts and operations every design must have."),
    )

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("product")
        verbose_name_plural = _("products")
        permissions = [("publish_product", _("Can publish products"))]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.rush_percent is not None and self.rush_amount is not None:
            reason = _("Rush costs either a percentage or an amount, not both.")
            raise ValidationError({"rush_amount": reason})


class Step(models.Model):
    """A page of the wizard: options which a customer decides together."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="steps", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=60, validators=[CODE])
    name = models.CharField(_("name"), max_length=120)
    help = models.TextField(_("help"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="step_code_once_a_product")
        ]

    def __str__(self) -> str:
        return self.name


class Option(models.Model):
    """Something that the customer decides. `kind` says what its values are."""

    class Kind(models.TextChoices):
        CHOICE = "choice", _("one of its choices")
        TOGGLE = "toggle", _("yes or no")
        NUMBER = "number", _("a number")
        TEXT = "text", _("a text")
        FILE = "file", _("a picture file")

    class Control(models.TextChoices):
        CARDS = "cards", _("cards")
        SWATCHES = "swatches", _("color swatches")
        SEGMENTED = "segmented", _("segmented buttons")
        SELECT = "select", _("list")
        SLIDER = "slider", _("slider and number")
        SWITCH = "switch", _("switch")
        TEXT = "text", _("text field")
        FILE = "file", _("file field")

    class Needs(models.TextChoices):
        PART = "part", _("a part")
        OPERATION = "operation", _("an operation")
        BOTH = "both", _("a part and an operation")

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="options", verbose_name=_("product")
    )
    step = models.ForeignKey(Step, models.CASCADE, related_name="options", verbose_name=_("step"))
    code = models.CharField(_("code"), max_length=60, validators=[CODE])
    name = models.CharField(_("name"), max_length=120)
    help = models.TextField(_("help"), blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CHOICE)
    control = models.CharField(_("control"), max_length=10, choices=Control, default=Control.CARDS)
    when = formula(_("applies when"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    price = models.CharField(_("price when on"), max_length=200, blank=True)
    lead_days = models.PositiveSmallIntegerField(_("working days when on"), default=0)
    needs = models.CharField(
        _("needs"),
        max_length=10,
        choices=Needs,
        blank=True,
        help_text=_("What depends on it in every design that has a value of it."),
    )
    # numbers
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    minimum = measure(_("smallest"))
    maximum = measure(_("largest"))
    step_size = measure(_("step size"))
    # texts and files
    required = models.BooleanField(_("required"), default=False)
    max_length = models.PositiveSmallIntegerField(_("longest text"), null=True, blank=True)
    characters = models.CharField(
        _("allowed characters"),
        max_length=200,
        blank=True,
        help_text=_("The inside of a regular expression's brackets, like A-Za-z0-9 ."),
    )
    placeholder = models.CharField(_("example"), max_length=120, blank=True)
    accept = models.JSONField(_("file types"), default=list, blank=True)
    max_megabytes = models.PositiveSmallIntegerField(_("largest file, MB"), null=True, blank=True)
    minimum_pixels = models.PositiveIntegerField(_("fewest pixels a side"), null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="option_code_once_a_product")
        ]

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """One value of a choice option. `attributes` are numbers or texts that formulas can read."""

    option = models.ForeignKey(
        Option, models.CASCADE, related_name="choices", verbose_name=_("option")
    )
    code = models.CharField(_("code"), max_length=60, validators=[LABEL_CODE])
    name = models.CharField(_("name"), max_length=120)
    help = models.TextField(_("help"), blank=True)
    swatch = models.CharField(_("color"), max_length=7, blank=True, validators=[COLOR])
    image = models.CharField(_("picture"), max_length=200, blank=True)
    price = models.CharField(
        _("price"), max_length=200, blank=True, help_text=_("A number or a formula, net.")
    )
    lead_days = models.PositiveSmallIntegerField(_("working days"), default=0)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    needs = models.CharField(
        _("needs"), max_length=10, choices=[("nothing", _("nothing"))], blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = [
            models.UniqueConstraint(fields=["option", "code"], name="choice_code_once_an_option")
        ]

    def __str__(self) -> str:
        return self.name


class Rule(models.Model):
    """What every design must meet: a condition, or a table of combinations."""

    class Kind(models.TextChoices):
        CONDITION = "condition", _("condition")
        ALLOW = "allow", _("only these combinations")
        FORBID = "forbid", _("none of these combinations")

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="rules", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=80, validators=[LABEL_CODE])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.CONDITION)
    text = formula(_("rule"))
    columns = models.JSONField(_("options"), default=list, blank=True)
    rows = models.JSONField(_("combinations"), default=list, blank=True)
    message = models.TextField(_("why, in the customer's words"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="rule_code_once_a_product")
        ]

    def __str__(self) -> str:
        return self.code


class PriceRule(models.Model):
    """A line of the price besides the prices of choices; `amount` is a formula, net."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="price_rules", verbose_name=_("product")
    )
    code = models.CharField(_("code"), max_length=80, validators=[LABEL_CODE])
    label = models.CharField(_("label"), max_length=160)
    when = formula(_("when"))
    amount = formula(_("amount, net"), blank=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("price rule")
        verbose_name_plural = _("price rules")
        constraints = [
            models.UniqueConstraint(fields=["product", "code"], name="price_code_once_a_product")
        ]

    def __str__(self) -> str:
        return self.label
