"""The history of the plan: a row a change, and one for each operation that it moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from configurator.capacity.changes import Change, Effect, Move
from configurator.capacity.models import Closure, PlanChange, PlanMove

Kind = PlanChange.Kind


@dataclass(frozen=True)
class Note:
    """Who does it and why; what `kind` of change it is, and of what."""

    kind: Kind
    by: Any = None
    reason: str = ""
    key: str = ""
    operation: str = ""
    work_center: str = ""
    first: date | None = None
    last: date | None = None


def of_closure(closure: Closure) -> dict[str, Any]:
    """A note's facts about a closure."""
    return {
        "work_center": closure.work_center.code if closure.work_center else "",
        "first": closure.first_day,
        "last": closure.last_day,
        "reason": closure.reason,
    }


def write(note: Note, change: Change, effect: Effect) -> PlanChange:
    """Keep a change, in its transaction."""
    found = PlanChange.objects.create(
        kind=note.kind,
        by=note.by,
        note=note.reason,
        key=note.key,
        operation=note.operation,
        work_center=note.work_center,
        first=note.first,
        last=note.last,
        moved=len(effect.moves),
        broken=sum(not each.was_late for each in effect.broken),
    )
    PlanMove.objects.bulk_create(
        _row(found, move, (move.key, move.operation) in change.pins)
        for move in (*effect.moves, *_stayed(change, effect))
    )
    return found


def _stayed(change: Change, effect: Effect) -> Iterable[Move]:
    """Operations that were named and have their days already."""
    moved = {(move.key, move.operation) for move in effect.moves}
    for key, operation in sorted({*change.pins, *change.loose} - moved):
        rows = [row for row in effect.bookings.get(key, ()) if row.operation == operation]
        named = (key, operation) in change.pins
        if rows and any(row.pinned != named for row in rows):
            days = tuple(row.day for row in rows)
            yield Move(key, operation, rows[0].work_center.code, days, days)


def _row(change: PlanChange, move: Move, by_hand: bool) -> PlanMove:
    return PlanMove(
        change=change,
        key=move.key,
        operation=move.operation,
        work_center=move.work_center,
        before_first=_first(move.before),
        before_last=_last(move.before),
        after_first=_first(move.after),
        after_last=_last(move.after),
        by_hand=by_hand,
    )


def _first(days: Sequence[date]) -> date | None:
    return min(days, default=None)


def _last(days: Sequence[date]) -> date | None:
    return max(days, default=None)
