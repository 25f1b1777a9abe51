"""Work orders: made by Celery from the frozen specification of an order line."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models import OrderLine, Specification


class WorkOrder(models.Model):
    """What the bench builds. States change only by guarded updates (services.py).

    `specification` is what is built now; when the customer changes it, `revision` rises and papers
    of earlier revisions are void. A scrapped work order is made anew as the next `attempt`.
    """

    class State(models.TextChoices):
        RELEASED = "released", pgettext_lazy("work order", "released")
        STARTED = "started", pgettext_lazy("work order", "started")
        PAUSED = "paused", pgettext_lazy("work order", "paused")
        HELD = "held", pgettext_lazy("work order", "on hold")
        REWORK = "rework", pgettext_lazy("work order", "in rework")
        FINISHED = "finished", pgettext_lazy("work order", "finished")
        SHIPPED = "shipped", pgettext_lazy("work order", "shipped")
        SCRAPPED = "scrapped", pgettext_lazy("work order", "scrapped")
        CANCELED = "canceled", pgettext_lazy("work order", "canceled")

    class Answerer(models.TextChoices):
        LEAD = "lead", _("the lead")
        PURCHASING = "purchasing", _("purchasing")
        CUSTOMER = "customer", _("the customer")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=24, unique=True)
    line = models.ForeignKey(
        OrderLine, models.PROTECT, related_name="work_orders", verbose_name=_("order line")
    )
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=1)
    remake_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="remakes",
        verbose_name=_("remake of"),
    )
    specification = models.ForeignKey(
        Specification, models.PROTECT, related_name="work_orders", verbose_name=_("specification")
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.RELEASED)
    version = models.PositiveIntegerField(_("version"), default=0)
    quantity = models.PositiveSmallIntegerField(_("quantity"))
    due_on = models.DateField(_("due"))
    # Of those that are due on a day, these go first.
    rush = models.BooleanField(_("rush"), default=False)
    released_at = models.DateTimeField(_("released"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True, blank=True)
    hold_reason = models.CharField(_("why it is on hold"), max_length=300, blank=True)
    hold_for = models.CharField(_("who must answer"), max_length=12, choices=Answerer, blank=True)

    class Meta:
        ordering = ["due_on", "-rush", "number"]
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        indexes = [models.Index(fields=["state", "due_on"], name="work_queue")]
        constraints = [
            models.UniqueConstraint(fields=["line", "attempt"], name="wo_attempt_once_a_line")
        ]

    def __str__(self) -> str:
        return self.number


class WorkOrderPart(models.Model):
    """A part to pull for a whole work order (quantity times the line's). Sizes in mm.

    `scrap` is how much is pulled besides, for what is lost on the way; `operation` the code of the
    one which uses it, "" for the first.
    """

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
    scrap = models.DecimalField(_("scrap"), max_digits=12, decimal_places=3, default=0)
    operation = models.CharField(_("operation"), max_length=80, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["work_order", "position"], name="wo_part_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.code}"


class WorkOrderOperation(models.Model):
    """An operation of a work order's routing. Minutes for the whole work order.

    `predecessors` are the codes of those that must be done before. `worked_minutes` is the time
    clocked on it so far, without pauses. `reads` are the codes of the options on which it depends:
    once it has begun they can't be changed any more. `ready` is kept by the services: all before
    it is done, so that a queue need not look at each routing. Operations with the same `setup_key`
    share one set-up (setups.py).
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("operation", "waiting")
        STARTED = "started", pgettext_lazy("operation", "started")
        PAUSED = "paused", pgettext_lazy("operation", "paused")
        DONE = "done", pgettext_lazy("operation", "done")

    work_order = models.ForeignKey(
        WorkOrder, models.CASCADE, related_name="operations", verbose_name=_("work order")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code"), max_length=80)
    name = models.JSONField(_("name"))
    work_center = models.CharField(_("work center"), max_length=60)
    work_center_name = models.JSONField(_("name of the work center"), default=dict)
    setup_minutes = models.DecimalField(_("setup minutes"), max_digits=8, decimal_places=1)
    setup_key = models.CharField(_("set-up"), max_length=16, blank=True)
    run_minutes = models.DecimalField(_("run minutes"), max_digits=8, decimal_places=1)
    instructions = models.JSONField(_("instructions"), default=dict)
    checks = models.JSONField(_("checks"), default=list)
    tooling = models.JSONField(_("tooling"), default=dict, blank=True)
    pictures = models.JSONField(_("pictures"), default=list, blank=True)
    predecessors = models.JSONField(_("after"), default=list, blank=True)
    reads = models.JSONField(_("depends on"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    version = models.PositiveIntegerField(_("version"), default=0)
    ready = models.BooleanField(_("ready"), default=False)
    rework = models.BooleanField(_("to be done again"), default=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    resumed_at = models.DateTimeField(_("resumed"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    worked_minutes = models.DecimalField(
        _("worked minutes"), max_digits=9, decimal_places=2, default=0
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["work_order", "position"], name="wo_operation_position_once"
            )
        ]
        indexes = [
            models.Index(fields=["work_center", "state", "ready"], name="station_queue"),
            # All that the figures read, so that they need not touch the rows.
            models.Index(
                fields=[
                    *("done_at", "work_center", "setup_key", "setup_minutes", "run_minutes"),
                    "worked_minutes",
                ],
                name="operations_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.work_order} {self.code}"
