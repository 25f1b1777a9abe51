"""The customer's confirmation: what was ordered, for how much, for when, in their language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from configurator.catalog.texts import say
from configurator.shops.embedding import public
from orders.deals import sums_of
from orders.models import Order, OrderLine
from orders.papers import identity, pictures, words
from orders.papers.confirmation_layout import lay_out
from orders.papers.content import Content, read
from orders.papers.pen import Size
from orders.papers.truth import with_sizes
from orders.receipt import reverse_charge_note
from orders.selling.sums import Sums

BILLING = ("name", "street", "postal_code", "city", "country")


@dataclass(frozen=True)
class Item:
    """One line of the order; `net` is for all `quantity` of it, without `rush`: what that adds."""

    content: Content
    quantity: int
    net: Decimal
    picture: bytes | None
    rush: Decimal | None = None


@dataclass(frozen=True)
class Confirmation:
    """All that the confirmation says. Money is in `currency`, `sums` of the whole order; `arrives`
    and `note_of_tax` are sentences or ""."""

    firm: str
    number: str
    placed_on: date
    promised_on: date
    name: str
    address: tuple[str, ...]
    billing: tuple[str, ...]
    email: str
    note: str
    arrives: str
    way: str
    tax_note: str
    link: str
    currency: str
    sums: Sums
    items: tuple[Item, ...]
    # Other words than a confirmation's own; "": those.
    title: str = ""
    thanks: str = ""
    told: str = ""
    follow: str = ""
    closing: str = ""


def render(order: Order, size: Size | None = None, language: str | None = None) -> bytes:
    """The confirmation as a PDF: in the order's language, on the paper of its country."""
    language = language or order.language
    size = size or size_for(order)
    with translation.override(language):
        letter = letter_of(order, _lines(order), sums_of(order), _link(order), language)
        return lay_out(letter, size, language)


def size_for(order: Order) -> Size:
    """The paper of the customer's country."""
    return words.paper_size(order.country)


def name_of(order: Order, size: Size, language: str) -> str:
    """The paper's name in the store; see identity.py."""
    facts: dict[str, Any] = {
        "order": order.number,
        "link": _link(order),
        "firm": settings.FIRM_NAME,
        "to": [order.name, *_address(order), order.email, order.note],
        "bill": [order.vat_number, *(getattr(order, f"billing_{name}") for name in BILLING)],
        "way": [order.shipping, f"{order.shipping_net:.2f}", str(order.arrives_on)],
        "taxes": [order.discounts, order.reverse_charge],
        "money": [order.currency, str(order.net), str(order.tax), str(order.total)],
        "days": [str(localdate(order.placed_at)), str(order.promised_on)],
        "lines": [
            [
                *(line.specification_id, line.quantity, str(line.net)),
                *(str(line.rush_net), str(line.tax_rate), str(line.promised_on)),
            ]
            for line in _lines(order)
        ],
    }
    return identity.name("confirmation", size, language, facts, drawn_by=Path(__file__).parent)


def letter_of(
    order: Order, lines: Sequence[OrderLine], sums: Sums, link: str, language: str
) -> Confirmation:
    """What it says of an order, which may be one that is not placed yet."""
    return Confirmation(
        firm=settings.FIRM_NAME,
        number=order.number,
        placed_on=localdate(order.placed_at),
        promised_on=order.promised_on,
        name=order.name,
        address=_address(order),
        billing=_billing(order),
        email=order.email,
        note=order.note,
        link=link,
        currency=order.currency,
        arrives=_arrives(order, language),
        way=say(order.shipping.get("name", {}), language),
        tax_note=reverse_charge_note() if order.reverse_charge else "",
        sums=sums,
        items=tuple(_item(line, language) for line in lines),
    )


def _lines(order: Order) -> list[OrderLine]:
    return list(order.lines.select_related("specification"))


def _item(line: OrderLine, language: str) -> Item:
    content = line.specification.content
    configuration = Configuration.from_json(content["configuration"])
    product = released(line.specification.release_id)
    return Item(
        content=read(with_sizes(content, product, configuration), language),
        quantity=line.quantity,
        net=line.net - (line.rush_net or 0),
        rush=line.rush_net,
        picture=pictures.product_picture(product, configuration),
    )


def _link(order: Order) -> str:
    return public(reverse("orders:order", args=[order.token]))


def _address(order: Order) -> tuple[str, ...]:
    lines = (
        order.company,
        order.street,
        f"{order.postal_code} {order.city}".strip(),
        words.country(order.country),
        "" if order.billing_name else _vat(order),
    )
    return tuple(line for line in lines if line)


def _vat(order: Order) -> str:
    return _("VAT number: %(number)s") % {"number": order.vat_number} if order.vat_number else ""


def _billing(order: Order) -> tuple[str, ...]:
    """Whom the bill is for, as far as it is another than who gets the goods."""
    if not order.billing_name:
        return ()
    lines = (
        order.billing_name,
        order.billing_street,
        f"{order.billing_postal_code} {order.billing_city}".strip(),
        words.country(order.billing_country),
        _vat(order),
    )
    return tuple(line for line in lines if line)


def _arrives(order: Order, language: str) -> str:
    """When it is with its customer."""
    if order.arrives_on is None:
        return ""
    day = words.long_date(order.arrives_on, language)
    if order.shipping.get("pickup"):
        return _("You can pick it up from %(day)s.") % {"day": day}
    return _("It is with you by %(day)s.") % {"day": day}
