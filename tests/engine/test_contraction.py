"""Sweeps over what is drawn together equal sweeps over all edges, on random diagrams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import add
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine.compile import contract
from configurator.engine.compile.contract import Arrays
from configurator.engine.contraction import Contraction, Join
from configurator.engine.diagram import Diagram
from tests.engine.oracle import examples

INFINITY = float("inf")


@pytest.fixture(scope="module", autouse=True)
def _joining() -> Iterator[None]:
    """Join nodes, which small diagrams are not worth."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contract, "ROUND", 0)
        patch.setattr(contract, "LEVEL", 1_000_000)
        yield


def random_diagram(random: Random) -> Diagram:
    """Up to 12 layers of up to 3 nodes; every node is on a way from the root to the end."""
    layers = [1, *(random.randint(1, 3) for _ in range(random.randint(0, 10))), 1]
    first = np.concatenate(([0], np.cumsum(layers))).tolist()
    pairs = []
    for depth, size in enumerate(layers[:-1]):
        below = range(first[depth + 1], first[depth + 2])
        for node in range(first[depth], first[depth] + size):
            pairs += [(node, random.choice(below)) for _ in range(random.randint(1, 3))]
            if random.random() < 0.2:
                pairs.append((node, random.randrange(first[depth + 1], first[-1])))
        pairs += [(random.randrange(first[depth], first[depth + 1]), node) for node in below]
    pairs.sort()
    sources = [near for near, _ in pairs]
    return Diagram(
        np.repeat(np.arange(len(layers)), layers),
        np.searchsorted(sources, np.arange(first[-1] + 1)),
        np.arange(len(pairs)),
        np.array([far for _, far in pairs], np.int64),
        np.zeros(len(pairs), np.int64),
    )


def ways(
    diagram: Diagram, costs: list[float], join: Callable[[float, float], float] = add
) -> tuple[list[float], list[float], list[int]]:
    """The least cost from the root to each node and from it to the end, and ways to the end."""
    edges = list(zip(diagram.edge_source().tolist(), diagram.edge_target.tolist(), strict=True))
    down = [0.0] + [INFINITY] * diagram.end
    up, count = [INFINITY] * diagram.end + [0.0], [0] * diagram.end + [1]
    for (near, far), cost in zip(edges, costs, strict=True):
        down[far] = min(down[far], join(down[near], cost))
    for (near, far), cost in zip(reversed(edges), reversed(costs), strict=True):
        up[near] = min(up[near], join(cost, up[far]))
        count[near] += count[far] * (cost < INFINITY)
    return down, up, count


@examples(120)
@given(st.integers(0, 1 << 30), st.sampled_from((0.0, 0.1, 0.4)))
def test_sweeps_equal_those_over_all_edges(seed: int, masked: float) -> None:
    random = Random(seed)
    diagram = random_diagram(random)
    size = diagram.edge_count
    costs = [INFINITY if random.random() < masked else random.randint(0, 9) for _ in range(size)]
    core = Contraction(contract.contract(diagram))
    down, up, count = ways(diagram, costs)
    lifted = core.lift(np.array(costs, float), np.add, np.minimum)
    above = core.up(lifted[-1], np.add, np.minimum, 0.0)
    assert above[core.root] == up[0]
    outside = core.down(lifted[-1], 0.0) + above.take(core.target)
    near, far = diagram.edge_source().tolist(), diagram.edge_target.tolist()
    besides = [down[a] + up[b] for a, b in zip(near, far, strict=True)]
    assert core.around(lifted, outside).tolist() == besides
    if up[0] < INFINITY:
        assert _walk(core, diagram, lifted, above, costs) == up[0]
    lifted = core.lift(np.array(costs, float), np.maximum, np.minimum)
    above = core.up(lifted[-1], np.maximum, np.minimum, 0.0)
    down, up, _count = ways(diagram, costs, max)
    assert above[core.root] == up[0]
    outside = np.maximum(core.down(lifted[-1], 0.0, np.maximum), above.take(core.target))
    besides = [max(down[a], up[b]) for a, b in zip(near, far, strict=True)]
    assert core.around(lifted, outside, np.maximum).tolist() == besides
    possible = np.isfinite(costs).astype(np.int64)
    numbers = core.lift(possible, np.multiply, np.add)[-1]
    for exact_below in (0, 2, 99):
        assert core.count_up(numbers, exact_below)[core.root] == count[0]


def _walk(
    core: Contraction, diagram: Diagram, lifted: list[Any], above: Any, costs: list[float]
) -> float:
    """The cost of a cheapest way, which must lead from the root to the end."""
    taken = np.zeros(len(core.source), np.bool_)
    node = core.root
    while node:
        edges = np.flatnonzero(core.source == node)
        best = edges[np.argmin(lifted[-1][edges] + above[core.target[edges]])]
        taken[best] = True
        node = int(core.target[best])
    way = np.flatnonzero(core.members(taken, lifted))
    assert diagram.edge_source()[way].tolist() == [0, *diagram.edge_target[way].tolist()[:-1]]
    assert diagram.edge_target[way[-1]] == diagram.end
    return sum(costs[edge] for edge in way.tolist())


def test_long_narrow_diagrams_are_joined() -> None:
    arrays: Arrays = contract.contract(random_diagram(Random(5)))
    assert any(isinstance(step, Join) for step in Contraction(arrays).rounds)
