"""Sums in words, as cart, checkout, order page and mails show them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from configurator.catalog.texts import say
from configurator.shops import currencies
from configurator.wizard.money import percent
from orders.deals import Deal
from orders.models import Order
from orders.money import say_money
from orders.selling.sums import Sums
from orders.selling.taxes import Why


@dataclass(frozen=True)
class Tax:
    """The tax at one rate; `base` is on what, told where there are several rates."""

    rate: str
    amount: str
    base: str = ""


@dataclass(frozen=True)
class Off:
    """Something that is taken off."""

    name: str
    amount: str


@dataclass(frozen=True)
class Receipt:
    """What it comes to; `shipping` is "" where nothing is told of it. `note` says why there is no
    tax."""

    goods: str
    discounts: list[Off]
    way: str
    shipping: str
    net: str
    taxes: list[Tax]
    total: str
    note: str = ""
    about: str = ""  # the total in the customer's own currency, before it is ordered
    free: bool = False  # whether shipping costs nothing

    @property
    def more(self) -> bool:
        """Whether the net is something else than the goods."""
        return bool(self.discounts or self.shipping)


def reverse_charge_note() -> str:
    """What the law wants to be said where the customer pays the tax."""
    return _("Reverse charge: the recipient of the goods is liable for the VAT.")


def receipt_of_deal(deal: Deal, locale: str) -> Receipt:
    """What a deal comes to."""
    name = deal.way.name if deal.way else {}
    receipt = _receipt(deal.sums, deal.currency, locale, name, _why(deal))
    return replace(receipt, about=currencies.about(deal.sums.total, deal.currency, locale))


def receipt_of(order: Order, sums: Sums, locale: str) -> Receipt:
    """What an order came to."""
    note = reverse_charge_note() if order.reverse_charge else ""
    return _receipt(sums, order.currency, locale, order.shipping.get("name", {}), note)


def _why(deal: Deal) -> str:
    if deal.taxes.why is Why.REVERSE:
        return reverse_charge_note()
    if deal.taxes.why is Why.EXPORT:
        return _("Without our tax. Your country may ask for duties and taxes when it arrives.")
    return ""


def _receipt(sums: Sums, currency: str, locale: str, way: Mapping[str, str], note: str) -> Receipt:
    def told(amount: Decimal) -> str:
        return say_money(amount, currency, locale)

    return Receipt(
        goods=told(sums.goods),
        discounts=[
            Off(say(each.name, locale) or each.code, told(-each.net)) for each in sums.discounts
        ],
        way=say(way, locale) if way else "",
        shipping="" if sums.shipping is None else told(sums.shipping),
        net=told(sums.net),
        taxes=_taxes(sums, currency, locale),
        total=told(sums.total),
        note=note,
        free=sums.shipping == 0,
    )


def _taxes(sums: Sums, currency: str, locale: str) -> list[Tax]:
    charged = [line for line in sums.taxes if line.rate]
    several = len(sums.taxes) > 1
    return [
        Tax(
            percent(line.rate, locale),
            say_money(line.tax, currency, locale),
            say_money(line.base, currency, locale) if several else "",
        )
        for line in charged
    ]
