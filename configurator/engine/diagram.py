"""The compiled space as flat arrays: an ordered multi-valued decision diagram with amounts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from configurator.engine.compile.domains import Ints, Layers

if TYPE_CHECKING:
    from configurator.engine.compile.bdd import Bits


@dataclass
class Diagram:
    """Nodes are sorted by layer; node 0 is the root, the last one the end of every product.

    node_layer   nodes       the layer of each node; the end's is the number of layers
    first_edge   nodes + 1   the edges of node i are first_edge[i] … first_edge[i + 1] - 1
    edge_value   edges       number of the value among the values of all layers, ascending
    edge_target  edges       a node of a deeper layer; options that are passed over are free
    edge_amount  edges       minor units that the edge adds (terms on several options)
    cells        term -> edges   the cell of the term that is known at the edge, or -1
    root_amount              minor units that every product has
    """

    node_layer: Ints
    first_edge: Ints
    edge_value: Ints
    edge_target: Ints
    edge_amount: Ints
    root_amount: int = 0
    cells: dict[str, Ints] = field(default_factory=dict)

    @property
    def end(self) -> int:
        return len(self.node_layer) - 1

    @property
    def node_count(self) -> int:
        """Nodes without the end."""
        return self.end

    @property
    def edge_count(self) -> int:
        return len(self.edge_value)

    def edge_source(self) -> Ints:
        """The node of each edge."""
        return np.repeat(np.arange(len(self.node_layer)), np.diff(self.first_edge))


def assemble(
    layers: Layers,
    node_layer: Ints,
    source: Ints,
    value: Ints,
    target: Ints,
    amount: Ints,
    cells: dict[str, Ints],
    root: int,
    root_amount: int,
) -> Diagram:
    """A Diagram from nodes in any order (the end is the last) and edges in any order.

    Nodes that the root does not reach, and edges from them, are left out.
    """
    count = len(node_layer)
    reached = _reached(count, root, source, target, node_layer)
    kept = reached[source]
    order = np.argsort(node_layer, kind="stable")
    order = order[reached[order]]
    number = np.full(count, -1, np.int64)
    number[order] = np.arange(len(order))
    source, value, target = number[source[kept]], value[kept], number[target[kept]]
    by_source = np.lexsort((value, source))
    first = np.searchsorted(source[by_source], np.arange(len(order) + 1))
    return Diagram(
        node_layer[order],
        first.astype(np.int64),
        value[by_source],
        target[by_source],
        amount[kept][by_source],
        root_amount,
        {name: cell[kept][by_source] for name, cell in cells.items()},
    )


def _reached(count: int, root: int, source: Ints, target: Ints, node_layer: Ints) -> Ints:
    """Which nodes the root reaches."""
    by_layer = np.argsort(node_layer[source], kind="stable")
    source, target = source[by_layer], target[by_layer]
    depths = node_layer[source]
    starts = np.flatnonzero(np.concatenate(([True], depths[1:] != depths[:-1])))
    reached = np.zeros(count, np.bool_)
    reached[root] = reached[count - 1] = True
    for start, stop in zip(starts, [*starts[1:], len(source)], strict=True):
        live = reached[source[start:stop]]
        reached[target[start:stop][live]] = True
    return reached  # type: ignore[return-value]


def from_bits(layers: Layers, first_bit: Ints, bits: Bits) -> Diagram:
    """Read the chains of a boolean diagram off as multi-valued nodes."""
    depth = len(layers.sizes)
    layer_of_bit = np.repeat(np.arange(depth), layers.sizes - 1)
    layer = np.concatenate(([depth, depth], layer_of_bit[bits.variable[2:]]))
    step = np.concatenate(([-1, -1], bits.variable[2:] - first_bit[layer[2:]]))
    entries = np.flatnonzero(step == 0)
    sources, values, targets = [], [], []
    current = entries.copy()
    for value in range(int(layers.sizes.max(initial=1))):
        has = value < layers.sizes[layer[entries]]
        here = has & (layer[current] == layer[entries]) & (step[current] == value)
        child = np.where(here, bits.high[current], current)
        live = has & (child != 0)
        sources.append(entries[live])
        values.append(layers.offsets[layer[entries[live]]] + value)
        targets.append(child[live])
        current = np.where(here, bits.low[current], current)
    source, target = np.concatenate(sources), np.concatenate(targets)
    end = len(layer)
    target[target == 1] = end
    root = end if bits.root == 1 else bits.root
    return assemble(
        layers,
        np.concatenate((layer, [depth])),
        source,
        np.concatenate(values),
        target,
        np.zeros(len(source), np.int64),
        {},
        root,
        0,
    )
