"""Orders: placing them (placing.py), their places (places.py), and what happens afterwards."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from configurator.capacity import services as capacity
from configurator.catalog import happenings
from orders import jobs
from orders.models import Order, OrderEvent
from orders.paying.returning import give_all_back
from orders.places import (
    keep_place,
    kept_rush,
    line_key,
    promise_at,
    release_later,
    release_places,
)
from orders.placing import (
    Changed,
    Contact,
    OrderedByAnother,
    Seen,
    SeenLine,
    SeenOrder,
    UnknownNumber,
    Unreachable,
    order_of,
    place_lines,
    place_order,
)
from orders.promo.redeeming import give_back

__all__ = [
    "Changed",
    "Contact",
    "OrderedByAnother",
    "Seen",
    "SeenLine",
    "SeenOrder",
    "UnknownNumber",
    "Unreachable",
    "keep_place",
    "kept_rush",
    "line_key",
    "order_of",
    "place_lines",
    "place_order",
    "promise_at",
    "record",
    "release_later",
    "release_places",
]


def record(
    *, order_id: UUID, kind: OrderEvent.Kind, detail: dict[str, str] | None = None
) -> OrderEvent:
    """Add to the story of an order, once for the same detail, and move its state along.

    Building begins with the first STARTED; FINISHED is for the caller to say, once all is built.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        event, new = OrderEvent.objects.get_or_create(order=order, kind=kind, detail=detail or {})
        if new:
            _advance(order, kind)
            _tell(order, kind)
        if new and kind == OrderEvent.Kind.SHIPPED:
            payload = {"order": str(order.pk)}
            jobs.enqueue(kind="orders.send_shipped", queue="mail", payload=payload)
            jobs.enqueue(kind="paying.issue_invoice", queue="mail", payload=payload)
        if new and kind == OrderEvent.Kind.SHIPPED and settings.ASK_AFTER_DAYS:
            _ask_later(order)
        if new and kind == OrderEvent.Kind.CANCELED:
            give_all_back(order)
            give_back(order)
            payload = {"order": str(order.pk)}
            jobs.enqueue(kind="orders.send_cancellation", queue="mail", payload=payload)
            for position in order.lines.values_list("position", flat=True):
                capacity.release(key=line_key(order.number, position))
    return event


def _ask_later(order: Order) -> None:
    """Ask how it is some days after it should have arrived; never before."""
    today = timezone.localdate()
    days = (max(order.arrives_on or today, today) - today).days + settings.ASK_AFTER_DAYS
    jobs.enqueue(
        kind="voices.invite",
        queue="mail",
        payload={"order": str(order.pk)},
        due_at=timezone.now() + timedelta(days=days),
    )


def _tell(order: Order, kind: OrderEvent.Kind) -> None:
    """Say what became of it: the first time that something of it is begun, and whenever all is
    built."""
    if kind == OrderEvent.Kind.STARTED and order.events.filter(kind=kind).count() > 1:
        return
    said = {
        OrderEvent.Kind.PAID: happenings.PAID,
        OrderEvent.Kind.STARTED: happenings.STARTED,
        OrderEvent.Kind.FINISHED: happenings.FINISHED,
        OrderEvent.Kind.REOPENED: happenings.REOPENED,
        OrderEvent.Kind.SHIPPED: happenings.SHIPPED,
        OrderEvent.Kind.CANCELED: happenings.CANCELED,
    }
    if kind in said:
        happenings.tell(
            happenings.Happening(
                said[kind], order=order.pk, amount=order.total, currency=order.currency
            )
        )


_MOVES = {
    OrderEvent.Kind.PAID: ([Order.State.AWAITING], Order.State.PLACED),
    OrderEvent.Kind.STARTED: ([Order.State.PLACED], Order.State.IN_PRODUCTION),
    OrderEvent.Kind.FINISHED: (
        [Order.State.PLACED, Order.State.IN_PRODUCTION],
        Order.State.FINISHED,
    ),
    OrderEvent.Kind.REOPENED: ([Order.State.FINISHED], Order.State.IN_PRODUCTION),
    OrderEvent.Kind.SHIPPED: ([Order.State.FINISHED], Order.State.SHIPPED),
    OrderEvent.Kind.CANCELED: (
        [Order.State.AWAITING, Order.State.PLACED, Order.State.IN_PRODUCTION],
        Order.State.CANCELED,
    ),
}


def _advance(order: Order, kind: OrderEvent.Kind) -> None:
    """Move the order where the event takes it; from any other state it stays."""
    if kind in _MOVES:
        before, after = _MOVES[kind]
        Order.objects.filter(pk=order.pk, state__in=before, version=order.version).update(
            state=after, version=F("version") + 1
        )
