"""A diagram with its chains and parallel edges drawn together.

Most nodes of a product line's diagram have one way in and one way out, because most values follow
from others. Chains of such nodes become one edge (series), edges between the same two nodes become
one (parallel), and again, until little changes. What is left, the core, is swept level by level;
everything else is a few calls on whole arrays, in any semiring.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.diagram import Diagram

WORTHWHILE = 0.95
Operation = Any
"""A numpy ufunc with reduceat."""


@dataclass(frozen=True)
class Round:
    """Edges drawn together in groups. Most groups have a single edge, so only the others are
    folded: `order` lists the edges of those, which begin at `starts` and become the edges `big`.

    `heads` is the first edge of each group, `group` the group of each edge.
    """

    series: bool
    heads: Ints
    group: Ints
    big: Ints
    order: Ints
    starts: Ints
    big_of: Ints

    def fold(self, operation: Operation, values: Any) -> Any:
        """One value for each group."""
        found = values.take(self.heads)
        found[self.big] = operation.reduceat(values.take(self.order), self.starts)
        return found


@dataclass(frozen=True)
class Level:
    """Core nodes (a slice, or numbers) with their edges and the nodes at the edges' far ends."""

    nodes: Any
    edges: Any
    ends: Ints
    starts: Ints


class Contraction:
    """The rounds, and the core. Core nodes are numbered by their height, the end is 0."""

    def __init__(self, diagram: Diagram) -> None:
        self.rounds: list[Round] = []
        count = len(diagram.node_layer)
        source, target = diagram.edge_source(), diagram.edge_target
        while len(source):
            before = len(source)
            for shrink in (_series, _parallel):
                found, near, far = shrink(count, source, target)
                if len(near) < len(source) * WORTHWHILE:
                    self.rounds.append(found)
                    source, target = near, far
            if len(source) == before:
                break
        self._build_core(count, source, target)

    def _build_core(self, count: int, source: Ints, target: Ints) -> None:
        height = _heights(count, source, target)
        depth = _heights(count, count - 1 - target, count - 1 - source)[::-1]
        kept = np.unique(np.concatenate((source, target, [0, count - 1])))
        ranked = kept[np.argsort(height[kept], kind="stable")]
        number = np.zeros(count, np.int64)
        number[ranked] = np.arange(len(ranked))
        self.nodes = len(ranked)
        self.root = int(number[0])
        self.source, self.target = number[source], number[target]
        self.upward = _levels(self.source, self.target, height[ranked])
        self.downward = _levels(self.target, self.source, depth[ranked])

    def lift(self, values: Any, series: Operation, parallel: Operation) -> list[Any]:
        """Values of the edges, after no round, after the first, … and of the core's edges."""
        found = [values]
        for step in self.rounds:
            found.append(step.fold(series if step.series else parallel, found[-1]))
        return found

    def up(self, values: Any, series: Operation, parallel: Operation, unit: Any) -> Any:
        """From each core node to the end, nearest nodes first; `values` belong to core edges."""
        best = np.full(self.nodes, unit, values.dtype)
        for level in self.upward:
            through = series(best.take(level.ends), values.take(level.edges))
            best[level.nodes] = parallel.reduceat(through, level.starts)
        return best

    def count_up(self, values: Any, exact_below: int) -> Any:
        """Ways from each core node to the end; int64 on levels before `exact_below`, and Python's
        integers after. `values` are the ways through the core's edges."""
        best = np.zeros(self.nodes, np.int64)
        best[0] = 1
        for number, level in enumerate(self.upward):
            if number == exact_below:
                best, values = best.astype(object), values.astype(object)
            through = best.take(level.ends)
            through *= values.take(level.edges)
            best[level.nodes] = np.add.reduceat(through, level.starts)
        return best

    def down(self, values: Any, start: Any) -> Any:
        """The least sum from the root to each core node."""
        best = np.full(self.nodes, start, values.dtype)
        for level in self.downward:
            through = best.take(level.ends)
            through += values.take(level.edges)
            best[level.nodes] = np.minimum.reduceat(through, level.starts)
        return best

    def around(self, lifted: list[Any], outside: Any) -> Any:
        """For each edge of the diagram the least cost of a product through it without its own.

        `lifted` are costs by `lift`, `outside` is the answer for the core's edges.
        """
        for step, costs, sums in zip(
            reversed(self.rounds), lifted[-2::-1], lifted[:0:-1], strict=True
        ):
            outside = outside.take(step.group)
            if step.series:
                outside[step.order] += _others(step, costs.take(step.order), sums.take(step.big))
        return outside

    def members(self, chosen: Bools, firsts: list[Bools | None]) -> Bools:
        """The diagram's edges inside of the chosen core edges; of parallel ones the `firsts`."""
        for step, first in zip(reversed(self.rounds), reversed(firsts), strict=True):
            chosen = chosen.take(step.group)
            if first is not None:
                chosen &= first
        return chosen

    def first_least(self, lifted: list[Any]) -> list[Bools | None]:
        """For each round of parallel edges, which is the first that costs least in its group."""
        found: list[Bools | None] = []
        for step, costs, least in zip(self.rounds, lifted[:-1], lifted[1:], strict=True):
            if step.series:
                found.append(None)
                continue
            equal = np.flatnonzero(costs == least.take(step.group))[::-1]
            leader = np.zeros(len(least), np.int64)
            leader[step.group[equal]] = equal
            first = np.zeros(len(costs), np.bool_)
            first[leader] = True
            found.append(first)
        return found


