"""Refining a diagram by amounts on several options, so that every sweep over it is exact."""

from __future__ import annotations

import numpy as np

from configurator.engine.compile.amounts import Factor
from configurator.engine.compile.domains import Bools, Ints, Layers
from configurator.engine.compile.unique import mix
from configurator.engine.diagram import Diagram, assemble
from configurator.engine.errors import BudgetError
from configurator.engine.words import Words as _


class _Product:
    """Pairs (node of the diagram, node of the factor), found layer by layer from the root."""

    def __init__(self, layers: Layers, diagram: Diagram, factor: Factor, most: int) -> None:
        self.layers = layers
        self.diagram = diagram
        self.factor = factor
        self.most = most
        self.depth = len(layers.sizes)
        self.width = factor.end + 1
        self.factor_layer = np.concatenate((factor.layer, [self.depth]))
        self.buckets: list[list[Ints]] = [[] for _ in range(self.depth + 1)]
        self.keys: list[Ints] = []
        self.first_number: list[int] = []
        self.edges: list[tuple[Ints, Ints, Ints, Ints, Ints, Ints]] = []
        self.total = 0

    def run(self) -> Diagram:
        self._put(np.array([self.factor.root]))
        for layer in range(self.depth + 1):
            bucket = self.buckets[layer]
            keys = np.unique(np.concatenate(bucket)) if bucket else np.zeros(0, np.int64)
            self.keys.append(keys)
            self.first_number.append(self.total)
            self.total += len(keys)
            if layer < self.depth and len(keys):
                self._expand(layer, keys, self.first_number[layer])
        return self._finish()

    def _put(self, keys: Ints) -> Ints:
        """File pairs under the layer where either part branches next; returns those layers."""
        one, two = np.divmod(keys, self.width)
        layers = np.minimum(self.diagram.node_layer[one], self.factor_layer[two])
        for layer in np.unique(layers).tolist():
            self.buckets[layer].append(np.unique(keys[layers == layer]))
        return layers

    def _expand(self, layer: int, keys: Ints, number: int) -> None:
        one, two = np.divmod(keys, self.width)
        branching = self.diagram.node_layer[one] == layer
        numbers = number + np.arange(len(keys))
        offset, size = int(self.layers.offsets[layer]), int(self.layers.sizes[layer])
        first, last = self.diagram.first_edge[one], self.diagram.first_edge[one + 1]
        degree = np.where(branching, last - first, size)
        owner = np.repeat(np.arange(len(keys)), degree)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(degree) - degree, degree)
        edge = np.where(branching[owner], first[owner] + step, 0)
        if self.diagram.edge_count:
            value = np.where(branching[owner], self.diagram.edge_value[edge] - offset, step)
            target = np.where(branching[owner], self.diagram.edge_target[edge], one[owner])
            amount = np.where(branching[owner], self.diagram.edge_amount[edge], 0)
        else:
            value, target, amount = step, one[owner], np.zeros(len(owner), np.int64)
        own = self.factor_layer[two][owner] == layer
        factor_first = np.concatenate((self.factor.first, [0]))
        spot = np.where(own, factor_first[two][owner] + value, 0)
        child = np.where(own, self.factor.child[spot], two[owner])
        amount = amount + np.where(own, self.factor.amount[spot], 0)
        cell = np.where(own, self.factor.cell[spot], -1)
        pairs = target * self.width + child
        old = np.where(branching[owner], edge, -1)
        self._put(pairs)
        self.edges.append((numbers[owner], value + offset, pairs, amount, cell, old))
        if self.total + len(owner) > self.most:
            raise BudgetError(
                _(
                    "The price term “%(name)s” needs more than %(most)s diagram nodes, because its "
                    "options are far apart in the rules. Round its steps, or split it into terms "
                    "on fewer options.",
                    name=self.factor.name,
                    most=f"{self.most:,}",
                ),
                self.factor.name,
                self.total,
            )

    def _finish(self) -> Diagram:
        source, value, pairs, amount, cell, old = (
            np.concatenate(parts) for parts in zip(*self.edges, strict=True)
        )
        keys = np.concatenate(self.keys)
        order = np.argsort(keys)
        target = order[np.searchsorted(keys[order], pairs)]
        counts = [len(keys) for keys in self.keys]
        node_layer = np.repeat(np.arange(self.depth + 1), counts)
        cells = {}
        for name, ids in self.diagram.cells.items():
            cells[name] = np.where(old >= 0, ids[old], -1) if len(ids) else np.full_like(old, -1)
        if (cell >= 0).any():
            cells[self.factor.name] = cell
        root_amount = self.diagram.root_amount
        return assemble(
            self.layers, node_layer, source, value, target, amount, cells, 0, root_amount
        )


