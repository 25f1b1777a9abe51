"""Drawing a diagram together: the arrays of a `Contraction`.

They depend on the diagram only, so they are made once and kept in the compiled file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.diagram import Diagram

# What sweeps of a click take, in nanoseconds.
LEVEL = 2_000
"""A level of the core."""
EDGE = 14
"""An edge of the core."""
ROUND = 4_500
"""A round of pairs or of groups."""
MEMBER = 5
"""A member of a pair or a group."""

WORTHWHILE = 0.95
Arrays = dict[str, NDArray[Any]]


@dataclass
class _Pieces:
    """Pieces of ways, each numbered once however often it occurs: edges, pairs of pieces one
    after the other, and groups of pieces side by side."""

    count: int
    members: int = 0
    kinds: list[str] = field(default_factory=list)
    rounds: Arrays = field(default_factory=dict)

    def pairs(self, one: Ints, two: Ints) -> Ints:
        """The numbers of new pieces, pair by pair."""
        keys = (np.minimum(one, two) << 32) | np.maximum(one, two)
        unique, number = np.unique(keys, return_inverse=True)
        left, right = unique >> 32, unique & 0xFFFFFFFF
        ends, others = np.concatenate((left, right)), np.concatenate((right, left))
        self._add("pairs", len(unique), ends=ends, others=others)
        made: Ints = self.count - len(unique) + number.reshape(-1)
        return made

    def groups(self, pieces: Ints, starts: Ints) -> Ints:
        """The numbers of new pieces; each begins at one of the starts, and is sorted."""
        known: dict[bytes, int] = {}
        stops = [*starts[1:].tolist(), len(pieces)]
        spans = list(zip(starts.tolist(), stops, strict=True))
        number = [known.setdefault(pieces[a:b].tobytes(), len(known)) for a, b in spans]
        members = [np.frombuffer(key, pieces.dtype) for key in known]
        owner = np.repeat(np.arange(len(known)), [len(part) for part in members])
        self._add("groups", len(known), members=np.concatenate(members), owner=owner)
        return self.count - len(known) + np.array(number, np.int64)

    def _add(self, kind: str, count: int, **arrays: Ints) -> None:
        self.rounds |= {f"round {len(self.kinds)} {name}": array for name, array in arrays.items()}
        self.kinds.append(kind)
        self.count += count
        self.members += sum(map(len, arrays.values()))


@dataclass
class _Graph:
    """Edges while they are drawn together, with the piece that each stands for."""

    count: int
    source: Ints
    target: Ints
    piece: Ints

    @property
    def size(self) -> int:
        return len(self.source)


def contract(diagram: Diagram) -> Arrays:
    """The pieces, the rounds in order (`rounds` tells their kinds), and the core."""
    edge_piece, example = _first_pieces(diagram)
    pieces = _Pieces(len(example))
    graph = _Graph(len(diagram.node_layer), diagram.edge_source(), diagram.edge_target, edge_piece)
    graph = _shrunk(graph, pieces)
    graph, rounds = _joined(graph, pieces)
    kinds = pieces.kinds[:rounds]
    kept = [name for name in pieces.rounds if int(name.split()[1]) < rounds]
    return {
        "edge piece": edge_piece,
        "piece example": example,
        "rounds": np.array(kinds, "S6"),
        **{name: pieces.rounds[name] for name in kept},
        **_core(graph),
    }


def _first_pieces(diagram: Diagram) -> tuple[Ints, Ints]:
    """For each edge its piece, and for each piece an edge: edges are alike if they have the same
    value, amounts, and layers that they pass over."""
    columns = [
        diagram.edge_value,
        diagram.node_layer[diagram.edge_target],
        diagram.edge_amount,
        *diagram.cells.values(),
    ]
    if not diagram.edge_count:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = np.lexsort(columns[::-1])
    ordered = np.stack([column[order] for column in columns])
    new = np.concatenate(([True], (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)))
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(new) - 1
    return number, order[new]


def _shrunk(graph: _Graph, pieces: _Pieces) -> _Graph:
    """Chains and parallel edges drawn together, as long as that makes much fewer of them."""
    while graph.size:
        before = graph.size
        while (halved := _halved(graph, pieces)) is not None:
            graph = halved
        graph = _merged(graph, pieces) or graph
        if graph.size > before * WORTHWHILE:
            break
    return graph


def _joined(graph: _Graph, pieces: _Pieces) -> tuple[_Graph, int]:
    """Nodes with a single way in or out left out, and how many of the rounds that needs, as far as
    sweeps take least time."""
    best, rounds, least = graph, len(pieces.kinds), _time(graph, pieces)
    while graph.size:
        heights = _heights(graph)
        gone = _joinable(graph, heights)
        if not gone.any():
            break
        graph = _without(graph, gone, pieces)
        graph = _merged(graph, pieces) or graph
        time = _time(graph, pieces)
        if time < least:
            best, rounds, least = graph, len(pieces.kinds), time
    return best, rounds


def _time(graph: _Graph, pieces: _Pieces) -> float:
    """What a click takes, in nanoseconds."""
    levels = int(_heights(graph).max(initial=0))
    return levels * LEVEL + graph.size * EDGE + len(pieces.kinds) * ROUND + pieces.members * MEMBER


def _merged(graph: _Graph, pieces: _Pieces) -> _Graph | None:
    """Edges between the same nodes become one; None if there are none."""
    keys, group, sizes = np.unique(
        graph.source * graph.count + graph.target, return_inverse=True, return_counts=True
    )
    if len(keys) == graph.size:
        return None
    group = group.reshape(-1)
    order = np.lexsort((graph.piece, group))
    starts = np.cumsum(sizes) - sizes
    ordered = graph.piece[order]
    piece = ordered[starts]
    several = sizes > 1
    inside = ordered[np.repeat(several, sizes)]
    bounds = np.cumsum(sizes[several]) - sizes[several]
    piece[several] = pieces.groups(inside, bounds)
    return _Graph(graph.count, keys // graph.count, keys % graph.count, piece)


def _halved(graph: _Graph, pieces: _Pieces) -> _Graph | None:
    """Every other node of each chain left out; None if there are no chains."""
    count = graph.count
    between = np.bincount(graph.source, minlength=count) == 1
    between &= np.bincount(graph.target, minlength=count) == 1
    between[[0, count - 1]] = False
    if not between.any():
        return None
    # how many nodes of its chain follow each node of one
    onward = np.arange(count)
    inside = between[graph.source]
    onward[graph.source[inside]] = graph.target[inside]
    onward[~between] = np.flatnonzero(~between)
    length = between.astype(np.int64)
    while between[onward].any():
        length += length[onward]
        onward = onward[onward]
    return _without(graph, between & (length % 2 == 1), pieces)


def _without(graph: _Graph, gone: Bools, pieces: _Pieces) -> _Graph:
    """The graph without some nodes, no two of them neighbors: each pair of an edge to one and an
    edge from it becomes an edge."""
    source, target = graph.source, graph.target
    kept = np.flatnonzero(~gone[target] & ~gone[source])
    arriving, leaving = np.flatnonzero(gone[target]), np.flatnonzero(gone[source])
    leaving = leaving[np.argsort(source[leaving], kind="stable")]
    first = np.searchsorted(source[leaving], np.arange(graph.count + 1))
    begin, ways = first[target[arriving]], np.diff(first)[target[arriving]]
    starts = np.cumsum(ways) - ways
    ins = np.repeat(arriving, ways)
    outs = leaving[np.arange(len(ins)) + np.repeat(begin - starts, ways)]
    made = pieces.pairs(graph.piece[ins], graph.piece[outs])
    return _Graph(
        graph.count,
        np.concatenate((source[kept], source[ins])),
        np.concatenate((target[kept], target[outs])),
        np.concatenate((graph.piece[kept], made)),
    )


def _joinable(graph: _Graph, heights: Ints) -> Bools:
    """Nodes with a single way in or out, no two of them neighbors; from the end upwards."""
    count = graph.count
    ways_in = np.bincount(graph.target, minlength=count)
    ways_out = np.bincount(graph.source, minlength=count)
    few = np.minimum(ways_in, ways_out) == 1
    gone, blocked = bytearray(count), bytearray(count)
    neighbors: list[list[int]] = [[] for _ in range(count)]
    for near, far in zip(graph.source.tolist(), graph.target.tolist(), strict=True):
        neighbors[near].append(far)
        neighbors[far].append(near)
    candidates = np.flatnonzero(few)
    for node in candidates[np.argsort(heights[candidates], kind="stable")].tolist():
        if not blocked[node]:
            gone[node] = 1
            for other in neighbors[node]:
                blocked[other] = 1
    return np.frombuffer(gone, np.bool_)


def _heights(graph: _Graph) -> Ints:
    """The number of edges on the longest way to the end; sources come before their targets."""
    height = [0] * graph.count
    order = np.argsort(graph.source, kind="stable")[::-1]
    pairs = zip(graph.source[order].tolist(), graph.target[order].tolist(), strict=True)
    for start, stop in pairs:
        if height[stop] >= height[start]:
            height[start] = height[stop] + 1
    return np.array(height, np.int64)


def _depths(graph: _Graph) -> Ints:
    """The number of edges on the longest way from the root."""
    last = graph.count - 1
    turned = _Graph(graph.count, last - graph.target, last - graph.source, graph.piece)
    return _heights(turned)[::-1]


def _core(graph: _Graph) -> Arrays:
    """Nodes by their height above the end, which is 0, and edges by the height of their sources.

    Ways up go level by level through the edges as they are. Ways both up and down go through
    `both`: nodes are numbered twice, by height, and by depth below the root from there on; a level
    has the edges of both.
    """
    heights, depths = _heights(graph), _depths(graph)
    kept = np.unique(np.concatenate((graph.source, graph.target, [0, graph.count - 1])))
    by_height, by_depth = _numbers(kept, heights), _numbers(kept, depths)
    order = np.argsort(by_height[graph.source], kind="stable")
    near, far = by_height[graph.source][order], by_height[graph.target][order]
    piece = graph.piece[order]
    source, target = graph.source[order], graph.target[order]
    above, below = by_depth[source] + len(kept), by_depth[target] + len(kept)
    level = np.concatenate((heights[source], depths[target]))
    both = np.argsort(level, kind="stable")
    return {
        "core size": np.array([len(kept), by_height[0]], np.int64),
        "core near": near,
        "core far": far,
        "core piece": piece,
        "core above": above,
        "core cuts": _cuts(heights[source]),
        "both near": np.concatenate((near, below))[both],
        "both far": np.concatenate((far, above))[both],
        "both piece": np.concatenate((piece, piece))[both],
        "both cuts": _cuts(level[both]),
    }


def _cuts(levels: Ints) -> Ints:
    """Where each level begins and ends in ascending ones."""
    begins = np.flatnonzero(np.diff(levels, prepend=-1))
    return np.stack((begins, np.append(begins, len(levels))[1:]), axis=1)


def _numbers(kept: Ints, rank: Ints) -> Ints:
    """For each node its place among those kept, by rank."""
    number = np.zeros(len(rank), np.int64)
    number[kept[np.argsort(rank[kept], kind="stable")]] = np.arange(len(kept))
    return number
