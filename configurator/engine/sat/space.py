"""The fallback for models whose diagram does not fit: the same questions, answered by search.

Domains, explanations, repairs by number of changes and completions are exact. Counts and prices
of the cheapest product are not known here, and the answers say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Literal, NoReturn

import numpy as np
from pysat.card import ITotalizer

from configurator.engine.answer import Answer
from configurator.engine.compile.compiler import read
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.compile.terms import read_terms, rounded
from configurator.engine.errors import ContradictionError, ModelError, UnavailableError
from configurator.engine.explain import Explanation, Repair
from configurator.engine.language import Expression
from configurator.engine.language.evaluate import number as exact_number
from configurator.engine.model import LEAD_DAYS, Budget, Choices, Model, Value
from configurator.engine.numbering import Numbering
from configurator.engine.sat.prover import Prover
from configurator.engine.space import Texts


class SatSpace:
    """All products of a model, found by search. Has the questions of `Space`."""

    backend = "sat"

    def __init__(self, model: Model, budget: Budget | None = None) -> None:
        read(model)
        self.model = model
        self.layers = Layers(model.variables)
        self.numbering = Numbering(self.layers, model.variables)
        self.prover = Prover(model, self.layers, budget)
        if self.prover.solve(()) is None:
            raise ContradictionError(self.prover.guilty_rules(()) or ())

    @cached_property
    def _terms(self) -> dict[str, Expression]:
        return read_terms(self.model)

    def count(self, choices: Choices | None = None) -> int:
        """Not available."""
        raise _unavailable("count the designs")

    def is_valid(self, choices: Choices) -> bool:
        """Whether some complete design keeps the choices; False for unknown names and values."""
        try:
            numbers = self.numbering.numbers(choices)
        except ModelError:
            return False
        return self.prover.solve(numbers) is not None

    def answer(
        self,
        choices: Choices,
        texts: Texts | None = None,
        *,
        budget: int | None = None,
        deadline: int | None = None,
    ) -> Answer:
        """What is possible after the choices; totals are all None, the count raises."""
        if budget is not None or deadline is not None:
            raise _unavailable("filter by budget or date")
        chosen = {name: self.numbering.number(name, value) for name, value in choices.items()}
        seen = self._open_values(chosen)
        for name in chosen:
            seen |= self._values_of(name, chosen)
        total = self.numbering.offsets[-1]
        nothing = self.numbering.by_name([None] * total)
        return Answer(
            self.numbering.by_name([number in seen for number in range(total)]),
            None,
            nothing,
            lambda: self.count(choices),
            lambda: self._any(chosen),
            lambda: (None, nothing),
        )

    def _any(self, chosen: dict[str, int]) -> dict[str, Value]:
        found = self.prover.solve(list(chosen.values()))
        return self.numbering.design(found) if found else {}

    def _open_values(self, chosen: dict[str, int]) -> set[int]:
        """Possible values of the options that are not chosen."""
        base = list(chosen.values())
        first = self.prover.solve(base)
        if first is None:
            return set()
        wanted = [
            number
            for name in self.numbering.names
            if name not in chosen
            for number in range(*self.numbering.span(name).indices(1 << 60))
        ]
        return self._witnessed(base, wanted, first) & set(wanted)

    def _values_of(self, name: str, chosen: dict[str, int]) -> set[int]:
        """Possible values of a chosen option, given the other choices."""
        base = [number for other, number in chosen.items() if other != name]
        span = self.numbering.span(name)
        wanted = range(span.start, span.stop)
        return self._witnessed(base, wanted, []) & set(wanted)

    def _witnessed(self, base: list[int], wanted: Iterable[int], seen: list[int]) -> set[int]:
        """Values with a design that has them and the base; each design shows many at once."""
        found = set(seen)
        for number in wanted:
            if number not in found:
                found.update(self.prover.solve([*base, number]) or ())
        return found

    def complete(
        self,
        choices: Choices,
        *,
        prefer: Choices | None = None,
        texts: Texts | None = None,
        by: Literal["cheapest", "fastest", "random"] = "cheapest",
        seed: int = 0,
    ) -> dict[str, Value]:
        """A design that keeps the choices and deviates least from `prefer`; by "fastest", one of
        the fewest lead days. It need not be the cheapest."""
        if by == "random":
            return self.random(seed, choices)
        numbers = self.numbering.numbers(choices)
        if by == "fastest":
            found = self._fastest(numbers)
        else:
            wished = self._known(prefer or {})
            found = next(iter(self._nearest(numbers, wished, 1)), None)
        if found is None:
            raise ModelError("No design keeps all of these choices.")
        return self.numbering.design(found)

    def _known(self, prefer: Choices) -> list[int]:
        known = []
        for name, value in prefer.items():
            try:
                known.append(self.numbering.number(name, value))
            except ModelError:
                continue
        return known

    def _fastest(self, numbers: list[int]) -> list[int] | None:
        if any(term.kind == "max" for term in self.model.terms):
            raise _unavailable("find the fastest design of terms")
        days = self._days()
        for limit in np.unique(days).tolist():
            slow = [-self.prover.values[number] for number in np.flatnonzero(days > limit)]
            found = self.prover.solve_literals(slow, numbers)
            if found is not None:
                return found
        return None

    def _days(self) -> Ints:
        days = np.zeros(self.numbering.offsets[-1], np.int64)
        for layer, variable in enumerate(self.layers.variables):
            for value, fact in variable.attributes.get(LEAD_DAYS, {}).items():
                index = self.numbering.index[layer].get(value)
                if index is not None and not isinstance(fact, str):
                    days[self.numbering.offsets[layer] + index] = int(np.ceil(float(fact)))
        return days

    def _nearest(self, fixed: Sequence[int], wished: Sequence[int], limit: int) -> list[list[int]]:
        """Designs with the fixed values, those with most of the wished values first; no two have
        the same values for all options of the wished ones. At most `limit`."""
        prover = self.prover
        if not wished:
            only = prover.solve(fixed)
            return [only] if only else []
        literals = [-prover.values[number] for number in wished]
        layers = [self._layer(number) for number in wished]
        designs: list[list[int]] = []
        with prover.lock, ITotalizer(literals, len(literals), prover.highest) as counter:
            active = prover.highest = counter.top_id + 1
            for clause in counter.cnf.clauses:
                prover.solver.add_clause(clause)
            base = [active, prover.everything, *(prover.values[number] for number in fixed)]
            bounds = [*counter.rhs[: len(literals)], -1]
            for bound in bounds:
                while len(designs) < limit and prover.solver.solve([*base, -bound]):
                    design = prover.read_model()
                    block = [-prover.values[design[layer]] for layer in layers]
                    prover.solver.add_clause([-active, *block])
                    designs.append(design)
            prover.solver.add_clause([-active])
        return designs

    def _layer(self, number: int) -> int:
        return int(np.searchsorted(self.layers.offsets, number, side="right")) - 1

    def conflict(self, choices: Choices, name: str, value: Value) -> tuple[str, ...]:
        """A minimal set of chosen options that together exclude `name = value`."""
        others = {option: kept for option, kept in choices.items() if option != name}
        numbers = self.numbering.numbers(others)
        guilty = self.prover.guilty_values([self.numbering.number(name, value)], numbers)
        if not guilty:
            return ()
        pairs = zip(others, numbers, strict=True)
        return tuple(option for option, number in pairs if number in guilty)

    def explain(self, choices: Choices, name: str, value: Value) -> Explanation:
        """Why `name = value` is blocked: a minimal set of choices and a minimal set of rules."""
        others = {option: kept for option, kept in choices.items() if option != name}
        if self.is_valid({**others, name: value}):
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
        """Different repairs by their number of changes; their totals are not known."""
        others = {option: kept for option, kept in choices.items() if option != name}
        wished = self.numbering.numbers(others)
        found = []
        for numbers in self._nearest([self.numbering.number(name, value)], wished, limit):
            design = self.numbering.design(numbers)
            changes = {o: design[o] for o, kept in others.items() if design[o] != kept}
            found.append(Repair(changes, len(changes), None))
        return found

    def term_amounts(self, complete_choices: Choices, texts: Texts | None = None) -> dict[str, int]:
        """Every term's amount, in minor units, for one complete design."""
        values = {**dict.fromkeys(self.model.texts, ""), **(texts or {}), **complete_choices}
        return {
            term.name: rounded(term, exact_number(self._terms[term.name].node, values))
            for term in self.model.terms
        }

    def random(self, seed: int, choices: Choices | None = None) -> dict[str, Value]:
        """Some design that keeps the choices, drawn value by value (not uniformly)."""
        generator = Random(seed)
        fixed = self.numbering.numbers(choices or {})
        design = self.prover.solve(fixed)
        if design is None:
            raise ModelError("No design keeps all of these choices.")
        for name in generator.sample(self.numbering.names, len(self.numbering.names)):
            span = self.numbering.span(name)
            number = generator.randrange(span.start, span.stop)
            layer = self.layers.layer_of[name]
            if design[layer] != number:
                design = self.prover.solve([*fixed, number]) or design
            fixed.append(design[layer])
        return self.numbering.design(design)

    def save(self, path: Path) -> NoReturn:
        """Not available: there is nothing compiled to keep."""
        raise _unavailable("be saved as a compiled file")


def _unavailable(what: str) -> UnavailableError:
    return UnavailableError(
        f"This model is too large for a diagram; by search the engine cannot {what}."
    )
