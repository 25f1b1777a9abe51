"""A diagram with its chains and parallel edges drawn together.

Most nodes of a product line's diagram have one way in and one way out, because most values follow
from others. Chains of such nodes become one edge (series), edges between the same two nodes become
one (parallel), and again, until little changes. What is left, the core, is swept level by level;
everything else is a few calls on whole arrays, in any semiring.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.scratch import empty, take

Operation = Any
"""A numpy ufunc with reduceat."""


@dataclass(frozen=True)
class Round:
    """Edges drawn together in groups. Most groups have a single edge, so only the others are
    folded: `order` lists the edges of those, which begin at `starts` and become the edges `big`.

    `heads` is the first edge of each group, `group` the group of each edge, `big_of` the place
    among `big` of each edge in `order`.
    """

    heads: Ints
    group: Ints
    big: Ints
    order: Ints
    starts: Ints
    big_of: Ints

    def folded(self, operation: Operation, values: Any) -> Any:
        """One value for each group."""
        found = take(values, self.heads)
        found[self.big] = operation.reduceat(take(values, self.order), self.starts)
        return found

    def members(self, chosen: Bools) -> Bools:
        """The edges of the chosen groups."""
        return chosen.take(self.group)


class Series(Round):
    """Each group is a chain of edges."""

    def fold(self, values: Any, series: Operation, parallel: Operation) -> Any:
        return self.folded(series, values)

    def around(self, outside: Any, costs: Any, sums: Any, series: Operation) -> Any:
        """What a product costs besides each edge, from the same of the groups."""
        found = take(outside, self.group)
        others_of = self._other_sums if series is np.add else self._other_maxima
        others = others_of(take(costs, self.order), take(sums, self.big))
        series(others, take(found, self.order), out=others)
        found[self.order] = others
        return found

    def _other_maxima(self, costs: Any, largest: Any) -> Any:
        """Per edge of a chain, the largest cost of the others, none of which is below zero."""
        rest = take(largest, self.big_of)
        tops = np.flatnonzero(costs == rest)
        chains = self.big_of.take(tops)
        costs[tops] = 0.0
        second = np.maximum.reduceat(costs, self.starts)
        alone = np.bincount(chains, minlength=len(largest)) == 1
        rest[tops] = np.where(alone, second, largest).take(chains)
        return rest

    def _other_sums(self, costs: Any, sums: Any) -> Any:
        """Per edge of a chain, what the other edges of the chain cost. Writes to `costs`."""
        blocked = np.flatnonzero(np.isinf(costs))
        costs[blocked] = 0.0
        rest = take(sums, self.big_of)
        rest -= costs
        if len(blocked):
            chains = self.big_of.take(blocked)
            alone = np.bincount(chains, minlength=len(sums)) == 1
            finite = np.add.reduceat(costs, self.starts)
            rest[blocked] = np.where(alone, finite, np.inf).take(chains)
        return rest


class Parallel(Round):
    """Each group has the edges between two nodes."""

    def fold(self, values: Any, series: Operation, parallel: Operation) -> Any:
        return self.folded(parallel, values)

    def around(self, outside: Any, costs: Any, sums: Any, series: Operation) -> Any:
        """What a product costs besides each edge, from the same of the groups."""
        return take(outside, self.group)

    def first_least(self, costs: Any, least: Any) -> Bools:
        """Which edges are the first that cost least in their group."""
        equal = np.flatnonzero(costs == least.take(self.group))[::-1]
        leader = np.zeros(len(least), np.int64)
        leader[self.group[equal]] = equal
        first = np.zeros(len(costs), np.bool_)
        first[leader] = True
        return first


@dataclass(frozen=True)
class Join:
    """Nodes left out: their edges `ins` and `outs` become pairs, after the edges that are `kept`.

    Pairs are in the order of `in_edges`, of which each begins at `in_starts`; `by_out` orders
    them by `out_edges`, of which each begins at `out_starts`.
    """

    kept: Ints
    ins: Ints
    outs: Ints
    in_edges: Ints
    in_starts: Ints
    by_out: Ints
    out_edges: Ints
    out_starts: Ints

    @property
    def size(self) -> int:
        """The number of edges before the round."""
        return len(self.kept) + len(self.in_edges) + len(self.out_edges)

    def fold(self, values: Any, series: Operation, parallel: Operation) -> Any:
        """The values of the kept edges and of the pairs."""
        pairs = series(take(values, self.ins), take(values, self.outs))
        return np.concatenate((take(values, self.kept), pairs))

    def around(self, outside: Any, costs: Any, sums: Any, series: Operation) -> Any:
        """What a product costs besides each edge, from the same of what they became."""
        found = empty(self.size)
        found[self.kept] = outside[: len(self.kept)]
        pairs = outside[len(self.kept) :]
        besides_in = take(costs, self.outs)
        series(besides_in, pairs, out=besides_in)
        found[self.in_edges] = np.minimum.reduceat(besides_in, self.in_starts)
        besides_out = take(costs, self.ins)
        series(besides_out, pairs, out=besides_out)
        by_out = take(besides_out, self.by_out)
        found[self.out_edges] = np.minimum.reduceat(by_out, self.out_starts)
        return found

    def members(self, chosen: Bools) -> Bools:
        """The edges which the chosen ones were made of."""
        found = np.zeros(self.size, np.bool_)
        found[self.kept] = chosen[: len(self.kept)]
        pairs = np.flatnonzero(chosen[len(self.kept) :])
        found[self.ins[pairs]] = found[self.outs[pairs]] = True
        return found


KINDS: dict[bytes, type[Series | Parallel | Join]] = {
    b"series": Series,
    b"parallel": Parallel,
    b"join": Join,
}


@dataclass(frozen=True)
class Level:
    """Core nodes with their edges, the nodes at the edges' far ends, and where nodes begin."""

    nodes: slice
    edges: slice
    ends: Ints
    starts: Ints


