"""The customer's own currency: prices are charged in it where the firm says so, else told beside.

(docs/decisions/0015)
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_territory_currencies
from django.http import HttpRequest

from configurator.shops.charging import Charge
from configurator.shops.models import Rate

HOMES = {"pl": "PL"}
"""Languages that are spoken in one country."""
ABOUT = "≈"
BARE = re.compile(r"(?<=[A-Z])(?=\d)")
"""Where letters meet digits: PLN523."""


class _Wanted:
    """A currency, and what is charged in it, once that is asked for."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.charges: dict[tuple[str, str], Charge] = {}


_NOBODY = _Wanted("")
_wanted: ContextVar[_Wanted] = ContextVar("currency", default=_NOBODY)
Heard = Callable[[HttpRequest], None]
_listeners: list[Heard] = []


def heard_by(listener: Heard) -> None:
    """Say who is told when a visitor has chosen a currency."""
    _listeners.append(listener)


def tell(request: HttpRequest, currency: str) -> None:
    """A visitor has chosen a currency, "" for none."""
    with using(currency):
        for listener in _listeners:
            listener(request)


def current() -> str:
    """The currency of this request's customer; "" if none is known."""
    return _wanted.get().currency


def charge_of(base: str, currency: str | None = None) -> Charge:
    """How prices in `base` are charged now: in this currency, or the customer's, if there is a
    fixed rate; else as they are."""
    wanted = _wanted.get()
    to = wanted.currency if currency is None else currency
    if not to or to == base:
        return Charge.none(base)
    if wanted is _NOBODY:
        return _charge(base, to)
    if (base, to) not in wanted.charges:
        wanted.charges[base, to] = _charge(base, to)
    return wanted.charges[base, to]


def _charge(base: str, currency: str) -> Charge:
    row = Rate.objects.filter(base=base, currency=currency, charged=True).first()
    return row.charge if row else Charge.none(base)


def charged() -> list[str]:
    """The currencies in which can be paid, besides those of products."""
    rows = Rate.objects.filter(charged=True).order_by("currency")
    return list(rows.values_list("currency", flat=True).distinct())


@contextmanager
def using(currency: str) -> Iterator[None]:
    """Tell amounts in this currency, too; "" for none."""
    token = _wanted.set(_Wanted(currency))
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
    wanted = current()
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
