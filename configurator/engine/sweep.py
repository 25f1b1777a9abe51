"""Sweeps over a diagram: one pass up or down the layers with a pair of operations.

Costs are float64, because infinity makes masks free and integers below 2**53 are exact; the
compiler refuses amounts that could add up to more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.contraction import CHEAPEST, Contraction
from configurator.engine.counting import Counter
from configurator.engine.diagram import Diagram

Floats = NDArray[np.float64]
INFINITY = float("inf")


@dataclass(frozen=True)
class Costed:
    """Costs under a mask, from the end up to the root.

    weights   of values; infinite where masked
    least     of layers, by their cheapest value
    pieces    of pieces
    up        from each core node to the end
    best      of the cheapest product; infinite when there is none
    """

    weights: Floats
    least: Floats
    pieces: Floats
    up: Floats
    best: float


class Sweeper:
    """Every method is a question in numbers; `arrays` are those of `prepare`.

    `weights` are costs of all values (layer after layer), infinite where a value is masked;
    `extra` are costs of the first pieces, which stand for edges, besides their values.
    """

    def __init__(self, layers: Layers, diagram: Diagram, arrays: Arrays) -> None:
        self.layers = layers
        self.diagram = diagram
        self.arrays = arrays
        self.depth = len(layers.sizes)
        self.top = int(diagram.node_layer[0])
        self.layer_of_value = np.repeat(np.arange(self.depth), layers.sizes)
        self.edge_piece = arrays["edge piece"]
        self.piece_value = diagram.edge_value[arrays["piece example"]]
        self.skipping = arrays["skipping"]
        self.skip_from, self.skip_to = arrays["skip_from"], arrays["skip_to"]
        self.has_skips = bool(len(self.skipping))
        self.contraction = Contraction(arrays)
        powers = sum(name.startswith("span ") for name in arrays) // 2
        self._spans = [
            (arrays[f"span {power} pieces"], arrays[f"span {power} places"])
            for power in range(powers)
        ]
        self.counter = Counter(self)

    @cached_property
    def source(self) -> Ints:
        """The node of each edge."""
        return self.diagram.edge_source()

    @property
    def target(self) -> Ints:
        return self.diagram.edge_target

    @cached_property
    def edge_layer(self) -> Ints:
        return self.diagram.node_layer[self.source]

    @cached_property
    def by_target(self) -> Ints:
        """Edges in the order of their targets."""
        return np.argsort(self.target, kind="stable")

    @cached_property
    def upward(self) -> list[tuple[slice, Ints, Ints]]:
        """Per layer, deepest first: its edges, their nodes, and their targets."""
        return _by_layer(self.edge_layer, self.source, self.target)[::-1]

    @cached_property
    def downward(self) -> list[tuple[slice, Ints, Ints]]:
        """Per layer behind the root's, and the end: the edges that come to it (in order of their
        targets), their targets, and their nodes."""
        targets, sources = self.target[self.by_target], self.source[self.by_target]
        return _by_layer(self.diagram.node_layer[targets], targets, sources)

    @cached_property
    def passed_layers(self) -> tuple[Ints, Ints]:
        """The layers of each of `skip_pairs`, and those above the root: layers, and the number of
        the pair for each of them."""
        pairs = [*self.arrays["skip_pairs"].tolist(), (0, self.top)]
        layers = [layer for start, stop in pairs for layer in range(start, stop)]
        lengths = [stop - start for start, stop in pairs]
        return np.array(layers, np.int64), np.repeat(np.arange(len(pairs)), lengths)

    # costs

    def free_costs(self, weights: Floats) -> Floats:
        """Least cost of each layer by itself."""
        least = np.full(self.depth, INFINITY)
        np.minimum.at(least, self.layer_of_value, weights)
        return least

    def prefix(self, per_layer: Floats) -> Floats:
        """Sums before each layer, to cost passed-over layers by a difference."""
        before = np.zeros(self.depth + 1)
        np.cumsum(per_layer, out=before[1:])
        return before

    def piece_rest(self, extra: Floats, before: Floats) -> Floats:
        """What edges cost besides their values: amounts, and the layers that they pass over."""
        if not self.has_skips:
            return extra
        rest = extra.copy()
        rest[self.skipping] += before.take(self.skip_to) - before.take(self.skip_from)
        return rest

    def passing(self, through: Floats, over_root: float) -> Floats:
        """Per layer, the least of `through` over the edges that pass over it.

        `over_root` is the cost of passing the layers above the root.
        """
        size = self.depth
        below = np.full(size, INFINITY)
        for power, (pieces, places) in reversed(list(enumerate(self._spans))):
            length = 1 << power
            # what holds from a place for twice the length holds from it and from its middle
            level = below.copy()
            np.minimum(level[length:], below[: size - length], out=level[length:])
            np.minimum.at(level, places, through.take(pieces))
            below = level
        below[: self.top] = over_root
        return below

    def costed(self, weights: Floats, extra: Floats) -> Costed:
        """The cheapest product under masked weights, and what leads to it."""
        least = self.free_costs(weights)
        if least.max(initial=0.0) == INFINITY:  # a layer without any value: nothing is possible
            return Costed(weights, least, extra, extra, INFINITY)
        before = self.prefix(least)
        costs = weights.take(self.piece_value)
        costs += self.piece_rest(extra, before)
        core = self.contraction
        pieces = core.lift(costs, CHEAPEST)
        up = core.up(pieces, CHEAPEST)
        best = float(before[self.top] + up[core.root])
        return Costed(weights, least, pieces, up, best)

    def totals(
        self, weights: Floats, least: Floats, free: Floats, extra: Floats
    ) -> tuple[Costed, Floats]:
        """The cheapest product, and for every value the least total with it, its own layer's mask
        lifted.

        `least` are the free costs of the weights, all of them finite; `free` are the weights
        without masks.
        """
        before = self.prefix(least)
        rest = self.piece_rest(extra, before)
        costs = weights.take(self.piece_value)
        costs += rest
        core = self.contraction
        above = float(before[self.top])
        pieces = core.lift(costs, CHEAPEST)
        up, around = core.around(pieces, above, CHEAPEST)
        best = above + float(up[core.root])
        around = around[: core.first]
        totals = np.full(len(free), INFINITY)
        np.minimum.at(totals, self.piece_value, around + rest)
        if self.has_skips or self.top:
            around += costs
            passed = self.passing(around, best) - least
            np.minimum(totals, passed.take(self.layer_of_value), out=totals)
        totals += free
        return Costed(weights, least, pieces, up, best), totals

    def cheapest(self, costed: Costed) -> Ints:
        """Per layer the number of the value on a cheapest way; the first of equals."""
        first_least = np.flatnonzero(costed.weights == costed.least.take(self.layer_of_value))
        chosen = np.empty(self.depth, np.int64)
        chosen[self.layer_of_value[first_least[::-1]]] = first_least[::-1]
        pieces = self.contraction.cheapest(costed.pieces, costed.up)
        values = self.piece_value[pieces]
        chosen[self.layer_of_value[values]] = values
        return chosen


def _by_layer(layer: Ints, near: Ints, far: Ints) -> list[tuple[slice, Ints, Ints]]:
    """Edges cut by ascending layers: which they are, and their nodes."""
    bounds = [*np.flatnonzero(np.diff(layer, prepend=-1)).tolist(), len(layer)]
    cuts = [slice(*pair) for pair in pairwise(bounds)]
    return [(edges, near[edges].copy(), far[edges].copy()) for edges in cuts]
