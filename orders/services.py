"""Placing orders, and what happens to them afterwards."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from configurator.capacity import services as capacity
from configurator.capacity.models import Reservation
from configurator.capacity.places import design_key
from configurator.capacity.promises import Promise, desk
from configurator.wizard.models import Design
from orders import jobs, terms
from orders.models import Job, Order, OrderCounter, OrderEvent, OrderLine
from orders.offers import Offer, offer
from orders.specifications import store

RELEASE_PLACES = "orders.release_places"


@dataclass(frozen=True)
class Seen:
    """What the customer had before their eyes when they ordered."""

    revision: int
    specification: str  # its hash
    total: Decimal  # with tax, for the quantity ordered
    ready_on: date
    terms: str  # version
    rush: bool = False


@dataclass(frozen=True)
class Contact:
    """Who ordered and where it goes; `country` is an ISO 3166 code."""

    name: str
    email: str
    street: str
    postal_code: str
    city: str
    country: str
    note: str = ""


class Changed(Exception):
    """What would be ordered is not what the customer saw: show them the difference and ask."""


class OrderedByAnother(Exception):
    """Somebody else has ordered this revision of the design; it may not be shown to this one."""


def place_order(
    *,
    design_id: UUID,
    seen: Seen,
    quantity: int,
    contact: Contact,
    language: str,
    browser: str = "",
) -> Order:
    """Order the design as the customer saw it, with its first event and jobs, or not at all.

    However often the same customer sends it, the same order comes back. `browser` is a hash that
    stays the same for one browser. Raises Changed, OrderedByAnother, Incomplete and
    Design.DoesNotExist.
    """
    design = Design.objects.get(pk=design_id)
    if earlier := order_of(design_id, seen.revision):
        return _same_customer(earlier, contact, browser)
    offered = offer(design)
    try:
        with transaction.atomic():
            return _place(offered, seen, quantity, contact, language, browser)
    except IntegrityError:
        earlier = order_of(design_id, seen.revision)
        if earlier is None:
            raise
        return _same_customer(earlier, contact, browser)


def keep_place(
    *, offered: Offer, quantity: int, browser: str, rush: bool = False
) -> Reservation | None:
    """Hold a place in the workshop for a complete design while its customer looks at it.

    The same place is kept each time, until the other speed is asked for; rush, where there is none,
    is as usual. None if the workshop has no time for as far as it plans.
    """
    with transaction.atomic():
        place = _place_for(offered, quantity, browser, rush)
        if place is not None and place.held_until:
            release_later(place.held_until)
    return place


def promise_at(*, offered: Offer, quantity: int, rush: bool) -> Promise:
    """When it would be ready at this speed, in whichever its customer's place is held."""
    whole, key = offered.configuration, design_key(offered.design.pk)
    at = desk(offered.product, quantity=quantity, rush=rush, key=key)
    return at.promise(whole.choices, offered.product.texts_of(whole))


def kept_rush(design: Design, browser: str) -> bool:
    """Whether this browser holds a rush place for the design."""
    held = Reservation.objects.filter(state=Reservation.State.HELD, holder=browser, rush=True)
    return bool(browser) and held.filter(key=design_key(design.pk)).exists()


def release_places() -> None:
    """Give back what is held no more; and come again when the next one ends."""
    with transaction.atomic():
        capacity.sweep()
        held = Reservation.objects.filter(state=Reservation.State.HELD).order_by("held_until")
        if (until := held.values_list("held_until", flat=True).first()) is not None:
            release_later(until)


def line_key(number: str, position: int) -> str:
    """The key of an order line's place in the workshop."""
    return f"line:{number}-{position}"


def order_of(design_id: UUID, revision: int) -> Order | None:
    """The order of this revision of the design, if it was ordered."""
    return Order.objects.filter(design_id=design_id, design_revision=revision).first()


