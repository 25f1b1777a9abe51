"""What the cart shows: each design as it is now, and what is not as its customer saw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.dateparse import parse_date

from configurator.catalog.texts import say
from configurator.wizard.renewing import renewal
from orders.cart.models import CartItem
from orders.deals import Wish
from orders.models import Order, Specification
from orders.money import say_money
from orders.offers import offer
from orders.pages import locale
from orders.services import order_of
from orders.specifications import content_of, store
from orders.summary import Difference, Row, differences, say_day, summary_of

SHORT = 4  # choices that are told at once


@dataclass(frozen=True)
class Line:
    """An item of the cart. `specification` is None while its design is not complete; `order` is
    the one in which it was ordered as it is; `total` is with tax."""

    item: CartItem
    wish: Wish
    name: str
    rows: Sequence[Row]
    pictured: bool
    specification: Specification | None
    order: Order | None
    outdated: bool  # a newer release would change it
    rush_price: str  # what rush adds or would add, without tax; "" where there is none
    ready: date | None = None
    each: str = ""
    total: str = ""
    differences: Sequence[Difference] = ()

    @property
    def can_be_ordered(self) -> bool:
        return self.specification is not None and self.order is None

    @property
    def short(self) -> Sequence[Row]:
        return self.rows[:SHORT]

    @property
    def more(self) -> Sequence[Row]:
        return self.rows[SHORT:]

    @property
    def picture(self) -> str:
        design = self.item.design
        return reverse("wizard:picture", args=[design.pk, design.revision, "webp"])

    @property
    def net(self) -> str:
        """All of it, without tax."""
        return say_money(self.wish.net, self.wish.offered.currency, locale())

    @property
    def ready_on(self) -> str:
        return say_day(self.ready, locale()) if self.ready else ""

    @property
    def agreed(self) -> dict[str, str]:
        """What is shown now, to be agreed to."""
        sha = self.specification.pk if self.specification else ""
        return {"specification": sha, "ready_on": self.ready.isoformat() if self.ready else ""}


def line_of(item: CartItem) -> Line:
    """An item as it is now, without what hangs on the others: day, price with tax."""
    offered = offer(item.design)
    wish = Wish(offered, item.quantity, item.rush and offered.product.rush is not None)
    specification = store(offered) if offered.complete else None
    content = specification.content if specification else content_of(offered)
    summary = summary_of(content, locale())
    order = order_of(item.design_id, item.design.revision)
    asked = None if order else renewal(item.design)
    rush = offered.rush_net(item.quantity)
    return Line(
        item=item,
        wish=wish,
        name=item.design.name or say(offered.product.name, locale()),
        rows=[row for group in summary.groups for row in group.rows],
        pictured=bool(offered.product.picture),
        specification=specification,
        order=order,
        outdated=asked is not None and bool(asked.replay.moves) and not asked.kept,
        rush_price="" if rush is None else say_money(rush, offered.currency, locale()),
    )


def told(
    lines: Sequence[Line], days: Mapping[UUID, date], gross: Mapping[UUID, Decimal]
) -> list[Line]:
    """The lines with their days and prices, and what is different from what was agreed to."""
    return [
        _told(line, days[line.item.pk], gross.get(line.item.pk)) if line.item.pk in days else line
        for line in lines
    ]


def _told(line: Line, ready: date, gross: Decimal | None) -> Line:
    currency = line.wish.offered.currency
    net = line.wish.net if gross is None else gross
    return replace(
        line,
        ready=ready,
        each=say_money(line.wish.offered.unit_net, currency, locale()),
        total=say_money(net, currency, locale()),
        differences=_differences(line, ready),
    )


def _differences(line: Line, ready: date) -> list[Difference]:
    """What is not as it was agreed to. That it is ready sooner is no harm."""
    now, agreed = line.specification, _agreed(line.item.agreed)
    if now is None:
        return []
    before = Specification.objects.filter(pk=agreed["specification"]).first()
    day = parse_date(agreed["ready_on"])
    days = (day if day and day < ready else None, ready)
    if before is None or before.pk == now.pk:
        return differences(None, now.content, days, locale())
    return differences(before.content, now.content, days, locale())


def _agreed(said: dict[str, Any]) -> dict[str, str]:
    return {name: str(said.get(name, "")) for name in ("specification", "ready_on")}
