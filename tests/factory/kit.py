"""Work orders in any state, by any road that leads there."""

from collections.abc import Callable
from typing import Any

from orders.factory import services
from orders.factory.models import WorkOrder, WorkOrderMove
from orders.factory.services import release_work_orders
from orders.models import Order, OrderEvent

State = WorkOrder.State
REASON = {"reason": "A scratch on the pole", "answerer": "lead"}
DEFECT = {"cause": "surface", "note": "A scratch"}
EXTRAS: dict[str, dict[str, Any]] = {
    "hold": REASON,
    "rework": {"operation": "cut", **DEFECT},
    "scrap": DEFECT,
}
ROADS: dict[str, list[str]] = {
    "released": [],
    "started": ["start cut"],
    "paused": ["start cut", "pause cut"],
    "held": ["start cut", "hold"],
    "rework": ["start cut", "done cut", "rework"],
    "finished": ["start cut", "done cut", "start fit", "done fit"],
    "shipped": ["start cut", "done cut", "start fit", "done fit", "ship"],
    "scrapped": ["start cut", "scrap"],
    "canceled": ["start cut", "cancel"],
}
STEPS: dict[str, Callable[..., WorkOrder]] = {
    "start": services.start_operation,
    "pause": services.pause_operation,
    "resume": services.resume_operation,
    "done": services.finish_operation,
}


def event(work_order: WorkOrder, what: str, by: Any = None, **more: Any) -> WorkOrder:
    """`event(it, "start cut")` moves an operation, `event(it, "hold")` the whole."""
    name, _space, code = what.partition(" ")
    if code:
        return STEPS[name](work_order_id=work_order.pk, code=code, by=by, **more)
    extra = {**EXTRAS.get(name, {}), **more}
    made: WorkOrder = getattr(services, name)(work_order_id=work_order.pk, by=by, **extra)
    return made


def bring(work_order: WorkOrder, state: str) -> WorkOrder:
    """Lead a released work order into a state."""
    for what in ROADS[state]:
        work_order = event(work_order, what)
    assert work_order.state == state
    return work_order


def states(work_order: WorkOrder) -> dict[str, str]:
    """The state of each operation."""
    return dict(work_order.operations.values_list("code", "state"))


def photograph(work_order: WorkOrder) -> list[Any]:
    """Everything that a move may change."""
    return [
        *WorkOrder.objects.order_by("number").values(),
        *work_order.operations.values(),
        *WorkOrderMove.objects.values(),
        *OrderEvent.objects.values(),
        WorkOrder.objects.get(pk=work_order.pk).state,
        Order.objects.get(pk=work_order.line.order_id).state,
    ]


def another_line(order: Order) -> WorkOrder:
    """One more line, and its work order."""
    line = order.lines.get()
    line.pk, line.position, line.design_revision = None, 2, 1000
    line.save()
    return release_work_orders(order_id=order.pk)[1]


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def story(order: Order) -> list[str]:
    return list(OrderEvent.objects.filter(order=order).values_list("kind", flat=True))
