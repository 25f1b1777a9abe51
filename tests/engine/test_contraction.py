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
from configurator.engine.contraction import CHEAPEST, FASTEST, Contraction, Pairs
from configurator.engine.diagram import Diagram
from tests.engine.oracle import examples

INFINITY = float("inf")


@pytest.fixture(scope="module", autouse=True)
def _joining() -> Iterator[None]:
    """Join nodes, which small diagrams are not worth, some of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contract, "ROUND", 500)
        yield


def random_diagram(random: Random) -> Diagram:
    """Up to 12 layers of up to 3 nodes; every node is on a way from the root to the end. Many
    edges of a layer have the same value."""
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
    depths = np.repeat(np.arange(len(layers)), layers).tolist()
    return Diagram(
        np.array(depths),
        np.searchsorted(sources, np.arange(first[-1] + 1)),
        np.array([4 * depths[near] + random.randrange(4) for near in sources]),
        np.array([far for _, far in pairs], np.int64),
        np.array([random.choice((0, 0, 7)) for _ in pairs]),
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
    near, far = diagram.edge_source().tolist(), diagram.edge_target.tolist()
    arrays = contract.contract(diagram)
    core, of_edge = Contraction(arrays), arrays["edge piece"]
    first = np.array(
        [INFINITY if random.random() < masked else random.randint(0, 9) for _ in range(core.first)],
        float,
    )
    costs = first[of_edge].tolist()
    for ring, join in ((CHEAPEST, add), (FASTEST, max)):
        down, up, count = ways(diagram, costs, join)
        pieces = core.lift(first, ring)
        above = core.up(pieces, ring)
        assert above[core.root] == up[0]
        again, outside = core.around(pieces, 0.0, ring)
        assert again.tolist() == above.tolist()
        besides = np.full(core.first, INFINITY)
        around = [join(down[a], up[b]) for a, b in zip(near, far, strict=True)]
        np.minimum.at(besides, of_edge, around)
        assert outside[: core.first].tolist() == besides.tolist()
        if ring is CHEAPEST and up[0] < INFINITY:
            assert _walk(diagram, core.cheapest(pieces, above), pieces, arrays) == up[0]
    possible = np.isfinite(first).astype(np.int64)
    for exact in ((0, -1), (2, -1), (99, 0), (99, 2), (99, 99)):
        assert core.count(possible, exact) == count[0]
    assert core.count(possible.astype(object), (-1, -1)) == count[0]


def _walk(diagram: Diagram, members: Any, pieces: Any, arrays: Arrays) -> float:
    """The cost of a way, which must lead from the root's layer to the end's."""
    way = arrays["piece example"][members]
    starts = diagram.node_layer[diagram.edge_source()[way]]
    stops = diagram.node_layer[diagram.edge_target[way]]
    assert np.sort(starts).tolist() == [0, *np.sort(stops)[:-1].tolist()]
    assert stops.max() == diagram.node_layer[-1]
    return float(pieces[members].sum())


def test_what_is_alike_is_kept_once() -> None:
    """Two nodes a layer, from each of which two values lead to both nodes of the next one."""
    layers = 20
    nodes = np.arange(1, 2 * layers - 1)
    near = np.concatenate(([0, 0], np.repeat(nodes, 2)))
    depth = (near + 1) // 2
    odd = np.arange(len(near)) % 2
    crossed = odd ^ (near % 2)
    last = depth == layers - 1
    diagram = Diagram(
        np.concatenate(([0], (nodes + 1) // 2, [layers])),
        np.append(np.arange(0, len(near), 2), [len(near)] * 2),
        2 * depth + odd,
        np.where(last, 2 * layers - 1, 2 * depth + 1 + crossed),
        np.zeros(len(near), np.int64),
    )
    arrays = contract.contract(diagram)
    assert len(arrays["edge piece"]) == len(near)
    assert len(arrays["piece example"]) == 2 * layers


def test_long_narrow_diagrams_are_joined() -> None:
    arrays: Arrays = contract.contract(random_diagram(Random(5)))
    assert any(isinstance(step, Pairs) for step in Contraction(arrays).rounds)
