"""A work order becomes another one where it has not begun: its customer changed the design.

What is done or under way stays as it is; the rest is written anew from the new specification, and
a row tells the bench what is different.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Unpack
from uuid import UUID

from orders import jobs
from orders.factory import machine
from orders.factory.models import (
    WorkOrder,
    WorkOrderOperation,
    WorkOrderPart,
    WorkOrderRevision,
)
from orders.factory.services.moving import Scene, Told, guarded, perform, refresh_ready, remember
from orders.factory.services.refusals import NotPossible
from orders.factory.services.release import rows_of
from orders.factory.services.work_orders import complete
from orders.models import Specification

State = WorkOrder.State
Step = WorkOrderOperation.State
EVENT = "change"
ASIDE = 10_000  # positions while rows change places
TAKEN_OVER = (
    *("position", "name", "work_center", "work_center_name", "setup_minutes", "run_minutes"),
    *("instructions", "checks", "tooling", "pictures", "predecessors", "reads", "setup_key"),
)
FIXED = tuple(name for name in TAKEN_OVER if name not in ("position", "reads", "setup_key"))
THING = (
    *("number", "name", "material", "unit", "cut_length", "cut_width", "cut_thickness"),
    *("bin", "operation"),
)


class PastCutOff(Exception):
    """The new specification asks for something else of what has begun; `codes` of operations."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(", ".join(self.codes))


def begun(
    work_order: WorkOrder, operations: Sequence[WorkOrderOperation]
) -> list[WorkOrderOperation]:
    """The operations that have begun, also those which are to be done again.

    Of a work order that was started as a whole nobody knows how far it is: all of them.
    """
    found = [o for o in operations if o.state != Step.WAITING or o.started_at is not None]
    if not found and work_order.started_at is not None:
        return list(operations)
    return found


def revise(
    *, work_order_id: UUID, specification: Specification, due_on: date, **told: Unpack[Told]
) -> WorkOrder:
    """Build the new specification from here on. NotPossible if it is over, PastCutOff if what has
    begun would have to be another."""

    def effect(scene: Scene) -> None:
        if scene.work_order.state not in machine.OPEN:
            raise NotPossible(EVENT, scene.work_order)
        _revise(scene, specification, due_on)

    return perform(EVENT, work_order_id, None, told, effect)


def _revise(scene: Scene, specification: Specification, due_on: date) -> None:
    work_order, state = scene.work_order, scene.work_order.state
    old = list(work_order.parts.all())
    parts, operations = rows_of(work_order, specification.content)
    fixed = {operation.code for operation in begun(work_order, scene.operations)}
    _check(scene.operations, operations, old, parts, fixed)
    revision = WorkOrderRevision(
        work_order=work_order,
        revision=work_order.revision + 1,
        before_id=work_order.specification_id,
        after=specification,
        due_before=work_order.due_on,
        due_after=due_on,
        returns=_more(old, parts),
        pulls=_more(parts, old),
        operations=_operations(scene.operations, operations),
        at=scene.at,
    )
    changes = {
        "specification_id": specification.pk,
        "revision": revision.revision,
        "due_on": due_on,
    }
    if not guarded(work_order, state, changes):
        raise NotPossible(EVENT, work_order)
    revision.save(force_insert=True)
    _write_parts(old, parts)
    _write_operations(scene, operations, fixed)
    told = f"{revision.before_id[:12]} → {specification.pk[:12]}"
    remember(scene, EVENT, state, state, facts={"note": told})
    _go_on(scene)
    for kind in ("factory.render_build_sheet", "factory.render_change_sheet"):
        jobs.enqueue(kind=kind, queue="render", payload={"work_order": str(work_order.pk)})


def _check(
    before: Sequence[WorkOrderOperation],
    after: Sequence[WorkOrderOperation],
    old: Sequence[WorkOrderPart],
    new: Sequence[WorkOrderPart],
    fixed: set[str],
) -> None:
    """PastCutOff if what has begun, or a part of it, would be another."""
    now = {operation.code: operation for operation in after}
    were, are = _used(old, before), _used(new, after)
    wrong = [
        operation.code
        for operation in before
        if operation.code in fixed
        and (
            operation.code not in now
            or not _alike(operation, now[operation.code], FIXED)
            or were.get(operation.code) != are.get(operation.code)
        )
    ]
    if wrong:
        raise PastCutOff(wrong)


