"""Other calendars, closures and dates set by hand: what they would move, seen before it is saved.

`effect_of` only looks; `apply` does the same in one transaction, if nothing has changed since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from configurator.capacity import history
from configurator.capacity.changes import (
    Broken,
    Change,
    Effect,
    Mended,
    Move,
    NoRoom,
    Stale,
    Stuck,
    TooEarly,
    closing,
)
from configurator.capacity.history import Note
from configurator.capacity.minutes import bookings_of, lock
from configurator.capacity.models import Booking, CapacityState, Reservation
from configurator.capacity.promises import day_of
from configurator.capacity.rebooking import Rebooking
from configurator.capacity.schedule import Plan, Task
from configurator.capacity.services import task_from_json
from configurator.capacity.snapshot import Row, Snapshot, centers_now, now_minute, read
from configurator.catalog.models import WorkCenter

__all__ = ["Change", "Effect", "NoRoom", "Stale", "TooEarly", "apply", "closing", "effect_of"]


TRIES = 3


class _Overtaken(Exception):
    """Somebody booked while the effect was worked out."""


def effect_of(change: Change) -> Effect:
    """What would move, which promises would break, what can't move. Writes nothing.

    Raises NoRoom and TooEarly for dates set by hand, NoTime if there is no room at all.
    """
    state = CapacityState.objects.filter(pk=1).first()
    return _effect(change, state.version if state else UUID(int=0), centers_now())


def apply(
    change: Change,
    version: UUID,
    save: Callable[[], Any] = lambda: None,
    *,
    seen: str = "",
    note: Note | None = None,
) -> Effect:
    """Change it, with `save` for the change's own rows; the plan's history keeps it with `note`.

    Stale if the plan is not of `version`, unless the effect is still the one that was `seen` (its
    mark): orders that came in meanwhile hinder nobody whose change has nothing to do with them.
    """
    for _try in range(TRIES):
        # Worked out before anybody waits for it, and good if nobody books meanwhile.
        centers = centers_now()
        effect = effect_of(change)
        try:
            with transaction.atomic():
                if lock() != effect.version or not _is_of_now(effect, centers):
                    raise _Overtaken
                return _apply(change, effect, version, save, seen, note)
        except _Overtaken:
            continue
    with transaction.atomic():
        effect = _effect(change, lock(), centers_now())
        return _apply(change, effect, version, save, seen, note)


def _is_of_now(effect: Effect, centers: tuple[Row, ...]) -> bool:
    """Whether calendar and clock are still those of the effect; its version tells all else."""
    assert effect.snapshot is not None
    return effect.snapshot.today == timezone.localdate() and centers == centers_now()


def _apply(
    change: Change,
    effect: Effect,
    version: UUID,
    save: Callable[[], Any],
    seen: str,
    note: Note | None,
) -> Effect:
    if effect.version != version and effect.mark != seen:
        raise Stale(effect)
    save()
    _write(effect)
    if note is not None:
        history.write(note, change, effect)
    return effect


def _effect(change: Change, version: UUID, centers: tuple[Row, ...]) -> Effect:
    instead = {row[0]: row for row in change.centers}
    rows = tuple(instead.pop(row[0], row) for row in centers)
    snapshot, now = read(version, rows, change.closures), now_minute()
    bookings = _open_bookings()
    touched, stuck = _touched(snapshot, bookings)
    touched |= {b.reservation.key for b in bookings if change.everything or _is_named(change, b)}
    mine: dict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.reservation.key in touched:
            mine[booking.reservation.key].append(booking)
    _free(snapshot, change, mine)
    order = sorted(mine, key=lambda key: _rank(mine[key][0].reservation))
    plans = []
    for key in order:
        tasks = _tasks(mine[key], change, snapshot)
        stay = {b.operation for b in mine[key] if _stays(change, b, snapshot.today)}
        plan = _plan(mine[key][0].reservation, tasks, snapshot, stay, now)
        _check_pins(change, key, tasks, plan)
        stuck += _too_early(key, tasks, plan, stay)
        plans.append((mine[key][0].reservation, tasks, plan))
    return Effect(
        version,
        tuple(_moves(mine, plans)),
        tuple(_broken(mine, plans)),
        tuple(stuck),
        tuple(_mended(mine, plans)),
        tuple(plans),
        snapshot,
        mine,
    )


def _open_bookings() -> list[Booking]:
    """All that is not done; the bookings of a reservation share it, and those of a work center."""
    rows = Booking.objects.filter(done=False).exclude(reservation__state=Reservation.State.RELEASED)
    bookings = list(rows.order_by("position", "day"))
    reservations = Reservation.objects.exclude(state=Reservation.State.RELEASED).in_bulk()
    centers = WorkCenter.objects.in_bulk()
    for booking in bookings:
        booking.reservation = reservations[booking.reservation_id]
        booking.work_center = centers[booking.work_center_id]
    return bookings


def _is_named(change: Change, booking: Booking) -> bool:
    name = (booking.reservation.key, booking.operation)
    return name in change.pins or name in change.loose


def _rank(reservation: Reservation) -> tuple[bool, date, int]:
    return not reservation.rush, reservation.promised_on, reservation.pk


def _touched(snapshot: Snapshot, bookings: Iterable[Booking]) -> tuple[set[str], list[Stuck]]:
    """Reservations to plan anew so that no day holds too much, those promised last first."""
    by_day: dict[tuple[str, date], list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.minutes and booking.day >= snapshot.today:
            by_day[booking.work_center.code, booking.day].append(booking)
    touched: set[str] = set()
    stuck: list[Stuck] = []
    for (code, day), there in by_day.items():
        minutes = snapshot.minutes(code, day.toordinal())
        over = sum(booking.minutes for booking in there) - minutes
        for booking in sorted(there, key=lambda b: _rank(b.reservation), reverse=True):
            if over > 0 and booking.pinned:
                stuck.append(Stuck(booking.reservation.key, booking.operation, code, day))
            elif over > 0:
                touched.add(booking.reservation.key)
                over -= booking.minutes
    return touched, stuck


def _stays(change: Change, booking: Booking, today: date) -> bool:
    """Whether a booking keeps its day: set by hand, still to come, and not now set elsewhere."""
    return booking.pinned and booking.day >= today and not _is_named(change, booking)


def _free(snapshot: Snapshot, change: Change, mine: Mapping[str, list[Booking]]) -> None:
    """Take what is planned anew out of the snapshot."""
    for bookings in mine.values():
        for booking in bookings:
            ahead = booking.day >= snapshot.today
            if ahead and not _stays(change, booking, snapshot.today):
                code, rush = booking.work_center.code, booking.reservation.rush
                snapshot.book(code, booking.day.toordinal(), -booking.minutes, rush=rush)


def _tasks(bookings: list[Booking], change: Change, snapshot: Snapshot) -> tuple[Task, ...]:
    """What is left of a reservation's routing: nothing of what is done, all of what is overdue."""
    reservation = bookings[0].reservation
    left: dict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        left[booking.operation].append(booking)
    tasks = []
    for task in map(task_from_json, reservation.routing):
        rows = left.get(task.code, [])
        minutes = sum(row.minutes for row in rows)
        pin = change.pins.get((reservation.key, task.code))
        stays = [row.day for row in rows if _stays(change, row, snapshot.today)]
        if not rows:
            tasks.append(replace(task, minutes=0, ready=0))
        elif pin is not None:
            _check_room(snapshot, task, pin, minutes)
            tasks.append(replace(task, minutes=minutes, on=pin.toordinal()))
        elif stays:
            tasks.append(replace(task, minutes=minutes, on=max(stays).toordinal()))
        else:
            tasks.append(replace(task, minutes=minutes))
    return tuple(tasks)


