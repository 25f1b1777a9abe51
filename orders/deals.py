"""What several designs come to together: goods, ways of shipping, taxes, the total."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from configurator.capacity.days import days_between, ready_on
from orders.margins import bearing
from orders.models import Order, OrderLine
from orders.offers import Offer
from orders.promo.applying import NONE, Applied, Goods, apply
from orders.selling import shipping
from orders.selling.shipping import Way
from orders.selling.sums import Discount, Item, Sums, price_summary
from orders.selling.taxes import Taxes, taxes_for


class SeveralCurrencies(Exception):
    """An order is paid in one currency."""


@dataclass(frozen=True)
class Wish:
    """So many of a design, in a hurry or not."""

    offered: Offer
    quantity: int
    rush: bool = False

    @property
    def rush_net(self) -> Decimal | None:
        """What rush adds; None without."""
        return self.offered.rush_net(self.quantity) if self.rush else None

    @property
    def net(self) -> Decimal:
        """All of it without tax."""
        return self.offered.amounts(self.quantity, self.rush).net


@dataclass(frozen=True)
class Where:
    """To whom it goes, as far as prices depend on it; "": not said yet."""

    country: str = ""
    vat_number: str = ""  # a tidy one
    shipping: str = ""  # the code of a way of shipping


@dataclass(frozen=True)
class Deal:
    """What it comes to. `way` is None if the firm has not said how it ships, or ships not there:
    then it is `unreachable`."""

    currency: str
    taxes: Taxes
    ways: tuple[Way, ...]
    way: Way | None
    unreachable: bool
    rates: tuple[Decimal, ...]  # of the lines
    sums: Sums


def deal_of(wishes: Sequence[Wish], where: Where, discounts: Iterable[Discount] = ()) -> Deal:
    """What these come to, one or more. Raises SeveralCurrencies."""
    currencies = {wish.offered.currency for wish in wishes}
    if len(currencies) != 1:
        raise SeveralCurrencies(", ".join(sorted(currencies)))
    currency = currencies.pop()
    goods = sum((wish.net for wish in wishes), Decimal(0))
    ways = shipping.ways(where.country, wishes[0].offered.charge, goods)
    way = shipping.chosen(ways, where.shipping)
    pickup = way is not None and way.pickup
    taxes = taxes_for(where.country, vat_number=where.vat_number, pickup=pickup)
    rates = tuple(taxes.of(wish.offered.product.tax_rate) for wish in wishes)
    items = [Item(wish.net, rate) for wish, rate in zip(wishes, rates, strict=True)]
    return Deal(
        currency=currency,
        taxes=taxes,
        ways=tuple(ways),
        way=way,
        unreachable=way is None and shipping.ships_anywhere(),
        rates=rates,
        sums=price_summary(items, shipping=way.net if way else None, discounts=discounts),
    )


def promo_of(
    wishes: Sequence[Wish], codes: Sequence[str], email: str = "", locale: str = ""
) -> Applied:
    """What promo codes take off, for one currency."""
    if not codes:
        return NONE
    goods = [_goods_of(wish) for wish in wishes]
    currency = wishes[0].offered.currency if wishes else ""
    return apply(codes, goods, currency, email=email, locale=locale or get_language() or "en")


def _goods_of(wish: Wish) -> Goods:
    """A wish as codes look at it, with what its price can bear now."""
    offered = wish.offered
    product_id = offered.design.release.product_id
    found = bearing(
        offered.product,
        offered.configuration,
        product_id=product_id,
        quantity=wish.quantity,
        net=wish.net,
        rush=wish.rush_net or Decimal(0),
        charge=offered.charge,
    )
    return Goods(product_id, wish.net, found.bearable, offered.design.pk, wish.quantity)


def sums_of(
    order: Order,
    lines: Iterable[OrderLine] | None = None,
    discounts: Iterable[Mapping[str, Any]] | None = None,
) -> Sums:
    """What an order comes to, from its rows, or with other lines or discounts than it has."""
    found = order.lines.all() if lines is None else lines
    off = order.discounts if discounts is None else discounts
    return price_summary(
        [Item(line.net, line.tax_rate) for line in found],
        shipping=order.shipping_net if order.shipping else None,
        discounts=[discount_of(each) for each in off],
    )


def discount_of(kept: Mapping[str, Any]) -> Discount:
    """What is taken off, from what an order or a quote keeps of it."""
    percent = kept.get("percent")
    return Discount(
        Decimal(kept["net"]),
        kept.get("code", ""),
        kept.get("name", {}),
        kept.get("of_shipping", False),
        tuple(Decimal(share) for share in kept.get("shares", ())),
        None if percent is None else Decimal(percent),
    )


def kept_discounts(sums: Sums) -> list[dict[str, Any]]:
    """What was taken off, as orders and quotes keep it."""
    return [
        {
            "code": each.code,
            "name": dict(each.name),
            "net": str(each.net),
            "of_shipping": each.of_shipping,
            **({"shares": [str(share) for share in each.shares]} if each.shares else {}),
            **({} if each.percent is None else {"percent": str(each.percent)}),
        }
        for each in sums.discounts
    ]


@dataclass(frozen=True)
class Days:
    """When the last line of an order is ready, and when the parcel is there."""

    ready_on: date
    arrives_on: date | None


def promised(order: Order) -> Days:
    """The days of an order whose lines have moved: as long on the way as it was."""
    ready = max(order.lines.values_list("promised_on", flat=True))
    if order.arrives_on is None:
        return Days(ready, None)
    return Days(ready, ready_on(days_between(order.promised_on, order.arrives_on), ready))
