"""The diagram of one rule: multi-valued nodes over the layers of its scope, reduced."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from configurator.engine.compile.domains import Ints
from configurator.engine.compile.unique import unique_rows

FALSE, TRUE = 0, 1


@dataclass
class Nodes:
    """`levels[k]` = (layer, children): node `first[k] + i` has the row children[i], one column a
    value. Levels are listed bottom up; ids 0 and 1 are false and true."""

    levels: list[tuple[int, Ints]] = field(default_factory=list)
    count: int = 2
    root: int = TRUE

    def add(self, layer: int, rows: Ints) -> Ints:
        """Nodes for the rows (of child ids); a row of equal children is that child."""
        first, group = unique_rows(rows)
        distinct = rows[first]
        same = (distinct == distinct[:, :1]).all(axis=1)
        ids = np.where(same, distinct[:, 0], 0)
        kept = distinct[~same]
        ids[~same] = self.count + np.arange(len(kept))
        if len(kept):
            self.levels.append((layer, kept))
            self.count += len(kept)
        result: Ints = ids[group]
        return result


def from_table(layers: list[int], sizes: list[int], rows: Ints, *, allowed: bool) -> Nodes:
    """The diagram of a table; columns of `rows` (value indices) follow `layers`, top first."""
    nodes = Nodes()
    default = FALSE if allowed else TRUE
    if not len(rows) or not layers:
        nodes.root = (TRUE if allowed else FALSE) if len(rows) else default
        return nodes
    rows = rows[np.lexsort(rows.T[::-1])]
    ids: Ints = np.full(len(rows), TRUE if allowed else FALSE, np.int64)
    for column in range(len(layers) - 1, -1, -1):
        new = np.ones(len(rows), np.bool_)
        new[1:] = (rows[1:, :column] != rows[:-1, :column]).any(axis=1)
        group = np.cumsum(new) - 1
        children = np.full((int(group[-1]) + 1, sizes[column]), default, np.int64)
        children[group, rows[:, column]] = ids
        ids = nodes.add(layers[column], children)
        rows = rows[new]
    nodes.root = int(ids[0])
    return nodes


def from_grid(layers: list[int], sizes: list[int], truth: Ints) -> Nodes:
    """The diagram of a condition given by its value on every combination, last layer fastest."""
    nodes = Nodes()
    ids = truth.astype(np.int64)
    for layer, size in zip(reversed(layers), reversed(sizes), strict=True):
        ids = nodes.add(layer, ids.reshape(-1, size))
    nodes.root = int(ids[0])
    return nodes
