"""A diagram drawn together: pieces that occur again and again, and a core of what is left.

Most nodes of a product line's diagram have one way in and one way out, because most values follow
from others, and what follows is often the same. Ways are made of pieces: edges, pairs of pieces
one after the other, and groups of pieces side by side. Each piece is kept once, however many
places it has, so whatever a sweep asks is worked out for pieces instead of edges. What is left
when nodes are drawn together, the core, is swept level by level. All of it in any semiring.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.scratch import empty, take


class Semiring(NamedTuple):
    """Two numpy ufuncs, of what comes one after the other and of what stands side by side, and
    their neutral elements."""

    series: Any
    parallel: Any
    unit: Any
    zero: Any


CHEAPEST = Semiring(np.add, np.minimum, 0.0, np.inf)
FASTEST = Semiring(np.maximum, np.minimum, 0.0, np.inf)
WAYS = Semiring(np.multiply, np.add, 1, 0)
BITS = Semiring(np.add, np.logaddexp2, 0.0, -np.inf)


@dataclass(frozen=True)
class Pairs:
    """Pieces `begin` … `end` - 1: each is two pieces, one after the other.

    `ends` are their first pieces and then their second ones, `others` the other way round.
    """

    begin: int
    end: int
    ends: Ints
    others: Ints

    def lift(self, found: Any, ring: Semiring) -> None:
        """Work the pieces out from those before."""
        size = self.end - self.begin
        both = found.take(self.ends)
        ring.series(both[:size], both[size:], out=found[self.begin : self.end])

    def lower(self, outside: Any, found: Any, ring: Semiring) -> None:
        """Hand what is around the pieces on to those that they are made of."""
        beside = found.take(self.others).reshape(2, -1)
        ring.series(beside, outside[self.begin : self.end], out=beside)
        ring.parallel.at(outside, self.ends, beside.reshape(-1))

    def mark(self, chosen: Bools, _found: Any) -> None:
        """Choose what the chosen pieces are made of."""
        marked = np.flatnonzero(chosen[self.begin : self.end])
        chosen[self.ends.reshape(2, -1)[:, marked]] = True


@dataclass(frozen=True)
class Groups:
    """Pieces `begin` … `end` - 1: each is the `members` that it is the owner of, side by side.

    `owner` counts from `begin`.
    """

    begin: int
    end: int
    members: Ints
    owner: Ints

    def lift(self, found: Any, ring: Semiring) -> None:
        """Work the pieces out from those before."""
        own = found[self.begin : self.end]
        own.fill(ring.zero)
        ring.parallel.at(own, self.owner, found.take(self.members))

    def lower(self, outside: Any, _found: Any, ring: Semiring) -> None:
        """Hand what is around the pieces on to their members."""
        around = outside[self.begin : self.end].take(self.owner)
        ring.parallel.at(outside, self.members, around)

    @cached_property
    def _starts(self) -> Ints:
        return np.searchsorted(self.owner, np.arange(self.end - self.begin + 1))

    def mark(self, chosen: Bools, found: Any) -> None:
        """Choose of each chosen piece the first member that costs least."""
        for piece in np.flatnonzero(chosen[self.begin : self.end]).tolist():
            members = self.members[self._starts[piece] : self._starts[piece + 1]]
            chosen[members[found.take(members).argmin()]] = True


class Level(NamedTuple):
    """Edges of the core with the same height: their near and far nodes, and which they are."""

    near: Ints
    far: Ints
    edges: slice


class Contraction:
    """Pieces and the core of a diagram. Node 0 of the core is the end."""

    def __init__(self, arrays: Arrays) -> None:
        self.first = len(arrays["piece example"])
        self.rounds: list[Pairs | Groups] = []
        self.pieces = self.first
        for number, kind in enumerate(arrays["rounds"].tolist()):
            self._add(arrays, number, kind)
        self.nodes, self.root = arrays["core size"].tolist()
        self.near, self.far = arrays["core near"], arrays["core far"]
        self.above, self.piece = arrays["core above"], arrays["core piece"]
        self.both_piece = arrays["both piece"]
        self._arrays = arrays

    def _add(self, arrays: Arrays, number: int, kind: bytes) -> None:
        begin = self.pieces
        if kind == b"pairs":
            ends, others = (arrays[f"round {number} {name}"] for name in ("ends", "others"))
            self.pieces += len(ends) // 2
            self.rounds.append(Pairs(begin, self.pieces, ends, others))
        else:
            members, owner = (arrays[f"round {number} {name}"] for name in ("members", "owner"))
            self.pieces += int(owner[-1]) + 1
            self.rounds.append(Groups(begin, self.pieces, members, owner))

    @cached_property
    def upward(self) -> list[Level]:
        """The core's levels for ways up."""
        return _levels(self._arrays, "core")

    @cached_property
    def both_ways(self) -> list[Level]:
        """The core's levels for ways up and down at once."""
        return _levels(self._arrays, "both")

    def lift(self, values: Any, ring: Semiring) -> Any:
        """The values of all pieces, from those of the first ones, which are edges."""
        found = empty(self.pieces, values.dtype)
        found[: self.first] = values
        for step in self.rounds:
            step.lift(found, ring)
        return found

    def up(self, found: Any, ring: Semiring) -> Any:
        """From each core node to the end; `found` are the pieces' values."""
        best = np.full(self.nodes, ring.zero, found.dtype)
        best[0] = ring.unit
        values = take(found, self.piece)
        for near, far, edges in self.upward:
            through = best.take(far)
            ring.series(through, values[edges], out=through)
            ring.parallel.at(best, near, through)
        return best

    def around(self, found: Any, start: float, ring: Semiring) -> tuple[Any, Any]:
        """From each core node to the end, and for each piece what a product through it costs
        without it.

        `start` is what every product costs.
        """
        best = empty(2 * self.nodes)
        best.fill(ring.zero)
        best[0], best[self.nodes] = ring.unit, start
        values = take(found, self.both_piece)
        for near, far, edges in self.both_ways:
            through = best.take(far)
            ring.series(through, values[edges], out=through)
            ring.parallel.at(best, near, through)
        outside = empty(self.pieces)
        outside.fill(ring.zero)
        through = take(best, self.above)
        ring.series(through, take(best, self.far), out=through)
        ring.parallel.at(outside, self.piece, through)
        for step in reversed(self.rounds):
            step.lower(outside, found, ring)
        return best[: self.nodes], outside

    def count(self, values: Any, exact: tuple[int, int]) -> int:
        """Ways from the root to the end; `values` are the ways through the first pieces.

        Python's integers serve after so many rounds, and levels of the core, as int64 is enough
        for.
        """
        found = np.empty(self.pieces, values.dtype)
        found[: self.first] = values
        for number, step in enumerate(self.rounds):
            if number == exact[0]:
                found = found.astype(object)
            step.lift(found, WAYS)
        best = np.zeros(self.nodes, found.dtype)
        best[0] = 1
        values = take(found, self.piece)
        for number, (near, far, edges) in enumerate(self.upward):
            if number == exact[1]:
                best, values = best.astype(object), values.astype(object)
            np.add.at(best, near, best.take(far) * values[edges])
        return int(best[self.root])

    def exact(self, bits: Any, most: float) -> tuple[int, int]:
        """How many rounds, and levels of the core, come to less than so many bits; `bits` are those
        of the first pieces. -1 rounds where these have more."""
        found = self.lift(bits, BITS)
        if bits.max(initial=0.0) > most:
            return -1, -1
        for number, step in enumerate(self.rounds):
            if found[step.begin : step.end].max(initial=0.0) > most:
                return number, -1
        best = self.up(found, BITS)
        for number, level in enumerate(self.upward):
            if best[level.near].max(initial=0.0) > most:
                return len(self.rounds), number
        return len(self.rounds), len(self.upward)

    def cheapest(self, found: Any, up: Any) -> Ints:
        """The first pieces of a cheapest way: of those side by side the first that costs least.

        `found` are the costs of pieces, `up` those from the core's nodes to the end.
        """
        marked = np.zeros(self.pieces, np.bool_)
        node = self.root
        while node:
            edges = slice(self._starts[node], self._starts[node + 1])
            pieces, far = self.piece[edges], self.far[edges]
            best = (found.take(pieces) + up.take(far)).argmin()
            marked[pieces[best]] = True
            node = int(far[best])
        for step in reversed(self.rounds):
            step.mark(marked, found)
        return np.flatnonzero(marked[: self.first])

    @cached_property
    def _starts(self) -> list[int]:
        """The first edge of each core node, and their number."""
        starts: list[int] = np.searchsorted(self.near, np.arange(self.nodes + 1)).tolist()
        return starts


def _levels(arrays: Arrays, name: str) -> list[Level]:
    near, far = arrays[f"{name} near"], arrays[f"{name} far"]
    cuts = [slice(begin, end) for begin, end in arrays[f"{name} cuts"].tolist()]
    return [Level(near[edges], far[edges], edges) for edges in cuts]
