"""Who changed the plan, when, why, and what moved."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanChange(models.Model):
    """What somebody did to the plan: `key` and `operation` say to which place, `work_center` with
    `first` and `last` to which days. Empty where it was to no single one."""

    class Kind(models.TextChoices):
        OPERATION = "operation", pgettext_lazy("plan", "operation moved")
        ORDER = "order", pgettext_lazy("plan", "work order moved")
        AUTOMATIC = "automatic", pgettext_lazy("plan", "planned as early as possible")
        ALL = "all", pgettext_lazy("plan", "everything planned anew")
        CLOSE = "close", pgettext_lazy("plan", "closed")
        OPEN = "open", pgettext_lazy("plan", "closure taken away")
        HOURS = "hours", pgettext_lazy("plan", "working hours changed")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    note = models.CharField(_("reason"), max_length=200, blank=True)
    key = models.CharField(_("key"), max_length=80, blank=True)
    operation = models.CharField(_("operation"), max_length=80, blank=True)
    work_center = models.CharField(_("work center"), max_length=80, blank=True)
    first = models.DateField(_("first day"), null=True, blank=True)
    last = models.DateField(_("last day"), null=True, blank=True)
    moved = models.PositiveIntegerField(_("operations moved"), default=0)
    broken = models.PositiveIntegerField(_("promises broken"), default=0)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("change of the plan")
        verbose_name_plural = _("changes of the plan")

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class PlanMove(models.Model):
    """An operation that a change put on other days (`before` and `after`, its first and last), or
    that stays on its day and is set by hand from now on, or no more."""

    change = models.ForeignKey(
        PlanChange, models.CASCADE, related_name="moves", verbose_name=_("change of the plan")
    )
    key = models.CharField(_("key"), max_length=80, db_index=True)
    operation = models.CharField(_("operation"), max_length=80)
    work_center = models.CharField(_("work center"), max_length=80)
    before_first = models.DateField(null=True)
    before_last = models.DateField(null=True)
    after_first = models.DateField(null=True)
    after_last = models.DateField(null=True)
    by_hand = models.BooleanField(_("set by hand"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("move of the plan")
        verbose_name_plural = _("moves of the plan")

    def __str__(self) -> str:
        return f"{self.key} {self.operation}: {self.before_first} → {self.after_first}"
