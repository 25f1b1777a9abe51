"""Money as customers read it: with tax, in their language.

The catalog and the engine count net minor units (cents). Customers see totals with tax; a price
difference is the difference of two totals with tax, so what is shown always adds up.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, format_decimal

from configurator.shops.destination import rate_of

MINUS = "\N{MINUS SIGN}"
CENT = Decimal("0.01")


@lru_cache(maxsize=4096)
def gross(net_minor: int, tax_rate: Decimal) -> int:
    """Net minor units with tax, in minor units; the tax is rounded half up."""
    tax = (Decimal(net_minor) * tax_rate / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return net_minor + int(tax)


def net_within(budget: int, tax_rate: Decimal) -> int:
    """The most net minor units that come, with tax, to no more than the budget."""
    net = int(Decimal(budget) * 100 / (100 + tax_rate))
    while gross(net + 1, tax_rate) <= budget:
        net += 1
    while gross(net, tax_rate) > budget:
        net -= 1
    return net


@lru_cache(maxsize=8192)
def money(minor: int, currency: str, locale: str) -> str:
    """Minor units as text: "€1,240", with cents only where there are some."""
    amount = Decimal(minor) / 100
    if minor % 100:
        return str(format_currency(amount, currency, locale=babel_locale(locale)))
    known = Locale.parse(babel_locale(locale))
    pattern = known.currency_formats["standard"].pattern.split(";")[0].replace(".00", "")
    return str(format_currency(amount, currency, pattern, locale=known, currency_digits=False))


@lru_cache(maxsize=8192)
def difference(minor: int, currency: str, locale: str) -> str:
    """A difference as text: "+€40", "−€12", and "" for none."""
    if not minor:
        return ""
    return ("+" if minor > 0 else MINUS) + money(abs(minor), currency, locale)


@lru_cache(maxsize=1024)
def percent(rate: Decimal, locale: str) -> str:
    """A tax rate as text, without idle zeros: "23", "5.5"."""
    return str(format_decimal(rate, "#.##", locale=babel_locale(locale)))


def tax_words(home: Decimal, locale: str) -> str:
    """The rate with which prices are told, as text; "" where there is none. `home` is the product's
    own."""
    rate = rate_of(home)
    return percent(rate, locale) if rate else ""


@lru_cache(maxsize=64)
def babel_locale(code: str) -> str:
    """`code` as Babel names it; English if it does not know it."""
    try:
        return str(Locale.parse(code.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return "en"
