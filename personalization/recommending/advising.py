"""What the wizard is told of what others chose; and whole designs as they would go on.

A number that is shown is counted, not estimated, and speaks of five customers at least: both those
who chose a value, and those among whom they are.
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

import numpy as np

from configurator.catalog.configuration import Configuration
from configurator.catalog.models import Release
from configurator.catalog.opinions import opinions
from configurator.catalog.recent import Recent
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Answer, Choices, Value
from configurator.wizard.advising import Advice
from configurator.wizard.answers import answer_of, completed
from configurator.wizard.limits import Bounds
from personalization.recommending.artifacts import Learned, load
from personalization.recommending.models import Knowledge
from personalization.recommending.tastes import Tastes
from personalization.recommending.voting import Floats, Walk

FEWEST = 5
"""Customers of whom a number may speak."""
LEAST_SHARE = 30
"""Percent: what fewer have chosen is no recommendation."""
FRESH = 10.0
"""Seconds after which a process looks again at what is known."""

Key = tuple[str, int, frozenset[tuple[str, type, Value]], str, frozenset[tuple[Value, type]]]
UNRATED = Tastes()


@dataclass(frozen=True)
class Known:
    learned: Learned | None
    tastes: Tastes
    until: float


class Adviser:
    """Answers from what was learned last; a process looks for news every few seconds."""

    def __init__(self) -> None:
        self._known: dict[UUID, Known] = {}
        self._advice: Recent[Key, Advice | None] = Recent(4096)

    def forget(self) -> None:
        """Look again at once."""
        self._known.clear()
        self._advice.clear()

    def known(self, release_id: UUID) -> Known:
        """What is known about the release's product, and how it is rated, if it is to be used."""
        known = self._known.get(release_id)
        now = time.monotonic()
        if known is None or known.until < now:
            known = Known(*_look(release_id), now + FRESH)
            self._known[release_id] = known
        return known

    def learned(self, release_id: UUID) -> Learned | None:
        return self.known(release_id).learned

    def knows(self, product: ReleasedProduct) -> bool:
        learned = self.learned(product.release_id)
        return learned is not None and learned.votes.orders >= FEWEST

    def advice(
        self,
        product: ReleasedProduct,
        configuration: Configuration,
        option: str,
        values: Collection[Value],
    ) -> Advice | None:
        """The likeliest of the values, with the best reason for it."""
        known = self.known(product.release_id)
        learned = known.learned
        if learned is None or option not in learned.column_of:
            return None
        choices = configuration.choices
        key = (
            learned.sha,
            known.tastes.mark,
            frozenset((code, type(value), value) for code, value in choices.items()),
            option,
            frozenset((value, type(value)) for value in values),
        )
        return self._advice.get(
            key, lambda: advised(learned, choices, option, values, known.tastes)
        )

    def whole(
        self, product: ReleasedProduct, configuration: Configuration, bounds: Bounds
    ) -> Configuration | None:
        known = self.known(product.release_id)
        if known.learned is None:
            return None
        return finished(known.learned, product, configuration, bounds, known.tastes)


ADVISER = Adviser()


def _look(release_id: UUID) -> tuple[Learned | None, Tastes]:
    product = Release.objects.filter(pk=release_id).values("product")
    found = Knowledge.objects.filter(on=True, product__in=product).select_related("product").first()
    learned = load(found.artifact) if found and found.artifact else None
    if found is None or learned is None:
        return None, UNRATED
    return learned, Tastes.of(opinions(found.product.slug))


# a value and its reason


def advised(
    learned: Learned,
    choices: Choices,
    option: str,
    values: Collection[Value],
    tastes: Tastes = UNRATED,
) -> Advice | None:
    """The value with most votes, as far as people are happy with it, if enough have chosen it to
    say so; where one is passed over that more have chosen, it says so."""
    column = learned.column_of[option]
    known = {c: code for c, code in learned.known(choices).items() if c != column}
    scores = learned.votes.walk(known).scores(column)
    found = _likeliest(learned, scores, column, values, tastes)
    advice = None if found is None else _because(learned, known, column, found)
    if advice is None:
        return None
    most = _likeliest(learned, scores, column, values)
    if most is None or most == found:
        return advice
    passed = learned.values[column][most]
    return replace(advice, passed=passed, opinion=tastes.disliked(option, passed))