def refine(layers: Layers, diagram: Diagram, factor: Factor, most: int) -> Diagram:
    """The diagram with the factor's amounts on its edges, nodes split where needed, reduced."""
    return reduce(layers, _Product(layers, diagram, factor, most).run())


def reduce(layers: Layers, diagram: Diagram) -> Diagram:
    """Push certain amounts up and merge nodes whose remainders are equal, bottom up."""
    amount = diagram.edge_amount.copy()
    target = diagram.edge_target.copy()
    count = len(diagram.node_layer)
    merged = np.arange(count)
    pushed = np.zeros(count, np.int64)
    used, starts = np.unique(diagram.node_layer[:-1], return_index=True)
    stops = [*starts[1:], count - 1]
    for layer, start, stop in zip(used[::-1], starts[::-1], stops[::-1], strict=True):
        begin, end = int(diagram.first_edge[start]), int(diagram.first_edge[stop])
        edges = slice(begin, end)
        first = diagram.first_edge[start:stop] - begin
        amount[edges] += pushed[target[edges]]
        target[edges] = merged[target[edges]]
        least = np.minimum.reduceat(amount[edges], first)
        degree = np.diff(diagram.first_edge[start : stop + 1])
        amount[edges] -= np.repeat(least, degree)
        pushed[start:stop] = least
        columns = [diagram.edge_value[edges], target[edges], amount[edges]]
        columns += [ids[edges] for ids in diagram.cells.values()]
        merged[start:stop] = start + _group(columns, first, degree)
        free = _free(columns, first, degree, int(layers.sizes[layer]))
        merged[start:stop][free] = target[edges][first[free]]
    source = diagram.edge_source()
    return assemble(
        layers,
        diagram.node_layer,
        source,
        diagram.edge_value,
        target,
        amount,
        diagram.cells,
        int(merged[0]),
        diagram.root_amount + int(pushed[0]),
    )


def _group(columns: list[Ints], first: Ints, degree: Ints) -> Ints:
    """For each node the first node of the layer with the same edges."""
    mixed = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        mixed = mix(mixed * np.uint64(0x9E3779B97F4A7C15) + column.astype(np.uint64))
    keys = np.add.reduceat(mixed, first) + degree.astype(np.uint64)
    _, example, group = np.unique(keys, return_index=True, return_inverse=True)
    leader = example[group.reshape(-1)]
    same = degree[leader] == degree
    leader = np.where(same, leader, np.arange(len(first)))
    owner = np.repeat(np.arange(len(first)), degree)
    step = np.arange(len(owner)) - first[owner]
    twin = first[leader[owner]] + step
    differs: Bools = np.zeros(len(owner), np.bool_)
    for column in columns:
        differs |= column != column[twin]
    # where two nodes share a hash by accident they simply stay apart
    broken = np.bitwise_or.reduceat(differs, first)
    return np.where(broken, np.arange(len(first)), leader)


def _free(columns: list[Ints], first: Ints, degree: Ints, size: int) -> Bools:
    """Nodes whose every value leads to the same place for the same amount."""
    _, target, amount, *cells = columns
    full = degree == size
    owner = np.repeat(np.arange(len(first)), degree)
    differs = (target != target[first][owner]) | (amount != amount[first][owner])
    for ids in cells:
        differs |= ids != -1
    settled: Bools = full & ~np.bitwise_or.reduceat(differs, first)
    return settled
