"""Work orders in any state, by any road that leads there."""

from collections.abc import Callable
from typing import Any

from orders.factory import services
from orders.factory.models import WorkOrder

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
