"""The cheapest design with each value, all of them from one pass down and one up the diagram."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.model import Value
from configurator.engine.numbering import Numbering
from configurator.engine.scratch import take
from configurator.engine.sweep import INFINITY, Floats, Sweeper


@dataclass(frozen=True)
class Completions:
    """A design for every value: numbers of values, a row for each value and a column a layer.

    Rows of values that no product has are not `known`, and mean nothing.
    """

    numbering: Numbering
    numbers: Ints
    known: Bools

    def row(self, name: str, value: Value) -> int:
        """The row of a value; ModelError for an unknown one."""
        return self.numbering.number(name, value)

    def design(self, row: int) -> dict[str, Value]:
        """All options' values in a row."""
        return self.numbering.design(self.numbers[row].tolist())

    def columns(self, names: list[str]) -> Ints:
        """What the rows choose for some options."""
        layer_of = self.numbering.layers.layer_of
        return self.numbers[:, [layer_of[name] for name in names]]

    def value(self, name: str, number: int) -> Value:
        """The value of an option that has a number."""
        layer = self.numbering.layers.layer_of[name]
        values = self.numbering.layers.variables[layer].values
        return values[number - self.numbering.offsets[layer]]


@dataclass(frozen=True)
class Ways:
    """Costs of edges, from the root to each node and from each node to the end."""

    costs: Floats
    pieces: Floats  # costs of the first pieces, which stand for edges
    rest: Floats  # the same besides their values
    down: Floats
    up: Floats
    least: Floats  # of layers


def designs(sweeper: Sweeper, weights: Floats, free: Floats, extra: Floats) -> tuple[Ints, Bools]:
    """Numbers of values (a row a value, a column a layer) of the cheapest design with each, and
    which rows there are. `free` are the weights without the mask, which is lifted on a value's own
    layer. No layer may be masked altogether."""
    ways = _ways(sweeper, weights, extra)
    edges, known = _through(sweeper, ways, free)
    rows = np.flatnonzero(known)
    numbers = np.repeat(_cheapest_each(sweeper, ways, weights)[None], len(free), axis=0)
    over = rows[edges[rows] >= 0]
    found = edges[over]
    numbers[over, sweeper.edge_layer[found]] = sweeper.diagram.edge_value[found]
    _trace(sweeper, numbers, over, sweeper.source[found], _parents(sweeper, ways), sweeper.source)
    root_or = np.zeros(len(free), np.int64)
    root_or[over] = sweeper.target[found]
    _trace(sweeper, numbers, rows, root_or[rows], _children(sweeper, ways), sweeper.target)
    numbers[rows, sweeper.layer_of_value[rows]] = rows
    return numbers, known


def _ways(sweeper: Sweeper, weights: Floats, extra: Floats) -> Ways:
    least = sweeper.free_costs(weights)
    rest = sweeper.piece_rest(extra, sweeper.prefix(least))
    pieces = weights.take(sweeper.piece_value) + rest
    costs = take(pieces, sweeper.edge_piece)
    nodes = len(sweeper.diagram.node_layer)
    up, down = np.full(nodes, INFINITY), np.full(nodes, INFINITY)
    up[-1] = down[0] = 0.0
    for edges, near, far in sweeper.upward:
        np.minimum.at(up, near, up.take(far) + costs[edges])
    arriving = take(costs, sweeper.by_target)
    for edges, near, far in sweeper.downward:
        np.minimum.at(down, near, down.take(far) + arriving[edges])
    return Ways(costs, pieces, rest, down, up, least)


def _through(sweeper: Sweeper, ways: Ways, free: Floats) -> tuple[Ints, Bools]:
    """For each value the edge that a cheapest design with it takes in or over its layer (-1: its
    layer is above the root), and whether there is one."""
    around, places = _first_least(
        ways.down[sweeper.source] + ways.up[sweeper.target], sweeper.edge_piece, len(ways.rest)
    )
    value = sweeper.piece_value
    best, own = _first_least(around + ways.rest + free[value], value, len(free))
    edges = np.append(places, -1)[own]
    passed, pieces = _passing(sweeper, around + ways.pieces, float(ways.up[0]))
    layer = sweeper.layer_of_value
    skipped = (passed - ways.least).take(layer) + free
    better = skipped < best
    edges[better] = np.append(places, -1)[pieces].take(layer)[better]
    best[better] = skipped[better]
    return edges, np.isfinite(best)


def _first_least(costs: Floats, group: Ints, count: int) -> tuple[Floats, Ints]:
    """For each group its least cost and the first place that has it; -1 where none has."""
    least = np.full(count, INFINITY)
    np.minimum.at(least, group, costs)
    hits = np.flatnonzero(costs == least.take(group))[::-1]
    first = np.full(count, -1, np.int64)
    first[group[hits]] = hits
    return least, first


def _passing(sweeper: Sweeper, through: Floats, over_root: float) -> tuple[Floats, Ints]:
    """Per layer the least of `through` over the pieces that pass over it, and such a piece; -1
    above the root."""
    pairs = sweeper.arrays["skip_pairs"]
    least, first = _first_least(
        through[sweeper.skipping], sweeper.arrays["skip_pair"], len(pairs) + 1
    )
    least[-1] = over_root
    pieces = np.append(sweeper.skipping, -1)[first]
    layers, span = sweeper.passed_layers
    passed, spot = _first_least(least.take(span), layers, sweeper.depth)
    return passed, np.append(pieces[span], -1)[spot]


def _cheapest_each(sweeper: Sweeper, ways: Ways, weights: Floats) -> Ints:
    """Each layer's cheapest value by itself; the first of equals."""
    hits = np.flatnonzero(weights == ways.least.take(sweeper.layer_of_value))[::-1]
    chosen = np.empty(sweeper.depth, np.int64)
    chosen[sweeper.layer_of_value[hits]] = hits
    return chosen


def _parents(sweeper: Sweeper, ways: Ways) -> Ints:
    """For each node an edge by which a cheapest way comes to it."""
    return _tight(
        ways.down[sweeper.source] + ways.costs == ways.down[sweeper.target], sweeper.target, ways
    )


def _children(sweeper: Sweeper, ways: Ways) -> Ints:
    """For each node an edge by which a cheapest way goes on."""
    return _tight(
        ways.costs + ways.up[sweeper.target] == ways.up[sweeper.source], sweeper.source, ways
    )


def _tight(on_best: Bools, node: Ints, ways: Ways) -> Ints:
    edges = np.flatnonzero(on_best)[::-1]
    chosen = np.full(len(ways.up), -1, np.int64)
    chosen[node[edges]] = edges
    return chosen


def _trace(
    sweeper: Sweeper, numbers: Ints, rows: Ints, nodes: Ints, steps: Ints, onward: Ints
) -> None:
    """Write the values along the ways of all rows at once, until each comes to an end."""
    value, layer = sweeper.diagram.edge_value, sweeper.edge_layer
    ending = 0 if onward is sweeper.source else len(sweeper.diagram.node_layer) - 1
    while True:
        going = nodes != ending
        if not going.all():
            rows, nodes = rows[going], nodes[going]
        if not len(rows):
            return
        edges = steps[nodes]
        numbers[rows, layer[edges]] = value[edges]
        nodes = onward[edges]
