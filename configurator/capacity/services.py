"""Places in the workshop: held while a customer thinks, firm with the order, released after."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from configurator.capacity import stock
from configurator.capacity.minutes import Full, Wanted, bookings_of, give_back, lock, take
from configurator.capacity.models import Booking, Reservation
from configurator.capacity.promises import Desk, Promise
from configurator.capacity.schedule import NoTime, Task
from configurator.capacity.snapshot import centers_now, now_minute, read, snapshot_at
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct

State = Reservation.State
MOST_HELD = 5
"""Places that one browser may hold; the one that ends first makes room for another."""

__all__ = ["Full", "NoPlace", "NoTime", "finish_operation", "firm", "hold", "release", "sweep"]


class NoPlace(Exception):
    """There is no reservation of this key to make firm."""


def hold(
    *,
    key: str,
    product: ReleasedProduct,
    configuration: Configuration,
    quantity: int,
    rush: bool = False,
    minutes: int | None = None,
    holder: str = "",
    most: int = MOST_HELD,
) -> Reservation:
    """Keep a place for a complete design, for so many minutes from now; the earliest there is.

    Its holder has that many at `most`. Asked again for the same thing, the same place is kept
    longer. Raises NoTime.
    """
    until = timezone.now() + timedelta(minutes=minutes or settings.HOLD_MINUTES)
    texts = product.texts_of(configuration)
    with transaction.atomic():
        version = lock()
        swept = _sweep(timezone.now(), besides=key)
        found = Reservation.objects.filter(key=key).first()
        if found is not None and found.state == State.FIRM:
            return found
        made_of = fingerprint(product, configuration.choices, texts, quantity, rush)
        if found is not None and found.state == State.HELD and found.made_of == made_of:
            Reservation.objects.filter(pk=found.pk).update(held_until=until)
            found.held_until = until
            return found
        if found is not None:
            swept = _empty(found) or swept
            found.delete()
        if holder:
            swept = _make_room(holder, most) or swept
        # What was swept is not yet anybody else's to see, nor to remember.
        snapshot = read(version, centers_now()) if swept else snapshot_at(version)
        desk = Desk(product, snapshot, now_minute(), quantity, rush)
        return _book(desk, desk.promise(configuration.choices, texts), key, made_of, until, holder)


def firm(*, key: str, new_key: str) -> Reservation:
    """The held place is ordered: it stays, under the order's key. NoPlace if none is held."""
    with transaction.atomic():
        lock()
        rows = Reservation.objects.filter(key=key, state=State.HELD)
        if not rows.update(key=new_key, state=State.FIRM, held_until=None, holder=""):
            raise NoPlace(key)
        return Reservation.objects.get(key=new_key)


def release(*, key: str) -> None:
    """Give the place back: minutes and parts. What is done or past stays as it was."""
    with transaction.atomic():
        lock()
        found = Reservation.objects.filter(key=key).exclude(state=State.RELEASED).first()
        if found is not None:
            _empty(found)
            Reservation.objects.filter(pk=found.pk).update(state=State.RELEASED, held_until=None)


def release_held(*, key: str) -> None:
    """Give back a place that was never ordered, if it is held; nothing is left of it."""
    with transaction.atomic():
        lock()
        found = Reservation.objects.filter(key=key, state=State.HELD).first()
        if found is not None:
            _drop(found)


def finish_operation(*, key: str, operation: str) -> None:
    """An operation is done: its parts are used, and minutes planned for later days are free."""
    with transaction.atomic():
        lock()
        found = Reservation.objects.filter(key=key, state=State.FIRM).first()
        if found is None:
            return
        stock.use(found, operation)
        mine = found.bookings.filter(operation=operation, done=False)
        ahead = list(mine.filter(day__gt=timezone.localdate(), minutes__gt=0))
        give_back(ahead, rush=found.rush)
        Booking.objects.filter(pk__in=[each.pk for each in ahead]).update(minutes=0)
        mine.update(done=True)


def sweep(*, now: datetime | None = None) -> int:
    """Release every place whose time is over; how many."""
    with transaction.atomic():
        lock()
        return _sweep(now or timezone.now())


def _sweep(now: datetime, besides: str = "") -> int:
    over = Reservation.objects.filter(state=State.HELD, held_until__lte=now)
    gone = list(over.exclude(key=besides))
    for each in gone:
        _drop(each)
    return len(gone)


def _drop(held: Reservation) -> None:
    """A place that was never ordered leaves nothing."""
    _empty(held)
    held.delete()


def _make_room(holder: str, most: int) -> int:
    """Let go of a browser's oldest places, so that it may hold one more."""
    held = Reservation.objects.filter(state=State.HELD, holder=holder).order_by("held_until")
    gone = list(held)[: max(0, held.count() - most + 1)]
    for each in gone:
        _drop(each)
    return len(gone)


def _empty(reservation: Reservation) -> bool:
    """Give back what lies ahead; today's minutes too, as far as nothing is done."""
    ahead = reservation.bookings.filter(done=False, day__gte=timezone.localdate())
    give_back(ahead, rush=reservation.rush)
    ahead.delete()
    stock.let_go(reservation)
    return True


def _book(
    desk: Desk, promise: Promise, key: str, made_of: str, until: datetime, holder: str
) -> Reservation:
    if not promise.known:
        raise NoTime(key)
    reservation = Reservation.objects.create(
        key=key,
        held_until=until,
        holder=holder,
        quantity=desk.quantity,
        rush=desk.rush,
        routing=[task_to_json(task) for task in promise.tasks],
        made_of=made_of,
        ready_on=promise.ready_on,
        promised_on=promise.ready_on,
    )
    if promise.planned:
        rows = bookings_of(reservation, promise.planned, promise.tasks, desk.snapshot.ids)
        wanted = [Wanted(row.work_center_id, row.day, row.minutes) for row in rows]
        take(wanted, desk.snapshot, rush=desk.rush)
        Booking.objects.bulk_create(rows)
    if promise.work:
        stock.claim(reservation, promise.work.needs)
    return reservation


def fingerprint(product: ReleasedProduct, *parts: Any) -> str:
    """A hash of all that a plan depends on, besides what is free."""
    told = json.dumps([str(product.release_id), *parts], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def task_to_json(task: Task) -> dict[str, Any]:
    return {
        "code": task.code,
        "center": task.center,
        "minutes": task.minutes,
        "after": list(task.after),
        "units": task.units,
        "ready": task.ready,
    }


def task_from_json(data: dict[str, Any]) -> Task:
    return Task(**{**data, "after": tuple(data["after"])})
