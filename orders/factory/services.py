"""Work orders: made from orders, moved through their states. Every write of the factory is here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from orders import jobs
from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation, WorkOrderPart
from orders.models import Order, OrderEvent, OrderLine
from orders.services import record

Json = Mapping[str, Any]
State = WorkOrder.State
Event = OrderEvent.Kind


# Release


def release_work_orders(*, order_id: UUID) -> list[WorkOrder]:
    """Make one work order a line, each with its parts, operations and a job that draws its sheet.

    However often it is called, each line has one. A canceled order gets none.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.state == Order.State.CANCELED:
            return []
        lines = order.lines.select_related("specification").order_by("position")
        return [_release_line(order, line) for line in lines]


def _release_line(order: Order, line: OrderLine) -> WorkOrder:
    work_order, new = WorkOrder.objects.get_or_create(
        line=line,
        attempt=1,
        defaults={
            "specification_id": line.specification_id,
            "number": f"{order.number}-{line.position}",
            "quantity": line.quantity,
            "due_on": order.promised_on,
        },
    )
    if new:
        _explode(work_order, work_order.specification.content)
        WorkOrderMove.objects.create(work_order=work_order, after=State.RELEASED)
        record(order_id=order.pk, kind=Event.RELEASED, detail={"work_order": work_order.number})
        jobs.enqueue(
            kind="factory.render_build_sheet",
            queue="render",
            payload={"work_order": str(work_order.pk)},
        )
    return work_order


def _explode(work_order: WorkOrder, content: Json) -> None:
    """The specification's parts and operations, times the quantity."""
    WorkOrderPart.objects.bulk_create(
        _part(work_order, position, part)
        for position, part in enumerate(content.get("parts", ()), start=1)
    )
    WorkOrderOperation.objects.bulk_create(
        _operation(work_order, position, operation)
        for position, operation in enumerate(content.get("operations", ()), start=1)
    )


def _part(work_order: WorkOrder, position: int, part: Json) -> WorkOrderPart:
    length, width, thickness = [
        None if side is None else Decimal(str(side)) for side in part.get("cut") or [None] * 3
    ]
    return WorkOrderPart(
        work_order=work_order,
        position=position,
        code=part["code"],
        number=part.get("number", ""),
        name=part["name"],
        material=part.get("material") or {},
        quantity=Decimal(str(part["quantity"])) * work_order.quantity,
        unit=part["unit"],
        cut_length=length,
        cut_width=width,
        cut_thickness=thickness,
        bin=part.get("bin", ""),
        scrap=Decimal(str(part.get("scrap", 0))) * work_order.quantity,
        operation=part.get("operation", ""),
    )


def _operation(work_order: WorkOrder, position: int, operation: Json) -> WorkOrderOperation:
    return WorkOrderOperation(
        work_order=work_order,
        position=position,
        code=operation["code"],
        name=operation["name"],
        work_center=operation["work_center"],
        work_center_name=operation.get("work_center_name") or {},
        setup_minutes=Decimal(str(operation["setup_minutes"])),
        run_minutes=Decimal(str(operation["run_minutes"])) * work_order.quantity,
        instructions=operation.get("instructions") or {},
        checks=operation.get("checks") or [],
        tooling=operation.get("tooling") or {},
        pictures=operation.get("pictures") or [],
        predecessors=operation.get("predecessors") or [],
        reads=operation.get("reads") or [],
    )


# Moves


@dataclass(frozen=True)
class Transition:
    """What an event does: from one state to another, noting the time in a field."""

    before: State
    after: State
    stamp: str


TRANSITIONS: Mapping[str, Transition] = {
    "start": Transition(State.RELEASED, State.STARTED, "started_at"),
    "finish": Transition(State.STARTED, State.FINISHED, "finished_at"),
}


class NotPossible(Exception):
    """The work order is not in the state for this event; `work_order` is as it truly is."""

    def __init__(self, event: str, work_order: WorkOrder) -> None:
        super().__init__(f"{event}: {work_order} is {work_order.state}")
        self.event = event
        self.work_order = work_order


def start(*, work_order_id: UUID, by: User | None, version: int | None = None) -> WorkOrder:
    """Begin to build. NotPossible unless it is released (and still at `version`, if given)."""
    return _move("start", work_order_id, by, version)


def finish(*, work_order_id: UUID, by: User | None, version: int | None = None) -> WorkOrder:
    """It is built; with the last work order of an order, the order is finished too."""
    return _move("finish", work_order_id, by, version)


def _move(event: str, work_order_id: UUID, by: User | None, version: int | None) -> WorkOrder:
    transition = TRANSITIONS[event]
    now = timezone.now()
    with transaction.atomic():
        found = WorkOrder.objects.select_related("line").get(pk=work_order_id)
        # Holding the order, so that of two last work orders one sees the other finished.
        order = Order.objects.select_for_update().get(pk=found.line.order_id)
        if not _guarded(found, transition, version, now):
            found.refresh_from_db(fields=["state", "version", "started_at", "finished_at"])
            raise NotPossible(event, found)
        WorkOrderMove.objects.create(
            work_order=found, before=transition.before, after=transition.after, by=by
        )
        _tell(order, found, transition.after)
        found.refresh_from_db(fields=["state", "version", "started_at", "finished_at"])
    return found


def _guarded(
    work_order: WorkOrder, transition: Transition, version: int | None, now: datetime
) -> bool:
    """Move it if it is still where it was seen; True for the one who did."""
    seen = work_order.version if version is None else version
    rows = WorkOrder.objects.filter(pk=work_order.pk, state=transition.before, version=seen)
    changes: dict[str, Any] = {"state": transition.after, transition.stamp: now}
    return rows.update(version=F("version") + 1, **changes) == 1


def _tell(order: Order, work_order: WorkOrder, state: State) -> None:
    """Carry the move into the order's story."""
    if state == State.STARTED:
        record(order_id=order.pk, kind=Event.STARTED, detail={"work_order": work_order.number})
    elif state == State.FINISHED and _all_built(order):
        record(order_id=order.pk, kind=Event.FINISHED)


def _all_built(order: Order) -> bool:
    """Every line has a work order, and none is left to build."""
    built = WorkOrder.objects.filter(line__order=order, state=State.FINISHED).count()
    return built == order.lines.count()
