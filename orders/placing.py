"""Placing an order: all its designs together, once, and only as the customer saw them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from configurator.capacity import services as capacity
from configurator.capacity.models import Reservation
from configurator.catalog.happenings import BOUGHT, ORDERED, Happening, tell
from configurator.wizard.models import Design
from orders import jobs, terms
from orders.deals import Deal, Where, Wish, deal_of, kept_discounts, promo_of
from orders.models import Order, OrderEvent, OrderLine, Specification
from orders.numbering import Series, next_number
from orders.offers import offer
from orders.paying.opening import USUAL, ask_for
from orders.paying.providers import provider
from orders.places import line_key, place_for
from orders.promo.applying import NONE, rows_of
from orders.promo.redeeming import UsedUp, redeem
from orders.selling import business
from orders.selling.sums import NOTHING
from orders.selling.taxes import Why
from orders.specifications import store


@dataclass(frozen=True)
class Seen:
    """What the customer had before their eyes when they ordered one design."""

    revision: int
    specification: str  # its hash
    total: Decimal  # with tax and shipping, for the quantity ordered
    ready_on: date
    terms: str  # version
    rush: bool = False
    arrives_on: date | None = None
    codes: tuple[str, ...] = ()  # promo codes that the total is with


@dataclass(frozen=True)
class SeenLine:
    """A line as the customer saw it."""

    design_id: UUID
    revision: int
    specification: str
    quantity: int
    ready_on: date
    rush: bool = False


@dataclass(frozen=True)
class SeenOrder:
    """What the customer had before their eyes when they ordered; `shipping` is the way chosen."""

    lines: tuple[SeenLine, ...]
    total: Decimal
    terms: str
    shipping: str = ""
    arrives_on: date | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contact:
    """Who ordered and where it goes; countries are ISO 3166 codes. What is billed to somewhere else
    says all of where."""

    name: str
    email: str
    street: str
    postal_code: str
    city: str
    country: str
    note: str = ""
    company: str = ""
    vat_number: str = ""  # tidy
    billing_name: str = ""
    billing_street: str = ""
    billing_postal_code: str = ""
    billing_city: str = ""
    billing_country: str = ""
    may_ask: bool = False  # by mail, how it is once it has arrived


class Changed(Exception):
    """What would be ordered is not what the customer saw: show them the difference and ask."""


class OrderedByAnother(Exception):
    """Somebody else has ordered this revision of the design; it may not be shown to this one."""


class Unreachable(Exception):
    """The firm does not ship to this country."""


class UnknownNumber(Exception):
    """Whoever keeps VAT numbers says that this one is nobody's."""


@dataclass(frozen=True)
class _Sender:
    """Who sends an order, from where, and in which language."""

    contact: Contact
    language: str
    browser: str
    paying: str
    held: Deal | None = None


def place_order(
    *,
    design_id: UUID,
    seen: Seen,
    quantity: int,
    contact: Contact,
    language: str,
    browser: str = "",
    shipping: str = "",
    paying: str = USUAL,
) -> Order:
    """Order one design as the customer saw it; see place_lines."""
    line = SeenLine(
        design_id, seen.revision, seen.specification, quantity, seen.ready_on, seen.rush
    )
    return place_lines(
        seen=SeenOrder((line,), seen.total, seen.terms, shipping, seen.arrives_on, seen.codes),
        contact=contact,
        language=language,
        browser=browser,
        paying=paying,
    )


