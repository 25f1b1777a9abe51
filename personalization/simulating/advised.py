"""What the recommender says to people whose taste is known: how often it is what they like, beside
what most have ordered, and beside what the best could say that knows all tastes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from math import prod, sqrt

import numpy as np

from configurator.catalog.configuration import Configuration
from configurator.catalog.infos import OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from personalization.recommending.advising import ADVISER
from personalization.recommending.artifacts import Learned
from personalization.simulating.crowd import TASTES, Somebody
from personalization.simulating.designing import TRUE_TO_TASTE, liked

SURE = 1.96
"""So many standard errors to either side hold 95 of 100 truths."""


@dataclass(frozen=True)
class Saying:
    """Something was said to somebody: whether it is what they like best, whether what most have
    ordered is, and how likely the best guess is of one who knows the tastes and their choices."""

    person: int
    right: bool
    usual: bool
    best: float


@dataclass(frozen=True)
class Worth:
    """Shares from 0 to 1; `better`: by how much the advice is more often right than what most have
    ordered, with its interval."""

    said: int
    people: int
    right: float
    usual: float
    best: float
    better: float
    low: float
    high: float


@dataclass
class Advised:
    """All that was said."""

    sayings: list[Saying] = field(default_factory=list)
    pleased: set[int] = field(default_factory=set)  # numbers of people, until they are asked

    def hear(
        self,
        who: Somebody,
        product: ReleasedProduct,
        now: Configuration,
        option: OptionInfo,
        values: Collection[Value],
    ) -> Value | None:
        """What is recommended to somebody of an option; None where nothing is."""
        learned = ADVISER.learned(product.release_id)
        if len(values) < 2 or learned is None or not ADVISER.knows(product):
            return None
        advice = ADVISER.advice(product, now, option.code, values)
        if advice is None:
            return None
        best = liked(who.habits.taste, product.slug, option)
        right, usual = advice.value == best, _usual(learned, option.code, values) == best
        chance = _chance(product, now, option, values)
        self.sayings.append(Saying(who.number, right, usual, chance))
        if right:
            self.pleased.add(who.number)
        return advice.value


def worth(sayings: Collection[Saying]) -> Worth | None:
    """All of it together; None where nothing was said. What is said to one person goes together,
    so the interval is that of people and not of sayings."""
    if not sayings:
        return None
    rows = np.array([(each.right, each.usual, each.best) for each in sayings], dtype=float)
    right, usual, best = (float(share) for share in rows.mean(axis=0))
    better = right - usual
    off: dict[int, float] = {}
    for each in sayings:
        off[each.person] = off.get(each.person, 0.0) + each.right - each.usual - better
    said, people = len(sayings), len(off)
    spread = sqrt(sum(value**2 for value in off.values()) * people / max(1, people - 1)) / said
    half = SURE * spread if people > 1 else 1.0
    return Worth(said, people, right, usual, best, better, better - half, better + half)


def _usual(learned: Learned, option: str, values: Collection[Value]) -> Value | None:
    """What most have ordered of what is possible, whatever else they chose."""
    column = learned.column_of[option]
    votes = learned.votes.walk().scores(column)
    codes = {value: learned.code(column, value) for value in values}
    known = {value: votes[code] for value, code in codes.items() if code is not None}
    return max(known, key=lambda value: known[value], default=None)


def _chance(
    product: ReleasedProduct, now: Configuration, option: OptionInfo, values: Collection[Value]
) -> float:
    """How likely the best guess is what somebody likes, for one who knows what each taste likes and
    sees the choices made."""
    odds = [_odds(taste, product, now) for taste in range(TASTES)]
    wanted = [liked(taste, product.slug, option) for taste in range(TASTES)]
    found: dict[Value, float] = {}
    for odd, best in zip(odds, wanted, strict=True):
        found[best] = found.get(best, 0.0) + odd
    return max(found.get(value, 0.0) for value in values) / sum(odds)


def _odds(taste: int, product: ReleasedProduct, now: Configuration) -> float:
    """How likely somebody of a taste makes the choices that were made."""
    made = (
        (product.options[code], value)
        for code, value in now.choices.items()
        if product.options[code].kind == "choice"
    )
    return prod(
        (TRUE_TO_TASTE if value == liked(taste, product.slug, option) else 0.0)
        + (1 - TRUE_TO_TASTE) / len(option.choices)
        for option, value in made
    )