def record(
    *, order_id: UUID, kind: OrderEvent.Kind, detail: dict[str, str] | None = None
) -> OrderEvent:
    """Add to the story of an order, once for the same detail, and move its state along.

    Building begins with the first STARTED; FINISHED is for the caller to say, once all is built.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=order_id)
        event, new = OrderEvent.objects.get_or_create(order=order, kind=kind, detail=detail or {})
        if new:
            _advance(order, kind)
        if new and kind == OrderEvent.Kind.CANCELED:
            payload = {"order": str(order.pk)}
            jobs.enqueue(kind="orders.send_cancellation", queue="mail", payload=payload)
            for position in order.lines.values_list("position", flat=True):
                capacity.release(key=line_key(order.number, position))
    return event


_MOVES = {
    OrderEvent.Kind.STARTED: ([Order.State.PLACED], Order.State.IN_PRODUCTION),
    OrderEvent.Kind.FINISHED: (
        [Order.State.PLACED, Order.State.IN_PRODUCTION],
        Order.State.FINISHED,
    ),
    OrderEvent.Kind.REOPENED: ([Order.State.FINISHED], Order.State.IN_PRODUCTION),
    OrderEvent.Kind.SHIPPED: ([Order.State.FINISHED], Order.State.SHIPPED),
    OrderEvent.Kind.CANCELED: (
        [Order.State.PLACED, Order.State.IN_PRODUCTION],
        Order.State.CANCELED,
    ),
}


def _advance(order: Order, kind: OrderEvent.Kind) -> None:
    """Move the order where the event takes it; from any other state it stays."""
    if kind in _MOVES:
        before, after = _MOVES[kind]
        Order.objects.filter(pk=order.pk, state__in=before, version=order.version).update(
            state=after, version=F("version") + 1
        )


def _same_customer(order: Order, contact: Contact, browser: str) -> Order:
    """The order, if this is its customer; a design's link may have come to somebody else.

    From another browser, it is whoever writes all that the order's page would show of them:
    a friend may know the email, and would read the address.
    """
    if browser and order.browser == browser:
        return order
    if all(_alike(getattr(order, name), said) for name, said in asdict(contact).items()):
        return order
    raise OrderedByAnother


def _alike(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _place(
    offered: Offer, seen: Seen, quantity: int, contact: Contact, language: str, browser: str
) -> Order:
    design = offered.design
    # Holding the design's row: no edit slips in, and a second submit waits and finds the order.
    held = Design.objects.select_for_update().filter(pk=design.pk, revision=seen.revision).first()
    if earlier := order_of(design.pk, seen.revision):
        return _same_customer(earlier, contact, browser)
    specification = store(offered)
    amounts = offered.amounts(quantity, seen.rush)
    now_seen = Seen(
        revision=design.revision,
        specification=specification.sha,
        total=amounts.total,
        ready_on=seen.ready_on,  # the place that is held says it, below
        terms=terms.VERSION,
        rush=amounts.rush is not None,
    )
    if held is None or now_seen != seen:
        raise Changed
    place = _place_for(offered, quantity, browser, seen.rush)
    if place is None or place.ready_on != seen.ready_on:
        raise Changed
    order = Order.objects.create(
        number=_next_number(timezone.localdate().year),
        design=design,
        design_revision=design.revision,
        language=language,
        currency=offered.product.currency,
        net=amounts.net,
        tax=amounts.tax,
        total=amounts.total,
        terms_version=seen.terms,
        terms_accepted_at=timezone.now(),
        promised_on=seen.ready_on,
        browser=browser,
        **asdict(contact),
    )
    OrderLine.objects.create(
        order=order,
        specification=specification,
        quantity=quantity,
        unit_net=offered.unit_net,
        rush_net=amounts.rush,
        net=amounts.net,
        tax_rate=offered.product.tax_rate,
    )
    capacity.firm(key=place.key, new_key=line_key(order.number, 1))
    _set_going(order)
    return order


def _place_for(offered: Offer, quantity: int, browser: str, rush: bool) -> Reservation | None:
    try:
        return capacity.hold(
            key=design_key(offered.design.pk),
            product=offered.product,
            configuration=offered.configuration,
            quantity=quantity,
            rush=rush and offered.product.rush is not None,
            holder=browser,
        )
    except capacity.NoTime:
        return None


def release_later(until: datetime) -> None:
    """A job that gives back what nobody ordered; one is enough, it looks after all."""
    waiting = Job.objects.filter(kind=RELEASE_PLACES, state=Job.State.DUE)
    if not waiting.filter(due_at__gt=timezone.now()).exists():
        due_at = until + timedelta(seconds=1)
        jobs.enqueue(kind=RELEASE_PLACES, queue="factory", due_at=due_at)


def _set_going(order: Order) -> None:
    """The order's first event, and the jobs that carry it on."""
    OrderEvent.objects.create(order=order, kind=OrderEvent.Kind.PLACED)
    payload = {"order": str(order.pk)}
    jobs.enqueue(kind="factory.release_work_orders", queue="factory", payload=payload)
    jobs.enqueue(kind="orders.send_confirmation", queue="mail", payload=payload)


def _next_number(year: int) -> str:
    """The next number of the year, like 2026-00042; a rollback gives it back.

    The counter's row is held until the order commits, so numbers have no gaps and no doubles.
    """
    counters = OrderCounter.objects.filter(year=year)
    if not counters.update(last=F("last") + 1):
        OrderCounter.objects.get_or_create(year=year)
        counters.update(last=F("last") + 1)
    return f"{year}-{counters.values_list('last', flat=True)[0]:05d}"
