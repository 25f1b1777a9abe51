"""How wide a diagram will be at a cut between two layers, estimated from its parts.

Above a cut some options are decided. What a rule or a price term still says about those below is
one of a few remainders, and their number does not depend on the order of the options above: it
is counted once for each set of options. A diagram has about as many nodes at the cut as there are
combinations of remainders.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2, prod

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.unique import unique_rows

WIDEST = 60.0


@dataclass
class Part:
    """A rule (truth) or a price term (amounts) by all combinations of the options `scope`."""

    scope: tuple[int, ...]
    table: NDArray[np.bool_] | NDArray[np.int64]
    known: dict[int, float] = field(default_factory=dict)

    def bits(self, above: int) -> float:
        """log2 of the number of remainders when the options in the bit set are decided."""
        found = self.known.get(above)
        if found is None:
            found = self.known[above] = self._bits(above)
        return found

    def _bits(self, above: int) -> float:
        decided = [axis for axis, item in enumerate(self.scope) if above >> item & 1]
        rows = np.moveaxis(self.table, decided, range(len(decided)))
        rows = rows.reshape(prod(rows.shape[: len(decided)]), -1)
        if rows.dtype == np.bool_:
            rows = rows[rows.any(axis=1)]
            rows = np.packbits(rows, axis=1)
        else:  # the least of the amounts is paid above the cut
            rows = rows - rows.min(axis=1, keepdims=True)
        first, _ = unique_rows(rows.astype(np.int64))
        return log2(max(len(first), 1))


class Cuts:
    """Estimates for the options 0..n-1 with these numbers of values."""

    def __init__(self, sizes: Sequence[int], parts: Sequence[Part]) -> None:
        self.sizes = sizes
        self.bits = [log2(size) for size in sizes]
        self.parts = parts
        self.of_option: list[list[int]] = [[] for _ in sizes]
        self.masks = [sum(1 << item for item in part.scope) for part in parts]
        self.known: dict[int, float] = {}
        self.looks = 0

    def width(self, above: int) -> float:
        """About the number of nodes below the options in the bit set."""
        found = self.known.get(above)
        if found is None:
            self.looks += 1
            found = self.known[above] = self._width(above)
        return found

    def _width(self, above: int) -> float:
        single: dict[int, float] = {}
        open_, several = 0, 0.0
        for part, mask in zip(self.parts, self.masks, strict=True):
            decided = mask & above
            if not decided or decided == mask:
                continue
            bits = part.bits(decided)
            if bits:
                open_ |= decided
                if decided & (decided - 1):
                    several += bits
                else:
                    single[decided] = single.get(decided, 0.0) + bits
        total, most = several, 0.0
        for item, bits in enumerate(self.bits):
            if open_ >> item & 1:
                most += bits
                total += min(single.get(1 << item, 0.0), bits)
        return float(2.0 ** min(total, most, WIDEST))

    def cost(self, order: Sequence[int]) -> float:
        """About the number of edges of a diagram in this order."""
        above, total = 0, 0.0
        for item in order:
            total += self.width(above) * self.sizes[item]
            above |= 1 << item
        return total
