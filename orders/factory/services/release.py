"""Work orders are made: one a line of an order, and another one for each that is scrapped."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from orders import jobs
from orders.factory.models import WorkOrder, WorkOrderOperation, WorkOrderPart
from orders.factory.services import history
from orders.factory.setups import setup_keys
from orders.models import Order, OrderEvent, OrderLine
from orders.services import record

Json = Mapping[str, Any]
State = WorkOrder.State
Event = OrderEvent.Kind


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
            "due_on": line.promised_on,
            "rush": line.rush_net is not None,
        },
    )
    if new:
        _prepare(work_order)
        record(order_id=order.pk, kind=Event.RELEASED, detail={"work_order": work_order.number})
    return work_order


def remake(scrapped: WorkOrder) -> WorkOrder:
    """The same once more, from the start; the caller holds the order."""
    line = scrapped.line
    attempt = line.work_orders.count() + 1
    work_order = WorkOrder.objects.create(
        line=line,
        attempt=attempt,
        remake_of=scrapped,
        specification_id=scrapped.specification_id,
        revision=scrapped.revision,
        number=f"{line.order.number}-{line.position}R{attempt - 1}",
        quantity=scrapped.quantity,
        due_on=scrapped.due_on,
        rush=scrapped.rush,
    )
    _prepare(work_order)
    return work_order


def _prepare(work_order: WorkOrder) -> None:
    """What a new work order needs: its rows, its history, and a job that draws its sheet."""
    explode(work_order, work_order.specification.content)
    history.write(work_order=work_order, event="release", after=State.RELEASED)
    jobs.enqueue(
        kind="factory.render_build_sheet",
        queue="render",
        payload={"work_order": str(work_order.pk)},
    )


def explode(work_order: WorkOrder, content: Json) -> None:
    """Write the rows of the specification's parts and operations."""
    parts, operations = rows_of(work_order, content)
    WorkOrderPart.objects.bulk_create(parts)
    WorkOrderOperation.objects.bulk_create(operations)


def rows_of(
    work_order: WorkOrder, content: Json
) -> tuple[list[WorkOrderPart], list[WorkOrderOperation]]:
    """The specification's parts and operations, times the quantity; not saved.

    Specifications from before predecessors were known are built one operation after the other.
    """
    parts = [
        _part(work_order, position, part)
        for position, part in enumerate(content.get("parts", ()), start=1)
    ]
    before: list[str] = []
    operations = []
    for position, operation in enumerate(content.get("operations", ()), start=1):
        after = operation.get("predecessors")
        after = before if after is None else after
        operations.append(_operation(work_order, position, {**operation, "predecessors": after}))
        before = [operation["code"]]
    codes = {operation.code for operation in operations}
    for one, key in zip(operations, setup_keys(content, operations, parts), strict=True):
        one.ready = not codes & set(one.predecessors)
        one.setup_key = key
    return parts, operations


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
