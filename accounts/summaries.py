"""Designs and orders as the lists of the account show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from configurator.catalog.queries import released
from configurator.catalog.texts import say
from configurator.wizard.models import Design
from configurator.wizard.screen import is_pictured
from orders.models import Order, OrderLine
from orders.money import say_money
from orders.summary import say_day


@dataclass(frozen=True)
class DesignRow:
    """A design in the list; `product` is told beside a name of its own."""

    id: UUID
    name: str
    own_name: str
    product: str
    picture: str
    at: datetime
    number: str  # of the latest order of it


@dataclass(frozen=True)
class OrderRow:
    """An order in the list."""

    order: Order
    what: str
    picture: str
    total: str
    promised: str


def designs(rows: Iterable[Design]) -> list[DesignRow]:
    """Designs in the reader's language."""
    found = list(rows)
    numbers = _numbers(found)
    return [_design(design, numbers.get(design.pk, "")) for design in found]


def _numbers(found: list[Design]) -> dict[UUID, str]:
    rows = OrderLine.objects.filter(design__in=found).order_by("order__placed_at")
    return dict(rows.values_list("design_id", "order__number"))


def _design(design: Design, number: str) -> DesignRow:
    product = released(design.release_id)
    name = say(product.name, _locale())
    picture = reverse("wizard:picture", args=[design.pk, design.revision, "webp"])
    return DesignRow(
        id=design.pk,
        name=design.name or name,
        own_name=design.name,
        product=name,
        picture=f"{picture}?w=480" if is_pictured(product) else "",
        at=design.updated_at,
        number=number,
    )


def orders(rows: Iterable[Order]) -> list[OrderRow]:
    """Orders in the reader's language, with what was ordered."""
    return [_order(order) for order in rows]


def _order(order: Order) -> OrderRow:
    lines = list(order.lines.select_related("specification"))
    names = [
        f"{line.quantity} × {say(line.specification.content['product']['name'], _locale())}"
        for line in lines
    ]
    first = lines[0] if lines else None
    picture = ""
    if first is not None and released(first.specification.release_id).picture:
        picture = reverse("orders:picture", args=[order.token, first.position])
        picture = f"{picture}?v={first.specification_id[:12]}"
    return OrderRow(
        order=order,
        what=", ".join(names),
        picture=picture,
        total=say_money(order.total, order.currency, _locale()),
        promised=say_day(order.promised_on, _locale()),
    )


def _locale() -> str:
    return get_language() or "en"
