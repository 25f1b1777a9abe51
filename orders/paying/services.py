"""Payments: leading to the page where one is made, and what follows when it was.

Whatever happens twice (a message of the provider's, a way back, a job) happens once: each settles
the payment's row while holding the order, and the provider is asked what is true.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.shops.embedding import public
from orders import jobs, services
from orders.models import Job, Order, OrderEvent
from orders.paying import returning
from orders.paying.models import Notice, Payment, Refund
from orders.paying.opening import WHOLE
from orders.paying.providers import Provider, ProviderError, Standing, provider
from orders.placing import set_going


def page_of(payment: Payment) -> str:
    """Where an open payment is made; "" if nowhere. ProviderError."""
    if payment.state != Payment.State.OPEN:
        return ""
    if payment.address:
        return payment.address
    way = provider(payment.way)
    back = public(reverse("paying:back", args=[payment.order.token]))
    title = _("Order %(number)s") % {"number": payment.order.number}
    session = way.begin(payment, title=title, return_url=back)
    if session is None:
        return ""
    Payment.objects.filter(pk=payment.pk).update(
        reference=session.reference, address=session.address
    )
    return session.address


def hear(way: str, headers: Mapping[str, str], body: bytes) -> str:
    """What came of a provider's message; Forged, or LookupError for a way that there is not.

    A message that is repeated changes nothing. It is not believed further than its signature: what
    was not asked for, or is another amount, is noted and settles nothing.
    """
    told = provider(way).read(headers, body)
    with transaction.atomic():
        notice, new = Notice.objects.get_or_create(
            way=way, key=told.key, defaults={"kind": told.kind[:40], "reference": told.reference}
        )
        if not new:
            return "repeated"
        payment = Payment.objects.filter(way=way, reference=told.reference).first()
        notice.outcome = settle(payment.pk, told.standing) if payment else "unknown"
        notice.save(update_fields=["outcome"])
    return notice.outcome


def look(payment: Payment) -> str:
    """Ask the provider how a payment stands, and settle that: a message may be lost."""
    if payment.state != Payment.State.OPEN or not payment.reference:
        return payment.state
    return settle(payment.pk, provider(payment.way).look(payment))


def settle(payment_id: UUID, standing: Standing) -> str:
    """Write down how a payment stands, and what follows from it; says what came of it."""
    with transaction.atomic():
        payment = _held(payment_id)
        if standing.state != "paid" or payment.state == Payment.State.PAID:
            return "nothing new"
        if (standing.amount, standing.currency) != (payment.amount, payment.currency):
            return "another amount"
        late = payment.state != Payment.State.OPEN
        _move(payment, Payment.State.PAID, paid_at=timezone.now())
        if late or payment.order.state == Order.State.CANCELED:
            returning.give_back(payment, returning.left(payment), "late")
            return "too late"
        _after_payment(payment)
        return "paid"


def record_transfer(*, payment_id: UUID) -> str:
    """A person has seen the money of an invoice arrive."""
    payment = Payment.objects.get(pk=payment_id)
    return settle(payment_id, Standing("paid", payment.amount, payment.currency))


def record_refund(*, refund_id: UUID) -> None:
    """The money is on its way back."""
    Refund.objects.filter(pk=refund_id, state=Refund.State.DUE).update(
        state=Refund.State.DONE, done_at=timezone.now()
    )


def expire(job_id: str | UUID) -> bool:
    """Perform the job: nobody can pay any more; an order that waited for it is given up.

    The provider closes its page first, so whoever pays in this moment has either paid or not.
    """
    return jobs.perform_prepared(job_id, _close, _give_up)


def _close(job: Job) -> Standing | None:
    payment = Payment.objects.get(pk=job.payload["payment"])
    if payment.state != Payment.State.OPEN or not payment.reference:
        return None
    return provider(payment.way).close(payment)


def _give_up(job: Job, standing: Standing | None) -> None:
    if standing is not None:
        settle(UUID(job.payload["payment"]), standing)
    payment = _held(UUID(job.payload["payment"]))
    if payment.state != Payment.State.OPEN:
        return
    if payment.reference and standing is None:
        raise ProviderError("its page was opened in this moment")  # tried again
    _move(payment, Payment.State.EXPIRED)
    if payment.order.state == Order.State.AWAITING:
        detail = {"by": "unpaid"}
        services.record(order_id=payment.order_id, kind=OrderEvent.Kind.CANCELED, detail=detail)


def refund(job_id: str | UUID) -> bool:
    """Perform the job: send money back. What a person has to transfer stays due until they did."""
    return jobs.perform_prepared(job_id, _send_back, _note_sent)


def _send_back(job: Job) -> Provider:
    found = Refund.objects.select_related("payment").get(pk=job.payload["refund"])
    way = provider(found.payment.way)
    if found.state == Refund.State.DUE:
        way.refund(found)
    return way


def _note_sent(job: Job, way: Provider) -> None:
    found = Refund.objects.select_related("payment").get(pk=job.payload["refund"])
    if way.first:
        record_refund(refund_id=found.pk)
    services.record(
        order_id=found.payment.order_id,
        kind=OrderEvent.Kind.REFUNDED,
        detail={"refund": str(found.pk), "amount": str(found.amount)},
    )


def _after_payment(payment: Payment) -> None:
    waited = payment.order.state == Order.State.AWAITING
    services.record(
        order_id=payment.order_id,
        kind=OrderEvent.Kind.PAID,
        detail={"payment": str(payment.pk), "amount": str(payment.amount)},
    )
    if waited and payment.reason == WHOLE:
        set_going(payment.order)


def _held(payment_id: UUID) -> Payment:
    """The payment, its order held as every move of an order holds it."""
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
    order = Order.objects.select_for_update().get(pk=order_id)
    payment = Payment.objects.select_for_update().get(pk=payment_id)
    payment.order = order
    return payment


def _move(payment: Payment, state: Payment.State, **more: object) -> None:
    Payment.objects.filter(pk=payment.pk).update(state=state, **more)
    payment.state = state
