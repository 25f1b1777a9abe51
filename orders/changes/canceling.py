"""The customer's own cancellation: all of it, once, or nothing."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from orders import services
from orders.changes.changing import let_go
from orders.changes.cutoffs import can_be_canceled, open_work_orders
from orders.factory.services import cancel
from orders.models import Order, OrderChange, OrderEvent

BY_CUSTOMER = {"by": "customer"}


class TooLate(Exception):
    """Building has begun (or is over): only the workshop can still stop it."""


def cancel_order(*, order_id: UUID) -> Order:
    """Cancel an order as its customer wishes, with its work orders and its place in the workshop.

    The order is held, as by every move at the bench: whoever comes second finds what the first one
    did. Canceled twice is canceled once. Raises TooLate.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        if order.state == Order.State.CANCELED:
            return order
        if not can_be_canceled(order):
            raise TooLate(order.number)
        services.record(order_id=order.pk, kind=OrderEvent.Kind.CANCELED, detail=dict(BY_CUSTOMER))
        with override(settings.FACTORY_LANGUAGE):
            note = _("Canceled by the customer")
        for work_order in open_work_orders(order):
            cancel(work_order_id=work_order.pk, by=None, note=note)
        for line in order.lines.all():
            line.order = order
            let_go(line)
        OrderChange.objects.filter(line__order=order, state=OrderChange.State.OPEN).update(
            state=OrderChange.State.WITHDRAWN, ended_at=timezone.now()
        )
    order.refresh_from_db()
    return order
