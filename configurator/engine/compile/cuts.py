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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.unique import unique_rows

WIDEST = 60.0
"""log2 of the widest cut; wider ones are all as bad."""


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
        rows: NDArray[Any] = np.moveaxis(self.table, decided, range(len(decided)))
        rows = rows.reshape(prod(rows.shape[: len(decided)]), -1)
        if rows.dtype == np.bool_:
            rows = np.packbits(rows[rows.any(axis=1)], axis=1)
        else:  # the least of the amounts is paid above the cut
            rows = rows - rows.min(axis=1, keepdims=True)
        first, _ = unique_rows(rows.astype(np.int64))
        return log2(max(len(first), 1))


class Cuts:
    """Estimates for the options 0..n-1 with these numbers of values."""

    def __init__(self, sizes: Sequence[int], parts: Sequence[Part]) -> None:
        self.sizes = sizes
        self.parts = [(sum(1 << item for item in part.scope), part) for part in parts]
        self.log_sizes = [(1 << item, log2(size)) for item, size in enumerate(sizes)]
        self.known: dict[int, float] = {}

    @property
    def looks(self) -> int:
        """How many different cuts were estimated: a measure of work without a clock."""
        return len(self.known)

    def width(self, above: int) -> float:
        """About how many nodes there are below the options in the bit set."""
        found = self.known.get(above)
        if found is None:
            found = self.known[above] = 2.0 ** min(self._bits(above), WIDEST)
        return found

    def _bits(self, above: int) -> float:
        """Remainders multiply, but never beyond the combinations of the options they look at."""
        single: dict[int, float] = {}
        seen, several = 0, 0.0
        for mask, part in self.parts:
            decided = mask & above
            if not decided or decided == mask:
                continue
            bits = part.bits(decided)
            if bits:
                seen |= decided
                if decided & (decided - 1):
                    several += bits
                else:
                    single[decided] = single.get(decided, 0.0) + bits
        options = [(option, own) for option, own in self.log_sizes if seen & option]
        together = several + sum(min(single.get(option, 0.0), own) for option, own in options)
        return min(together, sum(own for _, own in options))

    def cost(self, order: Sequence[int]) -> float:
        """About how many edges a diagram in this order has."""
        above, total = 0, 0.0
        for item in order:
            total += self.width(above) * self.sizes[item]
            above |= 1 << item
        return total

    def costs_of_places(self, rest: Sequence[int], item: int) -> list[float]:
        """The cost of each order that has `item` inserted into `rest`, by its place."""
        above = [0]
        for other in rest:
            above.append(above[-1] | 1 << other)
        own = 1 << item
        before = [self.width(bits) * self.sizes[x] for bits, x in zip(above, rest, strict=False)]
        behind = [
            self.width(bits | own) * self.sizes[x] for bits, x in zip(above, rest, strict=False)
        ]
        costs, others = [], sum(behind)
        for place, bits in enumerate(above):
            costs.append(others + self.width(bits) * self.sizes[item])
            if place < len(rest):
                others += before[place] - behind[place]
        return costs
