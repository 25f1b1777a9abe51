"""Where what somebody designs is to go: prices are told with the tax of there, before anything is
ordered.

Who keeps the rates stands above and says so once, when the program starts. Without, and at home,
products say their rate themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.http import HttpRequest

RateOf = Callable[[str], Decimal | None]
"""The rate in percent of a country; None where the products' own hold."""
Countries = Callable[[], Sequence[str]]
"""The codes of the countries to choose from, home first; fewer than two: no choice."""


@dataclass(frozen=True)
class _Keeper:
    rate_of: RateOf
    countries: Countries


_keepers: list[_Keeper] = []
Heard = Callable[[HttpRequest, str], None]
_listeners: list[Heard] = []


class _There:
    """A country, and its rate once that is asked for."""

    def __init__(self, country: str) -> None:
        self.country = country

    @cached_property
    def rate(self) -> Decimal | None:
        return _keepers[0].rate_of(self.country) if self.country and _keepers else None


_wanted: ContextVar[_There | None] = ContextVar("destination", default=None)


def told_by(rate_of: RateOf, countries: Countries) -> None:
    """Say who keeps the rates; the last one counts."""
    _keepers[:] = [_Keeper(rate_of, countries)]


def heard_by(listener: Heard) -> None:
    """Say who is told when a visitor chooses a country."""
    _listeners.append(listener)


def tell(request: HttpRequest, country: str) -> None:
    """A visitor has chosen where it is to go."""
    for listener in _listeners:
        listener(request, country)


def choices() -> Sequence[str]:
    """The countries to choose from."""
    found = _keepers[0].countries() if _keepers else ()
    return found if len(found) > 1 else ()


def current() -> str:
    """The country that was chosen; "" for home."""
    there = _wanted.get()
    return there.country if there else ""


def rate_of(home: Decimal) -> Decimal:
    """The rate, in percent, with which this request's prices are told; `home` is the product's."""
    there = _wanted.get()
    rate = there.rate if there else None
    return home if rate is None else rate


def untaxed() -> bool:
    """Whether it goes to where none of our taxes are charged."""
    there = _wanted.get()
    return there is not None and there.rate == 0


@contextmanager
def using(country: str) -> Iterator[None]:
    """Tell prices for this country; "" for home."""
    token = _wanted.set(_There(country) if country else None)
    try:
        yield
    finally:
        _wanted.reset(token)
