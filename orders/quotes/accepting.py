"""Accepting a quote: the order at the quoted price, once, for a day that was seen; or declining."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from configurator.wizard.renewing import renewal
from orders import terms
from orders.deals import Deal, Wish
from orders.models import Order
from orders.offers import offer
from orders.placing import Changed, Contact, SeenLine, SeenOrder
from orders.promo.applying import spent
from orders.quotes.making import as_order, codes_of
from orders.quotes.models import Quote, QuoteLine
from orders.selling.business import country_of
from orders.selling.shipping import Way
from orders.selling.taxes import Taxes, Why
from orders.services import keep_place, place_lines


class TooLate(Exception):
    """It has expired, or was declined."""


@dataclass(frozen=True)
class Offered:
    """A quote as it can be accepted now; `days` are those of its lines, `gone` the promo codes that
    can't be used any more, and why."""

    quote: Quote
    days: tuple[date, ...]
    outdated: bool  # the product has changed since; it is built as quoted
    gone: Mapping[str, str]

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
    return Offered(quote, tuple(days), bool(moved), gone(quote))


def gone(quote: Quote) -> dict[str, str]:
    """The promo codes of a quote that others have used up meanwhile, and what to tell of them."""
    return spent(codes_of(quote), str(quote.contact["email"]))


def accept(
    *,
    quote: Quote,
    days: Sequence[date],
    accepted_terms: str,
    browser: str,
    paying: str,
    without: Collection[str] = (),
) -> Order:
    """The order; the same one however often it is accepted. `without` are promo codes that were
    seen to be gone. Raises TooLate, and Changed if it is ready on other days than these, if more
    or fewer codes are gone, or under other terms."""
    with transaction.atomic():
        held = _hold(quote)
        if held.order is not None:
            return held.order
        if not held.can_be_accepted:
            raise TooLate(held.number)
        if set(without) != set(gone(held)):
            raise Changed
        deal = _held_deal(held, without)
        order = place_lines(
            seen=_seen(held, days, accepted_terms, deal),
            contact=Contact(**held.contact),
            language=held.language,
            browser=browser,
            paying=paying,
            held=deal,
        )
        Quote.objects.filter(pk=held.pk).update(state=Quote.State.ACCEPTED, order=order)
    return order


def _hold(quote: Quote) -> Quote:
    """The quote as it is now; who else accepts it waits until this is through."""
    return Quote.objects.select_for_update().get(pk=quote.pk)


def decline(*, quote: Quote) -> bool:
    """It is not wanted; whether that could still be said."""
    open_ones = Quote.objects.filter(pk=quote.pk, state=Quote.State.OPEN)
    return bool(open_ones.update(state=Quote.State.DECLINED))


def _lines(quote: Quote) -> list[QuoteLine]:
    return list(quote.lines.select_related("design", "specification"))


def _wish(line: QuoteLine) -> Wish:
    return Wish(offer(line.design), line.quantity, line.rush)


def _seen(quote: Quote, days: Sequence[date], accepted_terms: str, deal: Deal) -> SeenOrder:
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
        total=deal.sums.total,
        terms=accepted_terms or terms.VERSION,
        shipping=way.code if way else "",
        arrives_on=way.arrives(max(days)) if way else None,
        codes=tuple(each.code for each in deal.sums.discounts),
    )


def _way(quote: Quote) -> Way | None:
    said = quote.shipping
    if not said:
        return None
    return Way(said["code"], quote.shipping_net, said["days"], said["pickup"], said["name"])


def _held_deal(quote: Quote, without: Collection[str]) -> Deal:
    """What was quoted, whatever shipping and taxes are by now."""
    _order, lines, sums = as_order(quote, without)
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
