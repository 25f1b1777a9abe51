"""What a customer wants to spend at most, and when it must be ready: read, kept, compared."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.catalog.released import ReleasedProduct
from configurator.shops.charging import Charge
from configurator.shops.destination import rate_of
from configurator.wizard.errors import BadLimits
from configurator.wizard.money import money, net_within
from configurator.wizard.telling import day_words

MOST = 100_000_000
"""Budgets of this many minor units (a million) and more are taken for a slip."""
FURTHEST = timedelta(days=5 * 366)
BLANKS = re.compile(r"[\s\u00a0\u202f'’]+")
AMOUNT = re.compile(
    r"(-?)([1-9]\d{0,2}(?:([.,])\d{3})(?:\3\d{3})*|\d{1,15})(?:([.,])(\d{1,2}))?\Z", re.ASCII
)
"""A sign, whole units perhaps grouped by thousands, and cents behind the other mark."""

Bounds = tuple[int | None, int | None]
"""As the engine takes them: the most net minor units, the most lead days."""
FREE: Bounds = (None, None)


@dataclass(frozen=True)
class Limits:
    """`budget` are minor units with tax, `day` is the last on which it may be ready. The budget is
    in what is charged; None: in the release's own currency."""

    budget: int | None = None
    day: date | None = None
    charge: Charge | None = None

    def __bool__(self) -> bool:
        return self.budget is not None or self.day is not None

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Limits":
        day = data.get("day")
        charge = Charge.from_json(data.get("charge", {}))
        return Limits(data.get("budget"), date.fromisoformat(day) if day else None, charge)

    def to_json(self) -> dict[str, Any]:
        return {
            **({} if self.budget is None else {"budget": self.budget}),
            **({} if self.day is None else {"day": self.day.isoformat()}),
            **({} if self.charge is None else {"charge": self.charge.to_json()}),
        }


def knows_prices(product: ReleasedProduct) -> bool:
    """Whether designs are counted and their prices compared. One that is too large to compile is
    searched: what fits, the days, and the price of any one design are exact all the same."""
    return product.space.backend == "diagram"


@lru_cache(maxsize=64)
def delays(product: ReleasedProduct) -> tuple[int, ...]:
    """The different lead days of the product's values, beyond its base, shortest first."""
    return tuple(sorted({0}.union(*(days.values() for days in product.delays.values()))))


def budget_of(limits: Limits, product: ReleasedProduct) -> int | None:
    """The most net minor units; None also where prices can't be compared."""
    if limits.budget is None or not knows_prices(product):
        return None
    net = net_within(limits.budget, rate_of(product.tax_rate))
    return net if limits.charge is None else limits.charge.within(net)


def read_limits(budget: str, day: str, charge: Charge, locale: str) -> Limits:
    """The limits that were entered; an empty entry is none. BadLimits says what is wrong."""
    currency = charge.currency
    wrong: dict[str, str] = {}
    found: dict[str, Any] = {}
    for name, entered in (("budget", budget), ("day", day)):
        if not entered.strip():
            continue
        try:
            found[name] = _budget(entered, currency, locale) if name == "budget" else _day(entered)
        except ValueError as error:
            wrong[name] = str(error)
    if wrong:
        raise BadLimits(budget[:40], day[:40], wrong)
    if "budget" in found and not charge.same:
        found["charge"] = charge
    return Limits(**found)


def _budget(entered: str, currency: str, locale: str) -> int:
    """Minor units; "1,500", "1.500,00 €" and "1 500" are all the same amount."""
    text = BLANKS.sub("", entered[:200].replace("\N{MINUS SIGN}", "-"))
    for sign in (currency, "€", "$", "£", "zł", "-€"):
        text = text.removeprefix(sign).removesuffix(sign)
    match = AMOUNT.match(text)
    if not match or (match[3] and match[3] == match[4]):
        raise ValueError(_("Enter an amount, like 1500."))
    minus, whole, _group, _point, cents = match.groups()
    minor = int(re.sub("[.,]", "", whole)) * 100 + int((cents or "").ljust(2, "0"))
    if minus or not minor:
        raise ValueError(_("Enter an amount above zero."))
    if minor >= MOST:
        most = money(MOST, currency, locale)
        raise ValueError(_("Enter an amount below %(most)s.") % {"most": most})
    return minor


def _day(entered: str) -> date:
    text = entered.strip()
    try:
        day = date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        day = None
    today = timezone.localdate()
    if day is None:
        example = (today + timedelta(days=42)).isoformat()
        raise ValueError(_("Enter a day, like %(example)s.") % {"example": example})
    if day < today:
        raise ValueError(_("That day has passed. Choose a later one."))
    if day > today + FURTHEST:
        raise ValueError(_("That is too far ahead. Choose a day within five years."))
    return day


def limits_words(limits: Limits, currency: str, locale: str) -> str:
    """The limits in short: "≤ €2,000 · Fri, Dec 18"."""
    parts = []
    if limits.budget is not None:
        paid_in = limits.charge.currency if limits.charge else currency
        parts.append(f"≤ {money(limits.budget, paid_in, locale)}")
    if limits.day is not None:
        parts.append(day_words(limits.day, locale))
    return " · ".join(parts)
