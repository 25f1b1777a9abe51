"""When an ordered design could be ready as another one, with what has begun left as it is.

What has begun keeps its minutes and its parts; all else of the order is free for the plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from configurator.capacity.calendar import DAY
from configurator.capacity.days import ready_on
from configurator.capacity.making import Making, Need, Work, making_of
from configurator.capacity.minutes import bookings_of
from configurator.capacity.models import Booking, Reservation
from configurator.capacity.places import free_without
from configurator.capacity.promises import day_of, late
from configurator.capacity.schedule import Task
from configurator.capacity.snapshot import Snapshot, now_minute
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct


@dataclass(frozen=True)
class Wish:
    """Another design in the place `key`. `begun` are the codes of operations that have begun, with
    "" if the first one has; `ordered_on` is the day from which what stays was on its way."""

    key: str
    product: ReleasedProduct
    before: Configuration
    after: Configuration
    quantity: int
    begun: frozenset[str]
    ordered_on: date
    promised_on: date

    @property
    def making(self) -> Making:
        return making_of(self.product)

    def work(self, configuration: Configuration, numbers: frozenset[str]) -> Work:
        texts = self.product.texts_of(configuration)
        return self.making.work(configuration.choices, texts, self.quantity, numbers)

    def to_json(self) -> dict[str, Any]:
        """All but the product and the design it is to become."""
        return {
            "key": self.key,
            "before": self.before.to_json(),
            "quantity": self.quantity,
            "begun": sorted(self.begun),
            "ordered_on": self.ordered_on.isoformat(),
            "promised_on": self.promised_on.isoformat(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], product: ReleasedProduct) -> Wish:
        before = Configuration.from_json(data["before"])
        return cls(
            key=data["key"],
            product=product,
            before=before,
            after=before,
            quantity=data["quantity"],
            begun=frozenset(data["begun"]),
            ordered_on=date.fromisoformat(data["ordered_on"]),
            promised_on=date.fromisoformat(data["promised_on"]),
        )


@dataclass(frozen=True)
class Prospect:
    """The day for which the changed design can be ready; `rows` are its bookings, not saved, of
    what has not begun. None if everything stays where it is."""

    ready_on: date
    needs: tuple[Need, ...]
    tasks: tuple[Task, ...] = ()
    rows: list[Booking] | None = None


def snapshot_for(found: Reservation | None, kept: Reservation | None, wish: Wish) -> Snapshot:
    """What is free with all that the order and its change have and have not begun; to try out."""
    places = ((found, wish.begun), (kept, frozenset[str]()))
    return free_without(*((place, begun) for place, begun in places if place is not None))


def prospect_of(wish: Wish, found: Reservation | None, snapshot: Snapshot) -> Prospect:
    """Plan the changed design; the snapshot has what the order has as free."""
    numbers = frozenset(snapshot.stock)
    old, new = wish.work(wish.before, numbers), wish.work(wish.after, numbers)
    if old is new:
        return Prospect(wish.promised_on, new.needs)
    if not new.tasks:
        more = max(0, new.lead_days - old.lead_days)
        day = ready_on(more, wish.promised_on) if more else wish.promised_on
        return Prospect(day, new.needs, rows=[])
    tasks = tuple(_tasks(wish, found, snapshot, old, new))
    plan = snapshot.plan(tasks, now_minute(), rush=bool(found and found.rush))
    rows = bookings_of(found or Reservation(), plan, tasks, snapshot.ids)
    rows = [row for row in rows if row.operation not in wish.begun]
    return Prospect(day_of(plan.finish), new.needs, tasks, rows)


def _tasks(
    wish: Wish, found: Reservation | None, snapshot: Snapshot, old: Work, new: Work
) -> list[Task]:
    """What is left to do: nothing of what has begun, and nothing before its parts are there."""
    first = begin(wish, snapshot.today)
    pins, ends = _pins(found, wish)
    tasks = []
    for task in new.ready(_late(wish, snapshot, old, new)):
        if task.code in wish.begun:
            tasks.append(replace(task, minutes=0, ready=ends.get(task.code, 0)))
        else:
            ready = max(task.ready, first)
            tasks.append(replace(task, ready=ready, on=pins.get(task.code)))
    return tasks


def begin(wish: Wish, today: date) -> int:
    """The minute before which nothing begins: slow choices are waited for from the day on which
    they were made."""
    before, after = wish.before.choices, wish.after.choices
    changed = [code for code in after if before.get(code) != after[code]]
    same = [code for code in after if before.get(code) == after[code]]
    begin = 0
    for among, day in ((changed, today), (same, wish.ordered_on)):
        if days := wish.making.delay(after, among):
            begin = max(begin, ready_on(days, day).toordinal() * DAY)
    return begin


def _late(wish: Wish, snapshot: Snapshot, old: Work, new: Work) -> dict[str, int]:
    """As `late`; parts that were needed before were on their way since the order."""
    asked = set(old.needs)
    same = [need for need in new.needs if need in asked]
    others = [need for need in new.needs if need not in asked]
    left: dict[str, Decimal] = defaultdict(Decimal, snapshot.stock)
    found = late(same, left, wish.ordered_on)
    for need in same:
        left[need.number] -= need.quantity
    for code, minute in late(others, left, snapshot.today).items():
        found[code] = max(minute, found.get(code, 0))
    return {code: minute for code, minute in found.items() if code not in wish.begun}


def _pins(found: Reservation | None, wish: Wish) -> tuple[dict[str, int], Mapping[str, int]]:
    """Days on which somebody put operations, and the minutes at which begun ones are over."""
    pins: dict[str, int] = {}
    ends: dict[str, int] = {}
    for booking in found.bookings.filter(done=False) if found else ():
        ordinal = booking.day.toordinal()
        if booking.operation in wish.begun:
            ends[booking.operation] = max(ends.get(booking.operation, 0), (ordinal + 1) * DAY)
        elif booking.pinned and booking.day >= timezone.localdate():
            pins[booking.operation] = max(pins.get(booking.operation, 0), ordinal)
    return pins, ends
