"""What the order page shows, gathered from rows and releases."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog import queries as catalog
from configurator.catalog.texts import say
from orders.countries import country_name
from orders.deals import sums_of
from orders.models import Order, OrderEvent, OrderLine, Paper
from orders.receipt import Receipt, receipt_of
from orders.summary import Summary, Totals, say_day, summary_of, totals_of


def locale() -> str:
    return get_language() or "en"


@dataclass(frozen=True)
class Chapter:
    """A piece of the order's story; `at` is None while it has not happened."""

    kind: str
    title: str
    at: Any = None


@dataclass(frozen=True)
class OrderPage:
    """The order page."""

    order: Order
    chapters: list[Chapter]
    paper: Paper | None
    version: str  # changes with everything that the story shows
    over: bool


@dataclass(frozen=True)
class OrderedLine:
    """A line of an order, in words."""

    position: int
    sha: str
    summary: Summary
    totals: Totals
    ready: str
    pictured: bool


AHEAD = (
    OrderEvent.Kind.PLACED,
    OrderEvent.Kind.RELEASED,
    OrderEvent.Kind.STARTED,
    OrderEvent.Kind.FINISHED,
)


def order_page(order: Order) -> OrderPage:
    """The story of an order so far, and what is still to come."""
    events = list(order.events.all())
    papers = order.papers.filter(kind=Paper.Kind.CONFIRMATION, revision=order.revision)
    paper = papers.first()
    over = order.state in {Order.State.FINISHED, Order.State.SHIPPED, Order.State.CANCELED}
    return OrderPage(
        order=order,
        chapters=_chapters(events, order.state == Order.State.CANCELED),
        paper=paper,
        version=f"{order.version}-{len(events)}-{paper.pk if paper else 0}",
        over=over,
    )


def ordered_lines(order: Order) -> list[OrderedLine]:
    """The lines of an order in the reader's language, from their frozen specifications."""
    return [
        OrderedLine(
            position=line.position,
            sha=line.specification_id,
            summary=summary_of(line.specification.content, locale()),
            totals=_totals(line, order.currency),
            ready=say_day(line.promised_on, locale()),
            pictured=bool(catalog.released(line.specification.release_id).picture),
        )
        for line in order.lines.select_related("specification")
    ]


def _totals(line: OrderLine, currency: str) -> Totals:
    return totals_of(
        unit_net=line.unit_net,
        quantity=line.quantity,
        net=line.net,
        rush=line.rush_net,
        currency=currency,
        locale=locale(),
    )


def ordered_sums(order: Order) -> Receipt:
    """What an order came to."""
    return receipt_of(order, sums_of(order), locale())


def address_lines(order: Order) -> list[str]:
    """Where it goes, line by line."""
    lines = [
        order.name,
        order.company,
        order.street,
        f"{order.postal_code} {order.city}".strip(),
        country_name(order.country, locale()),
    ]
    return [line for line in lines if line]


def billing_lines(order: Order) -> list[str]:
    """Whom the bill is for, line by line, as far as that is not who gets the goods."""
    number = _("VAT number: %(number)s") % {"number": order.vat_number} if order.vat_number else ""
    if not order.billing_name:
        return [number] if number else []
    return [
        line
        for line in (
            order.billing_name,
            order.billing_street,
            f"{order.billing_postal_code} {order.billing_city}".strip(),
            country_name(order.billing_country, locale()),
            number,
        )
        if line
    ]


@dataclass(frozen=True)
class When:
    """The days of an order in words: ready in the workshop, and with its customer ("": the same
    day, or not told). `way` is how it comes."""

    ready: str
    arrives: str
    way: str
    pickup: bool


def when(order: Order) -> When:
    """The days of an order."""
    arrives = order.arrives_on
    return When(
        ready=say_day(order.promised_on, locale()),
        arrives=say_day(arrives, locale()) if arrives else "",
        way=say(order.shipping["name"], locale()) if order.shipping.get("name") else "",
        pickup=bool(order.shipping.get("pickup")),
    )


def _chapters(events: list[OrderEvent], canceled: bool) -> list[Chapter]:
    """Each kind once, when it first happened, but every change; then, unless canceled, the rest.

    What was finished and then had to be made better is yet to be finished.
    """
    first: dict[str, OrderEvent] = {}
    for event in events:
        if event.kind == OrderEvent.Kind.REOPENED:
            first.pop(OrderEvent.Kind.FINISHED, None)
        again = f" {event.pk}" if event.kind == OrderEvent.Kind.CHANGED else ""
        first.setdefault(f"{event.kind}{again}", event)
    told = [
        Chapter(event.kind, str(OrderEvent.Kind(event.kind).label), event.at)
        for event in first.values()
        if event.kind in OrderEvent.Kind.values
    ]
    ahead = [] if canceled else [kind for kind in AHEAD if kind not in first]
    return told + [Chapter(kind, str(kind.label)) for kind in ahead]
