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

from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.scratch import take

Operation = Any
"""A numpy ufunc with reduceat."""


@dataclass(frozen=True)
class Round:
    """Edges drawn together in groups. Most groups have a single edge, so only the others are
    folded: `order` lists the edges of those, which begin at `starts` and become the edges `big`.

    `heads` is the first edge of each group, `group` the group of each edge, `big_of` the place
    among `big` of each edge in `order`.
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
        found = take(values, self.heads)
        found[self.big] = operation.reduceat(take(values, self.order), self.starts)
        return found


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
        fields = ("heads", "group", "big", "order", "starts", "big_of")
        self.rounds = [
            Round(series, *(arrays[f"round {number} {name}"] for name in fields))
            for number, series in enumerate(arrays["rounds"].tolist())
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
            found.append(step.fold(series if step.series else parallel, found[-1]))
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

    def down(self, values: Any, start: Any) -> Any:
        """The least sum from the root to the source of each core edge."""
        best = np.full(self.nodes, start, values.dtype)
        ordered = take(values, self.down_edges)
        for level in self.downward:
            through = best.take(level.ends)
            through += ordered[level.edges]
            np.minimum.reduceat(through, level.starts, out=best[level.nodes])
        return take(best, self.source_below)

    def around(self, lifted: list[Any], outside: Any) -> Any:
        """For each edge of the diagram the least cost of a product through it without its own.

        `lifted` are costs by `lift`, `outside` is the answer for the core's edges.
        """
        for step, costs, sums in zip(
            reversed(self.rounds), lifted[-2::-1], lifted[:0:-1], strict=True
        ):
            outside = take(outside, step.group)
            if step.series:
                others = _others(step, take(costs, step.order), take(sums, step.big))
                others += take(outside, step.order)
                outside[step.order] = others
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
    """Per edge of a chain, what the other edges of the chain cost. Writes to `costs`."""
    blocked = np.flatnonzero(np.isinf(costs))
    costs[blocked] = 0.0
    rest = take(sums, step.big_of)
    rest -= costs
    if len(blocked):
        chains = step.big_of.take(blocked)
        alone = np.bincount(chains, minlength=len(sums)) == 1
        finite = np.add.reduceat(costs, step.starts)
        rest[blocked] = np.where(alone, finite, np.inf).take(chains)
    return rest


def _levels(arrays: Arrays, name: str) -> list[Level]:
    ends, starts = arrays[f"{name} ends"], arrays[f"{name} starts"]
    levels = []
    for node, next_node, edge, next_edge in arrays[f"{name} cuts"].tolist():
        nodes, edges = slice(node, next_node), slice(edge, next_edge)
        levels.append(Level(nodes, edges, ends[edges], starts[node - 1 : next_node - 1]))
    return levels
