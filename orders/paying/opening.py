"""Asking for money: with the order, and for the difference that a change makes."""

from decimal import Decimal

from django.utils import timezone

from orders import jobs
from orders.models import Order
from orders.paying.models import Payment
from orders.paying.providers import provider

WHOLE = "order"
USUAL = "invoice"


def ask_for(order: Order, way: str, *, amount: Decimal, reason: str = WHOLE) -> Payment | None:
    """Ask for an amount, in the caller's transaction; None if there is nothing to pay.

    One that expires is looked at then: whoever has not paid by then, does not pay any more.
    """
    if amount <= 0:
        return None
    until = provider(way).expires_at(timezone.now()) if reason == WHOLE else None
    payment = Payment.objects.create(
        order=order,
        reason=reason,
        way=way,
        amount=amount,
        currency=order.currency,
        expires_at=until,
    )
    if until is not None:
        payload = {"payment": str(payment.pk)}
        jobs.enqueue(kind="paying.expire", queue="mail", payload=payload, due_at=until)
    return payment