def _likeliest(
    learned: Learned,
    scores: Floats,
    column: int,
    values: Collection[Value],
    tastes: Tastes = UNRATED,
) -> int | None:
    """The code with most votes among the values; None where nobody has any of them."""
    option, best, most = learned.names[column], None, 0.0
    for value in values:
        code = learned.code(column, value)
        score = 0.0 if code is None else float(scores[code]) * tastes.less(option, value)
        if score > most:
            best, most = code, score
    return best


def _because(learned: Learned, known: dict[int, int], column: int, code: int) -> Advice | None:
    """The choice with which the value is more usual than without, by what it says in all; or that
    it is usual anyhow. None where the number would be small."""
    counts = learned.votes.counts
    told = learned.votes.rows[column] > 0
    having = learned.having(column, code)
    everybody, all_of_them = float(counts[told].sum()), float(counts[having].sum())
    best = _fact(learned, column, code, all_of_them, everybody)
    usual = all_of_them / everybody if everybody else 0.0
    most = 0.0
    for other, chosen in known.items():
        alike = learned.having(other, chosen) & told
        among, those = float(counts[alike].sum()), float(counts[alike & having].sum())
        if those < FEWEST:
            continue
        gain = (those / among - usual) * np.sqrt(among)
        fact = _fact(learned, column, code, those, among, other, chosen)
        if fact is not None and gain > most:
            best, most = fact, float(gain)
    return best


def _fact(
    learned: Learned,
    column: int,
    code: int,
    those: float,
    among: float,
    other: int | None = None,
    chosen: int = 0,
) -> Advice | None:
    share = int(100 * those / among) if among else 0
    if those < FEWEST or share < LEAST_SHARE:
        return None
    value = learned.values[column][code]
    if other is None:
        return Advice(value, share, int(among))
    return Advice(value, share, int(among), learned.names[other], learned.values[other][chosen])


# whole designs


def finished(
    learned: Learned,
    product: ReleasedProduct,
    now: Configuration,
    bounds: Bounds,
    tastes: Tastes = UNRATED,
) -> Configuration | None:
    """Decide one option after the other as most who are alike did, the surest first, always among
    what can still be completed within the bounds. What too few have chosen is left to the price."""
    if answer_of(product, now, bounds).total is None:
        bounds = (None, None)
    walk = learned.votes.walk(learned.known(now.choices))
    choices = dict(now.choices)
    for column in _surest(learned, walk, choices):
        name = learned.names[column]
        if name not in product.options:
            continue
        answer = answer_of(product, Configuration(choices, now.texts, now.files), bounds)
        usual = _usual(learned, column, answer, name)
        code = _likeliest(learned, walk.scores(column), column, usual, tastes)
        if code is not None:
            choices[name] = learned.values[column][code]
            walk.choose(column, code)
    return completed(product, Configuration(choices, now.texts, now.files), bounds)


def _surest(learned: Learned, walk: Walk, choices: Choices) -> list[int]:
    """The columns that are open, those first in which one value has nearly all votes."""
    sure = {}
    for column, name in enumerate(learned.names):
        if name not in choices:
            scores = walk.scores(column)
            total = float(scores.sum())
            sure[column] = float(scores.max()) / total if total else 0.0
    return sorted(sure, key=lambda column: -sure[column])


def _usual(learned: Learned, column: int, answer: Answer, name: str) -> list[Value]:
    """The values that can be completed, as far as enough have chosen them."""
    counts = learned.votes.counts
    found = []
    for value, possible in answer.possible[name].items():
        code = learned.code(column, value) if possible else None
        if code is not None and counts[learned.having(column, code)].sum() >= FEWEST:
            found.append(value)
    return found
