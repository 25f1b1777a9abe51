"""A place in the workshop for another design than the one that was ordered.

`look` only says for which day; `hold` keeps that day while its customer thinks; `change` takes the
place, in one transaction. What has begun keeps its minutes and parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from configurator.capacity import stock
from configurator.capacity.making import Need, Work
from configurator.capacity.minutes import lock
from configurator.capacity.models import Booking, Reservation
from configurator.capacity.places import ahead, claims, held
from configurator.capacity.promises import NEVER, Desk, Promise
from configurator.capacity.prospects import (
    Prospect,
    Wish,
    begin,
    prospect_of,
    snapshot_for,
)
from configurator.capacity.rebooking import Rebooking
from configurator.capacity.schedule import NoTime
from configurator.capacity.services import (
    fingerprint,
    release_held,
    sweep,
    task_from_json,
    task_to_json,
)
from configurator.capacity.snapshot import Snapshot, centers_now, current, now_minute, read
from configurator.catalog.configuration import Configuration
from configurator.engine import Completions, Value

__all__ = ["ChangeDesk", "Held", "Wish", "change", "change_desk", "hold", "let_go", "look"]

HELD = "change:"
"""What the key of a place begins with that is held for a change; the order's key follows."""


@dataclass(frozen=True)
class Held:
    """The day that is kept, and until when; no longer than now where nothing has to be kept."""

    ready_on: date
    until: datetime | None = None


def look(wish: Wish) -> date:
    """For which day it could be promised now; the day of the place that is held, if one is for this
    very change. Raises NoTime."""
    found, kept = _place(wish), _held(wish)
    if found is not None and kept is not None and _is_good(kept, wish, found):
        return kept.ready_on
    return prospect_of(wish, found, snapshot_for(found, kept, wish)).ready_on


def hold(wish: Wish) -> Held:
    """Keep the day: what the changed design needs more than the order has. Raises NoTime.

    Asked again for the same change, the same place is kept longer.
    """
    until = timezone.now() + timedelta(minutes=settings.HOLD_MINUTES)
    with transaction.atomic():
        version = lock()
        found, kept = _place(wish), _held(wish)
        if found is None:
            return Held(prospect_of(wish, None, read(version, centers_now())).ready_on)
        if kept is not None and _is_good(kept, wish, found):
            Reservation.objects.filter(pk=kept.pk).update(held_until=until)
            return Held(kept.ready_on, until)
        release_held(key=HELD + wish.key)
        sweep()
        prospect = prospect_of(wish, found, snapshot_for(found, None, wish))
        if prospect.rows is None:
            return Held(prospect.ready_on)
        _keep(wish, found, prospect, prospect.rows, until)
    return Held(prospect.ready_on, until)


def let_go(key: str) -> None:
    """Give back what is held for a change of the place `key`."""
    release_held(key=HELD + key)


def change(wish: Wish) -> date:
    """Take the place for the changed design, the one that is held if it is for this very change;
    for which day. Raises NoTime."""
    with transaction.atomic():
        lock()
        found, kept = _place(wish), _held(wish)
        if found is None:
            return prospect_of(wish, None, snapshot_for(None, None, wish)).ready_on
        good = kept is not None and _is_good(kept, wish, found)
        prospect = _prospect_kept(kept, wish) if good and kept else None
        if kept is not None:
            kept.claims.update(reservation=found)  # nobody else gets them on the way
            release_held(key=kept.key)
        snapshot = snapshot_for(found, None, wish)
        if prospect is None:
            prospect = prospect_of(wish, found, snapshot)
        _write(wish, found, snapshot, prospect)
    return prospect.ready_on


@dataclass(frozen=True, kw_only=True)
class ChangeDesk(Desk):
    """Where promises are made for changes of one order: what it has is free for them."""

    wish: Wish
    found: Reservation | None
    _days: dict[tuple[Work, int], date] = field(default_factory=dict, repr=False)

    def counting_less(self) -> ChangeDesk:
        """All parts count here: one design is compared with what the order has of each."""
        return self

    def promise(self, choices: Mapping[str, Value], texts: Mapping[str, str]) -> Promise:
        """The day for the order with this design instead, or with what its making reads of one."""
        wish = replace(self.wish, after=Configuration(dict(choices), dict(texts)))
        work = wish.work(wish.after, self.numbers)
        known = (work, begin(wish, self.snapshot.today))
        if known not in self._days:
            try:
                day = prospect_of(wish, self.found, self.snapshot).ready_on
            except NoTime:
                day = self.snapshot.today + NEVER
            self._days[known] = day
        return Promise(self._days[known], work=work)

    def days(self, found: Completions, texts: Mapping[str, str]) -> dict[int, date]:
        """The same for the design in each row; those that agree in all that is read, once."""
        names = self.making.reads(self.numbers)
        rows = np.flatnonzero(found.known).tolist()
        days: dict[tuple[int, ...], date] = {}
        by_row: dict[int, date] = {}
        for row, numbers in zip(rows, map(tuple, found.columns(names)[rows].tolist()), strict=True):
            if numbers not in days:
                pairs = zip(names, numbers, strict=True)
                choices = {name: found.value(name, number) for name, number in pairs}
                days[numbers] = self.promise(choices, texts).ready_on
            by_row[row] = days[numbers]
        return by_row


def change_desk(wish: Wish) -> ChangeDesk:
    found = _place(wish)
    return ChangeDesk(
        product=wish.product,
        snapshot=snapshot_for(found, _held(wish), wish),
        now=now_minute(),
        quantity=wish.quantity,
        rush=bool(found and found.rush),
        wish=wish,
        found=found,
    )


