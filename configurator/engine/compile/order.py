"""The order of the options in the diagram: a walk of the min-fill elimination tree."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from math import log2

HUB = 150


def elimination_order(
    count: int,
    scopes: Sequence[Sequence[int]],
    sizes: Sequence[int],
    groups: Sequence[Sequence[int]] = (),
) -> list[int]:
    """Options 0..count-1 in diagram order, top first.

    Two options are neighbors when a scope holds both. Options are eliminated by min-fill; the
    elimination tree is walked depth-first from its roots, small subtrees first. Groups are
    options of which at most one is taken; an order that keeps each group together is tried too,
    and the one with the smaller cuts wins.
    """
    cluster = _clusters(count, groups)
    bits = [max(size - 1, 1).bit_length() for size in sizes]
    plain = _order(count, scopes)
    if len(set(cluster)) == count:
        return plain
    numbers = {name: number for number, name in enumerate(sorted(set(cluster)))}
    coarse = _order(len(numbers), [{numbers[cluster[item]] for item in scope} for scope in scopes])
    members: list[list[int]] = [[] for _ in numbers]
    for item in plain:
        members[numbers[cluster[item]]].append(item)
    kept = [item for number in coarse for item in members[number]]
    return min((plain, kept), key=lambda order: _cost(order, scopes, bits, cluster))


def _clusters(count: int, groups: Sequence[Sequence[int]]) -> list[int]:
    """For each option the first member of its first group, or itself."""
    cluster = list(range(count))
    for group in groups:
        free = [item for item in group if cluster[item] == item]
        for item in free:
            cluster[item] = free[0]
    return cluster


def _cost(
    order: Sequence[int], scopes: Sequence[Sequence[int]], bits: list[int], cluster: list[int]
) -> float:
    """A measure of the diagram's size: over all cuts, the states of the options above it which
    still matter below it; of a group only which member is taken matters."""
    position = {item: place for place, item in enumerate(order)}
    last = [position[item] for item in range(len(order))]
    for scope in scopes:
        lowest = max((position[item] for item in scope), default=0)
        for item in scope:
            last[item] = max(last[item], lowest)
    ending: list[list[int]] = [[] for _ in order]
    for item in order:
        ending[last[item]].append(item)
    open_: dict[int, int] = {}
    width: dict[int, float] = {}
    total, bits_open = 0.0, 0.0
    for place, item in enumerate(order):
        changed = [(item, 1), *((other, -1) for other in ending[place])]
        for other, step in changed:
            if last[other] == position[other]:  # matters nowhere below itself
                continue
            name = cluster[other]
            open_[name] = open_.get(name, 0) + step
            bits_open -= width.get(name, 0.0)
            width[name] = bits[other] if open_[name] == 1 else log2(1 + open_[name])
            if not open_[name]:
                width[name] = 0.0
            bits_open += width[name]
        total += 2.0 ** min(bits_open, 900.0)
    return total


def _order(count: int, scopes: Iterable[Iterable[int]]) -> list[int]:
    neighbors = _graph(count, scopes)
    parents, sequence = _eliminate(neighbors)
    return _walk(parents, sequence)


def _graph(count: int, scopes: Iterable[Iterable[int]]) -> list[int]:
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
    """How many edges would be added (counted twice) if `item` were eliminated; for an option with
    very many neighbors as many as there could be, since its turn does not come soon."""
    around = neighbors[item]
    degree = around.bit_count()
    if degree > HUB:
        return degree * (degree - 1)
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
