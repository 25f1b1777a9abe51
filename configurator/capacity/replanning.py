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
from configurator.capacity.minutes import Wanted, bookings_of, give_back, lock, take
from configurator.capacity.models import Booking, CapacityState, DayLoad, Reservation
from configurator.capacity.promises import day_of
from configurator.capacity.schedule import Plan, Task
from configurator.capacity.services import task_from_json
from configurator.capacity.snapshot import Snapshot, centers_now, now_minute, read
from configurator.catalog.models import WorkCenter

__all__ = ["Change", "Effect", "NoRoom", "Stale", "TooEarly", "apply", "closing", "effect_of"]


def effect_of(change: Change) -> Effect:
    """What would move, which promises would break, what can't move. Writes nothing.

    Raises NoRoom and TooEarly for dates set by hand, NoTime if there is no room at all.
    """
    state = CapacityState.objects.filter(pk=1).first()
    return _effect(change, state.version if state else UUID(int=0))


def apply(
    change: Change, version: UUID, save: Callable[[], Any] = lambda: None, *, seen: str = ""
) -> Effect:
    """Change it, with `save` for the change's own rows.

    Stale if the plan is not of `version`, unless the effect is still the one that was `seen` (its
    mark): orders that came in meanwhile hinder nobody whose change has nothing to do with them.
    """
    with transaction.atomic():
        before = lock()
        effect = _effect(change, before)
        if before != version and effect.mark != seen:
            raise Stale(effect)
        save()
        _write(effect)
    return effect


def _effect(change: Change, version: UUID) -> Effect:
    instead = {row[0]: row for row in change.centers}
    rows = tuple(instead.pop(row[0], row) for row in centers_now())
    snapshot = read(version, rows, change.closures)
    today = timezone.localdate()
    bookings = _open_bookings()
    touched, stuck = _touched(snapshot, bookings, today)
    touched |= {b.reservation.key for b in bookings if change.everything or _is_named(change, b)}
    mine: dict[str, list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.reservation.key in touched:
            mine[booking.reservation.key].append(booking)
    _free(snapshot, change, mine, today)
    order = sorted(mine, key=lambda key: _rank(mine[key][0].reservation))
    plans = []
    for key in order:
        tasks = _tasks(mine[key], change, snapshot)
        stay = {booking.operation for booking in mine[key] if _stays(change, booking)}
        plan = _plan(mine[key][0].reservation, tasks, snapshot, stay)
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


def _touched(
    snapshot: Snapshot, bookings: Iterable[Booking], today: date
) -> tuple[set[str], list[Stuck]]:
    """Reservations to plan anew so that no day holds too much, those promised last first."""
    by_day: dict[tuple[str, date], list[Booking]] = defaultdict(list)
    for booking in bookings:
        if booking.minutes and booking.day >= today:
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


def _stays(change: Change, booking: Booking) -> bool:
    """Whether a booking keeps its day: set by hand, still to come, and not now set elsewhere."""
    ahead = booking.day >= timezone.localdate()
    return booking.pinned and ahead and not _is_named(change, booking)


def _free(
    snapshot: Snapshot, change: Change, mine: Mapping[str, list[Booking]], today: date
) -> None:
    """Take what is planned anew out of the snapshot."""
    for bookings in mine.values():
        for booking in bookings:
            if booking.day >= today and not _stays(change, booking):
                _load(snapshot, booking, -booking.minutes)
    snapshot.forget()


def _load(snapshot: Snapshot, booking: Booking, minutes: int) -> None:
    code, ordinal = booking.work_center.code, booking.day.toordinal()
    booked, rushed = snapshot.booked[code].get(ordinal, (0, 0))
    more = minutes if booking.reservation.rush else 0
    snapshot.booked[code][ordinal] = (booked + minutes, rushed + more)


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
        stays = [row.day for row in rows if _stays(change, row)]
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
    reservation: Reservation, tasks: tuple[Task, ...], snapshot: Snapshot, stay: set[str]
) -> Plan:
    """Plan and note what it takes, so that the next one finds what is left."""
    plan = snapshot.plan(tasks, now_minute(), rush=reservation.rush)
    for slot in plan.slots:
        if slot.center in snapshot.booked and tasks[slot.task].code not in stay:
            booked, rushed = snapshot.booked[slot.center].get(slot.day, (0, 0))
            more = slot.minutes if reservation.rush else 0
            snapshot.booked[slot.center][slot.day] = (booked + slot.minutes, rushed + more)
    snapshot.forget()
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
    """Give back, bring the days' capacity up to date, and take anew."""
    snapshot = effect.snapshot
    assert snapshot is not None
    for reservation, _tasks, _plan in effect.plans:
        over = reservation.bookings.filter(done=False)
        give_back(over.filter(day__gte=snapshot.today), rush=reservation.rush)
        over.delete()
    _bring_up_to_date(snapshot)
    for reservation, tasks, plan in effect.plans:
        done = set(reservation.bookings.values_list("position", flat=True))
        rows = bookings_of(reservation, plan, tasks, snapshot.ids)
        rows = [row for row in rows if row.position not in done]
        take_again(rows, snapshot, rush=reservation.rush)
        Booking.objects.bulk_create(rows)
        Reservation.objects.filter(pk=reservation.pk).update(ready_on=day_of(plan.finish))


def take_again(rows: list[Booking], snapshot: Snapshot, *, rush: bool) -> None:
    """Book; on days set by hand whatever is kept for others, and even on closed ones."""
    wanted = [Wanted(r.work_center_id, r.day, r.minutes) for r in rows if not r.pinned]
    take(wanted, snapshot, rush=rush)
    for row in rows:
        if row.pinned and row.minutes:
            load, _new = DayLoad.objects.get_or_create(
                work_center_id=row.work_center_id, day=row.day, defaults={"capacity": row.minutes}
            )
            booked = load.booked + row.minutes
            load.capacity = max(load.capacity, booked)
            load.booked = booked
            load.rushed += row.minutes if rush else 0
            load.save(update_fields=["capacity", "booked", "rushed"])


def _bring_up_to_date(snapshot: Snapshot) -> None:
    """Every day from today has the minutes of its calendar, or what is still booked on it."""
    codes = {pk: code for code, pk in snapshot.ids.items()}
    changed = []
    for load in DayLoad.objects.filter(day__gte=snapshot.today):
        minutes = snapshot.minutes(codes[load.work_center_id], load.day.toordinal())
        if load.capacity != max(minutes, load.booked):
            load.capacity = max(minutes, load.booked)
            changed.append(load)
    DayLoad.objects.bulk_update(changed, ["capacity"])
