"""The diagram of an amount: nodes over a few layers, what is certain stands on the edges."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from configurator.engine.compile.domains import Ints
from configurator.engine.compile.unique import unique_rows


@dataclass
class Factor:
    """Every node has an edge for each value: a child, an amount, and perhaps a cell (else -1).

    Node `len(layer)` is the end. `layer` and `first` (number of a node's first edge) are by node;
    `root` is where it begins and `constant` what it always amounts to.
    """

    name: str
    layer: Ints
    first: Ints
    child: Ints
    amount: Ints
    cell: Ints
    root: int
    constant: int

    @property
    def end(self) -> int:
        return len(self.layer)


@dataclass
class _Builder:
    """Collects levels bottom up; ids below zero are leaves until the factor is finished."""

    count: int = 0
    layers: list[Ints] = field(default_factory=list)
    widths: list[Ints] = field(default_factory=list)
    children: list[Ints] = field(default_factory=list)
    amounts: list[Ints] = field(default_factory=list)

    def add(self, layer: int, children: Ints, amounts: Ints) -> Ints:
        """Nodes for rows of children and amounts; rows that do not matter are passed over."""
        size = children.shape[1]
        first, group = unique_rows(np.hstack((children, amounts)))
        children, amounts = children[first], amounts[first]
        same = (children == children[:, :1]).all(axis=1) & (amounts == 0).all(axis=1)
        ids = np.where(same, children[:, 0], 0)
        kept = ~same
        fresh = int(kept.sum())
        ids[kept] = self.count + np.arange(fresh)
        self.count += fresh
        self.layers.append(np.full(fresh, layer, np.int64))
        self.widths.append(np.full(fresh, size, np.int64))
        self.children.append(children[kept].reshape(-1))
        self.amounts.append(amounts[kept].reshape(-1))
        result: Ints = ids[group]
        return result

    def finish(self, name: str, root: int, constant: int, *, cells: bool) -> Factor:
        """Leaf -1 is the end; with cells, leaf -2 - c is the end reached through cell c."""
        child = np.concatenate([*self.children, np.zeros(0, np.int64)])
        cell = np.where(child < -1, -2 - child, -1) if cells else np.full(len(child), -1, np.int64)
        child[child < 0] = self.count
        widths = np.concatenate([*self.widths, np.zeros(0, np.int64)])
        return Factor(
            name,
            np.concatenate([*self.layers, np.zeros(0, np.int64)]),
            np.cumsum(widths) - widths,
            child,
            np.concatenate([*self.amounts, np.zeros(0, np.int64)]),
            cell,
            self.count if root < 0 else root,
            constant,
        )


def factor_of_amounts(name: str, layers: list[int], sizes: list[int], amounts: Ints) -> Factor:
    """Amounts of all combinations, last layer fastest; equal remainders are merged."""
    builder = _Builder()
    ids: Ints = np.full(len(amounts), -1, np.int64)
    for layer, size in zip(reversed(layers), reversed(sizes), strict=True):
        rows = amounts.reshape(-1, size)
        amounts = rows.min(axis=1)
        ids = builder.add(layer, ids.reshape(-1, size), rows - amounts[:, None])
    return builder.finish(name, int(ids[0]), int(amounts[0]), cells=False)


def factor_of_cells(name: str, layers: list[int], sizes: list[int], cells: Ints) -> Factor:
    """Cells of all combinations, last layer fastest; there are at least two different ones."""
    builder = _Builder()
    ids: Ints = -2 - cells
    for layer, size in zip(reversed(layers), reversed(sizes), strict=True):
        rows = ids.reshape(-1, size)
        ids = builder.add(layer, rows, np.zeros_like(rows))
    return builder.finish(name, int(ids[0]), 0, cells=True)
