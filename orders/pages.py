"""What the review page and the order page show, gathered from rows and releases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.capacity.models import Reservation
from configurator.capacity.promises import NEVER, Promise
from configurator.catalog import queries as catalog
from configurator.catalog.infos import OptionInfo
from configurator.catalog.texts import say
from configurator.wizard.limits import knows_prices
from configurator.wizard.models import Design
from configurator.wizard.steps import pages_of
from orders import terms
from orders.countries import country_name
from orders.forms import OrderForm
from orders.models import Order, OrderEvent, Paper, Specification
from orders.money import Amounts, line_amounts, say_money
from orders.offers import Offer, offer
from orders.services import Seen, keep_place, order_of, promise_at
from orders.specifications import content_of, store
from orders.summary import (
    Difference,
    Group,
    Row,
    Summary,
    Totals,
    differences,
    say_day,
    say_time,
    summary_of,
    totals_of,
)


def locale() -> str:
    return get_language() or "en"


@dataclass(frozen=True)
class Speeds:
    """The days as usual ("" if the workshop is full) and for rush, and what rush adds, net."""

    usual: str
    rush: str
    price: str
    rushing: bool  # whether rush is chosen


@dataclass(frozen=True)
class Review:
    """The review page. `seen` is what its form sends back; None while the design is incomplete."""

    design: Design
    summary: Summary
    groups: list[Group]
    totals: Totals
    ready: str
    seen: Seen | None
    undecided: list[Row]
    missing: list[Row]
    form: OrderForm
    order: Order | None
    pictured: bool
    compared: bool  # whether the suggestions are the cheapest of all
    held_until: str = ""  # the time until which a place in the workshop is kept
    no_time: bool = False  # the workshop is full for as far as it plans
    speeds: Speeds | None = None  # where rush is offered, and ready earlier


def review_of(
    design: Design, form: OrderForm, quantity: int = 1, browser: str = "", *, rush: bool = False
) -> Review:
    """The review of a design as it is; freezes its specification if it is complete, and keeps a
    place in the workshop for the browser, among the rush orders if they chose so."""
    offered, order = offer(design), order_of(design.pk, design.revision)
    place, speeds = None, None
    if offered.complete and not order:
        offered, place, speeds = _at_speed(offered, quantity, browser, rush)
    content = content_of(offered)
    summary, steps = summary_of(content, locale()), _steps(offered)
    amounts = offered.amounts(quantity, bool(speeds and speeds.rushing))
    return Review(
        design=design,
        summary=summary,
        groups=_with_places(summary.groups, steps, {o.code for o in offered.undecided}),
        totals=totals_of(
            amounts,
            unit_net=offered.unit_net,
            quantity=quantity,
            currency=offered.product.currency,
            locale=locale(),
        ),
        ready=say_day(offered.ready_on, locale()),
        seen=_seen(offered, amounts) if offered.complete else None,
        undecided=[_open_row(offered, option, steps) for option in offered.undecided],
        missing=[_missing_row(offered, option, steps) for option in offered.missing],
        form=form,
        order=order,
        pictured=bool(offered.product.picture),
        compared=knows_prices(offered.product),
        held_until=say_time(place.held_until, locale()) if place and place.held_until else "",
        no_time=offered.ready_on > timezone.localdate() + NEVER - timedelta(days=14),
        speeds=speeds,
    )


def _at_speed(
    offered: Offer, quantity: int, browser: str, rush: bool
) -> tuple[Offer, Reservation | None, Speeds | None]:
    """The offer with the day of the place that is kept, and the choice between two speeds.

    There is none, and it goes as usual, unless rush is ready earlier.
    """
    price = offered.rush_net(quantity)
    rush = rush and price is not None
    if price is None:
        place = keep_place(offered=offered, quantity=quantity, browser=browser) if browser else None
        return replace(offered, ready_on=place.ready_on) if place else offered, place, None
    place, at = _at(offered, quantity, browser, rush)
    other = promise_at(offered=offered, quantity=quantity, rush=not rush)
    usual, rushed = (other, at) if rush else (at, other)
    if rushed.ready_on >= usual.ready_on:
        if rush:
            place, at = _at(offered, quantity, browser, rush=False)
        return replace(offered, ready_on=at.ready_on), place, None
    told = say_money(price, offered.product.currency, locale())
    speeds = Speeds(
        usual=say_day(usual.ready_on, locale()) if usual.known else "",
        rush=say_day(rushed.ready_on, locale()),
        price=told,
        rushing=rush,
    )
    return replace(offered, ready_on=at.ready_on), place, speeds


def _at(
    offered: Offer, quantity: int, browser: str, rush: bool
) -> tuple[Reservation | None, Promise]:
    """The place that is kept at this speed, and its day; for who can't keep one, only the day."""
    place = None
    if browser:
        place = keep_place(offered=offered, quantity=quantity, browser=browser, rush=rush)
    if place is not None:
        return place, Promise(place.ready_on)
    return None, promise_at(offered=offered, quantity=quantity, rush=rush)


