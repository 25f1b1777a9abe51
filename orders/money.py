"""Money: exact decimals, tax rounded half-up once a line."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_currency

from configurator.wizard.money import babel_locale

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Amounts:
    """A line's money in major units of its currency; `rush` is the part of `net` that is for rush,
    None if it is as usual."""

    net: Decimal
    tax: Decimal
    total: Decimal
    rush: Decimal | None = None


def line_amounts(
    unit_net: Decimal, quantity: int, tax_rate: Decimal, rush: Decimal | None = None
) -> Amounts:
    """So many of `unit_net`, what rush adds, and the tax on them at `tax_rate` percent."""
    net = (unit_net * quantity + (rush or 0)).quantize(CENT)
    tax = (net * tax_rate / 100).quantize(CENT, ROUND_HALF_UP)
    return Amounts(net, tax, net + tax, rush)


def say_money(amount: Decimal, currency: str, locale: str) -> str:
    """An amount with its cents, as people of `locale` write it: €1,234.50, 1234,50 zł."""
    return str(format_currency(amount, currency, locale=babel_locale(locale)))
