"""The order of rows among their own."""

from __future__ import annotations

from typing import Any, Literal

from configurator.catalog.editing.changes import Change
from configurator.catalog.editing.kinds import siblings
from configurator.catalog.models import Option, Step

Way = Literal["up", "down", "first", "last"]


def move(change: Change, row: Any, way: Way) -> bool:
    """Move a row among its own; an option at the end of its step moves into the next one."""
    rows = list(siblings(row))
    place = [each.pk for each in rows].index(row.pk)
    meant = {"up": place - 1, "down": place + 1, "first": 0, "last": len(rows) - 1}[way]
    if isinstance(row, Option) and not 0 <= meant < len(rows):
        return _into_next(change, row, back=meant < 0)
    return _put(change, rows, rows[place], min(max(meant, 0), len(rows) - 1))


def put_before(change: Change, row: Any, before: Any | None, step: Step | None = None) -> bool:
    """Put a row before another of its own, or at the end; an option before one of any step."""
    if isinstance(row, Option):
        row.step = before.step if before is not None else step or row.step
    rows = [each for each in siblings(row) if each.pk != row.pk]
    if before is not None and before.pk == row.pk:
        return False
    keys = [each.pk for each in rows]
    place = len(rows) if before is None else keys.index(before.pk)
    rows.insert(place, row)
    return _number(change, rows, row)


def _into_next(change: Change, option: Option, *, back: bool) -> bool:
    """Into the step after (or before) its own."""
    steps = list(Step.objects.filter(product=option.product_id))
    place = [step.pk for step in steps].index(option.step_id) + (-1 if back else 1)
    if not 0 <= place < len(steps):
        return False
    first = None if back else steps[place].options.first()
    return put_before(change, option, first, steps[place])


def _put(change: Change, rows: list[Any], row: Any, place: int) -> bool:
    rows.remove(row)
    rows.insert(place, row)
    return _number(change, rows, row)


def _number(change: Change, rows: list[Any], moved: Any) -> bool:
    for position, row in enumerate(rows):
        row.position = position
    return change.save_all(rows, moved=moved) > 0


def next_position(row: Any) -> int:
    """The position at the end of the rows that a new one comes to."""
    last = siblings(row).order_by("-position").values_list("position", flat=True).first()
    return 0 if last is None else last + 1
