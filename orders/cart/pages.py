"""The cart's page: its lines together, and what they come to."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from configurator.shops import destination
from orders.cart import services
from orders.cart.days import ready_days
from orders.cart.lines import Line, line_of, told
from orders.cart.models import Cart
from orders.deals import Deal, SeveralCurrencies, Where, deal_of
from orders.pages import locale
from orders.receipt import Receipt, receipt_of_deal
from orders.selling.sums import Item, with_tax
from orders.shipping_words import ToldWay, told_ways
from orders.summary import say_day


@dataclass(frozen=True)
class CartPage:
    """The cart. `deal` is None while there is nothing that can be ordered together."""

    lines: list[Line] = field(default_factory=list)
    saved: list[Line] = field(default_factory=list)
    removed: list[Line] = field(default_factory=list)
    country: str = ""
    deal: Deal | None = None
    receipt: Receipt | None = None
    ways: list[ToldWay] = field(default_factory=list)
    several_currencies: bool = False
    ready: str = ""

    @property
    def products(self) -> list[str]:
        """The products in it, by their slugs."""
        return [line.wish.offered.product.slug for line in self.lines]

    @property
    def whole(self) -> bool:
        """Whether everything in it can be ordered together."""
        return self.deal is not None and all(line.can_be_ordered for line in self.lines)

    @property
    def can_be_ordered(self) -> bool:
        """Whether everything in it can be, and was agreed to."""
        return self.whole and not self.changed

    @property
    def changed(self) -> list[Line]:
        """What is not as its customer saw it."""
        return [line for line in self.lines if line.differences]

    @property
    def unreachable(self) -> bool:
        return self.deal is not None and self.deal.unreachable


def page_of(cart: Cart | None, where: Where | None = None) -> CartPage:
    """All of a cart, or of none."""
    if cart is None:
        return CartPage()
    where = where or Where(cart.country or destination.current())
    found = [line_of(item) for item in services.present(cart)]
    lines = [line for line in found if not line.item.saved]
    page = CartPage(
        lines=lines,
        saved=[line for line in found if line.item.saved],
        removed=[line_of(item) for item in services.recently_removed(cart)],
        country=where.country,
    )
    return _together(page, where)


def _together(page: CartPage, where: Where) -> CartPage:
    """With days and sums of what can be ordered."""
    able = [line for line in page.lines if line.can_be_ordered]
    keys = [line.item.pk for line in able]
    days = dict(zip(keys, ready_days([line.wish for line in able]), strict=True)) if able else {}
    try:
        deal = deal_of([line.wish for line in able], where) if able else None
    except SeveralCurrencies:
        alone = {line.item.pk: _gross([line], deal_of([line.wish], where)) for line in able}
        gross = {key: found[key] for key, found in alone.items()}
        return _with(page, told(page.lines, days, gross), several_currencies=True)
    lines = told(page.lines, days, _gross(able, deal) if deal else {})
    return _with(page, lines, deal=deal, ready=max(days.values(), default=None))


def _gross(able: list[Line], deal: Deal) -> dict[UUID, Decimal]:
    """What each comes to with tax."""
    items = [Item(line.wish.net, rate) for line, rate in zip(able, deal.rates, strict=True)]
    return dict(zip((line.item.pk for line in able), with_tax(items), strict=True))


def _with(
    page: CartPage,
    lines: list[Line],
    *,
    deal: Deal | None = None,
    ready: date | None = None,
    several_currencies: bool = False,
) -> CartPage:
    return CartPage(
        lines=lines,
        saved=page.saved,
        removed=page.removed,
        country=page.country,
        deal=deal,
        receipt=receipt_of_deal(deal, locale()) if deal else None,
        ways=told_ways(deal, ready, locale()) if deal and ready else [],
        several_currencies=several_currencies,
        ready=say_day(ready, locale()) if ready else "",
    )
