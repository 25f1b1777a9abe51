"""The exact number of products: sums and products of integers over the diagram."""

from __future__ import annotations

from functools import cached_property
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from configurator.engine.compile.domains import Bools, Ints

if TYPE_CHECKING:
    from configurator.engine.sweep import Sweeper

INT64_BITS = 61.5


class Counter:
    """Counts in int64 as long as no number can be too large for it, then in Python's integers."""

    def __init__(self, sweeper: Sweeper) -> None:
        self.sweeper = sweeper
        self.layers = sweeper.layers
        self.top = int(sweeper.diagram.node_layer[0])

    @cached_property
    def exact_below(self) -> int:
        """The first level of the core where counts may exceed int64; 0 if edges' counts may."""
        sweeper, core = self.sweeper, self.sweeper.contraction
        if "exact_below" in sweeper.arrays:
            return int(sweeper.arrays["exact_below"])
        sizes = np.log2(self.layers.sizes.astype(np.float64))
        before = np.concatenate(([0.0], np.cumsum(sizes)))
        gain = np.zeros(sweeper.diagram.edge_count)
        gain[sweeper.skipping] = before[sweeper.skip_to] - before[sweeper.skip_from]
        lifted = core.lift(gain, np.add, np.logaddexp2)
        if any(bits.max(initial=0.0) > INT64_BITS for bits in lifted):
            return 0
        best = core.up(lifted[-1], np.add, np.logaddexp2, 0.0)
        for number, level in enumerate(core.upward):
            if best[level.nodes].max(initial=0.0) > INT64_BITS:
                return number
        return len(core.upward)

    def count(self, allowed: Bools, open_edges: Any = True) -> int:
        """How many products have allowed values (and go along open edges) only."""
        core = self.sweeper.contraction
        factor = self.factors(allowed, np.int64 if self.exact_below else object)
        if open_edges is not True:
            factor *= np.asarray(open_edges)
        lifted = core.lift(factor, np.multiply, np.add)
        ways = int(core.count_up(lifted[-1], self.exact_below)[core.root])
        sizes = np.add.reduceat(allowed, self.layers.offsets[:-1], dtype=np.int64)
        for size in sizes[: self.top].tolist():
            ways *= size
        return ways

    def ways(self, allowed: Bools) -> Any:
        """Ways from each node of the diagram to the end, as Python's integers."""
        sweeper = self.sweeper
        factor = self.factors(allowed, object)
        found = np.zeros(len(sweeper.diagram.node_layer), object)
        found[-1] = 1
        for nodes, edges, targets, first in sweeper.upward:
            found[nodes] = np.add.reduceat(found[targets] * factor[edges], first)
        return found

    def factors(self, allowed: Bools, dtype: Any) -> Any:
        """For each edge: 0 if its value is masked, else the ways through what it passes over."""
        sizes = np.add.reduceat(allowed, self.layers.offsets[:-1], dtype=np.int64)
        factor = allowed[self.sweeper.diagram.edge_value].astype(dtype)
        if self.sweeper.has_skips:
            factor[self.sweeper.skipping] *= self._passed(sizes, dtype)
        return factor

    def _passed(self, sizes: Ints, dtype: Any) -> Any:
        """For each edge that passes over layers, the number of their free combinations."""
        numbers = sizes.tolist()
        known: dict[tuple[int, int], int] = {}
        pairs = [(start, stop) for start, stop in self.sweeper.arrays["skip_pairs"].tolist()]
        for start, stop in pairs:
            shorter = known.get((start, stop - 1))
            if shorter is None:
                shorter = prod(numbers[start : stop - 1])
            known[start, stop] = shorter * numbers[stop - 1]
        found = np.array([known[pair] for pair in pairs], dtype)
        return found[self.sweeper.arrays["skip_pair"]]
