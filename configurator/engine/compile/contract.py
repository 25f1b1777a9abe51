"""Drawing a diagram's chains and parallel edges together: the arrays of a `Contraction`.

They depend on the diagram only, so they are made once and kept in the compiled file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Ints
from configurator.engine.diagram import Diagram

WORTHWHILE = 0.95
Arrays = dict[str, NDArray[Any]]


def contract(diagram: Diagram) -> Arrays:
    """The rounds in order (`rounds` tells which of them are series), and the core."""
    found: Arrays = {}
    kinds: list[bool] = []
    count = len(diagram.node_layer)
    source, target = diagram.edge_source(), diagram.edge_target
    while len(source):
        before = len(source)
        for shrink in (_series, _parallel):
            step, near, far = shrink(count, source, target)
            if len(near) < len(source) * WORTHWHILE:
                found |= {f"round {len(kinds)} {name}": array for name, array in step.items()}
                kinds.append(shrink is _series)
                source, target = near, far
        if len(source) == before:
            break
    return {"rounds": np.array(kinds, np.bool_), **found, **_core(count, source, target)}


def _core(count: int, source: Ints, target: Ints) -> Arrays:
    """Nodes are numbered twice: by their height above the end, which is 0, for ways up, and by
    their depth below the root, which is 0, for ways down."""
    heights = _heights(count, source, target)
    depths = _heights(count, count - 1 - target, count - 1 - source)[::-1]
    kept = np.unique(np.concatenate((source, target, [0, count - 1])))
    by_height, by_depth = _numbers(kept, heights), _numbers(kept, depths)
    near, far = by_height[source], by_height[target]
    return {
        "core source": near,
        "core target": far,
        "core source below": by_depth[source],
        "core size": np.array([len(kept), by_height[0]], np.int64),
        **_levels("up", near, far, np.sort(heights[kept])),
        **_levels("down", by_depth[target], by_depth[source], np.sort(depths[kept])),
    }


def _numbers(kept: Ints, rank: Ints) -> Ints:
    """For each node its place among those kept, by rank."""
    number = np.zeros(len(rank), np.int64)
    number[kept[np.argsort(rank[kept], kind="stable")]] = np.arange(len(kept))
    return number


def _levels(name: str, near: Ints, far: Ints, ranks: Ints) -> Arrays:
    """Edges in the order of their near nodes, whose ranks ascend; rank 0 has no edges.

    `cuts`: of each level its first node and the next level's, and the same of its edges.
    """
    edges = np.argsort(near, kind="stable")
    firsts = np.searchsorted(near[edges], np.arange(len(ranks) + 1))
    begins = np.flatnonzero(np.concatenate((ranks[1:] != ranks[:-1], [True]))) + 1
    nodes = np.stack((begins[:-1], begins[1:]), axis=1)
    cuts = np.concatenate((nodes, firsts[nodes]), axis=1)
    starts = firsts[1:-1] - np.repeat(cuts[:, 2], nodes[:, 1] - nodes[:, 0])
    return {
        f"{name} edges": edges,
        f"{name} ends": far[edges],
        f"{name} starts": starts,
        f"{name} cuts": cuts,
    }


def _grouped(group: Ints, within: Ints | None = None) -> Arrays:
    """The arrays of a `Round`."""
    keys = (group,) if within is None else (within, group)
    order = np.lexsort(keys)
    ordered = group[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(np.concatenate((starts, [len(group)])))
    big = np.flatnonzero(sizes > 1)
    big_sizes = sizes[big]
    return {
        "heads": order[starts],
        "group": group,
        "big": big,
        "order": order[np.repeat(sizes > 1, sizes)],
        "starts": np.cumsum(big_sizes) - big_sizes,
        "big_of": np.repeat(np.arange(len(big)), big_sizes),
    }


def _parallel(count: int, source: Ints, target: Ints) -> tuple[Arrays, Ints, Ints]:
    """Edges between the same nodes become one."""
    keys, group = np.unique(source * count + target, return_inverse=True)
    return _grouped(group.reshape(-1)), keys // count, keys % count


def _series(count: int, source: Ints, target: Ints) -> tuple[Arrays, Ints, Ints]:
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
    return _grouped(group, source), source[heads], far


def _heights(count: int, source: Ints, target: Ints) -> Ints:
    """The number of edges on the longest way to the end; sources come before their targets."""
    height = [0] * count
    order = np.argsort(source, kind="stable")[::-1]
    pairs = zip(source[order].tolist(), target[order].tolist(), strict=True)
    for start, stop in pairs:
        if height[stop] >= height[start]:
            height[start] = height[stop] + 1
    return np.array(height, np.int64)
