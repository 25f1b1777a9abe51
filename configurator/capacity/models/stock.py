"""Stock of parts, by part number: what is there, what is reserved, and every move of it."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.capacity.models.minutes import Reservation


class StockItem(models.Model):
    """How much there is of a part. A part without a row is always at hand."""

    number = models.CharField(_("part number"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    on_hand = models.DecimalField(
        _("on hand"), max_digits=14, decimal_places=3, default=0, validators=[MinValueValidator(0)]
    )
    reserved = models.DecimalField(_("reserved"), max_digits=14, decimal_places=3, default=0)

    class Meta:
        ordering = ["number"]
        verbose_name = _("stock item")
        verbose_name_plural = _("stock items")
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__lte=F("on_hand"), reserved__gte=0),
                name="no_more_reserved_than_there_is",
            )
        ]

    def __str__(self) -> str:
        return self.number


class StockClaim(models.Model):
    """What a reservation needs of a part; covered once it is reserved, gone once it is used."""

    class State(models.TextChoices):
        SHORT = "short", pgettext_lazy("stock", "to come")
        COVERED = "covered", pgettext_lazy("stock", "reserved")
        USED = "used", pgettext_lazy("stock", "used")

    reservation = models.ForeignKey(
        Reservation, models.CASCADE, related_name="claims", verbose_name=_("reservation")
    )
    item = models.ForeignKey(
        StockItem, models.PROTECT, related_name="claims", verbose_name=_("stock item")
    )
    operation = models.CharField(_("operation"), max_length=80, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SHORT)

    class Meta:
        ordering = ["id"]
        verbose_name = _("claim on stock")
        verbose_name_plural = _("claims on stock")

    def __str__(self) -> str:
        return f"{self.item_id} × {self.quantity}"


class StockMove(models.Model):
    """The ledger: every change of what is there or reserved, why, and for whom.

    `mark` comes with the form of a receipt: the same one sent twice counts once.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("stock", "received")
        COUNTED = "counted", pgettext_lazy("stock", "counted")
        RESERVED = "reserved", pgettext_lazy("stock", "reserved")
        RELEASED = "released", pgettext_lazy("stock", "released")
        USED = "used", pgettext_lazy("stock", "used")

    item = models.ForeignKey(
        StockItem, models.PROTECT, related_name="moves", verbose_name=_("stock item")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=3)
    key = models.CharField(_("for"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    mark = models.UUIDField(_("mark"), null=True, blank=True, unique=True, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("stock move")
        verbose_name_plural = _("stock moves")

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} {self.quantity}"
