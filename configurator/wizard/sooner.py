"""A choice with which a design would be ready sooner: where the workshop is free, by true days.

A room above may give something for it, and says so through a port.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from configurator.capacity.days import days_between
from configurator.catalog.configuration import Configuration
from configurator.catalog.texts import say
from configurator.engine import NONE, Value
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.entering import write_value
from configurator.wizard.telling import day_words
from configurator.wizard.timing import ready_day
from configurator.wizard.valuing import is_timed

if TYPE_CHECKING:
    from configurator.wizard.screen import Screen

LEAST = 3
"""Working days; less is not worth another choice."""
TRIED = 3
"""So many choices at most are planned exactly."""


@dataclass(frozen=True)
class Sooner:
    """Another value of one option, with all else that is decided as it is: so many working days
    sooner, ready on a day instead of `now`, for so much more (net minor units) or less."""

    option: str
    value: Value
    days: int
    ready: date
    now: date
    more: int


@dataclass(frozen=True)
class Reward:
    """What is given for it, in words, and where it is taken."""

    words: str
    url: str


Giver = Callable[["Screen", Sooner], Reward | None]
_givers: list[Giver] = []


def rewarded_by(giver: Giver) -> None:
    """Say who gives something for it; the last one counts."""
    _givers[:] = [giver]


@dataclass(frozen=True)
class SoonerView:
    """As the wizard and the review tell it; `set` is what the form of choices takes."""

    words: str
    day: str
    price: str
    cheaper: bool
    set: str
    step: str
    reward: Reward | None


def view_of(screen: Screen) -> SoonerView | None:
    """What to suggest, if anything is worth it."""
    found = suggested(screen)
    if found is None:
        return None
    option = screen.product.options[found.option]
    told = {
        "n": found.days,
        "choice": f"{say(option.name, screen.locale)}: "
        + screen.product.label(found.option, found.value, screen.locale),
    }
    words = ngettext(
        "Ready %(n)d working day sooner with %(choice)s",
        "Ready %(n)d working days sooner with %(choice)s",
        found.days,
    )
    return SoonerView(
        words=words % told,
        day=day_words(found.ready, screen.locale),
        price=screen.money(abs(found.more)) if found.more and screen.priced else "",
        cheaper=found.more < 0,
        set=f"{found.option}:{write_value(found.value)}",
        step=screen.step_of(found.option),
        reward=_givers[0](screen, found) if _givers else None,
    )


def suggested(screen: Screen) -> Sooner | None:
    """The choice that brings the design forward most, the cheapest of these."""
    if not is_timed(screen.product) or not screen.compared or screen.design.place:
        return None
    found = []
    for option, value in _promising(screen)[:TRIED]:
        sooner = measured(screen, option, value)
        if sooner is not None:
            found.append(sooner)
    return min(found, key=lambda each: (-each.days, each.more), default=None)


def _promising(screen: Screen) -> list[tuple[str, Value]]:
    """Values by their days as the wizard tells them, the soonest first."""
    timing, found = screen.timing, []
    for code, now in screen.whole.choices.items():
        option = screen.product.options[code]
        if option.kind not in ("choice", "toggle") or now == NONE or code in screen.locked:
            continue
        values = [c.code for c in option.choices] if option.kind == "choice" else [True, False]
        for value in values:
            day = timing.day(code, value, within=True) if value != now else None
            if day is not None and days_between(day, timing.now) >= LEAST:
                found.append((day, code, value))
    found.sort(key=lambda each: each[0])
    return [(code, value) for _day, code, value in found]


def measured(screen: Screen, option: str, value: Value) -> Sooner | None:
    """How much sooner the design is with a value at this moment; None if that is not worth it, or
    not possible with all else as it is."""
    now = screen.configuration
    after = replace(now, choices={**now.choices, option: value})
    if not answer_of(screen.product, after, screen.bounds).completion:
        return None
    whole = completed(screen.product, after, screen.bounds)
    day = ready_day(screen.desk, whole)
    days = days_between(day, screen.timing.now)
    if days < LEAST:
        return None
    more = _net(screen, whole) - _net(screen, screen.whole)
    return Sooner(option, value, days, day, screen.timing.now, more)


def _net(screen: Screen, whole: Configuration) -> int:
    return sum(int(line.amount.scaleb(2)) for line in screen.product.price_lines(whole))