# Places


def _place(wish: Wish) -> Reservation | None:
    return Reservation.objects.filter(key=wish.key, state=Reservation.State.FIRM).first()


def _held(wish: Wish) -> Reservation | None:
    return held(HELD + wish.key)


# What is held for a change


def _keep(
    wish: Wish, found: Reservation, prospect: Prospect, rows: list[Booking], until: datetime
) -> None:
    """A place with the minutes and parts that the change takes more than the order has."""
    kept = Reservation.objects.create(
        key=HELD + wish.key,
        held_until=until,
        quantity=wish.quantity,
        rush=found.rush,
        routing=[task_to_json(task) for task in prospect.tasks],
        whole=[_to_json(row) for row in rows],
        made_of=_mark(wish, found),
        ready_on=prospect.ready_on,
        promised_on=prospect.ready_on,
    )
    rebooking = Rebooking(read(current().version, centers_now()))
    rebooking.take(_more(kept, rows, ahead(found, wish.begun)), rush=found.rush)
    rebooking.write()
    stock.claim(kept, _more_needs(prospect.needs, found, wish))


def _more(kept: Reservation, rows: Iterable[Booking], own: Iterable[Booking]) -> list[Booking]:
    """The bookings, as far as their minutes are not on the order's own days."""
    has: dict[tuple[int, date], int] = defaultdict(int)
    for row in own:
        has[row.work_center_id, row.day] += row.minutes
    found = []
    for row in rows:
        place = (row.work_center_id, row.day)
        used = min(has[place], row.minutes)
        has[place] -= used
        if row.minutes > used:
            found.append(_from_json({**_to_json(row), "minutes": row.minutes - used}, kept))
    return found


def _more_needs(needs: Iterable[Need], found: Reservation, wish: Wish) -> list[Need]:
    has: dict[str, Decimal] = defaultdict(Decimal)
    for claim in claims(found, wish.begun):
        has[claim.item.number] += claim.quantity
    more = []
    for need in _still(needs, wish):
        used = min(has[need.number], need.quantity)
        has[need.number] -= used
        if need.quantity > used:
            more.append(replace(need, quantity=need.quantity - used))
    return more


def _mark(wish: Wish, found: Reservation) -> str:
    """Of all that a held change depends on: the design, and what the order itself has."""
    own = [_to_json(row) for row in ahead(found, wish.begun)]
    texts = wish.product.texts_of(wish.after)
    begun = sorted(wish.begun)
    return fingerprint(wish.product, wish.after.choices, texts, wish.quantity, begun, own)


def _is_good(kept: Reservation, wish: Wish, found: Reservation) -> bool:
    """Whether what is held is for this change, and nobody has planned any of it anew."""
    if kept.made_of != _mark(wish, found):
        return False
    rows = [_from_json(each, kept) for each in kept.whole]
    if any(row.day < timezone.localdate() for row in rows):
        return False
    more = _more(kept, rows, ahead(found, wish.begun))
    return [_to_json(row) for row in more] == [_to_json(row) for row in ahead(kept)]


def _prospect_kept(kept: Reservation, wish: Wish) -> Prospect:
    tasks = tuple(task_from_json(each) for each in kept.routing)
    found = _place(wish)
    rows = [_from_json(each, found) for each in kept.whole]
    needs = wish.work(wish.after, frozenset(current().stock)).needs
    return Prospect(kept.ready_on, needs, tasks, rows)


def _to_json(row: Booking) -> dict[str, Any]:
    names = ("operation", "position", "work_center_id", "minutes", "starts", "pinned")
    return {**{name: getattr(row, name) for name in names}, "day": row.day.isoformat()}


def _from_json(data: dict[str, Any], reservation: Reservation | None) -> Booking:
    return Booking(**{**data, "day": date.fromisoformat(data["day"])}, reservation=reservation)


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
    if prospect.rows is not None:
        _book(wish, found, snapshot, prospect, prospect.rows)
        changes["routing"] = [task_to_json(task) for task in prospect.tasks]
        stock.exchange(found, _still(prospect.needs, wish), besides=wish.begun)
    Reservation.objects.filter(pk=found.pk).update(**changes)


def _still(needs: Iterable[Need], wish: Wish) -> list[Need]:
    return [need for need in needs if need.operation not in wish.begun]


def _book(
    wish: Wish, found: Reservation, snapshot: Snapshot, prospect: Prospect, rows: list[Booking]
) -> None:
    rebooking = Rebooking(snapshot)
    free = ahead(found, wish.begun)
    rebooking.give_back(free, rush=found.rush)
    rebooking.take(rows, rush=found.rush)
    gone = {row.pk for row in free}
    _renumber(found, [task.code for task in prospect.tasks], gone)
    rebooking.write()


ASIDE = 10_000


def _renumber(found: Reservation, codes: list[str], gone: set[int]) -> None:
    """What stays booked has the places of the new routing; what it lacks goes to the end."""
    kept = [booking for booking in found.bookings.all() if booking.pk not in gone]
    for booking in kept:
        Booking.objects.filter(pk=booking.pk).update(position=ASIDE + booking.position)
    Booking.objects.filter(pk__in=gone).delete()
    for booking in kept:
        if booking.operation in codes:
            place = codes.index(booking.operation) + 1
            Booking.objects.filter(pk=booking.pk).update(position=place)
