"""Designs that together show every pair of values which can be had together, or most of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from configurator.engine import EngineError, Value

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

MOST_VALUES = 8
"""Values of an option that are told apart; of more, so many spread over them."""
MOST_OPTIONS = 80
MOST_DESIGNS = 300
Single = tuple[str, Value]
Pair = tuple[Single, Single]


@dataclass(frozen=True)
class Sample:
    """Complete designs, and how many of the pairs of values that are possible they have."""

    designs: tuple[dict[str, Value], ...]
    pairs: int
    covered: int


def covering(
    space: AnySpace, *, most: int = MOST_DESIGNS, seconds: float = 20, strength: int = 2
) -> Sample:
    """Designs that cover every possible pair of values, as few as a greedy choice needs.

    Each begins with a pair that none has yet, and takes of every other option the value that is in
    the most pairs still to be covered, as far as the rules allow. With `strength` 1 every value
    is covered once. What can't be found out in the time is left out: half of it is for the pairs,
    half for the designs, of which there is at least one.
    """
    begin = time.monotonic()
    values = {each.name: _spread(each.values) for each in space.model.variables}
    names = sorted(values, key=lambda name: -len(values[name]))[:MOST_OPTIONS]
    some = {name: values[name] for name in names}
    open_pairs = _possible(space, some, begin + seconds / 2, strength)
    end = max(time.monotonic(), begin + seconds / 2) + seconds / 2
    total = len(open_pairs)
    left: dict[Pair, None] = dict.fromkeys(open_pairs)
    wanted = _degrees(left)
    designs: list[dict[str, Value]] = []
    while left and len(designs) < most and time.monotonic() < end:
        first = next(iter(left))
        try:
            design = space.complete(dict(first), prefer=_wish(first, left, wanted, values))
        except EngineError:  # it can't be found in the time that one answer may take
            del left[first]
            total -= 1
            continue
        designs.append(design)
        for pair in _pairs(design, names, strength):
            if pair in left:
                del left[pair]
                for single in set(pair):
                    wanted[single] -= 1
    return Sample(tuple(designs), total, total - len(left))


def _spread(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """All values, or the first, the last and some between."""
    if len(values) <= MOST_VALUES:
        return values
    last = len(values) - 1
    return tuple(values[round(i * last / (MOST_VALUES - 1))] for i in range(MOST_VALUES))


def _possible(
    space: AnySpace, values: dict[str, tuple[Value, ...]], end: float, strength: int
) -> list[Pair]:
    """Every pair that some design has; with strength 1 every value, paired with itself."""
    found: list[Pair] = []
    names = list(values)
    singles = {(name, value): (name, value) for name in names for value in values[name]}
    try:
        alone = space.answer({}).possible
    except EngineError:
        return found
    for place, name in enumerate(names):
        for value in values[name]:
            if not alone[name][value] or time.monotonic() > end:
                continue
            single = singles[name, value]
            if strength == 1:
                found.append((single, single))
                continue
            try:
                possible = space.answer({name: value}).possible
            except EngineError:
                continue
            found += [
                (single, singles[other, each])
                for other in names[place + 1 :]
                for each in values[other]
                if possible[other][each]
            ]
    return found


def _degrees(left: dict[Pair, None]) -> dict[Single, int]:
    degrees: dict[Single, int] = {}
    for pair in left:
        for single in set(pair):
            degrees[single] = degrees.get(single, 0) + 1
    return degrees


def _wish(
    first: Pair,
    left: dict[Pair, None],
    wanted: dict[Single, int],
    values: dict[str, tuple[Value, ...]],
) -> dict[str, Value]:
    """Of every other option the value in the most pairs to be covered, with the first pair's
    values and those already wished for before others."""
    wish: dict[str, Value] = dict(first)
    names = [name for name in values if name not in wish]
    names.sort(key=lambda name: -max(wanted.get((name, each), 0) for each in values[name]))
    for name in names:
        wish[name] = max(values[name], key=lambda each: _gain((name, each), wish, left, wanted))
    return wish


def _gain(
    single: Single, wish: dict[str, Value], left: dict[Pair, None], wanted: dict[Single, int]
) -> tuple[int, int]:
    with_others = sum((single, other) in left or (other, single) in left for other in wish.items())
    return with_others, wanted.get(single, 0)


def _pairs(design: dict[str, Value], names: list[str], strength: int) -> Iterator[Pair]:
    singles = [(name, design[name]) for name in names]
    if strength == 1:
        return iter([(single, single) for single in singles])
    return combinations(singles, 2)
