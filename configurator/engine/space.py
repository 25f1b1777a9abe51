"""The compiled space: every question about a product line, answered exactly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from configurator.engine.answer import Answer
from configurator.engine.bottleneck import bottlenecks
from configurator.engine.compile.compiler import Compiled, compile_parts, minimal
from configurator.engine.compile.domains import Bools
from configurator.engine.completions import Completions, designs
from configurator.engine.errors import ArtifactError, ModelError, UnavailableError
from configurator.engine.explain import Explanation, Repair, repairs
from configurator.engine.language import Expression
from configurator.engine.model import Budget, Choices, Model, Rule, Table, Value
from configurator.engine.numbering import Numbering
from configurator.engine.pricing import Prices, Pricing, Settled
from configurator.engine.sweep import INFINITY, Costed, Floats, Sweeper

if TYPE_CHECKING:
    from configurator.engine.sat.prover import Prover

Texts = Mapping[str, str]


class Space:
    """All products of a model. Immutable; may be shared between threads."""

    backend = "diagram"
    note: Mapping[str, Any] = MappingProxyType({})  # only a searched space has any

    def __init__(
        self,
        model: Model,
        compiled: Compiled,
        *,
        rules: Callable[[], tuple[Rule | Table, ...]] | None = None,
    ) -> None:
        self._frame = model
        self._rules = rules
        self.compiled = compiled
        self.layers = compiled.layers
        self.diagram = compiled.diagram
        examples = compiled.arrays["piece example"]
        self.pricing = Pricing(self.layers, self.diagram, compiled.terms, model, examples)
        self.numbering = Numbering(self.layers, model.variables)

    @cached_property
    def sweeper(self) -> Sweeper:
        """Sweeps over the diagram."""
        return Sweeper(self.layers, self.diagram, self.compiled.arrays)

    @cached_property
    def model(self) -> Model:
        """The model; a loaded space reads the rules only when asked for them."""
        return replace(self._frame, rules=self._rules()) if self._rules else self._frame

    # questions

    def count(self, choices: Choices | None = None) -> int:
        """How many complete designs keep the choices."""
        return self.sweeper.counter.count(self.numbering.allowed(choices or {}))

    def is_valid(self, choices: Choices) -> bool:
        """Whether some complete design keeps the choices; False for unknown names and values."""
        try:
            mask = self.numbering.allowed(choices)
        except ModelError:
            return False
        return self.feasible(mask)

    def feasible(self, mask: Bools) -> bool:
        """Whether some design has allowed values only."""
        weights = np.where(mask, 0.0, INFINITY)
        return self.sweeper.costed(weights, self.pricing.nothing).best < INFINITY

    def answer(
        self,
        choices: Choices,
        texts: Texts | None = None,
        *,
        budget: int | None = None,
        deadline: int | None = None,
    ) -> Answer:
        """What is possible and what it costs, after the choices made so far.

        With a budget (minor units) and a deadline (lead days), values are possible if one and the
        same product keeps both. The count regards the deadline, but not the budget.
        """
        prices = self.pricing.prices(texts or {})
        if deadline is not None:
            prices = self.pricing.within(prices, deadline)
        mask = self.numbering.allowed(choices)
        costed, totals = self._totals(mask, prices.settled)
        scale = prices.settled.scale
        totals = np.floor(totals / scale) + prices.start
        best = (
            math.floor(costed.best / scale) + prices.start if costed.best < INFINITY else INFINITY
        )
        if budget is not None:
            totals[totals > budget] = INFINITY
            best = best if best <= budget else INFINITY
        possible = np.isfinite(totals)
        return Answer(
            self.numbering.possible(possible),
            None if best == INFINITY else int(best),
            self.numbering.by_name(_whole(totals, possible)),
            lambda: self._count_within(mask, prices),
            lambda: self._design(costed) if best < INFINITY else {},
            lambda: self._fastest(mask),
        )

    def _totals(self, mask: Bools, prices: Settled) -> tuple[Costed, Floats]:
        """The cheapest product, and the least total with each value, its own layer's choice
        lifted.

        A deadline may leave a chosen option without any value. If that is so for one option, only
        its own other values can be possible; if for more, nothing is."""
        free, extra, _ = prices
        weights = _masked(mask, free)
        least = self.sweeper.free_costs(weights)
        if least.max(initial=0.0) < INFINITY:
            return self.sweeper.totals(weights, least, free, extra)
        blocked = np.flatnonzero(np.isinf(least))
        totals = np.full(len(mask), INFINITY)
        nothing = Costed(weights, least, extra, extra, INFINITY)
        start, stop = self.numbering.offsets[blocked[0] : blocked[0] + 2]
        if len(blocked) > 1 or np.isinf(free[start:stop]).all():
            return nothing, totals
        lifted = weights.copy()
        lifted[start:stop] = free[start:stop]
        _, found = self.sweeper.totals(lifted, self.sweeper.free_costs(lifted), free, extra)
        totals[start:stop] = found[start:stop]
        return nothing, totals

    def _count_within(self, mask: Bools, prices: Prices) -> int:
        """Designs whose values and pieces all have finite weights."""
        if not np.isfinite(prices.start):
            return 0
        open_pieces = np.isfinite(prices.extra)
        return self.sweeper.counter.count(mask & np.isfinite(prices.weights), open_pieces)

    def _fastest(self, mask: Bools) -> tuple[int | None, dict[str, dict[Value, int | None]]]:
        """Lead days by the minimum of the largest: overall, and for each value."""
        days = self.pricing.days
        best, by_value = bottlenecks(self.sweeper, mask, days.weights, days.extra, days.start)
        exact = _whole(by_value, np.isfinite(by_value))
        return None if best == INFINITY else int(best), self.numbering.by_name(exact)

    def _design(self, costed: Costed) -> dict[str, Value]:
        """The values along a cheapest way; empty if there is none."""
        if costed.best == INFINITY:
            return {}
        return self.numbering.design(self.sweeper.cheapest(costed).tolist())

    def complete(
        self,
        choices: Choices,
        *,
        prefer: Choices | None = None,
        texts: Texts | None = None,
        by: Literal["cheapest", "fastest", "random"] = "cheapest",
        seed: int = 0,
    ) -> dict[str, Value]:
        """The design that keeps the choices, deviates least from `prefer`, and then is cheapest,
        or cheapest among the fastest, or drawn at random (which regards no preferences).

        Preferences for unknown options or values are passed over. Raises ModelError when no
        design keeps the choices.
        """
        if by == "random":
            return self.random(seed, choices)
        prices = self.pricing.prices(texts or {})
        mask = self.numbering.allowed(choices)
        if by == "fastest":
            days, _ = self._fastest(mask)
            prices = self.pricing.within(prices, days or 0)
        weights = _masked(mask, prices.weights)
        penalty = prices.penalty
        if penalty * (len(prefer or {}) + 2) >= 1 << 52:
            raise UnavailableError("The prices are too large to rank designs by them.")
        for name, value in (prefer or {}).items():
            try:
                number = self.numbering.number(name, value)
            except ModelError:
                continue
            weights[self.numbering.span(name)] += penalty
            weights[number] -= penalty if np.isfinite(weights[number]) else 0.0
        largest = penalty * (len(prefer or {}) + 1)
        settled = self.pricing.settled(weights, prices.extra, largest)
        found = self._design(self.sweeper.costed(settled.weights, settled.extra))
        if not found:
            raise ModelError("No design keeps all of these choices.")
        return found

    def completions(
        self, choices: Choices, texts: Texts | None = None, *, deadline: int | None = None
    ) -> Completions:
        """For every value the design that an answer would complete the other choices and it to.

        With a deadline (lead days), designs that keep it."""
        prices = self.pricing.prices(texts or {})
        if deadline is not None:
            prices = self.pricing.within(prices, deadline)
        free, extra, _ = prices.settled
        mask, kept = self._lifted(self.numbering.allowed(choices), free)
        if kept is None or not np.isfinite(prices.start):
            none = np.zeros((len(mask), len(self.layers.sizes)), np.int64)
            return Completions(self.numbering, none, np.zeros(len(mask), np.bool_))
        numbers, known = designs(self.sweeper, _masked(mask, free), free, extra)
        return Completions(self.numbering, numbers, known & kept)

    def _lifted(self, mask: Bools, free: Floats) -> tuple[Bools, Bools | None]:
        """The mask, and the values that may be asked about; None if no value can be.

        Where a deadline leaves a chosen option without any value, its own others are."""
        blocked = np.flatnonzero(np.isinf(self.sweeper.free_costs(_masked(mask, free))))
        everything = np.ones(len(mask), np.bool_)
        if not len(blocked):
            return mask, everything
        start, stop = self.numbering.offsets[blocked[0] : blocked[0] + 2]
        if len(blocked) > 1 or np.isinf(free[start:stop]).all():
            return mask, None
        own = np.zeros(len(mask), np.bool_)
        own[start:stop] = True
        return mask | own, own

    def conflict(self, choices: Choices, name: str, value: Value) -> tuple[str, ...]:
        """A minimal set of chosen options that together exclude `name = value`.

        Empty when the value is possible, and also when no product at all has it.
        """
        fixed = {name: value}
        others = [option for option in choices if option != name]

        def excluded(kept: Any) -> bool:
            named = {others[i]: choices[others[i]] for i in kept}
            return not self.feasible(self.numbering.allowed({**named, **fixed}))

        if not excluded(range(len(others))):
            return ()
        return tuple(others[i] for i in minimal(list(range(len(others))), excluded))

    @cached_property
    def prover(self) -> Prover:
        """The model's rules in a SAT solver; made when a proof is first wanted."""
        from configurator.engine.sat.prover import Prover

        return Prover(self.model, self.layers)

    def explain(self, choices: Choices, name: str, value: Value) -> Explanation:
        """Why `name = value` is blocked: a minimal set of choices and a minimal set of rules."""
        others = {option: kept for option, kept in choices.items() if option != name}
        if self.feasible(self.numbering.allowed({**others, name: value})):
            return Explanation(False)
        members = self.conflict(others, name, value)
        fixed = {**{option: others[option] for option in members}, name: value}
        rules = self.prover.guilty_rules(self.numbering.numbers(fixed))
        return Explanation(True, members, rules or ())

    def repairs(
        self,
        choices: Choices,
        name: str,
        value: Value,
        *,
        limit: int = 3,
        texts: Texts | None = None,
    ) -> list[Repair]:
        """What other choices could be changed to so that `name = value` becomes possible: the
        best `limit` different ways by (number of changes, total of the cheapest design)."""
        return repairs(self, choices, name, value, limit, texts or {})

    def term_amounts(self, complete_choices: Choices, texts: Texts | None = None) -> dict[str, int]:
        """Every term's amount, in minor units, for one complete design."""
        return self.pricing.term_amounts(complete_choices, texts or {})

    def term(self, name: str) -> Expression:
        """The formula of a term, with its condition."""
        return self.pricing.parsed[name]

    def random(self, seed: int, choices: Choices | None = None) -> dict[str, Value]:
        """One design that keeps the choices, each with the same probability."""
        from configurator.engine.drawing import Lots

        mask = self.numbering.allowed(choices or {})
        lots = Lots(self, mask, np.ones(len(self.pricing.nothing), np.bool_))
        return self.numbering.design(lots.draw(Random(seed))[0])

    # files

    def save(self, path: Path) -> None:
        """Write the compiled space to one file, atomically."""
        from configurator.engine.artifact import save

        save(self, path)

    @staticmethod
    def load(path: Path) -> Space:
        """Read a saved space; ArtifactError when it is damaged or of another version."""
        from configurator.engine.artifact import load

        space = load(path)
        if not isinstance(space, Space):
            raise ArtifactError(f"{path} holds a model that is searched, not compiled.")
        return space


def _masked(mask: Bools, weights: Floats) -> Floats:
    """The weights of values; infinite where they are masked."""
    return np.where(mask, weights, INFINITY)


def _whole(numbers: Floats, known: Bools) -> NDArray[Any]:
    """Whole numbers, and None for those that are not known."""
    found = np.where(known, numbers, 0.0).astype(np.int64).astype(object)
    found[~known] = None
    return found


def compile_model(model: Model, *, budget: Budget | None = None) -> Space:
    """Compile a model; raises ExpressionError, ModelError, ContradictionError, BudgetError."""
    return Space(model, compile_parts(model, budget or Budget()))
