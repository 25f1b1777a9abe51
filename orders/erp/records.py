"""What an ERP is told, as plain JSON: work orders, their moves, and the demand for parts.

Nothing here says who a customer is. Numbers that must be exact are texts ("12.500"); days are ISO
dates, moments ISO date-times in UTC.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Min, Sum

from configurator.capacity.models import StockItem
from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation, WorkOrderPart

Json = dict[str, Any]
State = WorkOrder.State
CLOSED = (State.FINISHED, State.SHIPPED, State.SCRAPPED, State.CANCELED)
"""States in which a work order needs no more parts."""


def moment(at: datetime | None) -> str | None:
    """As the API's schemas write it: in UTC, ending with Z."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def work_order(found: WorkOrder) -> Json:
    """The head of a work order. It reads `line.order` and `specification`."""
    content = found.specification.content
    return {
        "number": found.number,
        "order": found.line.order.number,
        "line": found.line.position,
        "attempt": found.attempt,
        "state": found.state,
        "version": found.version,
        "quantity": found.quantity,
        "due_on": found.due_on.isoformat(),
        "product": content["release"]["slug"],
        "product_name": content["product"]["name"],
        "specification": found.specification_id,
        "revision": found.revision,
        "released_at": moment(found.released_at),
        "started_at": moment(found.started_at),
        "finished_at": moment(found.finished_at),
        "shipped_at": moment(found.shipped_at),
        "hold_reason": found.hold_reason,
    }


def part(row: WorkOrderPart) -> Json:
    """A part for the whole work order; `scrap` of the quantity on top is lost on the way."""
    return {
        "number": row.number,
        "code": row.code,
        "name": row.name,
        "material": row.material,
        "quantity": str(row.quantity),
        "scrap": str(row.scrap),
        "unit": row.unit,
        "bin": row.bin,
        "operation": row.operation,
        "cut_mm": [plain(row.cut_length), plain(row.cut_width), plain(row.cut_thickness)],
    }


def operation(row: WorkOrderOperation) -> Json:
    """An operation, minutes for the whole work order."""
    return {
        "code": row.code,
        "name": row.name,
        "work_center": row.work_center,
        "state": row.state,
        "setup_minutes": str(row.setup_minutes),
        "run_minutes": str(row.run_minutes),
        "worked_minutes": str(row.worked_minutes),
        "after": row.predecessors,
        "started_at": moment(row.started_at),
        "done_at": moment(row.done_at),
    }


def choices(content: Json) -> list[Json]:
    """What the customer decided, as codes and names."""
    told = [
        {"option": choice["option"], "value": choice["value"], "label": choice["label"]}
        for choice in content["choices"]
    ]
    return told + [
        {"option": text["option"], "value": text["text"], "label": {}} for text in content["texts"]
    ]


def whole_work_order(found: WorkOrder) -> Json:
    """A work order with its choices, parts and operations."""
    return {
        **work_order(found),
        "choices": choices(found.specification.content),
        "parts": [part(row) for row in found.parts.all()],
        "operations": [operation(row) for row in found.operations.all()],
    }


def kind_of(move: WorkOrderMove) -> str:
    """What a move is called: work_order.released, operation.done …"""
    if move.event == "change":
        return "work_order.changed"
    return f"{'operation' if move.operation_id else 'work_order'}.{move.after}"


def event(move: WorkOrderMove) -> Json:
    """A move, with the work order as it is now; with the parts that it needs if it is the first
    one, or a change of the design."""
    found = move.work_order
    data = work_order(found)
    kind = kind_of(move)
    released = kind == f"work_order.{State.RELEASED}" and not move.before
    if released or kind == "work_order.changed":
        data["parts"] = [part(row) for row in found.parts.all()]
    return {
        "id": move.pk,
        "type": kind_of(move),
        "at": moment(move.at),
        "before": move.before,
        "after": move.after,
        "operation": move.operation.code if move.operation else None,
        "cause": move.cause,
        "work_order": data,
    }


def demand(until: date | None = None) -> list[Json]:
    """What all open work orders still need, summed by part number, bin and unit.

    Of a work order that has begun all its parts count. Cut pieces without a number are left out.
    """
    rows = WorkOrderPart.objects.exclude(work_order__state__in=CLOSED).exclude(number="")
    if until is not None:
        rows = rows.filter(work_order__due_on__lte=until)
    groups = (
        rows.values("number", "unit")
        .annotate(quantity=Sum("quantity"), scrap=Sum("scrap"), first=Min("work_order__due_on"))
        .order_by("number", "unit")
    )
    names = _names(rows.values_list("number", "name").distinct())
    return [
        {
            "number": group["number"],
            "name": names[group["number"]],
            "unit": group["unit"],
            "quantity": str(Decimal(group["quantity"]).quantize(Decimal("0.001"))),
            "scrap": str(Decimal(group["scrap"]).quantize(Decimal("0.001"))),
            "first_due_on": group["first"].isoformat(),
        }
        for group in groups
    ]


def _names(pairs: Iterable[tuple[str, Json]]) -> dict[str, Json]:
    return dict(pairs)


def stock_item(item: StockItem) -> Json:
    """How much there is of a part, and how much of it nobody waits for."""
    return {
        "number": item.number,
        "name": item.name,
        "on_hand": str(item.on_hand),
        "reserved": str(item.reserved),
        "free": str(item.on_hand - item.reserved),
    }
