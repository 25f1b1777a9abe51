"""What came back from a customer: an event of the order, told to whoever listens."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from configurator.catalog import happenings
from configurator.catalog.happenings import Happening
from configurator.catalog.queries import released
from orders.models import Order, OrderEvent, OrderLine

LONGEST = 200


def came_back(*, line: OrderLine, quantity: int, reason: str, by: str) -> OrderEvent:
    """Write down that so many of a line came back. ValidationError by field: more than were sent,
    or of an order that has not left. Money is given back elsewhere."""
    reason = " ".join(reason.split())
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=line.order_id)
        if order.state != Order.State.SHIPPED:
            raise ValidationError({"line": _("The order has not left yet.")})
        left = line.quantity - returned(line)
        if not 1 <= quantity <= left:
            told = _("Of this line %(count)d can still come back.") % {"count": left}
            raise ValidationError({"quantity": told})
        if not reason or len(reason) > LONGEST:
            told = _("Write why, in at most %(most)d characters.") % {"most": LONGEST}
            raise ValidationError({"reason": told})
        event = OrderEvent.objects.create(
            order=order,
            kind=OrderEvent.Kind.RETURNED,
            detail={
                **{"position": str(line.position), "quantity": str(quantity)},
                **{"reason": reason, "by": by},
            },
        )
        _tell(line, quantity)
    return event


def returned(line: OrderLine) -> int:
    """How many of it came back until now."""
    kind = OrderEvent.Kind.RETURNED
    rows = OrderEvent.objects.filter(
        order=line.order_id, kind=kind, detail__position=str(line.position)
    )
    return sum(int(detail["quantity"]) for detail in rows.values_list("detail", flat=True))


def _tell(line: OrderLine, quantity: int) -> None:
    release = line.specification.release_id
    happenings.tell(
        Happening(
            happenings.RETURNED,
            product=released(release).slug,
            design=line.design_id,
            order=line.order_id,
            amount=line.unit_net * quantity,
            currency=line.order.currency,
            number=quantity,
        )
    )
