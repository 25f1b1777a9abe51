"""The semiring of lead times: a product takes as long as its slowest value; the least of those."""

from __future__ import annotations

import numpy as np

from configurator.engine.compile.domains import Bools
from configurator.engine.contraction import FASTEST
from configurator.engine.sweep import INFINITY, Floats, Sweeper


def bottlenecks(
    sweeper: Sweeper, mask: Bools, free: Floats, extra: Floats, start: float
) -> tuple[float, Floats]:
    """The least possible largest weight: of all products, and of those with each value.

    Masks are lifted on a value's own layer. `free` are weights of values, `extra` of pieces,
    `start` of every product; none is below zero, infinity where nothing is possible.
    """
    weights = np.where(mask, free, INFINITY)
    spans = _Spans(sweeper, sweeper.free_costs(weights))
    rest = extra.copy()
    rest[sweeper.skipping] = np.maximum(extra[sweeper.skipping], spans.largest)
    value = sweeper.piece_value
    costs = np.maximum(weights.take(value), rest)
    core = sweeper.contraction
    up, around = core.around(core.lift(costs, FASTEST), max(start, spans.above), FASTEST)
    around, below = around[: core.first], float(up[core.root])
    best = max(start, spans.above, below)
    totals = np.full(len(weights), INFINITY)
    np.minimum.at(totals, value, np.maximum(around, np.maximum(free.take(value), rest)))
    passed = sweeper.passing(np.maximum(around, costs), best)
    own_costs = np.maximum(np.maximum(around, weights.take(value)), extra)
    np.minimum.at(passed, spans.place, np.maximum(own_costs[sweeper.skipping], spans.second))
    if sweeper.top:
        passed[spans.place_above] = max(start, spans.second_above, below)
    np.minimum(totals, np.maximum(passed.take(sweeper.layer_of_value), free), out=totals)
    return best, totals


class _Spans:
    """For each piece that passes over layers the two largest of their least weights, and the layer
    of the largest; the same of the layers above the root.

    A layer's own weight must not count against its own values; that matters only where it is the
    largest of the span, and there the second largest takes its place.
    """

    def __init__(self, sweeper: Sweeper, least: Floats) -> None:
        layers, span = sweeper.passed_layers
        weights = least.take(layers)
        count = len(sweeper.arrays["skip_pairs"]) + 1
        largest, second = np.zeros(count), np.zeros(count)
        np.maximum.at(largest, span, weights)
        hits = np.flatnonzero(weights == largest.take(span))
        spots = np.zeros(count, np.int64)
        spots[span[hits]] = hits
        weights[spots[: count if sweeper.top else -1]] = 0.0
        np.maximum.at(second, span, weights)
        place = layers.take(spots) if len(layers) else spots
        of_piece = sweeper.arrays["skip_pair"]
        self.largest, self.above = largest.take(of_piece), float(largest[-1])
        self.second, self.second_above = second.take(of_piece), float(second[-1])
        self.place, self.place_above = place.take(of_piece), int(place[-1])
