"""Drawing a diagram's chains and parallel edges together: the arrays of a `Contraction`.

They depend on the diagram only, so they are made once and kept in the compiled file.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.diagram import Diagram

WORTHWHILE = 0.95
GROWTH = 3
"""Edges that a node may cost when it is joined away."""
LEVEL = 500
"""Edges that take as long as the calls for one level of the core."""
ROUND = 5
"""Levels that take as long as the calls for joining nodes."""
Arrays = dict[str, NDArray[Any]]


class _Graph:
    """Nodes and edges while they are drawn together, and the rounds so far."""

    def __init__(self, diagram: Diagram) -> None:
        self.count = len(diagram.node_layer)
        self.source, self.target = diagram.edge_source(), diagram.edge_target
        self.kinds: list[str] = []
        self.rounds: Arrays = {}

    def add(self, kind: str, step: tuple[Arrays, Ints, Ints]) -> None:
        arrays, self.source, self.target = step
        self.rounds |= {f"round {len(self.kinds)} {name}": arrays[name] for name in arrays}
        self.kinds.append(kind)

    def shrink(self) -> None:
        """Chains and parallel edges, as long as that makes much fewer of them."""
        while len(self.source):
            before = len(self.source)
            for kind, found in (("series", _series), ("parallel", _parallel)):
                step = found(self.count, self.source, self.target)
                if len(step[1]) < len(self.source) * WORTHWHILE:
                    self.add(kind, step)
            if len(self.source) == before:
                break

    def join(self) -> None:
        """Nodes with few edges, as long as that saves more levels than it costs."""
        heights = _heights(self.count, self.source, self.target)
        while heights.any():
            joined = _join(self.count, self.source, self.target, heights)
            merged = _parallel(self.count, *joined[1:])
            lower = _heights(self.count, *merged[1:])
            saved = int(heights.max()) - int(lower.max())
            if saved <= 0 or (saved - ROUND) * LEVEL <= len(self.source):
                break
            self.add("join", joined)
            self.add("parallel", merged)
            heights = lower


def contract(diagram: Diagram) -> Arrays:
    """The rounds in order (`rounds` tells their kinds), and the core."""
    graph = _Graph(diagram)
    graph.shrink()
    graph.join()
    core = _core(graph.count, graph.source, graph.target)
    return {"rounds": np.array(graph.kinds, "S8"), **graph.rounds, **core}


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


def _join(count: int, source: Ints, target: Ints, heights: Ints) -> tuple[Arrays, Ints, Ints]:
    """Nodes with few edges are left out: each pair of an edge to one and an edge from it becomes
    an edge. The arrays of a `Join`; new edges are those that are kept, then the pairs."""
    gone = _joinable(count, source, target, heights)
    kept = np.flatnonzero(~gone[target] & ~gone[source])
    arriving, leaving = np.flatnonzero(gone[target]), np.flatnonzero(gone[source])
    leaving = leaving[np.argsort(source[leaving], kind="stable")]
    first = np.searchsorted(source[leaving], np.arange(count + 1))
    begin, ways = first[target[arriving]], np.diff(first)[target[arriving]]
    starts = np.cumsum(ways) - ways
    ins = np.repeat(arriving, ways)
    outs = leaving[np.arange(len(ins)) + np.repeat(begin - starts, ways)]
    by_out = np.argsort(outs, kind="stable")
    out_edges, out_starts = np.unique(outs[by_out], return_index=True)
    arrays = {
        "kept": kept,
        "ins": ins,
        "outs": outs,
        "in_edges": arriving,
        "in_starts": starts,
        "by_out": by_out,
        "out_edges": out_edges,
        "out_starts": out_starts,
    }
    near, far = (source[kept], source[ins]), (target[kept], target[outs])
    return arrays, np.concatenate(near), np.concatenate(far)


def _joinable(count: int, source: Ints, target: Ints, heights: Ints) -> Bools:
    """Nodes, no two of them neighbors, that make few edges more; from the end upwards."""
    ways_in, ways_out = np.bincount(target, minlength=count), np.bincount(source, minlength=count)
    few = ways_in * ways_out - ways_in - ways_out <= GROWTH
    few &= (ways_in > 0) & (ways_out > 0)
    gone, blocked = bytearray(count), bytearray(count)
    neighbors: list[list[int]] = [[] for _ in range(count)]
    for near, far in zip(source.tolist(), target.tolist(), strict=True):
        neighbors[near].append(far)
        neighbors[far].append(near)
    candidates = np.flatnonzero(few)
    for node in candidates[np.argsort(heights[candidates], kind="stable")].tolist():
        if not blocked[node]:
            gone[node] = 1
            for other in neighbors[node]:
                blocked[other] = 1
    return np.frombuffer(gone, np.bool_)


def _heights(count: int, source: Ints, target: Ints) -> Ints:
    """The number of edges on the longest way to the end; sources come before their targets."""
    height = [0] * count
    order = np.argsort(source, kind="stable")[::-1]
    pairs = zip(source[order].tolist(), target[order].tolist(), strict=True)
    for start, stop in pairs:
        if height[stop] >= height[start]:
            height[start] = height[stop] + 1
    return np.array(height, np.int64)