class Contraction:
    """The rounds, and the core, from the arrays of `contract`."""

    def __init__(self, arrays: Arrays) -> None:
        self.rounds = [
            kind(*(arrays[f"round {number} {field.name}"] for field in fields(kind)))
            for number, kind in enumerate(KINDS[name] for name in arrays["rounds"].tolist())
        ]
        self.nodes, self.root = arrays["core size"].tolist()
        self.source, self.target = arrays["core source"], arrays["core target"]
        self.source_below = arrays["core source below"]
        self.up_edges, self.down_edges = arrays["up edges"], arrays["down edges"]
        self.upward, self.downward = _levels(arrays, "up"), _levels(arrays, "down")

    def lift(self, values: Any, series: Operation, parallel: Operation) -> list[Any]:
        """Values of the edges, after no round, after the first, … and of the core's edges."""
        found = [values]
        for step in self.rounds:
            found.append(step.fold(found[-1], series, parallel))
        return found

    def up(self, values: Any, series: Operation, parallel: Operation, unit: Any) -> Any:
        """From each core node to the end, nearest nodes first; `values` belong to core edges."""
        best = np.full(self.nodes, unit, values.dtype)
        ordered = take(values, self.up_edges)
        for level in self.upward:
            through = best.take(level.ends)
            series(through, ordered[level.edges], out=through)
            parallel.reduceat(through, level.starts, out=best[level.nodes])
        return best

    def count_up(self, values: Any, exact_below: int) -> Any:
        """Ways from each core node to the end; int64 on levels before `exact_below`, and Python's
        integers after. `values` are the ways through the core's edges."""
        best = np.zeros(self.nodes, np.int64)
        best[0] = 1
        ordered = take(values, self.up_edges)
        for number, level in enumerate(self.upward):
            if number == exact_below:
                best, ordered = best.astype(object), ordered.astype(object)
            through = best.take(level.ends)
            through *= ordered[level.edges]
            best[level.nodes] = np.add.reduceat(through, level.starts)
        return best

    def down(self, values: Any, start: Any, series: Operation = np.add) -> Any:
        """The least sum, or largest cost, from the root to the source of each core edge."""
        best = np.full(self.nodes, start, values.dtype)
        ordered = take(values, self.down_edges)
        for level in self.downward:
            through = best.take(level.ends)
            series(through, ordered[level.edges], out=through)
            np.minimum.reduceat(through, level.starts, out=best[level.nodes])
        return take(best, self.source_below)

    def around(self, lifted: list[Any], outside: Any, series: Operation = np.add) -> Any:
        """For each edge of the diagram the least cost of a product through it without its own;
        costs are added, or the largest counts.

        `lifted` are costs by `lift`, `outside` is the answer for the core's edges.
        """
        for step, costs, sums in zip(
            reversed(self.rounds), lifted[-2::-1], lifted[:0:-1], strict=True
        ):
            outside = step.around(outside, costs, sums, series)
        return outside

    def members(self, chosen: Bools, lifted: list[Any]) -> Bools:
        """The diagram's edges inside of the chosen core edges; of parallel ones the first that
        cost least."""
        for step, costs, least in zip(
            reversed(self.rounds), lifted[-2::-1], lifted[:0:-1], strict=True
        ):
            chosen = step.members(chosen)
            if isinstance(step, Parallel):
                chosen &= step.first_least(costs, least)
        return chosen


def _levels(arrays: Arrays, name: str) -> list[Level]:
    ends, starts = arrays[f"{name} ends"], arrays[f"{name} starts"]
    levels = []
    for node, next_node, edge, next_edge in arrays[f"{name} cuts"].tolist():
        nodes, edges = slice(node, next_node), slice(edge, next_edge)
        levels.append(Level(nodes, edges, ends[edges], starts[node - 1 : next_node - 1]))
    return levels
