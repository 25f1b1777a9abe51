"""The customer's story follows what happens to the work orders of an order."""

from configurator.catalog.happenings import MADE, Happening, tell
from orders.factory.models import WorkOrder
from orders.models import Order, OrderEvent
from orders.services import record

State = WorkOrder.State
Event = OrderEvent.Kind
BUILT = {State.FINISHED, State.SHIPPED}


def follow(order: Order) -> None:
    """Tell what has come about. Of each line the last attempt counts, unless it was canceled."""
    if order.state == Order.State.CANCELED:
        return
    states = _states(order)
    building = [state for state in states if state != State.CANCELED]
    if states and not building:
        record(order_id=order.pk, kind=Event.CANCELED)
    elif building and BUILT.issuperset(building):
        record(order_id=order.pk, kind=Event.FINISHED, detail=_again(order))
        if set(building) == {State.SHIPPED}:
            record(order_id=order.pk, kind=Event.SHIPPED)
    elif order.state == Order.State.FINISHED:
        record(order_id=order.pk, kind=Event.REOPENED, detail={"time": _times(order)})


def started(order: Order, work_order: WorkOrder) -> None:
    """Building begins, with this work order."""
    record(order_id=order.pk, kind=Event.STARTED, detail={"work_order": work_order.number})


def made(order: Order, work_order: WorkOrder, operation: str) -> None:
    """One of its operations is done: told to whoever listens, if it is for a customer."""
    lines = order.lines.filter(pk=work_order.line_id)
    about = lines.values_list("specification__release__product__slug", "design").first()
    if about is not None:
        slug, design = about
        tell(Happening(MADE, slug, design, order.pk, operation, number=work_order.attempt))


def _states(order: Order) -> list[str]:
    """The state of each line's last attempt; a line without a work order is yet to be released."""
    last = dict.fromkeys(order.lines.values_list("pk", flat=True), State.RELEASED.value)
    rows = WorkOrder.objects.filter(line__order=order).order_by("attempt")
    last.update(dict(rows.values_list("line_id", "state")))
    return list(last.values())


def _times(order: Order) -> str:
    return str(order.events.filter(kind=Event.REOPENED).count())


def _again(order: Order) -> dict[str, str]:
    """What tells a second finish, after something was made better, from the first."""
    times = _times(order)
    return {} if times == "0" else {"time": times}