def place_lines(
    *,
    seen: SeenOrder,
    contact: Contact,
    language: str,
    browser: str = "",
    paying: str = USUAL,
    held: Deal | None = None,
) -> Order:
    """Order designs as the customer saw them, with the first event and jobs, or nothing of it.

    However often the same customer sends it, the same order comes back. `held` is what was quoted:
    it counts instead of what shipping, taxes and codes are by now. `browser` is a hash that stays
    the same for one browser, `paying` a way to pay. Raises Changed, OrderedByAnother, Unreachable,
    UnknownNumber, Incomplete, SeveralCurrencies and Design.DoesNotExist.
    """
    sender = _Sender(contact, language, browser, paying, held)
    if earlier := _earlier(seen, sender):
        return earlier
    wishes = [_wish(line) for line in seen.lines]
    checked = business.ask(contact.vat_number) if contact.vat_number else {}
    if checked.get("valid") is False:
        raise UnknownNumber(contact.vat_number)
    try:
        with transaction.atomic():
            return _place(wishes, seen, sender, checked)
    except IntegrityError:
        earlier = _earlier(seen, sender)
        if earlier is None:
            raise
        return earlier


def order_of(design_id: UUID, revision: int) -> Order | None:
    """The order of this revision of the design, if it was ordered."""
    rows = OrderLine.objects.filter(design_id=design_id, design_revision=revision)
    line = rows.select_related("order").first()
    return line.order if line else None


def _earlier(seen: SeenOrder, sender: _Sender) -> Order | None:
    """The order of exactly these lines, if they were ordered; OrderedByAnother if not by them."""
    found = {order_of(line.design_id, line.revision) for line in seen.lines}
    order = found.pop() if len(found) == 1 else None
    if order is None or order.lines.count() != len(seen.lines):
        return None
    return _same_customer(order, sender)


def _same_customer(order: Order, sender: _Sender) -> Order:
    """The order, if this is its customer; a design's link may have come to somebody else.

    From another browser, it is whoever writes all that the order's page would show of them:
    a friend may know the email, and would read the address.
    """
    if sender.browser and order.browser == sender.browser:
        return order
    said = {name: text for name, text in asdict(sender.contact).items() if isinstance(text, str)}
    if all(_alike(getattr(order, name), text) for name, text in said.items()):
        return order
    raise OrderedByAnother