def _others(step: Round, costs: Any, sums: Any) -> Any:
    """Per edge of a chain, what the other edges of the chain cost."""
    if np.isfinite(sums).all():
        return sums.take(step.big_of) - costs
    infinite = np.isinf(costs)
    finite = np.where(infinite, 0.0, costs)
    rest = np.add.reduceat(finite, step.starts).take(step.big_of) - finite
    blocked = np.add.reduceat(infinite, step.starts, dtype=np.int64).take(step.big_of)
    return np.where(blocked > infinite, np.inf, rest)


def _grouped(series: bool, group: Ints, within: Ints | None = None) -> Round:
    keys = (group,) if within is None else (within, group)
    order = np.lexsort(keys)
    ordered = group[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(group)])))
    big = np.flatnonzero(sizes > 1)
    inside = order[np.repeat(sizes > 1, sizes)]
    big_sizes = sizes[big]
    return Round(
        series,
        order[starts],
        group,
        big,
        inside,
        np.cumsum(big_sizes) - big_sizes,
        np.repeat(np.arange(len(big)), big_sizes),
    )


def _parallel(count: int, source: Ints, target: Ints) -> tuple[Round, Ints, Ints]:
    """Edges between the same nodes become one."""
    keys, group = np.unique(source * count + target, return_inverse=True)
    found = _grouped(False, group.reshape(-1))
    return found, keys // count, keys % count


def _series(count: int, source: Ints, target: Ints) -> tuple[Round, Ints, Ints]:
    """Edges that meet in a node with no other edges become one."""
    ways_out = np.bincount(source, minlength=count)
    ways_in = np.bincount(target, minlength=count)
    between = (ways_out == 1) & (ways_in == 1)
    between[[0, count - 1]] = False
    arriving = np.zeros(count, np.int64)
    arriving[target] = np.arange(len(target))
    head = np.where(between[source], arriving[source], np.arange(len(source)))
    while True:
        further = head[head]
        if np.array_equal(further, head):
            break
        head = further
    heads, group = np.unique(head, return_inverse=True)
    group = group.reshape(-1)
    last = ~between[target]
    far = np.zeros(len(heads), np.int64)
    far[group[last]] = target[last]
    return _grouped(True, group, source), source[heads], far


def _heights(count: int, source: Ints, target: Ints) -> Ints:
    """The number of edges on the longest way to the end; sources come before their targets."""
    height = np.zeros(count, np.int64)
    order = np.argsort(source, kind="stable")[::-1]
    tops = height.tolist()
    pairs = zip(source[order].tolist(), target[order].tolist(), strict=True)
    for start, stop in pairs:
        if tops[stop] >= tops[start]:
            tops[start] = tops[stop] + 1
    return np.array(tops, np.int64)


def _levels(near: Ints, far: Ints, rank: Ints) -> list[Level]:
    """Edges by the rank of their near node, lowest first."""
    order = np.lexsort((near, rank[near]))
    near_sorted, ranks = near[order], rank[near][order]
    if not len(near):
        return []
    cuts = np.flatnonzero(np.concatenate(([True], ranks[1:] != ranks[:-1])))
    levels = []
    for start, stop in zip(cuts, [*cuts[1:], len(near)], strict=False):
        nodes = near_sorted[start:stop]
        starts = np.flatnonzero(np.concatenate(([True], nodes[1:] != nodes[:-1])))
        edges = order[start:stop]
        levels.append(Level(nodes[starts], edges, far[edges], starts))
    return levels
