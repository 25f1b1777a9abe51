"""Amounts on values and edges of a compiled space, with the texts of a design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.compile.terms import Cells, Terms, read_terms, rounded
from configurator.engine.diagram import Diagram
from configurator.engine.language import Expression, syntax
from configurator.engine.language.evaluate import number
from configurator.engine.language.residual import residual
from configurator.engine.model import Choices, Model, Value
from configurator.engine.sweep import Floats

RECENT = 16
"""Prices kept for a design's next click. A text counts by its length only."""


class Settled(NamedTuple):
    """Prices times `scale`, a power of two, and less than that on top, which settles what equally
    cheap designs have: of every value, and of every piece that is an edge."""

    weights: Floats
    extra: Floats
    scale: float


@dataclass(frozen=True)
class Prices:
    """Minor units: of every value, of every piece that is an edge, and of every product."""

    weights: Floats
    extra: Floats
    start: float
    settled: Settled
    penalty: float
    """A power of two, more than any two products can differ in price."""


class Days(NamedTuple):
    """Lead days of every value, of every piece that is an edge, and of every product."""

    weights: Floats
    extra: Floats
    start: float


class Pricing:
    """Puts the amounts of a design's texts on top of those that are always the same."""

    def __init__(
        self, layers: Layers, diagram: Diagram, terms: Terms, model: Model, examples: Ints
    ) -> None:
        self.layers = layers
        self.cells = {name: ids[examples] for name, ids in diagram.cells.items()}
        self.terms = terms
        self.model = model
        self.nothing = np.zeros(len(examples))
        self._recent: dict[tuple[int, ...], Prices] = {}
        self.summed = [cells for cells in terms.cells if cells.term.kind == "sum"]
        self.plain = self._settling(
            terms.weights.astype(np.float64),
            diagram.edge_amount[examples].astype(np.float64),
            float(terms.constant + diagram.root_amount),
        )

    def _settling(self, weights: Floats, extra: Floats, start: float) -> Prices:
        spread = abs(weights).sum() + len(self.layers.sizes) * abs(extra).max(initial=1.0)
        penalty = float(2 ** int(np.ceil(np.log2(4 * spread + 4))))
        return Prices(weights, extra, start, self.settled(weights, extra, penalty), penalty)

    @cached_property
    def parsed(self) -> dict[str, Expression]:
        return read_terms(self.model)

    @cached_property
    def ranks(self) -> Floats:
        """Of every value its place among its option's; a toggle that is off comes first."""
        sizes = self.layers.sizes
        places = np.arange(int(sizes.sum())) - np.repeat(self.layers.offsets[:-1], sizes)
        for variable, start in zip(self.layers.variables, self.layers.offsets, strict=False):
            if variable.kind == "toggle" and len(variable.values) == 2 and variable.values[0]:
                places[start : start + 2] = (1, 0)
        return places.astype(np.float64)

    @cached_property
    def rank_scale(self) -> float:
        """A power of two above the sum of any product's ranks."""
        highest = np.maximum.reduceat(self.ranks, self.layers.offsets[:-1])
        return float(2 ** int(np.ceil(np.log2(highest.sum() + 1))))

    def settled(self, weights: Floats, extra: Floats, largest: float) -> Settled:
        """Weights by which, of equally cheap products, one with the first values costs least, and
        of those that are equal in this too always the same one, whichever way it is looked for.
        Unchanged if `largest` (any sum) leaves no room in a float."""
        room = (1 << 52) / (largest * self.rank_scale)
        if room <= 1:
            return Settled(weights, extra, 1.0)
        ranked = weights * self.rank_scale + self.ranks
        scale = float(2.0 ** np.floor(np.log2(room)))
        highest = np.floor(scale / (len(self.layers.sizes) + 1)) - 1
        if highest < 1:
            return Settled(ranked, extra * self.rank_scale, self.rank_scale)
        lots = np.floor(self.lots * highest)
        whole = self.rank_scale * scale
        return Settled(ranked * scale + lots, extra * whole, whole)

    @cached_property
    def lots(self) -> Floats:
        """Of every value a number from 0 to 1, drawn once and always the same."""
        return np.random.Generator(np.random.PCG64(11)).random(int(self.layers.sizes.sum()))

    @cached_property
    def days(self) -> Days:
        """Lead days, the largest of which counts."""
        weights = self.terms.days.astype(np.float64)
        extra, start = np.zeros(len(self.nothing)), 0.0
        for cells in self.terms.cells:
            if cells.term.kind != "max":
                continue
            amounts = np.array(self.cell_amounts(cells, {}), np.float64)
            if cells.on_edges:
                ids = self.cells[cells.term.name]
                extra = np.maximum(extra, np.where(ids >= 0, amounts[ids], 0.0))
            else:
                start = max(start, float(amounts[0]))
        return Days(weights, extra, start)

    def prices(self, texts: Mapping[str, str]) -> Prices:
        """All amounts for a design with these texts; missing ones are empty."""
        if not self.summed:
            return self.plain
        lengths = tuple(len(texts.get(name, "")) for name in self.model.texts)
        found = self._recent.get(lengths)
        if found is None:
            found = self._prices({name: texts.get(name, "") for name in self.model.texts})
            if len(self._recent) >= RECENT:
                self._recent.clear()
            self._recent[lengths] = found
        return found

    def _prices(self, known: Mapping[str, str]) -> Prices:
        weights, extra = self.plain.weights.copy(), self.plain.extra.copy()
        start = self.plain.start
        for cells in self.summed:
            amounts = np.array(self.cell_amounts(cells, known), np.float64)
            if cells.on_edges:
                ids = self.cells[cells.term.name]
                extra += np.where(ids >= 0, amounts[ids], 0.0)
            elif cells.values:
                for value, cell in cells.values:
                    weights[value] += amounts[cell]
            else:
                start += amounts[0]
        return self._settling(weights, extra, float(start))

    @cached_property
    def _residuals(self) -> dict[str, list[syntax.Node]]:
        """What is left of each looked-up term in each of its cells."""
        return {
            cells.term.name: [
                residual(self.parsed[cells.term.name].node, self._values(example))
                for example in cells.examples
            ]
            for cells in self.terms.cells
        }

    def _values(self, numbers: tuple[int, ...]) -> dict[str, Value]:
        """Option -> value for numbers of values."""
        found = {}
        for number_ in numbers:
            layer = int(np.searchsorted(self.layers.offsets, number_, side="right")) - 1
            variable = self.layers.variables[layer]
            found[variable.name] = variable.values[number_ - int(self.layers.offsets[layer])]
        return found

    def cell_amounts(self, cells: Cells, texts: Mapping[str, str]) -> list[int]:
        """The amount of every cell of a term, for these texts."""
        left = self._residuals[cells.term.name]
        return [rounded(cells.term, number(node, texts)) for node in left]

    def within(self, prices: Prices, deadline: int) -> Prices:
        """The prices with everything masked that takes longer than `deadline` lead days."""
        days = self.days
        soon, early = days.weights <= deadline, days.extra <= deadline
        weights, extra, scale = prices.settled
        return Prices(
            np.where(soon, prices.weights, np.inf),
            np.where(early, prices.extra, np.inf),
            prices.start if days.start <= deadline else np.inf,
            Settled(np.where(soon, weights, np.inf), np.where(early, extra, np.inf), scale),
            prices.penalty,
        )

    def term_amounts(self, choices: Choices, texts: Mapping[str, str]) -> dict[str, int]:
        """Every term's amount for one complete design."""
        values = {**dict.fromkeys(self.model.texts, ""), **texts, **choices}
        return {
            term.name: rounded(term, number(self.parsed[term.name].node, values))
            for term in self.model.terms
        }
