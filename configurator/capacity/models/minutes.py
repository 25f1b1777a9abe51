"""Minutes of work centers: how many a day has, how many are booked, and by which reservation."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from configurator.catalog.models import WorkCenter


class CapacityState(models.Model):
    """One row, which every change of minutes, stock and calendars replaces with a new `version`.

    Who books holds it until the transaction ends, so that bookings follow one another; who plans
    knows by it whether what is remembered still holds.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.UUIDField(default=uuid.uuid4)

    def __str__(self) -> str:
        return str(self.version)


class WorkCenterHours(WorkCenter):
    """A work center as those see it who plan: its hours, stations, efficiency and holidays."""

    class Meta:
        proxy = True
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")


class Closure(models.Model):
    """Days on which a work center, or all of them, stands still."""

    work_center = models.ForeignKey(
        WorkCenter,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="closures",
        verbose_name=_("work center"),
        help_text=_("Empty: all of them."),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["first_day", "id"]
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="closure_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"

    def clean(self) -> None:
        """The days are in order, and no more than a year."""
        if not self.first_day or not self.last_day:
            return
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("It ends before it begins.")})
        if (self.last_day - self.first_day).days > 366:
            raise ValidationError({"last_day": _("A closure lasts no more than a year.")})


class DayLoad(models.Model):
    """A work center on a day: the minutes there are, and those that are booked.

    There is a row once something is booked. `rushed` of the booked ones belong to rush orders.
    """

    work_center = models.ForeignKey(
        WorkCenter, models.PROTECT, related_name="loads", verbose_name=_("work center")
    )
    day = models.DateField(_("day"))
    capacity = models.PositiveIntegerField(_("minutes"))
    booked = models.PositiveIntegerField(_("booked minutes"), default=0)
    rushed = models.PositiveIntegerField(_("booked for rush orders"), default=0)

    class Meta:
        ordering = ["day", "work_center"]
        verbose_name = _("load of a day")
        verbose_name_plural = _("loads of days")
        constraints = [
            models.UniqueConstraint(fields=["work_center", "day"], name="one_load_a_day"),
            models.CheckConstraint(
                condition=Q(booked__lte=F("capacity")), name="never_booked_above_capacity"
            ),
            models.CheckConstraint(condition=Q(rushed__lte=F("booked")), name="rushed_is_booked"),
        ]

    def __str__(self) -> str:
        return f"{self.work_center_id} {self.day}: {self.booked}/{self.capacity}"


class Reservation(models.Model):
    """A place in the workshop: held for a while, then firm, in the end released.

    `key` says whose: "design:<uuid>" while held, "line:<order number>-<position>" once firm.
    `routing` are the tasks as they were planned, to plan them again; `made_of` is the hash of all
    that the plan depends on. `promised_on` was told to the customer; `ready_on` is the plan's.
    `whole` is the plan of a place for a change: its bookings are only what it has more than the
    order.
    """

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("reservation", "held")
        FIRM = "firm", pgettext_lazy("reservation", "firm")
        RELEASED = "released", pgettext_lazy("reservation", "released")

    key = models.CharField(_("key"), max_length=80, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.HELD)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    holder = models.CharField(_("held by"), max_length=64, blank=True)  # hash of a browser
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    rush = models.BooleanField(_("rush"), default=False)
    routing = models.JSONField(_("routing"), default=list)
    whole = models.JSONField(_("whole plan"), default=list, blank=True)
    made_of = models.CharField(_("hash of the routing"), max_length=64)
    ready_on = models.DateField(_("ready on"))
    promised_on = models.DateField(_("promised for"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["ready_on", "key"]
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        indexes = [
            models.Index(
                fields=["held_until"], condition=Q(state="held"), name="held_reservations"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Booking(models.Model):
    """Minutes of a day that an operation of a reservation has. One over several days has several.

    `starts` is the minute of the day at which it is planned to begin. A pinned one stays where
    somebody put it. `done` says that the operation is over; what lay ahead was given back.
    """

    reservation = models.ForeignKey(
        Reservation, models.CASCADE, related_name="bookings", verbose_name=_("reservation")
    )
    operation = models.CharField(_("operation"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"))
    work_center = models.ForeignKey(
        WorkCenter, models.PROTECT, related_name="bookings", verbose_name=_("work center")
    )
    day = models.DateField(_("day"))
    minutes = models.PositiveIntegerField(_("minutes"))
    starts = models.PositiveSmallIntegerField(_("from minute"), default=0)
    pinned = models.BooleanField(_("set by hand"), default=False)
    done = models.BooleanField(_("done"), default=False)

    class Meta:
        ordering = ["position", "day"]
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [
            models.UniqueConstraint(
                fields=["reservation", "position", "day"], name="one_booking_a_day"
            )
        ]
        indexes = [models.Index(fields=["work_center", "day"], name="bookings_of_a_day")]

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.operation} {self.day}"
