"""How a move is made: in one transaction, by guarded updates, with its rows of history.

The order is held first, so its work orders stand still; the guards hold even if it were not.
A sender's `key` counts once: the same tap that comes again finds its move made.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone

from orders.factory import machine
from orders.factory.machine import Act, Move
from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation
from orders.factory.people import is_lead, is_staff
from orders.factory.services import history, story
from orders.factory.services.refusals import NotAllowed, NotPossible, Why
from orders.models import Order

State = WorkOrder.State
Facts = dict[str, Any]  # fields of a WorkOrderMove
LONGEST_DELAY = 24 * 3600.0  # seconds that a tap may have been on its way


class Told(TypedDict, total=False):
    """What the sender tells along with a move.

    `version` of the work order as it was seen; `key` the sender's mark of this tap; `station` the
    work center where it was made; `ago` for how many seconds the tap was on its way.
    """

    version: int | None
    key: str
    station: str
    ago: float


@dataclass
class Scene:
    """A move being made: the rows as they are inside its transaction."""

    order: Order
    work_order: WorkOrder
    operations: list[WorkOrderOperation]
    by: User | None
    at: datetime
    told: Told
    marked: bool = field(default=False)  # the key stands on the first row of history

    def operation(self, event: str, code: str) -> WorkOrderOperation:
        """The operation with this code, or NotPossible."""
        for operation in self.operations:
            if operation.code == code:
                return operation
        raise NotPossible(event, self.work_order, Why.UNKNOWN)


def perform(
    event: str,
    work_order_id: UUID,
    by: User | None,
    told: Told,
    effect: Callable[[Scene], None],
    *,
    lead: bool = False,
) -> WorkOrder:
    """Make a move with all its consequences, or none of them; the work order as it is then."""
    if by is not None and not (is_lead if lead else is_staff)(by):
        raise NotAllowed(event)
    try:
        with transaction.atomic():
            scene = _scene(work_order_id, by, told)
            if not _counted(event, scene):
                effect(scene)
                story.follow(scene.order)
    except NotPossible as refusal:
        refusal.work_order.refresh_from_db()  # nothing of the attempt stays
        raise
    except IntegrityError:
        # The same key for another work order, at the same moment.
        key = told.get("key")
        if not key or not WorkOrderMove.objects.filter(key=key).exists():
            raise
        raise NotPossible(event, WorkOrder.objects.get(pk=work_order_id), Why.KEY) from None
    scene.work_order.refresh_from_db()
    return scene.work_order


def _scene(work_order_id: UUID, by: User | None, told: Told) -> Scene:
    rows = WorkOrder.objects.filter(pk=work_order_id)
    order_id = rows.values_list("line__order_id", flat=True).get()
    order = Order.objects.select_for_update().get(pk=order_id)
    work_order = rows.select_related("line__order").get()
    return Scene(
        order=order,
        work_order=work_order,
        operations=list(work_order.operations.all()),
        by=by,
        at=_when(work_order, told.get("ago", 0.0)),
        told=told,
    )


def _when(work_order: WorkOrder, ago: float) -> datetime:
    """When the tap was made; never before what was counted already."""
    now = timezone.now()
    if not ago > 0:
        return now
    last = work_order.moves.aggregate(last=Max("at"))["last"]
    at = now - timedelta(seconds=min(ago, LONGEST_DELAY))
    return max(at, last) if last and last < now else at


def _counted(event: str, scene: Scene) -> bool:
    """Whether this very tap was counted before; NotPossible if it was one for something else."""
    key = scene.told.get("key")
    earlier = WorkOrderMove.objects.filter(key=key).first() if key else None
    if earlier is not None and earlier.work_order_id != scene.work_order.pk:
        raise NotPossible(event, scene.work_order, Why.KEY)
    return earlier is not None


def move(
    scene: Scene,
    event: str,
    rule: Move,
    after: State | None = None,
    *,
    changes: dict[str, Any] | None = None,
    facts: Facts | None = None,
) -> None:
    """Move the work order, once, from where it is; `after` chooses among several outcomes."""
    work_order, before = scene.work_order, scene.work_order.state
    target = after if after is not None else next(iter(rule.after))
    seen = scene.told.get("version")
    if seen is not None and not scene.marked and seen != work_order.version:
        why = Why.VERSION if before in rule.before else Why.STATE
        raise NotPossible(event, work_order, why)
    stamp = {rule.stamp: scene.at} if rule.stamp else {}
    if before not in rule.before or not guarded(
        work_order, before, {"state": target, **stamp, **(changes or {})}
    ):
        raise NotPossible(event, work_order)
    work_order.state = target
    remember(scene, event, before, target, facts=facts)


def guarded(work_order: WorkOrder, before: str, changes: dict[str, Any]) -> bool:
    """Change it if it is still where it was seen; True for the one who did."""
    rows = WorkOrder.objects.filter(pk=work_order.pk, state=before, version=work_order.version)
    moved = rows.update(version=F("version") + 1, **changes) == 1
    work_order.version += moved
    return moved


def touch(scene: Scene) -> None:
    """Something of the work order changed without its state: pages that show it are old now."""
    guarded(scene.work_order, scene.work_order.state, {})


def act(
    scene: Scene,
    event: str,
    rule: Act,
    operation: WorkOrderOperation,
    facts: Facts | None = None,
) -> None:
    """Move an operation, once, from where it is, and keep its clock."""
    before = operation.state
    if before not in rule.before or not guarded_operation(
        operation, {"state": rule.after, **_clock(operation, rule.after, scene.at)}
    ):
        raise NotPossible(event, scene.work_order, Why.STEP, operation)
    remember(scene, event, before, rule.after, operation, facts)
    if rule.after == WorkOrderOperation.State.DONE:
        story.made(scene.order, scene.work_order, operation.code)


def guarded_operation(operation: WorkOrderOperation, changes: dict[str, Any]) -> bool:
    """As `guarded`, for an operation; the object then has the changes too."""
    rows = WorkOrderOperation.objects.filter(
        pk=operation.pk, state=operation.state, version=operation.version
    )
    moved = rows.update(version=F("version") + 1, **changes) == 1
    if moved:
        operation.version += 1
        for name, value in changes.items():
            setattr(operation, name, value)
    return moved


def _clock(operation: WorkOrderOperation, after: str, at: datetime) -> dict[str, Any]:
    """The times that change when an operation comes into a state."""
    step = WorkOrderOperation.State
    changes: dict[str, Any] = {"resumed_at": None}
    if operation.resumed_at is not None:
        worked = max((at - operation.resumed_at).total_seconds(), 0) / 60
        changes["worked_minutes"] = operation.worked_minutes + Decimal(f"{worked:.2f}")
    if after == step.STARTED:
        changes["resumed_at"] = at
        if operation.started_at is None:
            changes["started_at"] = at
    elif after == step.DONE:
        changes |= {"done_at": at, "rework": False}
    elif after == step.WAITING:
        changes |= {"done_at": None, "rework": True}
    return changes


def remember(
    scene: Scene,
    event: str,
    before: str,
    after: str,
    operation: WorkOrderOperation | None = None,
    facts: Facts | None = None,
) -> None:
    """A row of history; the sender's key stands on the first of a move."""
    key = None if scene.marked else scene.told.get("key") or None
    scene.marked = True
    history.write(
        work_order=scene.work_order,
        operation=operation,
        event=event,
        before=before,
        after=after,
        by=scene.by,
        at=scene.at,
        station=scene.told.get("station", ""),
        key=key,
        **(facts or {}),
    )


def along(scene: Scene, event: str) -> list[WorkOrderOperation]:
    """What the move of a work order does to all its operations; those that it moved."""
    moved = []
    for name, rule in machine.ALONG.get(event, {}).items():
        for operation in scene.operations:
            if operation.state in rule.before:
                act(scene, name, rule, operation)
                moved.append(operation)
    return moved


def missing(
    operation: WorkOrderOperation, operations: Iterable[WorkOrderOperation]
) -> list[WorkOrderOperation]:
    """What has to be done before this operation can start."""
    done = WorkOrderOperation.State.DONE
    return [o for o in operations if o.code in operation.predecessors and o.state != done]


def refresh_ready(scene: Scene) -> None:
    """Which operations could start now, after others were done or are to be done again."""
    for operation in scene.operations:
        ready = not missing(operation, scene.operations)
        if ready != operation.ready:
            operation.ready = ready
            WorkOrderOperation.objects.filter(pk=operation.pk).update(ready=ready)
