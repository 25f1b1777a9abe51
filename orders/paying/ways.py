"""The choice of a way to pay, and where it leads to."""

from dataclasses import dataclass

from django.urls import reverse

from orders.models import Order
from orders.money import say_money
from orders.paying.models import Invoice, Payment, Refund
from orders.paying.opening import USUAL
from orders.paying.providers import Words, offered, provider, providers


@dataclass(frozen=True)
class WayToPay:
    """One of several, as the order form shows it."""

    code: str
    name: Words
    hint: Words
    chosen: bool


def ways_to_pay(chosen: str, currency: str = "") -> list[WayToPay]:
    """What may be chosen; the usual one is, if nothing else was. Empty if there is one only."""
    found = offered(currency)
    if len(found) < 2:
        return []
    codes = {each.code for each in found}
    code = chosen if chosen in codes else found[0].code
    return [WayToPay(each.code, each.name, each.hint, each.code == code) for each in found]


def chosen_way(said: str, currency: str = "") -> str | None:
    """The code of a way that is offered; the usual one for "", None for what is not offered."""
    codes = [each.code for each in offered(currency)]
    if not said:
        return codes[0] if codes else USUAL
    return said if said in codes else None


def next_page(order: Order) -> str:
    """Where a customer goes on who has just ordered."""
    name = "paying:pay" if order.state == Order.State.AWAITING else "orders:order"
    return reverse(name, args=[order.token])


@dataclass(frozen=True)
class Due:
    """What is still to be paid, in words; `page` is where, "" for a transfer."""

    amount: str
    way: Words
    page: str
    waits: bool  # nothing is built before
    reference: str


@dataclass(frozen=True)
class Money:
    """What an order's page tells of its payments."""

    due: tuple[Due, ...]
    paid: tuple[str, ...]
    back: tuple[tuple[str, bool], ...]  # the amount, and whether it is on its way
    invoice: str = ""  # where it is, once it is printed

    def __bool__(self) -> bool:
        return bool(self.due or self.paid or self.back)


def money_of(order: Order, locale: str) -> Money:
    """The payments of an order in words."""
    payments = list(order.payments.prefetch_related("refunds"))
    refunds = [refund for payment in payments for refund in payment.refunds.all()]

    def told(amount: object) -> str:
        return say_money(amount, order.currency, locale)  # type: ignore[arg-type]

    return Money(
        due=tuple(
            _due(order, payment, told(payment.amount))
            for payment in payments
            if payment.state == Payment.State.OPEN
        ),
        paid=tuple(told(p.amount) for p in payments if p.state == Payment.State.PAID),
        invoice=_invoice(order),
        back=tuple((told(r.amount), r.state == Refund.State.DONE) for r in refunds),
    )


def _invoice(order: Order) -> str:
    printed = Invoice.objects.filter(order=order).exclude(sha="").exists()
    return reverse("paying:invoice", args=[order.token]) if printed else ""


def _due(order: Order, payment: Payment, amount: str) -> Due:
    way = providers().get(payment.way)
    hosted = way is not None and way.first
    return Due(
        amount=amount,
        way=provider(payment.way).name if way else payment.way,
        page=reverse("paying:pay", args=[order.token]) if hosted else "",
        waits=order.state == Order.State.AWAITING,
        reference=order.number,
    )
