"""What the order page shows, gathered from rows and releases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog import queries as catalog
from configurator.catalog.texts import say
from orders import chapters
from orders.chapters import Chapter, Told
from orders.countries import country_name
from orders.deals import sums_of
from orders.models import Order, OrderEvent, OrderLine, Paper
from orders.receipt import Receipt, receipt_of
from orders.summary import Summary, Totals, say_day, summary_of, totals_of


def locale() -> str:
    return get_language() or "en"


@dataclass(frozen=True)
class OrderPage:
    """The order page."""

    order: Order
    chapters: list[Chapter]
    paper: Paper | None
    version: str  # changes with everything that the story shows
    over: bool
    told: Told  # by the workshop

    @property
    def pause(self) -> int:
        """Seconds until the page asks again: while it is built, things happen often."""
        return 5 if self.order.state == Order.State.IN_PRODUCTION else 20


@dataclass(frozen=True)
class OrderedLine:
    """A line of an order, in words."""

    position: int
    sha: str
    summary: Summary
    totals: Totals
    ready: str
    pictured: bool
    product: str  # its slug


AHEAD = (
    OrderEvent.Kind.PLACED,
    OrderEvent.Kind.RELEASED,
    OrderEvent.Kind.STARTED,
    OrderEvent.Kind.FINISHED,
    OrderEvent.Kind.SHIPPED,
)
ENDS = {
    OrderEvent.Kind.FINISHED,
    OrderEvent.Kind.REOPENED,
    OrderEvent.Kind.SHIPPED,
    OrderEvent.Kind.CANCELED,
}


def order_page(order: Order) -> OrderPage:
    """The story of an order so far, and what is still to come."""
    told = chapters.told(order)
    papers = order.papers.filter(kind=Paper.Kind.CONFIRMATION, revision=order.revision)
    events = list(order.events.all())
    return OrderPage(
        order=order,
        chapters=_chapters(events, told, order.state == Order.State.CANCELED),
        paper=papers.first(),
        version=story_version(order),
        over=order.state in {Order.State.SHIPPED, Order.State.CANCELED},
        told=told,
    )


def story_version(order: Order) -> str:
    """Changes with everything that the story shows; asked often, so by few small queries."""
    papers = order.papers.filter(kind=Paper.Kind.CONFIRMATION, revision=order.revision)
    paper = papers.values_list("pk", flat=True).first() or 0
    return f"{order.version}-{order.events.count()}-{paper}-{chapters.mark(order)}"


def ordered_lines(order: Order) -> list[OrderedLine]:
    """The lines of an order in the reader's language, from their frozen specifications."""
    return lines_of(order.lines.select_related("specification"), order.currency)


def lines_of(lines: Iterable[OrderLine], currency: str) -> list[OrderedLine]:
    """These lines in the reader's language."""
    return [
        OrderedLine(
            position=line.position,
            sha=line.specification_id,
            summary=summary_of(line.specification.content, locale()),
            totals=_totals(line, currency),
            ready=say_day(line.promised_on, locale()),
            pictured=bool(catalog.released(line.specification.release_id).picture),
            product=catalog.released(line.specification.release_id).slug,
        )
        for line in lines
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
    """Where it goes, line by line; and whose tax number it is, unless the bill goes elsewhere."""
    lines = [
        order.name,
        order.company,
        order.street,
        f"{order.postal_code} {order.city}".strip(),
        country_name(order.country, locale()),
        "" if order.billing_name else vat_line(order),
    ]
    return [line for line in lines if line]


def vat_line(order: Order) -> str:
    """The VAT number in words, "" without."""
    return _("VAT number: %(number)s") % {"number": order.vat_number} if order.vat_number else ""


def billing_lines(order: Order) -> list[str]:
    """Whom the bill is for, line by line, as far as that is not who gets the goods."""
    if not order.billing_name:
        return []
    return [
        line
        for line in (
            order.billing_name,
            order.billing_street,
            f"{order.billing_postal_code} {order.billing_city}".strip(),
            country_name(order.billing_country, locale()),
            vat_line(order),
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


def _chapters(events: list[OrderEvent], told: Told, canceled: bool) -> list[Chapter]:
    """Each kind once, when it first happened, but every change; the stages of the workshop after
    what came before them; then, unless canceled, the rest.

    What was finished and then had to be made better is yet to be finished.
    """
    first: dict[str, OrderEvent] = {}
    for event in events:
        if event.kind == OrderEvent.Kind.REOPENED:
            first.pop(OrderEvent.Kind.FINISHED, None)
        again = f" {event.pk}" if event.kind == OrderEvent.Kind.CHANGED else ""
        first.setdefault(f"{event.kind}{again}", event)
    stages = [stage for stage in told.stages if stage.steps and not (canceled and not stage.at)]
    hidden = {OrderEvent.Kind.STARTED} if stages else set()
    happened = [
        Chapter(
            event.kind, str(OrderEvent.Kind(event.kind).label), event.at, note=_other_day(event)
        )
        for event in first.values()
        if event.kind in OrderEvent.Kind.values and event.kind not in hidden
    ]
    ahead = [kind for kind in AHEAD if kind not in first and kind not in hidden]
    coming = [] if canceled else [Chapter(kind, str(kind.label)) for kind in ahead]
    before = [chapter for chapter in (*happened, *coming) if chapter.kind not in ENDS]
    after = [chapter for chapter in (*happened, *coming) if chapter.kind in ENDS]
    return [*before, *stages, *after]


def _other_day(event: OrderEvent) -> str:
    """That a change moved the promised day, and from when to when."""
    before, after = (event.detail.get(name, "") for name in ("day_before", "day"))
    if not before or before == after:
        return ""
    days = [say_day(date.fromisoformat(day), locale()) for day in (before, after)]
    return _("Ready on %(day)s instead of %(before)s") % {"day": days[1], "before": days[0]}
