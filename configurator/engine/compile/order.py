"""The order of the options in the diagram: a walk of the min-fill elimination tree."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence


def elimination_order(count: int, scopes: Iterable[Sequence[int]]) -> list[int]:
    """Options 0..count-1 in diagram order, top first.

    Two options are neighbors when a scope holds both. Options are eliminated by min-fill; the
    elimination tree is walked depth-first from its roots, small subtrees first.
    """
    neighbors = _graph(count, scopes)
    parents, sequence = _eliminate(neighbors)
    return _walk(parents, sequence)


def _graph(count: int, scopes: Iterable[Sequence[int]]) -> list[int]:
    """Adjacency as bit sets."""
    neighbors = [0] * count
    for scope in scopes:
        clique = 0
        for item in scope:
            clique |= 1 << item
        for item in scope:
            neighbors[item] |= clique
    return [bits & ~(1 << item) for item, bits in enumerate(neighbors)]


def _members(bits: int) -> list[int]:
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


def _fill(neighbors: list[int], item: int) -> int:
    """How many edges would be added (counted twice) if `item` were eliminated."""
    around = neighbors[item]
    return sum((around & ~neighbors[other]).bit_count() - 1 for other in _members(around))


def _eliminate(neighbors: list[int]) -> tuple[list[int], list[int]]:
    """Min-fill elimination: each option's parent in the elimination tree (-1: root), and the
    sequence. Priorities are renewed around each elimination and checked when they come up."""
    count = len(neighbors)
    neighbors = list(neighbors)
    best = [_fill(neighbors, item) for item in range(count)]
    heap = [(best[item], neighbors[item].bit_count(), item) for item in range(count)]
    heapq.heapify(heap)
    position = [-1] * count
    cliques: list[int] = [0] * count
    sequence: list[int] = []
    while heap:
        fill, _degree, item = heapq.heappop(heap)
        if position[item] >= 0 or fill != best[item]:
            continue
        position[item] = len(sequence)
        sequence.append(item)
        around = cliques[item] = neighbors[item]
        for other in _members(around):
            neighbors[other] = (neighbors[other] | around) & ~(1 << other) & ~(1 << item)
        touched = around
        if fill:
            for other in _members(around):
                touched |= neighbors[other]
        for other in _members(touched if count <= 600 else around):
            best[other] = _fill(neighbors, other)
            heapq.heappush(heap, (best[other], neighbors[other].bit_count(), other))
    parents = [
        min(_members(cliques[item]), key=position.__getitem__, default=-1) for item in range(count)
    ]
    return parents, sequence


def _walk(parents: list[int], sequence: list[int]) -> list[int]:
    below: dict[int, list[int]] = {}
    size = [1] * len(parents)
    for item in sequence:
        below.setdefault(parents[item], []).append(item)
        if parents[item] >= 0:
            size[parents[item]] += size[item]
    order: list[int] = []
    stack = sorted(below.get(-1, []), key=lambda item: (-size[item], item))
    while stack:
        item = stack.pop()
        order.append(item)
        stack.extend(sorted(below.get(item, []), key=lambda child: (-size[child], child)))
    return order
