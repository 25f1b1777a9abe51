"""What the review page shows, gathered from a design and what it offers now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.capacity.models import Reservation
from configurator.capacity.promises import NEVER, Promise
from configurator.catalog.infos import OptionInfo
from configurator.catalog.texts import say
from configurator.wizard.limits import knows_prices
from configurator.wizard.models import Design
from configurator.wizard.steps import pages_of
from orders import terms
from orders.deals import Deal, Where, Wish, deal_of, promo_of
from orders.forms import OrderForm
from orders.models import Order, Specification
from orders.money import say_money
from orders.offers import Offer, offer
from orders.pages import locale
from orders.promo.showing import NOTHING_WRITTEN, PromoPanel, Written, panel
from orders.receipt import Receipt, receipt_of_deal
from orders.services import Seen, keep_place, order_of, promise_at
from orders.shipping_words import ToldWay, told_ways
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
    receipt: Receipt
    ways: list[ToldWay]
    unreachable: bool  # the firm does not ship there
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
    promo: PromoPanel | None = None


def review_of(
    design: Design,
    form: OrderForm,
    quantity: int = 1,
    browser: str = "",
    *,
    rush: bool = False,
    where: Where | None = None,
    codes: Written = NOTHING_WRITTEN,
) -> Review:
    """The review of a design as it is; freezes its specification if it is complete, and keeps a
    place in the workshop for the browser, among the rush orders if they chose so."""
    offered, order = offer(design), order_of(design.pk, design.revision)
    place, speeds = None, None
    if offered.complete and not order:
        offered, place, speeds = _at_speed(offered, quantity, browser, rush)
    content = content_of(offered)
    summary, steps = summary_of(content, locale()), _steps(offered)
    wish = Wish(offered, quantity, bool(speeds and speeds.rushing))
    promo = promo_of([wish], codes.codes, form.email_said(), locale())
    deal = deal_of([wish], where or Where(), promo.discounts)
    return Review(
        design=design,
        summary=summary,
        groups=_with_places(summary.groups, steps, {o.code for o in offered.undecided}),
        totals=_totals(wish),
        receipt=receipt_of_deal(deal, locale()),
        ways=told_ways(deal, offered.ready_on, locale()),
        unreachable=deal.unreachable,
        ready=say_day(offered.ready_on, locale()),
        seen=_seen(wish, deal, promo.codes) if offered.complete else None,
        undecided=[_open_row(offered, option, steps) for option in offered.undecided],
        missing=[_missing_row(offered, option, steps) for option in offered.missing],
        form=form,
        order=order,
        pictured=bool(offered.product.picture),
        compared=knows_prices(offered.product),
        held_until=say_time(place.held_until, locale()) if place and place.held_until else "",
        no_time=offered.ready_on > timezone.localdate() + NEVER - timedelta(days=14),
        speeds=speeds,
        promo=panel(promo, codes),
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
    told = say_money(price, offered.currency, locale())
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
    if seen and seen.arrives_on != now.arrives_on:
        days = (say_day(day, locale()) if day else "—" for day in (seen.arrives_on, now.arrives_on))
        found.append(Difference(_("With you"), *days))
    if seen and seen.total != now.total:
        told = say_money(seen.total, review.summary.currency, locale())
        found.append(Difference(_("Total with tax"), told, review.receipt.total))
    return found


def _totals(wish: Wish) -> Totals:
    return totals_of(
        unit_net=wish.offered.unit_net,
        quantity=wish.quantity,
        net=wish.net,
        rush=wish.rush_net,
        currency=wish.offered.currency,
        locale=locale(),
    )


def _seen(wish: Wish, deal: Deal, codes: tuple[str, ...]) -> Seen:
    offered = wish.offered
    return Seen(
        revision=offered.design.revision,
        specification=store(offered).sha,
        total=deal.sums.total,
        ready_on=offered.ready_on,
        terms=terms.VERSION,
        rush=wish.rush_net is not None,
        arrives_on=deal.way.arrives(offered.ready_on) if deal.way else None,
        codes=codes,
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
