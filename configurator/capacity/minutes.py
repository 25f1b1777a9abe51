"""Taking minutes of days, and giving them back: guarded updates, never above capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F, Q

from configurator.capacity.models import Booking, CapacityState, DayLoad, Reservation
from configurator.capacity.schedule import Plan, Task
from configurator.capacity.snapshot import Snapshot


class Full(Exception):
    """Somebody else was faster: a day has not that many minutes left."""


@dataclass(frozen=True)
class Wanted:
    """Minutes of a work center's day."""

    center: int
    day: date
    minutes: int


def lock() -> UUID:
    """Hold the state of capacity until the transaction ends; gives the version that it had.

    Bookings, moves and changes of calendars follow one another. What is read from here on is
    exact, and whoever remembers the version from before looks anew.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("capacity changes only in a transaction")
    rows = CapacityState.objects.select_for_update().filter(pk=1)
    state = rows.first()
    if state is None:
        CapacityState.objects.get_or_create(pk=1)
        state = rows.get()
    rows.update(version=uuid4())
    return state.version


def take(wanted: Iterable[Wanted], snapshot: Snapshot, *, rush: bool) -> None:
    """Book minutes; Full if a day has not as many, and then the transaction is to be given up."""
    sums: dict[tuple[int, date], int] = defaultdict(int)
    for one in wanted:
        if one.minutes:
            sums[one.center, one.day] += one.minutes
    codes = {pk: code for code, pk in snapshot.ids.items()}
    _ensure(sums, codes, snapshot)
    for (center, day), minutes in sorted(sums.items()):
        kept = 0 if rush else snapshot.kept(codes[center], day.toordinal())
        if not _book(center, day, minutes, kept, rush=rush):
            raise Full(f"{codes[center]} {day}")


def _ensure(keys: Iterable[tuple[int, date]], codes: dict[int, str], snapshot: Snapshot) -> None:
    """Rows for all days, with as many minutes as the calendar has (or are booked already)."""
    keys = list(keys)
    days = {day for _center, day in keys}
    known = {
        (center, day): (capacity, booked)
        for center, day, capacity, booked in DayLoad.objects.filter(day__in=days).values_list(
            "work_center_id", "day", "capacity", "booked"
        )
    }
    fresh = []
    for center, day in keys:
        minutes = snapshot.minutes(codes[center], day.toordinal())
        if (center, day) not in known:
            fresh.append(DayLoad(work_center_id=center, day=day, capacity=minutes))
        elif known[center, day][0] != max(minutes, known[center, day][1]):
            rows = DayLoad.objects.filter(work_center_id=center, day=day, booked__lte=minutes)
            rows.update(capacity=minutes)
    DayLoad.objects.bulk_create(fresh, ignore_conflicts=True)


def _book(center: int, day: date, minutes: int, kept: int, *, rush: bool) -> bool:
    """Whether the minutes were there; `kept` ones are not for this order."""
    rows = DayLoad.objects.filter(
        Q(booked__lte=F("capacity") - minutes), work_center_id=center, day=day
    )
    if kept:
        rows = rows.filter(booked__lte=F("capacity") - kept - minutes + F("rushed"))
    changes = {"booked": F("booked") + minutes}
    if rush:
        changes["rushed"] = F("rushed") + minutes
    return rows.update(**changes) == 1


def give_back(bookings: Iterable[Booking], *, rush: bool) -> None:
    """The minutes of bookings are free again."""
    for booking in bookings:
        if booking.minutes:
            changes = {"booked": F("booked") - booking.minutes}
            if rush:
                changes["rushed"] = F("rushed") - booking.minutes
            DayLoad.objects.filter(work_center_id=booking.work_center_id, day=booking.day).update(
                **changes
            )


def bookings_of(
    reservation: Reservation, plan: Plan, tasks: Iterable[Task], ids: dict[str, int]
) -> list[Booking]:
    """A plan's slots as rows, not saved; work centers that nobody knows are left out."""
    codes = [(task.code, task.on is not None) for task in tasks]
    return [
        Booking(
            reservation=reservation,
            operation=codes[slot.task][0],
            position=slot.task + 1,
            work_center_id=ids[slot.center],
            day=slot.date,
            minutes=slot.minutes,
            starts=max(0, min(slot.starts - slot.day * 1440, 2880)),
            pinned=codes[slot.task][1],
        )
        for slot in plan.slots
        if slot.center in ids
    ]