def _alike(one: Any, other: Any, fields: Iterable[str]) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in fields)


def _used(
    parts: Iterable[WorkOrderPart], operations: Sequence[WorkOrderOperation]
) -> dict[str, list[Any]]:
    """What each operation uses; the first one also what names none."""
    first = operations[0].code if operations else ""
    found: dict[str, list[Any]] = {}
    for part in parts:
        fact = (part.code, part.quantity, part.scrap, *(getattr(part, name) for name in THING))
        found.setdefault(part.operation or first, []).append(fact)
    return found


def _more(these: Sequence[WorkOrderPart], those: Sequence[WorkOrderPart]) -> list[dict[str, Any]]:
    """What these parts are more than those; the same thing counts by its quantity."""
    other = {part.code: part for part in those}
    found = []
    for part in these:
        same = other.get(part.code)
        kept = same.quantity if same and _same_thing(part, same) else Decimal(0)
        if part.quantity > kept:
            found.append(_told(part, part.quantity - kept))
    return found


def _same_thing(one: WorkOrderPart, other: WorkOrderPart) -> bool:
    """Whether one can be taken for the other, from whichever bin."""
    return _alike(one, other, (name for name in THING if name not in ("bin", "operation", "name")))


def _told(part: WorkOrderPart, quantity: Decimal) -> dict[str, Any]:
    cut = (part.cut_length, part.cut_width, part.cut_thickness)
    return {
        "code": part.code,
        "number": part.number,
        "name": part.name,
        "material": part.material,
        "unit": part.unit,
        "bin": part.bin,
        "operation": part.operation,
        "quantity": str(quantity),
        "cut": None if cut == (None,) * 3 else [None if s is None else str(s) for s in cut],
    }


def _operations(
    before: Sequence[WorkOrderOperation], after: Sequence[WorkOrderOperation]
) -> list[dict[str, Any]]:
    """The operations that come, go, or are done otherwise, in the order of the routing."""
    old = {operation.code: operation for operation in before}
    codes = {operation.code for operation in after}
    found = []
    for operation in after:
        if operation.code not in old:
            found.append(_step(operation, "added"))
        elif not _alike(operation, old[operation.code], FIXED):
            found.append(_step(operation, "changed"))
    return found + [_step(o, "removed") for o in before if o.code not in codes]


def _step(operation: WorkOrderOperation, kind: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "code": operation.code,
        "name": operation.name,
        "work_center": operation.work_center,
        "work_center_name": operation.work_center_name,
        "setup_minutes": str(operation.setup_minutes),
        "run_minutes": str(operation.run_minutes),
        "instructions": operation.instructions,
    }


def _write_parts(old: Sequence[WorkOrderPart], new: Sequence[WorkOrderPart]) -> None:
    """All rows anew: what has begun was checked to be the same, and nothing refers to a row."""
    WorkOrderPart.objects.filter(pk__in=[part.pk for part in old]).delete()
    WorkOrderPart.objects.bulk_create(new)


def _write_operations(scene: Scene, new: Sequence[WorkOrderOperation], fixed: set[str]) -> None:
    """Rows that stay keep their history, their state and their clocks."""
    known = {operation.code: operation for operation in scene.operations}
    codes = {operation.code for operation in new}
    gone = [operation.pk for operation in scene.operations if operation.code not in codes]
    WorkOrderOperation.objects.filter(pk__in=gone).delete()
    stay = [operation for operation in new if operation.code in known]
    for operation in stay:
        WorkOrderOperation.objects.filter(pk=known[operation.code].pk).update(
            position=ASIDE + operation.position
        )
    for operation in stay:
        names = ("position",) if operation.code in fixed else TAKEN_OVER
        values = {name: getattr(operation, name) for name in names}
        WorkOrderOperation.objects.filter(pk=known[operation.code].pk).update(**values)
    WorkOrderOperation.objects.bulk_create([o for o in new if o.code not in known])
    scene.operations[:] = scene.work_order.operations.all()
    refresh_ready(scene)


def _go_on(scene: Scene) -> None:
    """If nothing is left to do, it is built."""
    rows, state = scene.operations, scene.work_order.state
    done = bool(rows) and all(operation.state == Step.DONE for operation in rows)
    if done and state in machine.WORK_ORDER["finish"].before:
        complete(scene)