def changes_since(seen: Seen | None, review: Review) -> list[Difference]:
    """What the customer has to be shown because it is not as they saw it."""
    now = review.seen
    if now is None:
        return []
    before = Specification.objects.filter(sha=seen.specification).first() if seen else None
    current = Specification.objects.get(sha=now.specification)
    found = differences(
        before.content if before else None,
        current.content,
        (seen.ready_on if seen else None, now.ready_on),
        locale(),
    )
    if seen and seen.rush != now.rush:
        names = (_("As usual"), _("Rush"))
        found.append(Difference(_("How soon"), names[seen.rush], names[now.rush]))
    if seen and seen.terms != now.terms:
        found.append(Difference(_("Terms of sale"), seen.terms, now.terms))
    if seen and seen.total != now.total:
        told = say_money(seen.total, review.summary.currency, locale())
        found.append(Difference(_("Total with tax"), told, review.totals.total))
    return found


def _seen(offered: Offer, amounts: Amounts) -> Seen:
    return Seen(
        revision=offered.design.revision,
        specification=store(offered).sha,
        total=amounts.total,
        ready_on=offered.ready_on,
        terms=terms.VERSION,
        rush=amounts.rush is not None,
    )


def _steps(offered: Offer) -> dict[str, str]:
    return {option.code: page.code for page in pages_of(offered.product) for option in page.options}


def _with_places(groups: list[Group], steps: Mapping[str, str], undecided: set[str]) -> list[Group]:
    """The groups with the place of each option in the wizard, suggestions marked."""
    return [
        Group(
            group.name,
            [
                replace(row, step=steps.get(row.option, ""), suggested=row.option in undecided)
                for row in group.rows
            ],
        )
        for group in groups
    ]


def _open_row(offered: Offer, option: OptionInfo, steps: Mapping[str, str]) -> Row:
    """An undecided option and what the cheapest completion would take."""
    value = offered.configuration.choices[option.code]
    label = offered.product.label(option.code, value, locale())
    return Row(option.code, say(option.name, locale()), label, step=steps[option.code])


def _missing_row(offered: Offer, option: OptionInfo, steps: Mapping[str, str]) -> Row:
    said = offered.configuration.texts.get(option.code, "")
    return Row(
        option.code, say(option.name, locale()), said, kind=option.kind, step=steps[option.code]
    )


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
            totals=totals_of(
                line_amounts(line.unit_net, line.quantity, line.tax_rate, line.rush_net),
                unit_net=line.unit_net,
                quantity=line.quantity,
                currency=order.currency,
                locale=locale(),
            ),
            pictured=bool(catalog.released(line.specification.release_id).picture),
        )
        for line in order.lines.select_related("specification")
    ]


def address_lines(order: Order) -> list[str]:
    """Where it goes, line by line."""
    return [
        order.name,
        order.street,
        f"{order.postal_code} {order.city}",
        country_name(order.country, locale()),
    ]


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