def _check_room(snapshot: Snapshot, task: Task, day: date, minutes: int) -> None:
    code = task.center
    if code not in snapshot.hours:
        return
    booked, _rushed = snapshot.booked[code].get(day.toordinal(), (0, 0))
    free = max(0, snapshot.minutes(code, day.toordinal()) - booked)
    if free < minutes or day < snapshot.today:
        raise NoRoom(day, free if day >= snapshot.today else 0, minutes, task.code)


def _plan(
    reservation: Reservation,
    tasks: tuple[Task, ...],
    snapshot: Snapshot,
    stay: set[str],
    now: int,
) -> Plan:
    """Plan and note what it takes, so that the next one finds what is left."""
    plan = snapshot.plan(tasks, now, rush=reservation.rush)
    for slot in plan.slots:
        if tasks[slot.task].code not in stay:
            snapshot.book(slot.center, slot.day, slot.minutes, rush=reservation.rush)
    return plan


def _check_pins(change: Change, key: str, tasks: tuple[Task, ...], plan: Plan) -> None:
    for task in tasks:
        pin, possible = change.pins.get((key, task.code)), _possible(task, plan)
        if pin is not None and possible is not None and possible > pin:
            raise TooEarly(possible)


def _possible(task: Task, plan: Plan) -> date | None:
    """The first day on which all that comes before is done; None if nothing does."""
    ready = max((plan.ends[place] for place in task.after), default=0)
    return date.fromordinal((ready - 1) // 1440) if ready else None


def _too_early(key: str, tasks: tuple[Task, ...], plan: Plan, stay: set[str]) -> Iterable[Stuck]:
    """What was set by hand before what it needs is done, now that this comes later."""
    for task in tasks:
        possible = _possible(task, plan)
        if task.on is None or task.code not in stay or possible is None:
            continue
        day = date.fromordinal(task.on)
        if possible > day:
            yield Stuck(key, task.code, task.center, day, early=True)


def _days(plan: Plan, place: int) -> tuple[date, ...]:
    return tuple(slot.date for slot in plan.slots if slot.task == place)


def _moves(
    mine: Mapping[str, list[Booking]],
    plans: Iterable[tuple[Reservation, tuple[Task, ...], Plan]],
) -> Iterable[Move]:
    for reservation, tasks, plan in plans:
        for place, task in enumerate(tasks):
            rows = [row for row in mine[reservation.key] if row.operation == task.code]
            before, after = tuple(row.day for row in rows), _days(plan, place)
            if rows and before != after:
                yield Move(reservation.key, task.code, task.center, before, after)


Plans = Iterable[tuple[Reservation, tuple[Task, ...], Plan]]


def _broken(mine: Mapping[str, list[Booking]], plans: Plans) -> Iterable[Broken]:
    for reservation, _tasks, plan in plans:
        done, before = _done_on(plan), _before(mine[reservation.key])
        if done > reservation.promised_on:
            yield Broken(reservation.key, reservation.promised_on, done, before)


def _mended(mine: Mapping[str, list[Booking]], plans: Plans) -> Iterable[Mended]:
    for reservation, _tasks, plan in plans:
        done, before = _done_on(plan), _before(mine[reservation.key])
        if done <= reservation.promised_on < before:
            yield Mended(reservation.key, reservation.promised_on, done, before)


def _done_on(plan: Plan) -> date:
    return date.fromordinal((plan.finish - 1) // 1440)


def _before(bookings: Iterable[Booking]) -> date:
    """When it would have been ready; what is overdue is not ready before today."""
    return max(timezone.localdate(), *(booking.day for booking in bookings))


def _write(effect: Effect) -> None:
    """Give back, bring the days' capacity up to date, and take anew; what stays is not touched."""
    snapshot = effect.snapshot
    assert snapshot is not None
    done = _done_places([reservation.pk for reservation, _tasks, _plan in effect.plans])
    rebooking, moved = Rebooking(snapshot), []
    for reservation, tasks, plan in effect.plans:
        before = effect.bookings[reservation.key]
        rows = bookings_of(reservation, plan, tasks, snapshot.ids)
        rows = [row for row in rows if row.position not in done[reservation.pk]]
        if [_facts(row) for row in before] != [_facts(row) for row in rows]:
            rebooking.give_back(before, rush=reservation.rush)
            rebooking.take(rows, rush=reservation.rush)
        ready_on = day_of(plan.finish)
        if ready_on != reservation.ready_on:
            reservation.ready_on = ready_on
            moved.append(reservation)
    rebooking.write()
    Reservation.objects.bulk_update(moved, ["ready_on"], batch_size=200)


def _done_places(reservations: list[int]) -> dict[int, set[int]]:
    """The positions of what is over, by reservation."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Booking.objects.filter(done=True, reservation__in=reservations).order_by()
    for reservation, position in rows.values_list("reservation_id", "position"):
        found[reservation].add(position)
    return found


def _facts(row: Booking) -> tuple[object, ...]:
    place = (row.position, row.day, row.work_center_id, row.operation)
    return (*place, row.minutes, row.starts, row.pinned)
