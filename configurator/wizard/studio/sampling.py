"""Few designs that show much: every value, and as many pairs of values as can be."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from configurator.catalog.recent import Recent
from configurator.engine import NONE, Choices, EngineError, Value
from configurator.wizard.preview.rendering import scene_of
from configurator.wizard.studio.drafts import Draft

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

SECONDS = 4.0
"""So long designs are drawn while somebody waits."""
DRAWN = 5  # times as many designs as are shown are drawn to choose from
MOST_VALUES = 400  # of all options together, that are sought one by one
NUMBERS = 3  # a measure counts as small, middle or large
KEPT = 16

Pair = tuple[tuple[str, Value], tuple[str, Value]]
Key = tuple[str, frozenset[tuple[str, Value]], int]
_kept: Recent[Key, list[dict[str, Value]]] = Recent(KEPT)


def sampled(draft: Draft, fixed: Choices, count: int) -> list[dict[str, Value]]:
    """Complete designs with the values that are `fixed`, the most telling first.

    The same for the same draft. Empty where no design has these values, or rules can't be kept.
    """
    key = (draft.sha, frozenset(fixed.items()), count)
    return _kept.get(key, lambda: _sampled(draft, fixed, count))


def _sampled(draft: Draft, fixed: Choices, count: int) -> list[dict[str, Value]]:
    if draft.space is None or draft.product is None:
        return []
    uses = scene_of(draft.product).uses
    seen = [v.name for v in draft.space.model.variables if v.name in uses]
    drawn = list(_drawn(draft.space, seen, fixed, DRAWN * count))
    return chosen(drawn, seen or [v.name for v in draft.space.model.variables], count)


def _drawn(
    space: AnySpace, seen: Iterable[str], fixed: Choices, most: int
) -> Iterator[dict[str, Value]]:
    """One design for every value that the picture shows, then random ones, while there is time."""
    until = time.monotonic() + SECONDS
    values = [
        (variable.name, value)
        for variable in space.model.variables
        if variable.name in set(seen) and variable.kind != "number" and variable.name not in fixed
        for value in variable.values
    ]
    for seed, (name, value) in enumerate(values[:MOST_VALUES]):
        if time.monotonic() < until:
            yield from _one(space, seed, {**fixed, name: value})
    for seed in range(most):
        if time.monotonic() < until or seed < 2:
            yield from _one(space, seed, fixed)


def _one(space: AnySpace, seed: int, fixed: Choices) -> Iterator[dict[str, Value]]:
    try:
        yield space.random(seed, fixed)
    except EngineError:
        return  # no design has these values


def chosen(
    drawn: list[dict[str, Value]], seen: Iterable[str], count: int
) -> list[dict[str, Value]]:
    """So many of the designs, each with the most values, then pairs, that none before has."""
    names = sorted(seen)
    kinds = _kinds(drawn, names)
    singles = [{(n, kinds[n][d[n]]) for n in names if d.get(n, NONE) != NONE} for d in drawn]
    pairs = [set(combinations(sorted(each, key=str), 2)) for each in singles]
    left = set(range(len(drawn)))
    found: list[int] = []
    known: set[tuple[str, Value]] = set()
    covered: set[Pair] = set()
    while left and len(found) < count:
        best = max(left, key=lambda i: (len(singles[i] - known), len(pairs[i] - covered), -i))
        left.discard(best)
        if (
            found
            and pairs[best] <= covered
            and singles[best] <= known
            and _same(drawn, best, found)
        ):
            continue
        known |= singles[best]
        covered |= pairs[best]
        found.append(best)
    return [drawn[i] for i in found]


def _same(drawn: list[dict[str, Value]], one: int, others: list[int]) -> bool:
    return any(drawn[one] == drawn[other] for other in others)


def _kinds(drawn: list[dict[str, Value]], names: list[str]) -> dict[str, dict[Value, Value]]:
    """What a value counts as: itself; of measures, whether it is small, middle or large."""
    found: dict[str, dict[Value, Value]] = {}
    for name in names:
        values = {design[name] for design in drawn if name in design}
        numbers = [v for v in values if not isinstance(v, str | bool)]
        low, high = (min(numbers), max(numbers)) if numbers else (0, 0)
        span = (high - low) or 1
        found[name] = {
            value: value
            if isinstance(value, str | bool)
            else min(NUMBERS - 1, int((value - low) * NUMBERS / span))
            for value in values
        }
    return found
