"""Accepting a quote: the order at the quoted price, once, for a day that was seen; or declining."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from configurator.wizard.renewing import renewal
from orders import terms
from orders.deals import Deal, Wish
from orders.models import Order
from orders.offers import offer
from orders.placing import Contact, SeenLine, SeenOrder
from orders.quotes.making import as_order
from orders.quotes.models import Quote, QuoteLine
from orders.selling.business import country_of
from orders.selling.shipping import Way
from orders.selling.taxes import Taxes, Why
from orders.services import keep_place, place_lines


class TooLate(Exception):
    """It has expired, or was declined."""


@dataclass(frozen=True)
class Offered:
    """A quote as it can be accepted now; `days` are those of its lines."""

    quote: Quote
    days: tuple[date, ...]
    outdated: bool  # the product has changed since; it is built as quoted

    @property
    def ready_on(self) -> date:
        return max(self.days)


def offered(quote: Quote, browser: str) -> Offered:
    """With a place in the workshop held for each of its lines."""
    lines = _lines(quote)
    days = []
    for line in lines:
        wish = _wish(line)
        place = keep_place(
            offered=wish.offered,
            quantity=wish.quantity,
            browser=browser,
            rush=wish.rush,
            besides=len(lines),
        )
        days.append(place.ready_on if place else wish.offered.ready_on)
    moved = any((asked := renewal(line.design)) and asked.replay.moves for line in lines)
    return Offered(quote, tuple(days), bool(moved))


def accept(
    *, quote: Quote, days: Sequence[date], accepted_terms: str, browser: str, paying: str
) -> Order:
    """The order; the same one however often it is accepted. Raises TooLate, and Changed if it is
    ready on other days than these, or under other terms."""
    with transaction.atomic():
        held = Quote.objects.select_for_update().get(pk=quote.pk)
        if held.order is not None:
            return held.order
        if not held.can_be_accepted:
            raise TooLate(held.number)
        order = place_lines(
            seen=_seen(held, days, accepted_terms),
            contact=Contact(**held.contact),
            language=held.language,
            browser=browser,
            paying=paying,
            held=_held_deal(held),
        )
        Quote.objects.filter(pk=held.pk).update(state=Quote.State.ACCEPTED, order=order)
    return order


def decline(*, quote: Quote) -> bool:
    """It is not wanted; whether that could still be said."""
    open_ones = Quote.objects.filter(pk=quote.pk, state=Quote.State.OPEN)
    return bool(open_ones.update(state=Quote.State.DECLINED))


def _lines(quote: Quote) -> list[QuoteLine]:
    return list(quote.lines.select_related("design", "specification"))


def _wish(line: QuoteLine) -> Wish:
    return Wish(offer(line.design), line.quantity, line.rush)


def _seen(quote: Quote, days: Sequence[date], accepted_terms: str) -> SeenOrder:
    lines = tuple(
        SeenLine(
            line.design_id,
            line.design.revision,
            line.specification_id,
            line.quantity,
            day,
            line.rush,
        )
        for line, day in zip(_lines(quote), days, strict=True)
    )
    way = _way(quote)
    return SeenOrder(
        lines=lines,
        total=quote.total,
        terms=accepted_terms or terms.VERSION,
        shipping=way.code if way else "",
        arrives_on=way.arrives(max(days)) if way else None,
    )


def _way(quote: Quote) -> Way | None:
    said = quote.shipping
    if not said:
        return None
    return Way(said["code"], quote.shipping_net, said["days"], said["pickup"], said["name"])


def _held_deal(quote: Quote) -> Deal:
    """What was quoted, whatever shipping and taxes are by now."""
    _order, lines, sums = as_order(quote)
    way = _way(quote)
    number = quote.contact["vat_number"]
    country = country_of(number) if number else quote.contact["country"]
    return Deal(
        currency=quote.currency,
        taxes=Taxes(Why.REVERSE if quote.reverse_charge else Why.THERE, country),
        ways=(way,) if way else (),
        way=way,
        unreachable=False,
        rates=tuple(line.tax_rate for line in lines),
        sums=sums,
    )
