"""What happened to work orders."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.factory.models.work_orders import WorkOrder, WorkOrderOperation


class WorkOrderMove(models.Model):
    """The history of a work order: who moved what from which state to which, when, and with what.

    A move of one operation names it. `key` is the sender's own mark of a tap or a scan: the same
    one counts once, however often it arrives.
    """

    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="moves", verbose_name=_("work order")
    )
    operation = models.ForeignKey(
        WorkOrderOperation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="moves",
        verbose_name=_("operation"),
    )
    event = models.CharField(_("event"), max_length=20, blank=True)
    before = models.CharField(_("before"), max_length=12, blank=True)
    after = models.CharField(_("after"), max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    station = models.CharField(_("station"), max_length=60, blank=True)
    cause = models.CharField(_("cause"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    photo = models.CharField(_("photo"), max_length=64, blank=True)  # SHA-256 in MEDIA_ROOT
    lots = models.JSONField(_("lots"), default=dict, blank=True)  # by the part's code
    key = models.CharField(_("key"), max_length=64, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["event", "work_order", "at"], name="moves_of_an_event")]

    def __str__(self) -> str:
        return f"{self.work_order} {self.after}"
