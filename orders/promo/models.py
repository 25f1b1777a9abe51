"""Promotions, the codes that open them, and the orders in which these were used."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.catalog.models import Product
from orders.models import Order
from orders.promo.writing import LONGEST, SHORTEST, in_fours, tidy
from orders.selling.codes import check_currency

POSITIVE = MinValueValidator(Decimal("0.01"))
NOT_NEGATIVE = MinValueValidator(Decimal(0))


class Promotion(models.Model):
    """What is taken off, from what, when, and how often. Amounts are without tax, in `currency`;
    `used` counts the orders that stand, by all of its codes together."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("percent of the goods")
        AMOUNT = "amount", _("amount off the goods")
        SHIPPING = "shipping", _("free shipping")

    name = models.CharField(
        pgettext_lazy("promotion", "name"),
        max_length=80,
        help_text=_("Customers read it in their receipt, like “Spring sale”."),
    )
    kind = models.CharField(_("what it takes off"), max_length=10, choices=Kind)
    percent = models.DecimalField(
        _("percent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[POSITIVE, MaxValueValidator(Decimal(100))],
    )
    amount = models.DecimalField(
        _("amount without tax"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[POSITIVE],
        help_text=_("For free shipping: no more than this. Empty: all of it."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="EUR", validators=[check_currency]
    )
    products = models.ManyToManyField(
        Product, blank=True, verbose_name=_("products"), help_text=_("None: for all of them.")
    )
    minimum = models.DecimalField(
        _("from goods of"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
        help_text=_("Without tax, of the products that it is for."),
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    limit = models.PositiveIntegerField(
        _("orders, at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("By all of its codes together. Empty: any number."),
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    once_per_person = models.BooleanField(
        _("once for each person"), default=False, help_text=_("Told apart by their email.")
    )
    stackable = models.BooleanField(
        _("together with others"),
        default=False,
        help_text=_("With other codes that may be used together, too."),
    )
    group = models.SlugField(
        _("group"),
        max_length=40,
        blank=True,
        help_text=_("Of one group only one works in an order, whatever else may be together."),
    )
    active = models.BooleanField(pgettext_lazy("promotion", "active"), default=True)
    objects: ClassVar[models.Manager["Promotion"]] = models.Manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(limit=None) | models.Q(used__lte=models.F("limit")),
                name="promotion_not_oversold",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What hangs together: a percentage where it takes percents, the end after the start."""
        if self.kind == self.Kind.PERCENT and self.percent is None:
            raise ValidationError({"percent": _("Write how many percent.")})
        if self.kind == self.Kind.AMOUNT and self.amount is None:
            raise ValidationError({"amount": _("Write how much.")})
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("It ends before it begins.")})
        if self.limit is not None and self.limit < self.used:
            told = _("It was used %(used)d times already.") % {"used": self.used}
            raise ValidationError({"limit": told})


class PromoCode(models.Model):
    """What customers write. `limit` is how often it may be used: 1 for one of a batch."""

    promotion = models.ForeignKey(
        Promotion, models.CASCADE, related_name="codes", verbose_name=_("promotion")
    )
    code = models.CharField(
        _("code"),
        max_length=LONGEST,
        unique=True,
        help_text=_("Capitals and small letters are the same; hyphens and spaces don’t count."),
    )
    limit = models.PositiveIntegerField(
        _("uses, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    used = models.PositiveIntegerField(_("used"), default=0, editable=False)
    personal = models.BooleanField(_("of one person"), default=False, editable=False)
    ends_at = models.DateTimeField(
        _("until"), null=True, blank=True, help_text=_("Empty: as long as its promotion.")
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("promo code")
        verbose_name_plural = _("promo codes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(limit=None) | models.Q(used__lte=models.F("limit")),
                name="promo_code_not_oversold",
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def grouped(self) -> str:
        """As people read it: in fours, if it is long."""
        return in_fours(self.code) if self.personal else self.code

    def clean(self) -> None:
        """Kept as it is compared."""
        self.code = tidy(self.code)
        if not SHORTEST <= len(self.code) <= LONGEST:
            size = {"few": SHORTEST, "most": LONGEST}
            told = _("Write %(few)d to %(most)d letters and digits.") % size
            raise ValidationError({"code": told})
        if self.limit is not None and self.limit < self.used:
            told = _("It was used %(used)d times already.") % {"used": self.used}
            raise ValidationError({"limit": told})


class Floor(models.Model):
    """How low promo codes may bring what a design costs; of a product, or of all others.

    `margin` is what stays of the price without tax after the costs of parts and work. Where these
    are not all known, `unknown` is the most that is taken off, in percent of the price.
    """

    product = models.OneToOneField(
        Product,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="floor",
        verbose_name=_("product"),
        help_text=_("Empty: for all that have none of their own."),
    )
    margin = models.DecimalField(
        _("margin that is kept, %"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[NOT_NEGATIVE, MaxValueValidator(Decimal(95))],
        help_text=_("Of the price without tax. 0: codes may take off all but the costs."),
    )
    unknown = models.DecimalField(
        _("at most off where costs are not known, %"),
        max_digits=5,
        decimal_places=2,
        default=100,
        validators=[NOT_NEGATIVE, MaxValueValidator(Decimal(100))],
    )

    class Meta:
        ordering = ["product_id", "id"]
        verbose_name = _("lowest price")
        verbose_name_plural = _("lowest prices")

    def __str__(self) -> str:
        return str(self.product or _("all products"))

    def clean(self) -> None:
        """One for all others is enough."""
        others = Floor.objects.filter(product=None).exclude(pk=self.pk)
        if self.product is None and others.exists():
            raise ValidationError({"product": _("There is one for all products already.")})


class Redemption(models.Model):
    """A code in an order. One that was given back counts no more."""

    promotion = models.ForeignKey(
        Promotion, models.PROTECT, related_name="redemptions", verbose_name=_("promotion")
    )
    code = models.ForeignKey(
        PromoCode, models.PROTECT, related_name="redemptions", verbose_name=_("promo code")
    )
    order = models.ForeignKey(
        Order, models.PROTECT, related_name="redemptions", verbose_name=_("order")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    given_back_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("use of a promo code")
        verbose_name_plural = _("uses of promo codes")
        indexes = [models.Index(fields=["at"], name="redemption_at")]
        constraints = [
            models.UniqueConstraint(fields=["order", "promotion"], name="promotion_once_an_order")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.order}"
