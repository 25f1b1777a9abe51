"""What may be changed about the plan, and what is told of it before it is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from configurator.capacity.calendar import Closed
from configurator.capacity.models import Booking, Closure, Reservation
from configurator.capacity.schedule import Plan, Task
from configurator.capacity.services import task_from_json
from configurator.capacity.snapshot import EVERYWHERE, Row, Snapshot, closures_from


@dataclass(frozen=True)
class Change:
    """What somebody wants to change. `pins` put operations (key, code) on days, `loose` ones are
    planned as all others again. With `everything` all is planned anew from today on, the earliest
    promised first, but what was set by hand."""

    centers: tuple[Row, ...] = ()  # instead of those with the same ids
    closures: Mapping[int, tuple[Closed, ...]] | None = None  # instead of all
    pins: Mapping[tuple[str, str], date] = field(default_factory=dict)
    loose: frozenset[tuple[str, str]] = frozenset()
    everything: bool = False


@dataclass(frozen=True)
class Move:
    """An operation that would be done on other days."""

    key: str
    operation: str
    work_center: str
    before: tuple[date, ...]
    after: tuple[date, ...]


@dataclass(frozen=True)
class Broken:
    """A promise that would not be kept: told for one day, ready on a later one; `before` is the
    day on which it would have been ready without the change."""

    key: str
    promised_on: date
    ready_on: date
    before: date

    @property
    def was_late(self) -> bool:
        return self.before > self.promised_on


@dataclass(frozen=True)
class Mended:
    """A promise that would be kept, and would not without the change."""

    key: str
    promised_on: date
    ready_on: date
    before: date


@dataclass(frozen=True)
class Stuck:
    """An operation that somebody set on a day which has no room for it now, or (`early`) on which
    what comes before it is not done yet; it stays there."""

    key: str
    operation: str
    work_center: str
    day: date
    early: bool = False


@dataclass(frozen=True)
class Effect:
    """What a change would do to the plan of `version`."""

    version: UUID
    moves: tuple[Move, ...]
    broken: tuple[Broken, ...]
    stuck: tuple[Stuck, ...]
    mended: tuple[Mended, ...] = ()
    plans: tuple[tuple[Reservation, tuple[Task, ...], Plan], ...] = ()
    snapshot: Snapshot | None = None
    bookings: Mapping[str, list[Booking]] = field(default_factory=dict)  # of `plans`, as they were

    @property
    def mark(self) -> str:
        """Equal for effects that look the same, whatever else happened to the plan."""
        told = repr((self.moves, self.broken, self.stuck, self.mended))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


class Stale(Exception):
    """The plan is not the one that was looked at; `effect` is what the change would do now."""

    def __init__(self, effect: Effect) -> None:
        super().__init__("the plan has changed")
        self.effect = effect


class NoRoom(Exception):
    """A day has not the minutes for an operation: `free` of the `wanted` ones."""

    def __init__(self, day: date, free: int, wanted: int, operation: str = "") -> None:
        super().__init__(f"{day}: {free} of {wanted}")
        self.day, self.free, self.wanted, self.operation = day, free, wanted, operation


class TooEarly(Exception):
    """On that day the operations before are not done; `possible` is the first on which they are."""

    def __init__(self, possible: date) -> None:
        super().__init__(str(possible))
        self.possible = possible


def closing(center: int | None, first: date, last: date) -> Change:
    """The change that a closure more would be."""
    known = dict(closures_from(timezone.localdate()))
    place = center or EVERYWHERE
    known[place] = (*known.get(place, ()), Closed(first, last))
    return Change(closures=known)


def opening(closure: Closure) -> Change:
    """The change that a closure less would be."""
    return Change(closures=without(closure))


def without(closure: Closure) -> dict[int, tuple[Closed, ...]]:
    """All closures but one."""
    known = dict(closures_from(timezone.localdate()))
    before = Closure.objects.filter(pk=closure.pk).first()
    if before is not None:
        place, gone = before.work_center_id or EVERYWHERE, Closed(before.first_day, before.last_day)
        left = list(known.get(place, ()))
        if gone in left:
            left.remove(gone)
        known[place] = tuple(left)
    return known


def open_operations(key: str) -> list[str]:
    """The operations of a reservation that are not done, in their order."""
    rows = Booking.objects.filter(reservation__key=key, done=False)
    rows = rows.exclude(reservation__state=Reservation.State.RELEASED)
    return list(dict.fromkeys(rows.order_by("position", "day").values_list("operation", flat=True)))


def moving(key: str, day: date) -> Change:
    """A whole reservation: what is next begins on a day, and all that follows comes after it."""
    left = open_operations(key)
    found = Reservation.objects.filter(key=key).first()
    tasks = [task_from_json(each) for each in found.routing] if found else []
    first = set(_next(tasks, left))
    return Change(
        pins={(key, code): day for code in left if code in first},
        loose=frozenset((key, code) for code in left if code not in first),
    )


def _next(tasks: list[Task], left: Iterable[str]) -> list[str]:
    """Of what is left, what waits for nothing else of it."""
    todo = set(left)
    return [
        task.code
        for task in tasks
        if task.code in todo and not any(tasks[place].code in todo for place in task.after)
    ]


def loosened(key: str, codes: Iterable[str] = ()) -> Change:
    """Operations of a reservation (all of them, if none is named) planned as early as possible."""
    return Change(loose=frozenset((key, code) for code in codes or open_operations(key)))
