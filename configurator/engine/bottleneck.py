"""The semiring of lead times: a product takes as long as its slowest value; the least of those."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.contraction import FASTEST
from configurator.engine.sweep import INFINITY, Floats, Sweeper


def bottlenecks(
    sweeper: Sweeper, mask: NDArray[np.bool_], free: Floats, extra: Any, start: float
) -> tuple[float, Floats]:
    """The least possible largest weight: of all products, and of those with each value.

    Masks are lifted on a value's own layer. `free` are weights of values, `extra` of pieces,
    `start` of every product; none is below zero, infinity where nothing is possible.
    """
    weights = np.where(mask, free, INFINITY)
    least = sweeper.free_costs(weights)
    spans = _Spans(sweeper, least)
    rest = np.maximum(extra, spans.largest)
    value = sweeper.piece_value
    costs = np.maximum(weights[value], rest)
    above = _two_largest(least, 0, sweeper.top)
    core = sweeper.contraction
    below, around = core.around(core.lift(costs, FASTEST), max(start, above[0]), FASTEST)
    around = around[: core.first]
    best = max(start, above[0], below)
    totals = np.full(len(weights), INFINITY)
    np.minimum.at(totals, value, np.maximum(around, np.maximum(free[value], rest)))
    passed = sweeper.passing(np.maximum(around, costs), best)
    own_costs = np.maximum(np.maximum(around, weights[value]), extra)
    spans.lift(passed, own_costs)
    if above[1] >= 0:
        passed[above[1]] = max(start, above[2], below)
    np.minimum(totals, np.maximum(passed.take(sweeper.layer_of_value), free), out=totals)
    return best, totals


class _Spans:
    """For each piece the two largest of the least weights that it passes over.

    A layer's own weight must not count against its own values; that matters only where it is the
    largest of the span, and there the second largest takes its place.
    """

    def __init__(self, sweeper: Sweeper, least: Floats) -> None:
        self.largest: Any = 0.0
        self.place: NDArray[np.int64] | None = None
        if not sweeper.has_skips:
            return
        pairs, inverse = sweeper.arrays["skip_pairs"].tolist(), sweeper.arrays["skip_pair"]
        found = [_two_largest(least, start, stop) for start, stop in pairs]
        self.skipping = sweeper.skipping
        self.largest = np.zeros(len(sweeper.piece_value))
        self.largest[self.skipping] = np.array([item[0] for item in found])[inverse]
        self.place = np.array([item[1] for item in found])[inverse]
        self.second = np.array([item[2] for item in found])[inverse]

    def lift(self, passed: Floats, own_costs: Floats) -> None:
        if self.place is not None:
            through = np.maximum(own_costs[self.skipping], self.second)
            np.minimum.at(passed, self.place, through)


def _two_largest(least: Floats, start: int, stop: int) -> tuple[float, int, float]:
    """The largest of a range, its place (-1 in an empty range), and the second largest."""
    if start >= stop:
        return 0.0, -1, 0.0
    part = least[start:stop]
    place = int(np.argmax(part))
    second = max(part[:place].max(initial=0.0), part[place + 1 :].max(initial=0.0))
    return float(part[place]), start + place, float(second)
