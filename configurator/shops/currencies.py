"""What an amount is in the customer's own currency: told beside the price, never charged.

Prices are in the currency of their release, and that is what is paid (docs/decisions/0015).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_territory_currencies

from configurator.shops.models import Rate

HOMES = {"pl": "PL"}
"""Languages that are spoken in one country."""
ABOUT = "≈"
BARE = re.compile(r"(?<=[A-Z])(?=\d)")
"""Where letters meet digits: PLN523."""

_wanted: ContextVar[str] = ContextVar("currency", default="")


def current() -> str:
    """The currency of this request's customer; "" if none is known."""
    return _wanted.get()


@contextmanager
def using(currency: str) -> Iterator[None]:
    """Tell amounts in this currency, too; "" for none."""
    token = _wanted.set(currency)
    try:
        yield
    finally:
        _wanted.reset(token)


def of_region(language: str) -> str:
    """The currency of where a language code like en-US is spoken; "" if it says not where."""
    name, _dash, region = language.partition("-")
    region = region.upper() or HOMES.get(name, "")
    found = get_territory_currencies(region) if len(region) == 2 and region.isalpha() else []
    return str(found[-1]) if found else ""


def choices() -> list[str]:
    """The currencies for which there is a rate."""
    return list(Rate.objects.order_by("currency").values_list("currency", flat=True).distinct())


def about(amount: Decimal, base: str, locale: str) -> str:
    """ "≈ $1,340", rounded as the rate says; "" where none is wanted or known."""
    wanted = _wanted.get()
    if not wanted or wanted == base:
        return ""
    rate = Rate.objects.filter(base=base, currency=wanted).first()
    return f"{ABOUT}\N{NO-BREAK SPACE}{_say(rate.convert(amount), wanted, locale)}" if rate else ""


def _say(amount: Decimal, currency: str, locale: str) -> str:
    try:
        known = Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        known = Locale.parse("en")
    if amount % 1:
        return str(format_currency(amount, currency, locale=known))
    pattern = known.currency_formats["standard"].pattern.split(";")[0].replace(".00", "")
    told = str(format_currency(amount, currency, pattern, locale=known, currency_digits=False))
    return BARE.sub("\N{NO-BREAK SPACE}", told)
