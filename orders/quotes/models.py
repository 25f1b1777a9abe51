"""Quotes and their lines. Each line has a copy of its design, which nobody edits."""

import secrets
import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.wizard.models import Design
from orders.models import Order, Specification


def _token() -> str:
    return secrets.token_urlsafe(24)


class Quote(models.Model):
    """What was offered to whom; `token` opens its page.

    `contact` is what placing.Contact holds; `shipping` {"code", "name": words by language,
    "pickup", "days"}, or {} where nothing is said of it.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("quote", "open")
        ACCEPTED = "accepted", pgettext_lazy("quote", "accepted")
        DECLINED = "declined", pgettext_lazy("quote", "declined")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=48, unique=True, default=_token, editable=False)
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    contact = models.JSONField(_("contact"), default=dict)
    language = models.CharField(_("language"), max_length=10, default="en")
    currency = models.CharField(_("currency"), max_length=3)
    shipping = models.JSONField(_("shipping"), default=dict, blank=True)
    shipping_net = models.DecimalField(
        _("net for shipping"), max_digits=12, decimal_places=2, default=0
    )
    # Taken off by promo codes, as an order keeps it; used up when it is accepted.
    discounts = models.JSONField(_("discounts"), default=list, blank=True)
    reverse_charge = models.BooleanField(_("reverse charge"), default=False)
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    tax = models.DecimalField(_("tax"), max_digits=12, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    valid_until = models.DateField(_("valid until"))
    ready_on = models.DateField(_("ready if ordered at once"))
    order = models.OneToOneField(
        Order, models.PROTECT, null=True, blank=True, related_name="quote", verbose_name=_("order")
    )

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self) -> str:
        return self.number

    @property
    def expired(self) -> bool:
        """Whether it is too late to accept it."""
        return self.state == self.State.OPEN and timezone.localdate() > self.valid_until

    @property
    def can_be_accepted(self) -> bool:
        return self.state == self.State.OPEN and not self.expired


class QuoteLine(models.Model):
    """So many of a design, as frozen by its specification. Money as in OrderLine."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="lines", verbose_name=_("quote"))
    position = models.PositiveSmallIntegerField(_("position"))
    design = models.ForeignKey(Design, models.PROTECT, related_name="+", verbose_name=_("design"))
    specification = models.ForeignKey(
        Specification, models.PROTECT, related_name="+", verbose_name=_("specification")
    )
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    rush = models.BooleanField(_("rush"), default=False)
    unit_net = models.DecimalField(_("net for one"), max_digits=12, decimal_places=2)
    rush_net = models.DecimalField(
        _("net for rush"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    tax_rate = models.DecimalField(_("tax rate, %"), max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["position"]
        verbose_name = _("line of a quote")
        verbose_name_plural = _("lines of quotes")

    def __str__(self) -> str:
        return f"{self.quote}/{self.position}"
