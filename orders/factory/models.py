"""Work orders: one a line of an order, made by Celery from the frozen specification."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models import OrderLine


class WorkOrder(models.Model):
    """What the bench builds. States change only by guarded updates (services.py)."""

    class State(models.TextChoices):
        RELEASED = "released", pgettext_lazy("work order", "released")
        STARTED = "started", pgettext_lazy("work order", "started")
        FINISHED = "finished", pgettext_lazy("work order", "finished")
        CANCELED = "canceled", pgettext_lazy("work order", "canceled")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=24, unique=True)
    line = models.OneToOneField(
        OrderLine, models.PROTECT, related_name="work_order", verbose_name=_("order line")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RELEASED)
    version = models.PositiveIntegerField(_("version"), default=0)
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    due_on = models.DateField(_("due"))
    released_at = models.DateTimeField(_("released"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "number"]
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        indexes = [models.Index(fields=["state", "due_on"], name="work_queue")]

    def __str__(self) -> str:
        return self.number


class WorkOrderPart(models.Model):
    """A part to pull for a whole work order (quantity times the line's). Sizes in mm."""

    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="parts", verbose_name=_("work order")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=80)
    number = models.CharField(_("part number"), max_length=60, blank=True)
    name = models.JSONField(_("name"))
    material = models.JSONField(_("material"), default=dict, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=4)
    cut_length = models.DecimalField(
        _("cut length, mm"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    cut_width = models.DecimalField(
        _("cut width, mm"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    cut_thickness = models.DecimalField(
        _("cut thickness, mm"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    bin = models.CharField(_("bin"), max_length=40, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["work_order", "position"], name="wo_part_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.code}"


class WorkOrderOperation(models.Model):
    """An operation of a work order's routing. Minutes for the whole work order."""

    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="operations", verbose_name=_("work order")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=80)
    name = models.JSONField(_("name"))
    work_center = models.CharField(_("work center"), max_length=60)
    work_center_name = models.JSONField(_("name of the work center"), default=dict)
    setup_minutes = models.DecimalField(_("setup minutes"), max_digits=8, decimal_places=1)
    run_minutes = models.DecimalField(_("run minutes"), max_digits=8, decimal_places=1)
    instructions = models.JSONField(_("instructions"), default=dict)
    checks = models.JSONField(_("checks"), default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_order", "position"], name="wo_operation_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.code}"


class WorkOrderMove(models.Model):
    """The history of a work order: who moved it from which state to which, and when."""

    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="moves", verbose_name=_("work order")
    )
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
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.work_order} {self.after}"
