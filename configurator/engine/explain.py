"""Why not, and what would it take."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from configurator.engine.errors import UnavailableError
from configurator.engine.model import Choices, Value
from configurator.engine.sweep import INFINITY, Costed, Floats

if TYPE_CHECKING:
    from configurator.engine.space import Space, Texts


@dataclass(frozen=True)
class Explanation:
    """Why a value is blocked: chosen options, and rules, none of which can be left out."""

    blocked: bool
    choices: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Repair:
    """Other values for some choices which make a wanted value possible.

    `total` are minor units of the cheapest design after the repair, None where prices are unknown.
    """

    changes: dict[str, Value]
    count: int
    total: int | None


def repairs(
    space: Space, choices: Choices, name: str, value: Value, limit: int, texts: Texts
) -> list[Repair]:
    """The `limit` best different repairs: fewest changes first, then the cheapest design.

    The best assignment of the chosen options is found by one sweep; the rest is split into parts
    without it (after Lawler), each of which has its own best one.
    """
    search = _Search(space, choices, name, value, texts)
    found: list[Repair] = []
    while search.heap and len(found) < limit:
        found.append(search.next())
    return found


class _Search:
    """A heap of parts of the space, each with its best design."""

    def __init__(
        self, space: Space, choices: Choices, name: str, value: Value, texts: Texts
    ) -> None:
        self.space = space
        self.prices = space.pricing.prices(texts)
        self.penalty = self.prices.penalty
        self.chosen = {option: kept for option, kept in choices.items() if option != name}
        if self.penalty * (len(self.chosen) + 2) >= 1 << 52:
            raise UnavailableError("The prices are too large to rank repairs by them.")
        weights = np.where(space.numbering.allowed({name: value}), self.prices.weights, INFINITY)
        for option, kept in self.chosen.items():
            number = space.numbering.number(option, kept)
            weights[space.numbering.span(option)] += self.penalty
            weights[number] -= self.penalty
        self.options = sorted(self.chosen, key=space.layers.layer_of.__getitem__)
        self.heap: list[tuple[float, int, int, Floats, Costed]] = []
        self.made = 0
        self._push(weights, 0)

    def _push(self, weights: Floats, place: int) -> None:
        """File the part under its best cost; options before `place` are settled in it."""
        costed = self.space.sweeper.costed(weights, self.prices.extra)
        if costed.best < INFINITY:
            heapq.heappush(self.heap, (costed.best, self.made, place, weights, costed))
            self.made += 1

    def next(self) -> Repair:
        """The best repair that is left; the parts without it go back on the heap."""
        best, _, place, weights, costed = heapq.heappop(self.heap)
        numbers = self.space.sweeper.cheapest(costed).tolist()
        design = self.space.numbering.design(numbers)
        changes = {
            option: design[option] for option, kept in self.chosen.items() if design[option] != kept
        }
        settled = weights.copy()
        for index in range(place, len(self.options)):
            layer = self.space.layers.layer_of[self.options[index]]
            number = numbers[layer]
            without = settled.copy()
            without[number] = INFINITY
            self._push(without, index)
            kept_weight = settled[number]
            settled[self.space.numbering.span(self.options[index])] = INFINITY
            settled[number] = kept_weight
        return Repair(
            changes, len(changes), int(best - len(changes) * self.penalty + self.prices.start)
        )