def _alike(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _wish(line: SeenLine) -> Wish:
    return Wish(offer(Design.objects.get(pk=line.design_id)), line.quantity, line.rush)


def _place(
    wishes: Sequence[Wish], seen: SeenOrder, sender: _Sender, checked: dict[str, object]
) -> Order:
    # Holding the designs' rows: no edit slips in, and a second submit waits and finds the order.
    unchanged = _held(seen)
    if earlier := _earlier(seen, sender):
        return earlier
    if not seen.lines or not unchanged or any(_ordered(line) for line in seen.lines):
        raise Changed
    frozen = [store(wish.offered) for wish in wishes]
    contact = sender.contact
    promo = promo_of(wishes, seen.codes, contact.email) if sender.held is None else NONE
    codes = promo.rows if sender.held is None else rows_of(seen.codes)
    where = Where(contact.country, contact.vat_number, seen.shipping)
    deal = sender.held or deal_of(wishes, where, promo.discounts)
    if deal.unreachable:
        raise Unreachable(contact.country)
    if _now(seen, wishes, frozen, deal, tuple(row.code for row in codes)) != seen:
        raise Changed
    places = _places(wishes, seen, sender.browser)
    order = _order(seen, deal, sender, checked)
    try:
        redeem(order, codes)
    except UsedUp as error:
        raise Changed from error
    for position, (wish, place) in enumerate(zip(wishes, places, strict=True), 1):
        _line(order, position, wish, deal.rates[position - 1], seen.lines[position - 1])
        capacity.firm(key=place.key, new_key=line_key(order.number, position))
    _tell(order, wishes)
    payment = ask_for(order, sender.paying, amount=order.total)
    OrderEvent.objects.create(order=order, kind=OrderEvent.Kind.PLACED)
    if payment is not None and provider(payment.way).first:
        Order.objects.filter(pk=order.pk).update(state=Order.State.AWAITING)
        order.state = Order.State.AWAITING
    else:
        set_going(order)
    return order


def _held(seen: SeenOrder) -> bool:
    """Hold the designs, always in the same order; whether each is at the revision that was seen."""
    ids = {line.design_id for line in seen.lines}
    rows = Design.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    revisions = dict(rows.values_list("pk", "revision"))
    return len(ids) == len(seen.lines) and all(
        revisions.get(line.design_id) == line.revision for line in seen.lines
    )


def _ordered(line: SeenLine) -> bool:
    return order_of(line.design_id, line.revision) is not None


def _now(
    seen: SeenOrder,
    wishes: Sequence[Wish],
    frozen: Sequence[Specification],
    deal: Deal,
    codes: tuple[str, ...],
) -> SeenOrder:
    """What the customer would see now; the days that the places have are compared apart."""
    lines = tuple(
        SeenLine(
            wish.offered.design.pk,
            wish.offered.design.revision,
            specification.pk,
            wish.quantity,
            line.ready_on,
            wish.rush_net is not None,
        )
        for wish, specification, line in zip(wishes, frozen, seen.lines, strict=True)
    )
    ready = max(line.ready_on for line in seen.lines)
    return SeenOrder(
        lines=lines,
        total=deal.sums.total,
        terms=terms.VERSION,
        # Who chose no way has the first one, of which price and day were seen.
        shipping=deal.way.code if deal.way and seen.shipping else "",
        arrives_on=deal.way.arrives(ready) if deal.way else None,
        codes=codes,
    )


def _places(wishes: Sequence[Wish], seen: SeenOrder, browser: str) -> list[Reservation]:
    """A place for each, on the days that were seen."""
    found = []
    for wish, line in zip(wishes, seen.lines, strict=True):
        place = place_for(wish.offered, wish.quantity, browser, wish.rush, len(wishes))
        if place is None or place.ready_on != line.ready_on:
            raise Changed
        found.append(place)
    return found


def _order(seen: SeenOrder, deal: Deal, sender: _Sender, checked: dict[str, object]) -> Order:
    now, sums, way = timezone.now(), deal.sums, deal.way
    shipping: dict[str, Any] = {}
    if way is not None:
        shipping = {"code": way.code, "name": dict(way.name), "pickup": way.pickup}
    return Order.objects.create(
        number=next_number(Series.ORDER),
        language=sender.language,
        currency=deal.currency,
        shipping=shipping,
        shipping_net=sums.shipping or NOTHING,
        discounts=kept_discounts(sums),
        reverse_charge=deal.taxes.why is Why.REVERSE,
        vat_check=checked,
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        terms_version=seen.terms,
        terms_accepted_at=now,
        promised_on=max(line.ready_on for line in seen.lines),
        arrives_on=seen.arrives_on,
        browser=sender.browser,
        **asdict(sender.contact),
    )


def _line(order: Order, position: int, wish: Wish, rate: Decimal, seen: SeenLine) -> None:
    OrderLine.objects.create(
        order=order,
        position=position,
        design=wish.offered.design,
        design_revision=seen.revision,
        specification_id=seen.specification,
        quantity=wish.quantity,
        unit_net=wish.offered.unit_net,
        rush_net=wish.rush_net,
        net=wish.net,
        tax_rate=rate,
        promised_on=seen.ready_on,
    )


def set_going(order: Order) -> None:
    """The jobs that carry an order on, in the caller's transaction."""
    payload = {"order": str(order.pk)}
    jobs.enqueue(kind="factory.release_work_orders", queue="factory", payload=payload)
    jobs.enqueue(kind="orders.send_confirmation", queue="mail", payload=payload)


def _tell(order: Order, wishes: Sequence[Wish]) -> None:
    """Say that it was ordered, and what."""
    for place, wish in enumerate(wishes):
        bought = Happening(
            BOUGHT,
            wish.offered.product.slug,
            wish.offered.design.pk,
            order.pk,
            amount=wish.net,
            currency=order.currency,
            number=wish.quantity,
            country=order.country,
        )
        if place == 0:
            tell(replace(bought, kind=ORDERED, amount=order.total, number=len(wishes)))
        tell(bought)
