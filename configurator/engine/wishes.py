"""The design that best meets weighted wishes, within a budget and a deadline: exact.

A wish gives points to values. Every node of the diagram gets, for each number of points, the least
that a way with so many points costs; a node's row is the least of its edges' rows, moved by the
points of their values. So the budget needs no guessing: the root tells the cheapest design for
every number of points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.errors import ModelError, UnavailableError
from configurator.engine.model import Choices, Value
from configurator.engine.space import Space, Texts
from configurator.engine.sweep import INFINITY, Floats

Points = Mapping[str, Mapping[Value, int]]
"""Option -> value -> points, which may be below zero; 0 for what is not named."""
MOST_CELLS = 40_000_000
"""Nodes times numbers of points; more would take too long."""


@dataclass(frozen=True)
class Met:
    """A number of points, and what the cheapest design with so many costs (minor units)."""

    points: int
    total: int


class Wishes:
    """The wishes of one customer at one state of a design.

    Raises ModelError for unknown names in the choices, UnavailableError where the points span too
    much. Points for unknown options and values are passed over.
    """

    def __init__(
        self,
        space: Space,
        points: Points,
        choices: Choices | None = None,
        texts: Texts | None = None,
        *,
        budget: int | None = None,
        deadline: int | None = None,
    ) -> None:
        self.space, self.budget = space, budget
        self.sweeper, self.diagram = space.sweeper, space.diagram
        prices = space.pricing.prices(texts or {})
        if deadline is not None:
            prices = space.pricing.within(prices, deadline)
        self.start = prices.start
        weights, extra, self.scale = prices.settled
        mask: Bools = space.numbering.allowed(choices or {})
        self.costs = np.where(mask, weights, INFINITY)
        self.edge_extra = extra[self.sweeper.edge_piece]
        self.points, self.least = self._points(points)
        tops = np.maximum.reduceat(self.points, np.array(space.numbering.offsets[:-1]))
        self.width = int(tops.sum()) + 1
        if self.width * len(self.diagram.node_layer) > MOST_CELLS:
            raise UnavailableError("The wishes span too many points to weigh them exactly.")
        self._bands: dict[tuple[int, int], Floats] = {}

    def _points(self, wished: Points) -> tuple[Ints, int]:
        """Of every value its points above the least of its option, and the sum of these."""
        numbering = self.space.numbering
        found = np.zeros(numbering.offsets[-1], np.int64)
        for name, values in wished.items():
            for value, worth in values.items():
                try:
                    found[numbering.number(name, value)] = worth
                except ModelError:
                    continue
        starts = np.array(numbering.offsets[:-1])
        least = np.minimum.reduceat(found, starts)
        return found - np.repeat(least, np.diff(numbering.offsets)), int(least.sum())

    # the best

    @cached_property
    def front(self) -> tuple[Met, ...]:
        """What can be had, most points first; each that follows is cheaper. Empty: nothing."""
        if not np.isfinite(self.start):
            return ()
        found: list[Met] = []
        for place in np.flatnonzero(np.isfinite(self._root))[::-1].tolist():
            total = int(np.floor(self._root[place] / self.scale) + self.start)
            if self.budget is not None and total > self.budget:
                continue
            if not found or total < found[-1].total:
                found.append(Met(place + self.least, total))
        return tuple(found)

    def design(self, met: Met) -> dict[str, Value]:
        """The cheapest design with so many points."""
        place = met.points - self.least
        chosen = np.zeros(self.sweeper.depth, np.int64)
        top, rest = self.sweeper.top, self._rows[0]
        over = self._band(0, top)
        node, place = 0, self._split(self._root, over, rest, place)[1]
        self._fill(chosen, 0, top, met.points - self.least - place)
        end = len(self.diagram.node_layer) - 1
        while node != end:
            node, place = self._step(chosen, node, place)
        return self.space.numbering.design(chosen.tolist())

    # the sweep

    @cached_property
    def _rows(self) -> Floats:
        """Of every node, by points: the least cost of a way to the end."""
        rows = np.full((len(self.diagram.node_layer), self.width), INFINITY)
        rows[-1, 0] = 0.0
        for edges, near, far in self.sweeper.upward:
            through = np.full((len(near), self.width), INFINITY)
            self._through(through, edges, far, rows)
            starts = np.flatnonzero(np.diff(near, prepend=-1))
            rows[near[starts]] = np.minimum.reduceat(through, starts, axis=0)
        return rows

    def _through(self, through: Floats, edges: slice, far: Ints, rows: Floats) -> None:
        """The rows of a level's edges; edges alike in points and in what they pass over go
        together."""
        cost, points = self._edges(edges)
        first = self.sweeper.edge_layer[edges] + 1
        last = self.diagram.node_layer[far]
        kinds = np.stack([points, first, last], axis=1)
        for kind in np.unique(kinds, axis=0):
            mine = np.flatnonzero((kinds == kind).all(axis=1))
            moved = self._moved(rows[far[mine]], int(kind[0]), self._band(*kind[1:].tolist()))
            through[mine] = moved + cost[mine, None]

    def _edges(self, edges: slice) -> tuple[Floats, Ints]:
        values = self.diagram.edge_value[edges]
        return self.costs[values] + self.edge_extra[edges], self.points[values]

    def _moved(self, rows: Floats, by: int, band: Floats) -> Floats:
        found = np.full(rows.shape, INFINITY)
        for more in np.flatnonzero(np.isfinite(band)).tolist():
            shift = by + more
            if shift < self.width:
                kept = rows[:, : self.width - shift] + band[more]
                np.minimum(found[:, shift:], kept, out=found[:, shift:])
        return found

    @cached_property
    def _root(self) -> Floats:
        found: Floats = self._moved(self._rows[:1], 0, self._band(0, self.sweeper.top))[0]
        return found

    def _band(self, start: int, stop: int) -> Floats:
        """By points, the least cost of free choices on the layers `start` … `stop` - 1."""
        if (start, stop) not in self._bands:
            if start >= stop:
                found = np.full(self.width, INFINITY)
                found[0] = 0.0
            else:
                before = self._band(start, stop - 1)[None]
                found = self._moved(before, 0, self._layer(stop - 1))[0]
            self._bands[start, stop] = found
        return self._bands[start, stop]

    def _layer(self, layer: int) -> Floats:
        found = np.full(self.width, INFINITY)
        span = slice(*self.space.numbering.offsets[layer : layer + 2])
        np.minimum.at(found, self.points[span], self.costs[span])
        return found

    # the way back

    def _split(self, whole: Floats, one: Floats, two: Floats, place: int) -> tuple[int, int]:
        """How the points at a place were put together from two rows."""
        parts = one[: place + 1] + two[: place + 1][::-1]
        spot = int(np.flatnonzero(parts == whole[place])[0])
        return spot, place - spot

    def _fill(self, chosen: Ints, start: int, stop: int, place: int) -> None:
        """Choose on the layers `start` … `stop` - 1, with so many points at least cost."""
        for layer in range(stop - 1, start - 1, -1):
            whole, before = self._band(start, layer + 1), self._band(start, layer)
            left, own = self._split(whole, before, self._layer(layer), place)
            begin, end = self.space.numbering.offsets[layer : layer + 2]
            fits = (self.points[begin:end] == own) & (
                self.costs[begin:end] == self._layer(layer)[own]
            )
            chosen[layer] = begin + int(np.flatnonzero(fits)[0])
            place = left

    def _step(self, chosen: Ints, node: int, place: int) -> tuple[int, int]:
        """Choose along the edge that a cheapest way takes; the next node and what is left."""
        begin, stop = self.diagram.first_edge[node : node + 2].tolist()
        cost, points = self._edges(slice(begin, stop))
        layer = int(self.diagram.node_layer[node])
        for edge in range(begin, stop):
            target = int(self.diagram.edge_target[edge])
            ahead = int(self.diagram.node_layer[target])
            band, own = self._band(layer + 1, ahead), int(points[edge - begin])
            row = self._moved(self._rows[target][None], own, band)[0]
            if row[place] + cost[edge - begin] != self._rows[node][place]:
                continue
            moved = np.concatenate([np.full(own, INFINITY), band])[: self.width]
            spot, rest = self._split(row, moved, self._rows[target], place)
            chosen[layer] = int(self.diagram.edge_value[edge])
            self._fill(chosen, layer + 1, ahead, spot - own)
            return target, rest
        raise AssertionError("unreachable")
