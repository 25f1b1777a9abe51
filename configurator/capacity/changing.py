"""A place in the workshop for another design than the one that was ordered.

What has begun keeps its minutes and its parts; all else is given back and planned anew, at the
earliest. `look` only says for which day; `change` does the same in one transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from configurator.capacity import stock
from configurator.capacity.calendar import DAY
from configurator.capacity.days import ready_on
from configurator.capacity.making import Making, Need, Work, making_of
from configurator.capacity.minutes import bookings_of, give_back, lock
from configurator.capacity.models import Booking, Reservation, StockClaim
from configurator.capacity.promises import day_of, late
from configurator.capacity.replanning import take_again
from configurator.capacity.schedule import Plan, Task
from configurator.capacity.services import fingerprint, task_to_json
from configurator.capacity.snapshot import Snapshot, centers_now, now_minute, read
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


@dataclass(frozen=True)
class Prospect:
    """The day for which the changed design can be ready, and the plan behind it, if any is new."""

    ready_on: date
    work: Work
    tasks: tuple[Task, ...] = ()
    plan: Plan | None = None


def look(wish: Wish) -> date:
    """For which day it could be promised now. Raises NoTime."""
    found = _place(wish)
    snapshot = read(UUID(int=0), centers_now())
    return _prospect(wish, found, snapshot).ready_on


def change(wish: Wish) -> date:
    """Take the place for the changed design; for which day. Raises NoTime."""
    with transaction.atomic():
        version = lock()
        found = _place(wish)
        snapshot = read(version, centers_now())
        prospect = _prospect(wish, found, snapshot)
        if found is not None:
            _write(wish, found, snapshot, prospect)
    return prospect.ready_on


def _place(wish: Wish) -> Reservation | None:
    return Reservation.objects.filter(key=wish.key, state=Reservation.State.FIRM).first()


def _prospect(wish: Wish, found: Reservation | None, snapshot: Snapshot) -> Prospect:
    free = _ahead(found, wish) if found else []
    _free(snapshot, free)
    if found is not None:
        for claim in _claims(found, wish).filter(state=StockClaim.State.COVERED):
            snapshot.stock[claim.item.number] += claim.quantity
    numbers = frozenset(snapshot.stock)
    old, new = wish.work(wish.before, numbers), wish.work(wish.after, numbers)
    if old is new:
        return Prospect(wish.promised_on, new)
    if not new.tasks:
        more = max(0, new.lead_days - old.lead_days)
        return Prospect(ready_on(more, wish.promised_on) if more else wish.promised_on, new)
    tasks = tuple(_tasks(wish, found, snapshot, old, new))
    plan = snapshot.plan(tasks, now_minute(), rush=bool(found and found.rush))
    return Prospect(day_of(plan.finish), new, tasks, plan)


def _ahead(found: Reservation, wish: Wish) -> list[Booking]:
    """Bookings of what has not begun."""
    rows = found.bookings.filter(done=False).exclude(operation__in=wish.begun)
    return list(rows.select_related("work_center"))


def _free(snapshot: Snapshot, bookings: list[Booking]) -> None:
    for booking in bookings:
        if booking.day >= snapshot.today and booking.minutes:
            loads = snapshot.booked[booking.work_center.code]
            booked, rushed = loads.get(booking.day.toordinal(), (0, 0))
            more = booking.minutes if booking.reservation.rush else 0
            loads[booking.day.toordinal()] = (booked - booking.minutes, rushed - more)
    snapshot.forget()


def _claims(found: Reservation, wish: Wish) -> QuerySet[StockClaim]:
    rows = found.claims.exclude(operation__in=wish.begun)
    return rows.select_related("item")


def _tasks(
    wish: Wish, found: Reservation | None, snapshot: Snapshot, old: Work, new: Work
) -> list[Task]:
    """What is left to do: nothing of what has begun, and nothing before its parts are there."""
    begin = _begin(wish, snapshot.today)
    pins, ends = _pins(found, wish)
    tasks = []
    for task in new.ready(_late(wish, snapshot, old, new)):
        if task.code in wish.begun:
            tasks.append(replace(task, minutes=0, ready=ends.get(task.code, 0)))
        else:
            ready = max(task.ready, begin)
            tasks.append(replace(task, ready=ready, on=pins.get(task.code)))
    return tasks


def _begin(wish: Wish, today: date) -> int:
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


def _write(wish: Wish, found: Reservation, snapshot: Snapshot, prospect: Prospect) -> None:
    changes = {
        "made_of": fingerprint(
            wish.product,
            wish.after.choices,
            wish.product.texts_of(wish.after),
            wish.quantity,
            found.rush,
        ),
        "ready_on": prospect.ready_on,
        "promised_on": prospect.ready_on,
    }
    if prospect.plan is not None:
        _book(wish, found, snapshot, prospect, prospect.plan)
        changes["routing"] = [task_to_json(task) for task in prospect.tasks]
        stock.let_go(found, besides=wish.begun)
        stock.claim(found, _still(prospect.work.needs, wish))
    Reservation.objects.filter(pk=found.pk).update(**changes)


def _still(needs: tuple[Need, ...], wish: Wish) -> list[Need]:
    return [need for need in needs if need.operation not in wish.begun]


def _book(
    wish: Wish, found: Reservation, snapshot: Snapshot, prospect: Prospect, plan: Plan
) -> None:
    free = _ahead(found, wish)
    give_back([row for row in free if row.day >= snapshot.today], rush=found.rush)
    Booking.objects.filter(pk__in=[row.pk for row in free]).delete()
    _renumber(found, [task.code for task in prospect.tasks])
    rows = bookings_of(found, plan, prospect.tasks, snapshot.ids)
    rows = [row for row in rows if row.operation not in wish.begun]
    take_again(rows, snapshot, rush=found.rush)
    Booking.objects.bulk_create(rows)


ASIDE = 10_000


def _renumber(found: Reservation, codes: list[str]) -> None:
    """What stays booked has the places of the new routing; what it lacks goes to the end."""
    kept = list(found.bookings.all())
    for booking in kept:
        Booking.objects.filter(pk=booking.pk).update(position=ASIDE + booking.position)
    for booking in kept:
        if booking.operation in codes:
            place = codes.index(booking.operation) + 1
            Booking.objects.filter(pk=booking.pk).update(position=place)
