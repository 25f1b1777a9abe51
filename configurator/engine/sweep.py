"""Sweeps over a diagram: one pass up or down the layers with a pair of operations.

Costs are float64, because infinity makes masks free and integers below 2**53 are exact; the
compiler refuses amounts that could add up to more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.contraction import Contraction
from configurator.engine.counting import Counter
from configurator.engine.diagram import Diagram
from configurator.engine.scratch import empty, take

Floats = NDArray[np.float64]
INFINITY = float("inf")


@dataclass(frozen=True)
class Costed:
    """Costs under a mask.

    weights   of values; infinite where masked
    least     of layers, by their cheapest value
    rest      of edges besides their values
    lifted    of edges, after each round of the contraction
    up        from each core node to the end
    above     of the layers above the root, and of every product
    best      of the cheapest product; infinite when there is none
    """

    weights: Floats
    least: Floats
    rest: Floats
    lifted: list[Floats]
    up: Floats
    above: float
    best: float


class Sweeper:
    """Every method is a question in numbers; `arrays` are those of `prepare`.

    `weights` are costs of all values (layer after layer), infinite where a value is masked.
    """

    def __init__(self, layers: Layers, diagram: Diagram, arrays: Arrays) -> None:
        self.layers = layers
        self.diagram = diagram
        self.arrays = arrays
        self.depth = len(layers.sizes)
        self.value_starts = layers.offsets[:-1]
        self.layer_of_value = np.repeat(np.arange(self.depth), layers.sizes)
        self.skipping = arrays["skipping"]
        self.skip_from, self.skip_to = arrays["skip_from"], arrays["skip_to"]
        self.has_skips = bool(len(self.skipping))
        self.contraction = Contraction(arrays)
        self.by_value = arrays["by_value"]
        self.values_seen, self.value_first = arrays["values_seen"], arrays["value_first"]
        powers = sum(name.startswith("span ") for name in arrays) // 3
        self._spans = [
            tuple(arrays[f"span {power} {name}"] for name in ("edges", "seen", "first"))
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
    def upward(self) -> list[tuple[slice, slice, Ints, Ints]]:
        """Per layer, deepest first: its nodes, its edges, their targets, where nodes begin."""
        node_layer, first = self.diagram.node_layer, self.diagram.first_edge
        used = np.unique(node_layer[:-1])
        low = np.searchsorted(node_layer, used)
        high = np.searchsorted(node_layer, used, side="right")
        slices = []
        for start, stop in zip(low[::-1].tolist(), high[::-1].tolist(), strict=True):
            begin, end = int(first[start]), int(first[stop])
            targets = np.ascontiguousarray(self.target[begin:end])
            slices.append(
                (slice(start, stop), slice(begin, end), targets, first[start:stop] - begin)
            )
        return slices

    @cached_property
    def downward(self) -> list[tuple[slice, slice, Ints, Ints]]:
        """Per layer behind the root's, and the end: its nodes, its incoming edges (in order of
        their targets), their sources, where nodes begin."""
        targets = self.target[self.by_target]
        sources = self.source[self.by_target]
        node_layer = self.diagram.node_layer
        starts = np.flatnonzero(np.concatenate(([True], node_layer[1:] != node_layer[:-1])))
        slices = []
        stops = [*starts[2:].tolist(), len(node_layer)]
        for start, stop in zip(starts[1:].tolist(), stops, strict=False):
            begin, end = np.searchsorted(targets, [start, stop]).tolist()
            first = np.searchsorted(targets[begin:end], np.arange(start, stop))
            slices.append((slice(start, stop), slice(begin, end), sources[begin:end].copy(), first))
        return slices

    # costs

    def free_costs(self, weights: Floats) -> Floats:
        """Least cost of each layer by itself."""
        return np.minimum.reduceat(weights, self.value_starts)

    def prefix(self, per_layer: Floats) -> Floats:
        """Sums before each layer, to cost passed-over layers by a difference."""
        return np.concatenate(([0.0], np.cumsum(per_layer)))

    def edge_rest(self, extra: Floats, before: Floats) -> Floats:
        """What edges cost besides their values: amounts, and the layers that they pass over."""
        if not self.has_skips:
            return extra
        rest: Floats = empty(len(extra))
        rest[:] = extra
        rest[self.skipping] += before[self.skip_to] - before[self.skip_from]
        return rest

    def passing(self, through: Floats, over_root: float) -> Floats:
        """Per layer, the least of `through` over the edges that pass over it.

        `over_root` is the cost of passing the layers above the root.
        """
        size = self.depth
        below = np.full(size, INFINITY)
        for power, (edges, seen, first) in reversed(list(enumerate(self._spans))):
            length = 1 << power
            level = np.full(size, INFINITY)
            if len(edges):
                level[seen] = np.minimum.reduceat(take(through, edges), first)
            # what holds from a place for twice the length holds from it and from its middle
            np.minimum(level, below, out=level)
            np.minimum(level[length:], below[: size - length], out=level[length:])
            below = level
        below[: int(self.diagram.node_layer[0])] = over_root
        return below

    def costed(self, weights: Floats, extra: Floats, start: float) -> Costed:
        """Everything that follows from masked weights without reading values."""
        least = self.free_costs(weights)
        if not np.isfinite(least).all():  # a layer without any value: nothing is possible
            return Costed(weights, least, extra, [], np.zeros(0), INFINITY, INFINITY)
        before = self.prefix(least)
        rest = self.edge_rest(extra, before)
        costs = take(weights, self.diagram.edge_value)
        costs += rest
        above = start + float(before[int(self.diagram.node_layer[0])])
        lifted = self.contraction.lift(costs, np.add, np.minimum)
        up = self.contraction.up(lifted[-1], np.add, np.minimum, 0.0)
        best = above + float(up[self.contraction.root])
        return Costed(weights, least, rest, lifted, up, above, best)

    def marginals(self, costed: Costed, free: Floats) -> Floats:
        """For every value the least total with it, its own layer's mask lifted.

        `free` are the weights without masks. No layer may be masked altogether.
        """
        core = self.contraction
        outside = core.down(costed.lifted[-1], costed.above)
        outside += take(costed.up, core.target)
        around = core.around(costed.lifted, outside)
        own = np.add(around, costed.rest, out=empty(len(around)))
        totals = np.full(len(free), INFINITY)
        if len(own):
            least = np.minimum.reduceat(take(own, self.by_value), self.value_first)
            totals[self.values_seen] = least
        totals += free
        if self.has_skips or int(self.diagram.node_layer[0]):
            around += costed.lifted[0]
            passed = self.passing(around, costed.best) - costed.least
            np.minimum(totals, passed.take(self.layer_of_value) + free, out=totals)
        return totals

    def cheapest(self, costed: Costed) -> Ints:
        """Per layer the number of the value on a cheapest way; the first of equals."""
        first_least = np.flatnonzero(costed.weights == costed.least.take(self.layer_of_value))
        chosen = np.empty(self.depth, np.int64)
        chosen[self.layer_of_value[first_least[::-1]]] = first_least[::-1]
        core = self.contraction
        through = costed.lifted[-1] + costed.up.take(core.target)
        best = np.flatnonzero(through == costed.up.take(core.source))[::-1]
        edge_of = np.zeros(core.nodes, np.int64)
        edge_of[core.source[best]] = best
        taken = np.zeros(len(core.source), np.bool_)
        node = core.root
        while node:
            edge = int(edge_of[node])
            taken[edge] = True
            node = int(core.target[edge])
        edges = core.members(taken, costed.lifted)
        chosen[self.edge_layer[edges]] = self.diagram.edge_value[edges]
        return chosen
