"""Making a quote: copies of the designs, what they come to, and until when that holds."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.shops import currencies
from configurator.wizard import locking
from configurator.wizard.models import Design
from configurator.wizard.tariffs import charge_of
from orders import jobs
from orders.deals import Deal, Where, Wish, deal_of, kept_discounts, promo_of, sums_of
from orders.models import Order, OrderLine
from orders.numbering import Series, next_number
from orders.offers import offer
from orders.placing import Changed, Contact, Unreachable
from orders.quotes.models import Quote, QuoteLine
from orders.selling.sums import NOTHING, Sums
from orders.selling.taxes import Why
from orders.specifications import store


@dataclass(frozen=True)
class Wanted:
    """So many of a design."""

    design: Design
    quantity: int
    rush: bool = False


def make_quote(
    *,
    wanted: Sequence[Wanted],
    contact: Contact,
    language: str,
    shipping: str,
    ready_on: date,
    codes: Sequence[str] = (),
) -> Quote:
    """A quote at today's prices, with the jobs that mail it and remind of it.

    Raises Changed where one of the promo codes does not work, Incomplete, Unreachable and
    SeveralCurrencies.
    """
    with transaction.atomic():
        wishes = [Wish(offer(_copy(w.design, language)), w.quantity, w.rush) for w in wanted]
        where = Where(contact.country, contact.vat_number, shipping)
        promo = promo_of(wishes, codes, contact.email, language)
        if promo.codes != tuple(codes):
            raise Changed
        deal = deal_of(wishes, where, promo.discounts)
        if deal.unreachable:
            raise Unreachable(contact.country)
        quote = _quote(deal, contact, language, ready_on)
        for position, wish in enumerate(wishes, 1):
            _line(quote, position, wish, deal)
        _set_going(quote)
    return quote


def _copy(design: Design, language: str) -> Design:
    return locking.begin_copy(
        release_id=design.release_id,
        language=language,
        whole=Configuration.from_json(design.state),
        locked={},
        notice={},
        place={},
        charge=charge_of(released(design.release_id), design).to_json(),
    )


def charge_today(design: Design, currency: str) -> None:
    """Charge a design, which is not saved, in this currency by the rate of today."""
    base = released(design.release_id).currency
    design.charge = currencies.charge_of(base, currency).to_json()


def _quote(deal: Deal, contact: Contact, language: str, ready_on: date) -> Quote:
    way, sums = deal.way, deal.sums
    shipping: dict[str, Any] = {}
    if way is not None:
        shipping = {"code": way.code, "name": dict(way.name), "pickup": way.pickup}
        shipping["days"] = way.days
    today = timezone.localdate()
    return Quote.objects.create(
        number=next_number(Series.QUOTE),
        contact=asdict(contact),
        language=language,
        currency=deal.currency,
        shipping=shipping,
        shipping_net=sums.shipping or NOTHING,
        discounts=kept_discounts(sums),
        reverse_charge=deal.taxes.why is Why.REVERSE,
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        valid_until=today + timedelta(days=settings.QUOTE_DAYS),
        ready_on=ready_on,
    )


def _line(quote: Quote, position: int, wish: Wish, deal: Deal) -> None:
    QuoteLine.objects.create(
        quote=quote,
        position=position,
        design=wish.offered.design,
        specification=store(wish.offered),
        quantity=wish.quantity,
        rush=wish.rush_net is not None,
        unit_net=wish.offered.unit_net,
        rush_net=wish.rush_net,
        net=wish.net,
        tax_rate=deal.rates[position - 1],
    )


def _set_going(quote: Quote) -> None:
    payload = {"quote": str(quote.pk)}
    jobs.enqueue(kind="quotes.send", queue="mail", payload=payload)
    days = settings.QUOTE_REMINDER_DAYS
    if 0 < days < settings.QUOTE_DAYS:
        day = quote.valid_until - timedelta(days=days)
        due = timezone.make_aware(datetime.combine(day, time(9)))
        jobs.enqueue(kind="quotes.remind", queue="mail", payload=payload, due_at=due)


def codes_of(quote: Quote) -> tuple[str, ...]:
    """The promo codes that it was quoted with."""
    return tuple(str(each["code"]) for each in quote.discounts)


def as_order(quote: Quote, without: Collection[str] = ()) -> tuple[Order, list[OrderLine], Sums]:
    """The order that it would be, unsaved, with its lines and sums: to be shown. `without` are
    promo codes that are gone since."""
    order = Order(
        number=quote.number,
        language=quote.language,
        currency=quote.currency,
        shipping=quote.shipping,
        shipping_net=quote.shipping_net,
        discounts=[each for each in quote.discounts if each["code"] not in without],
        reverse_charge=quote.reverse_charge,
        net=quote.net,
        tax=quote.tax,
        total=quote.total,
        promised_on=quote.ready_on,
        placed_at=quote.made_at,
        **quote.contact,
    )
    lines = [
        OrderLine(
            order=order,
            position=line.position,
            specification=line.specification,
            quantity=line.quantity,
            unit_net=line.unit_net,
            rush_net=line.rush_net,
            net=line.net,
            tax_rate=line.tax_rate,
            promised_on=quote.ready_on,
        )
        for line in quote.lines.select_related("specification")
    ]
    return order, lines, sums_of(order, lines)
