"""Designs drawn at random, within a budget and a deadline."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from configurator.engine.compile.domains import Bools
from configurator.engine.errors import ModelError
from configurator.engine.model import Choices, Value
from configurator.engine.space import Space, Texts

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

TRIES = 48
"""So many designs are drawn before a budget is kept value by value."""


def draw(
    space: AnySpace,
    seed: int,
    choices: Choices,
    texts: Texts | None = None,
    *,
    budget: int | None = None,
    deadline: int | None = None,
) -> dict[str, Value]:
    """A design that keeps the choices, the budget (minor units) and the deadline (lead days).

    Each such design is equally likely where one of 48 drawn ones keeps the budget; else, and in a
    searched space with a deadline, the values are drawn one after the other, each from what is
    possible with those before. ModelError when no design keeps all of it.
    """
    generator = Random(seed)
    if isinstance(space, Space):
        found = _evenly(space, generator, choices, texts, budget, deadline)
        return found or walk(space, generator, choices, texts, budget, deadline)
    if deadline is None:
        return space.random(seed, choices)
    return walk(space, generator, choices, texts, None, deadline)


def _evenly(
    space: Space,
    generator: Random,
    choices: Choices,
    texts: Texts | None,
    budget: int | None,
    deadline: int | None,
) -> dict[str, Value] | None:
    prices = space.pricing.prices(texts or {})
    if deadline is not None:
        prices = space.pricing.within(prices, deadline)
    if not np.isfinite(prices.start):
        raise ModelError("No design keeps all of these choices.")
    mask = space.numbering.allowed(choices) & np.isfinite(prices.weights)
    lots = Lots(space, mask, np.isfinite(prices.extra))
    for _try in range(TRIES):
        values, edges = lots.draw(generator)
        if budget is None:
            return space.numbering.design(values)
        pieces = space.sweeper.edge_piece[edges]
        total = prices.start + prices.weights[values].sum() + prices.extra[pieces].sum()
        if total <= budget:
            return space.numbering.design(values)
    return None


class Lots:
    """Ways through a diagram, each drawn with the same probability."""

    def __init__(self, space: Space, mask: Bools, open_pieces: Bools) -> None:
        counter, self.diagram = space.sweeper.counter, space.diagram
        self.factor = counter.factors(mask, object) * open_pieces
        self.factor = self.factor[space.sweeper.edge_piece]
        self.ways = counter.ways_by(self.factor)
        self.free = [
            [number + start for number in np.flatnonzero(mask[start:stop]).tolist()]
            for start, stop in pairwise(space.numbering.offsets)
        ]
        if not self.ways[0] or not all(self.free):
            raise ModelError("No design keeps all of these choices.")

    def draw(self, generator: Random) -> tuple[list[int], list[int]]:
        """The numbers of values, one a layer, and the edges of the way."""
        chosen = [generator.choice(values) for values in self.free]
        edges: list[int] = []
        node, end = 0, self.diagram.end
        while node != end:
            edge = self._edge(generator, node)
            edges.append(edge)
            chosen[int(self.diagram.node_layer[node])] = int(self.diagram.edge_value[edge])
            node = int(self.diagram.edge_target[edge])
        return chosen, edges

    def _edge(self, generator: Random, node: int) -> int:
        begin, stop = int(self.diagram.first_edge[node]), int(self.diagram.first_edge[node + 1])
        shares = [
            int(self.factor[edge]) * int(self.ways[self.diagram.edge_target[edge]])
            for edge in range(begin, stop)
        ]
        spot = generator.randrange(sum(shares))
        for edge, share in zip(range(begin, stop), shares, strict=True):
            if spot < share:
                return edge
            spot -= share
        raise AssertionError("unreachable")


def walk(
    space: AnySpace,
    generator: Random,
    choices: Choices,
    texts: Texts | None,
    budget: int | None,
    deadline: int | None,
) -> dict[str, Value]:
    """A design drawn value by value; ModelError when there is none."""
    chosen = dict(choices)
    answer = space.answer(chosen, texts, budget=budget, deadline=deadline)
    if not answer.completion:
        raise ModelError("No design keeps all of these choices.")
    names = [name for name in answer.possible if name not in chosen]
    for name in generator.sample(names, len(names)):
        able = [value for value, yes in answer.possible[name].items() if yes]
        chosen[name] = generator.choice(able)
        if len(able) > 1:
            answer = space.answer(chosen, texts, budget=budget, deadline=deadline)
    return {name: chosen[name] for name in space.numbering.names}
