"""Money that goes back: when an order is canceled, and when a change makes it cheaper."""

from decimal import Decimal

from django.db.models import Sum

from orders import jobs
from orders.models import Order
from orders.paying.models import Payment, Refund
from orders.paying.opening import WHOLE, ask_for

CANCELED = "canceled"


def give_all_back(order: Order) -> None:
    """Ask for nothing any more, and send back what was paid; in the caller's transaction."""
    order.payments.filter(state=Payment.State.OPEN).update(state=Payment.State.DROPPED)
    for payment in order.payments.filter(state=Payment.State.PAID):
        give_back(payment, left(payment), CANCELED)


def settle_difference(order: Order, difference: Decimal, revision: int) -> None:
    """After a change: ask for what it costs more, or send back what it costs less.

    What is still to be paid is asked for anew as it is now.
    """
    reason = f"change-{revision}"
    paid = order.payments.filter(state=Payment.State.PAID).order_by("-amount")
    if not (whole := order.payments.filter(reason=WHOLE).first()):
        return
    if not paid:
        order.payments.filter(pk=whole.pk, state=Payment.State.OPEN).update(amount=order.total)
        return
    if difference > 0:
        ask_for(order, whole.way, amount=difference, reason=reason)
    owed = -difference
    for payment in order.payments.filter(state=Payment.State.OPEN).exclude(reason=WHOLE):
        off = min(owed, payment.amount)
        if off <= 0:
            break
        owed -= off
        rows = order.payments.filter(pk=payment.pk, state=Payment.State.OPEN)
        rows.update(state=Payment.State.DROPPED)
        ask_for(order, payment.way, amount=payment.amount - off, reason=f"{reason}-rest")
    for payment in paid:
        off = min(owed, left(payment))
        if off > 0:
            give_back(payment, off, reason)
            owed -= off


def left(payment: Payment) -> Decimal:
    """What was paid and has not gone back."""
    gone = payment.refunds.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return payment.amount - gone


def give_back(payment: Payment, amount: Decimal, reason: str) -> None:
    """Send so much back, once for this reason; in the caller's transaction."""
    if amount <= 0:
        return
    refund, new = Refund.objects.get_or_create(
        payment=payment, reason=reason, defaults={"amount": amount}
    )
    if new:
        jobs.enqueue(kind="paying.refund", queue="mail", payload={"refund": str(refund.pk)})
