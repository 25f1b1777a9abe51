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

from configurator.engine.compile.domains import Ints
from configurator.engine.compile.unique import mix, unique_rows

WIDEST = 60.0
"""log2 of the widest cut; wider ones are all as bad."""
LOOKS = 40_000
CELLS = 200_000_000


@dataclass
class Part:
    """What a rule or a price term says about the options `scope`."""

    scope: tuple[int, ...]
    known: dict[int, float] = field(default_factory=dict, init=False)
    work: int = field(default=0, init=False)

    def bits(self, above: int) -> float:
        """log2 of the number of remainders when the options in the bit set are decided."""
        found = self.known.get(above)
        if found is None:
            decided = [axis for axis, item in enumerate(self.scope) if above >> item & 1]
            found = self.known[above] = log2(max(self.remainders(decided), 1))
        return found

    def remainders(self, decided: list[int]) -> int:
        """How many different ones there are when these columns are decided."""
        raise NotImplementedError


@dataclass
class Combinations(Part):
    """A rule (truth) or a price term (amounts) by all combinations of its options."""

    table: NDArray[np.bool_] | NDArray[np.int64]

    def remainders(self, decided: list[int]) -> int:
        self.work += self.table.size
        rows: NDArray[Any] = np.moveaxis(self.table, decided, range(len(decided)))
        rows = rows.reshape(prod(rows.shape[: len(decided)]), -1)
        if rows.dtype == np.bool_:
            rows = np.packbits(rows[rows.any(axis=1)], axis=1)
        else:  # the least of the amounts is paid above the cut
            rows = rows - rows.min(axis=1, keepdims=True)
        first, _ = unique_rows(rows.astype(np.int64))
        return len(first)


@dataclass
class Listed(Part):
    """A table by its rows (of value indices, all different), which are allowed or forbidden."""

    rows: Ints
    sizes: tuple[int, ...]
    allowed: bool

    def remainders(self, decided: list[int]) -> int:
        self.work += len(self.rows)
        left = [axis for axis in range(len(self.sizes)) if axis not in decided]
        if not len(self.rows):
            return 0 if self.allowed else 1
        heads = self._keys(decided)
        order = np.argsort(heads, kind="stable")
        first = np.flatnonzero(np.diff(heads[order], prepend=-1))
        tails = mix(self._keys(left)[order].astype(np.uint64) + np.uint64(1))
        sets = np.add.reduceat(tails, first)  # rows are different, so a sum tells sets apart
        if self.allowed:
            return len(np.unique(sets))
        lengths = np.diff(np.append(first, len(heads)))
        alive = lengths < prod(self.sizes[axis] for axis in left)
        untouched = len(first) < prod(self.sizes[axis] for axis in decided)
        return len(np.unique(sets[alive])) + untouched

    def _keys(self, axes: list[int]) -> Ints:
        """The values in some columns as one number."""
        keys = np.zeros(len(self.rows), np.int64)
        for axis in axes:
            keys = keys * self.sizes[axis] + self.rows[:, axis]
        return keys


class Cuts:
    """Estimates for the options 0..n-1 with these numbers of values."""

    def __init__(self, sizes: Sequence[int], parts: Sequence[Part]) -> None:
        self.sizes = sizes
        self.parts = [(sum(1 << item for item in part.scope), part) for part in parts]
        self.log_sizes = [(1 << item, log2(size)) for item, size in enumerate(sizes)]
        self.known: dict[int, float] = {}

    @property
    def tired(self) -> bool:
        """Whether enough cuts were estimated, by a measure of work without a clock."""
        return len(self.known) > LOOKS or sum(part.work for _, part in self.parts) > CELLS

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
