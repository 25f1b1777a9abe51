"""How far the bench is, and so what can still be canceled or changed.

The first operation that starts ends the time in which a customer can cancel.
"""

from datetime import datetime

from django.db.models import Min

from orders.factory.machine import OPEN
from orders.factory.models import WorkOrder
from orders.models import Order


def begun_at(order: Order) -> datetime | None:
    """When building began; None if it has not. A work order that was scrapped counts too."""
    rows = WorkOrder.objects.filter(line__order=order)
    firsts = rows.aggregate(
        whole=Min("started_at"), operation=Min("operations__started_at")
    ).values()
    return min((at for at in firsts if at is not None), default=None)


def can_be_canceled(order: Order) -> bool:
    """Whether its customer may still cancel it; sure only while the order is held."""
    return order.state == Order.State.PLACED and begun_at(order) is None


def open_work_orders(order: Order) -> list[WorkOrder]:
    """What is still to be built of an order."""
    return list(WorkOrder.objects.filter(line__order=order, state__in=OPEN).order_by("number"))
