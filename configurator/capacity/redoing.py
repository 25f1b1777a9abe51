"""Minutes for what has to be done once more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from configurator.capacity.minutes import Wanted, bookings_of, lock, take
from configurator.capacity.models import Booking, Reservation
from configurator.capacity.promises import day_of
from configurator.capacity.schedule import NoTime, Task
from configurator.capacity.services import task_from_json, task_to_json
from configurator.capacity.snapshot import now_minute, snapshot_at

State = Reservation.State


def redo(*, key: str, operations: Collection[str], new_key: str) -> Reservation | None:
    """Book the minutes of some operations again, from now on, as a place of its own.

    None without a firm place of that key, or if there is no time.
    """
    with transaction.atomic():
        version = lock()
        found = Reservation.objects.filter(key=key, state=State.FIRM).first()
        if found is None:
            return None
        tasks = _only([task_from_json(task) for task in found.routing], operations)
        snapshot = snapshot_at(version)
        try:
            plan = snapshot.plan(tasks, now_minute(), rush=found.rush)
        except NoTime:
            return None
        again = Reservation.objects.create(
            key=new_key,
            state=State.FIRM,
            quantity=found.quantity,
            rush=found.rush,
            routing=[task_to_json(task) for task in tasks],
            made_of=found.made_of,
            ready_on=day_of(plan.finish) if plan.slots else found.ready_on,
            promised_on=found.promised_on,
        )
        rows = bookings_of(again, plan, tasks, snapshot.ids)
        wanted = [Wanted(row.work_center_id, row.day, row.minutes) for row in rows]
        take(wanted, snapshot, rush=found.rush)
        Booking.objects.bulk_create(rows)
        return again


def _only(tasks: list[Task], operations: Collection[str]) -> tuple[Task, ...]:
    """Some of the tasks; what was before them is done already."""
    places = [place for place, task in enumerate(tasks) if task.code in operations]
    new = {old: place for place, old in enumerate(places)}
    return tuple(
        replace(
            tasks[old],
            after=tuple(new[before] for before in tasks[old].after if before in new),
            ready=0,
            on=None,
        )
        for old in places
    )
