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

    @cached_property
    def exact(self) -> tuple[int, int]:
        """The rounds and the levels of the core before which int64 is enough; -1 rounds if pieces
        that are edges need more."""
        sweeper = self.sweeper
        if "exact" in sweeper.arrays:
            rounds, levels = sweeper.arrays["exact"].tolist()
            return rounds, levels
        sizes = np.log2(self.layers.sizes.astype(np.float64))
        before = sweeper.prefix(sizes)
        gain = np.zeros(len(sweeper.piece_value))
        gain[sweeper.skipping] = before[sweeper.skip_to] - before[sweeper.skip_from]
        return sweeper.contraction.exact(gain, INT64_BITS)

    def count(self, allowed: Bools, open_pieces: Any = True) -> int:
        """How many products have allowed values (and go along open pieces) only."""
        factor = self.factors(allowed, object if self.exact[0] < 0 else np.int64)
        if open_pieces is not True:
            factor *= np.asarray(open_pieces)
        ways = self.sweeper.contraction.count(factor, self.exact)
        for size in self._sizes(allowed)[: self.sweeper.top].tolist():
            ways *= size
        return ways

    def ways_by(self, factor: Any) -> Any:
        """Ways from each node of the diagram to the end, by those that each edge stands for."""
        sweeper = self.sweeper
        found = np.zeros(len(sweeper.diagram.node_layer), object)
        found[-1] = 1
        for edges, sources, targets in sweeper.upward:
            np.add.at(found, sources, found[targets] * factor[edges])
        return found

    def factors(self, allowed: Bools, dtype: Any) -> Any:
        """For each piece that is an edge: 0 if its value is masked, else the ways through what it
        passes over."""
        factor = allowed[self.sweeper.piece_value].astype(dtype)
        if self.sweeper.has_skips:
            factor[self.sweeper.skipping] *= self._passed(self._sizes(allowed), dtype)
        return factor

    def _sizes(self, allowed: Bools) -> Ints:
        """How many values each layer has left."""
        return np.bincount(self.sweeper.layer_of_value, allowed, len(self.layers.sizes)).astype(
            np.int64
        )

    def _passed(self, sizes: Ints, dtype: Any) -> Any:
        """For each piece that passes over layers, the number of their free combinations."""
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
