"""The checkout: places are held for all of the cart, and it is ordered as it was shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.capacity.promises import NEVER
from orders import terms
from orders.cart import services
from orders.cart.forms import written
from orders.cart.lines import Line
from orders.cart.models import Cart
from orders.cart.pages import CartPage, page_of
from orders.deals import Deal, Where, deal_of, promo_of
from orders.models import Order, Specification
from orders.money import say_money
from orders.pages import locale
from orders.placing import Contact
from orders.promo.showing import NOTHING_WRITTEN, PromoPanel, Written, panel
from orders.receipt import Receipt, receipt_of_deal
from orders.services import Changed, SeenLine, SeenOrder, keep_place, order_of, place_lines
from orders.shipping_words import ToldWay, told_ways
from orders.summary import Difference, differences, say_day, say_time


@dataclass(frozen=True)
class Checkout:
    """What is about to be ordered; `hidden` is what the page sends back of it."""

    cart: CartPage
    deal: Deal
    seen: SeenOrder
    ways: list[ToldWay]
    ready: str
    held_until: str
    no_time: bool
    promo: PromoPanel

    @property
    def lines(self) -> list[Line]:
        return self.cart.lines

    @property
    def receipt(self) -> Receipt | None:
        return self.cart.receipt

    @property
    def unreachable(self) -> bool:
        return self.deal.unreachable

    @property
    def hidden(self) -> str:
        return written(self.seen.lines)


def checkout_of(
    cart: Cart,
    browser: str,
    where: Where | None,
    *,
    agreed: bool = False,
    codes: Written = NOTHING_WRITTEN,
    email: str = "",
) -> Checkout | None:
    """The checkout of a cart, with a place held for each design; None if something of it can't be
    ordered, or is not as it was agreed to (unless it is just being shown and asked: `agreed`)."""
    page = page_of(cart, where)
    if page.deal is None or not page.whole or not (agreed or page.can_be_ordered):
        return None
    wishes = [line.wish for line in page.lines]
    promo = promo_of(wishes, codes.codes, email, locale())
    deal = deal_of(wishes, where or Where(cart.country), promo.discounts)
    days, until = _held(page.lines, browser)
    page = replace(
        page,
        lines=[replace(x, ready=day) for x, day in zip(page.lines, days, strict=True)],
        receipt=receipt_of_deal(deal, locale()),
    )
    ready = max(days)
    return Checkout(
        cart=page,
        deal=deal,
        seen=_seen(page.lines, deal, ready, promo.codes),
        ways=told_ways(deal, ready, locale()),
        ready=say_day(ready, locale()),
        held_until=say_time(until, locale()) if until else "",
        no_time=ready > timezone.localdate() + NEVER - timedelta(days=14),
        promo=panel(promo, codes),
    )


def order(
    *,
    cart: Cart | None,
    seen: SeenOrder,
    contact: Contact,
    language: str,
    browser: str,
    paying: str,
) -> Order:
    """Order what was seen; what is ordered leaves the cart. See place_lines."""
    if not (_in_cart(seen, cart) or all(order_of(x.design_id, x.revision) for x in seen.lines)):
        raise Changed  # it was changed in another tab
    placed = place_lines(
        seen=seen, contact=contact, language=language, browser=browser, paying=paying
    )
    if cart is not None:
        services.empty(cart=cart, designs=[line.design_id for line in seen.lines])
    return placed


def _in_cart(seen: SeenOrder, cart: Cart | None) -> bool:
    """Whether just this is in the cart: so many of these designs, none faster than asked for."""
    if cart is None:
        return False
    items = [item for item in services.present(cart) if not item.saved]
    there = [(item.design_id, item.quantity) for item in items]
    slower = all(item.rush or not line.rush for item, line in zip(items, seen.lines, strict=False))
    return slower and there == [(line.design_id, line.quantity) for line in seen.lines]


def changes_since(seen: SeenOrder | None, now: Checkout) -> list[Difference]:
    """What is not as it was seen."""
    if seen is None:
        return []
    found = []
    before = {line.design_id: line for line in seen.lines}
    for shown in now.lines:
        earlier = before.pop(shown.item.design_id, None)
        found += _line_changes(earlier, shown)
    found += [Difference(_("Design"), str(gone)[:8], "—") for gone in before]
    return found + _order_changes(seen, now)


def _line_changes(earlier: SeenLine | None, shown: Line) -> list[Difference]:
    name, specification = shown.name, shown.specification
    if earlier is None or specification is None or shown.ready is None:
        return [Difference(name, "—", str(shown.item.quantity))]
    before = Specification.objects.filter(pk=earlier.specification).first()
    days = (earlier.ready_on, shown.ready)
    told = differences(before.content if before else None, specification.content, days, locale())
    found = [Difference(f"{name}: {each.what}", each.before, each.now) for each in told]
    if earlier.quantity != shown.item.quantity:
        said = f"{name}: {_('Quantity')}"
        found.append(Difference(said, str(earlier.quantity), str(shown.item.quantity)))
    return found


def _order_changes(seen: SeenOrder, now: Checkout) -> list[Difference]:
    found = []
    if seen.arrives_on != now.seen.arrives_on:
        days = (say_day(d, locale()) if d else "—" for d in (seen.arrives_on, now.seen.arrives_on))
        found.append(Difference(_("With you"), *days))
    if seen.terms != now.seen.terms:
        found.append(Difference(_("Terms of sale"), seen.terms, now.seen.terms))
    if seen.total != now.seen.total:
        amounts = (say_money(x.total, now.deal.currency, locale()) for x in (seen, now.seen))
        found.append(Difference(_("Total with tax"), *amounts))
    return found


def _held(lines: Sequence[Line], browser: str) -> tuple[list[date], datetime | None]:
    """The day of each, and the time until which the first of their places is kept."""
    days, times = [], []
    for line in lines:
        place = None
        if browser:
            place = keep_place(
                offered=line.wish.offered,
                quantity=line.wish.quantity,
                browser=browser,
                rush=line.wish.rush,
                besides=len(lines),
            )
        if place is not None and place.held_until:
            times.append(place.held_until)
        days.append(place.ready_on if place else line.ready or timezone.localdate())
    return days, min(times, default=None)


def _seen(lines: Sequence[Line], deal: Deal, ready: date, codes: tuple[str, ...]) -> SeenOrder:
    return SeenOrder(
        lines=tuple(
            SeenLine(
                design_id=line.item.design_id,
                revision=line.item.design.revision,
                specification=line.specification.pk if line.specification else "",
                quantity=line.wish.quantity,
                ready_on=line.ready or ready,
                rush=line.wish.rush_net is not None,
            )
            for line in lines
        ),
        total=deal.sums.total,
        terms=terms.VERSION,
        shipping=deal.way.code if deal.way else "",
        arrives_on=deal.way.arrives(ready) if deal.way else None,
        codes=codes,
    )
