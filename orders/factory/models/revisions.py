"""What changed about a work order when its customer changed the design."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orders.factory.models.work_orders import WorkOrder
from orders.models import Specification


class WorkOrderRevision(models.Model):
    """A change of what is built, as the bench needs to know it; `revision` is the new one.

    `returns` are parts that are not needed any more (to be put back if they were pulled), `pulls`
    those that are needed now; each with code, number, name, material, cut, bin, unit and quantity.
    `operations` are those added, removed or changed (`kind`), with code, name and work center.
    """

    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="revisions", verbose_name=_("work order")
    )
    revision = models.PositiveSmallIntegerField(_("revision"))
    before = models.ForeignKey(
        Specification, models.PROTECT, related_name="+", verbose_name=_("before")
    )
    after = models.ForeignKey(
        Specification, models.PROTECT, related_name="+", verbose_name=_("after")
    )
    due_before = models.DateField(_("was due"))
    due_after = models.DateField(_("due"))
    returns = models.JSONField(_("to return"), default=list)
    pulls = models.JSONField(_("to pull"), default=list)
    operations = models.JSONField(_("operations"), default=list)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["revision"]
        verbose_name = _("revision of a work order")
        verbose_name_plural = _("revisions of work orders")
        constraints = [
            models.UniqueConstraint(fields=["work_order", "revision"], name="wo_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.revision}"
