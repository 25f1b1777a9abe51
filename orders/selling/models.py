"""Ways of shipping and rates of tax, as the admin keeps them."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.selling.codes import check_countries, check_country, check_currency

NOT_NEGATIVE = MinValueValidator(Decimal(0))


class TaxRate(models.Model):
    """What is charged on what goes to a country; at home products say it themselves."""

    country = models.CharField(
        _("country"),
        max_length=2,
        unique=True,
        validators=[check_country],
        help_text=_("Two letters, like DE."),
    )
    rate = models.DecimalField(
        _("rate, %"),
        max_digits=5,
        decimal_places=2,
        validators=[NOT_NEGATIVE, MaxValueValidator(Decimal(100))],
    )
    reverse_charge = models.BooleanField(
        _("reverse charge"),
        default=False,
        help_text=_("Businesses of the same union with a VAT number pay the tax themselves."),
    )

    class Meta:
        ordering = ["country"]
        verbose_name = _("tax rate")
        verbose_name_plural = _("tax rates")

    def __str__(self) -> str:
        return f"{self.country} {self.rate} %"


class ShippingOption(models.Model):
    """A way in which orders reach their customers. `net` is without tax, in `currency`."""

    name = models.CharField(pgettext_lazy("shipping", "name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    active = models.BooleanField(pgettext_lazy("shipping", "offered"), default=True)
    pickup = models.BooleanField(
        _("pickup"), default=False, help_text=_("The customer comes to the workshop.")
    )
    countries = models.CharField(
        _("countries"),
        max_length=400,
        blank=True,
        validators=[check_countries],
        help_text=_("Two letters each, like DE, ES, PL. Empty: everywhere."),
    )
    currency = models.CharField(
        _("currency"), max_length=3, default="EUR", validators=[check_currency]
    )
    net = models.DecimalField(
        _("price without tax"), max_digits=12, decimal_places=2, validators=[NOT_NEGATIVE]
    )
    free_above = models.DecimalField(
        _("free from"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[NOT_NEGATIVE],
        help_text=_("Of goods without tax. Empty: never free."),
    )
    days = models.PositiveSmallIntegerField(
        _("working days on the way"), default=2, validators=[MaxValueValidator(250)]
    )
    objects: ClassVar[models.Manager["ShippingOption"]] = models.Manager()

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("way of shipping")
        verbose_name_plural = _("ways of shipping")
        constraints = [
            models.CheckConstraint(condition=models.Q(net__gte=0), name="shipping_costs_not_less")
        ]

    def __str__(self) -> str:
        return self.name
