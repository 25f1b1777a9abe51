"""The fallback for models whose diagram does not fit: the same questions, answered by search.

Domains, explanations, repairs by number of changes and completions are exact. Counts and prices
of the cheapest product are not known here, and the answers say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, Literal

import numpy as np

from configurator.engine.answer import Answer
from configurator.engine.compile.compiler import read
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.compile.terms import read_terms, rounded
from configurator.engine.errors import ContradictionError, ModelError, UnavailableError
from configurator.engine.explain import Explanation, Repair
from configurator.engine.language import Expression
from configurator.engine.language.evaluate import number as exact_number
from configurator.engine.model import LEAD_DAYS, Budget, Choices, Model, Rule, Table, Value
from configurator.engine.numbering import Numbering
from configurator.engine.sat.nearest import Seeker
from configurator.engine.sat.prover import Encoded, Prover
from configurator.engine.space import Texts

PATIENCE = 400_000
"""Conflicts after which a question of a loaded space is given up: seconds of search."""
Facts = dict[Value, Any]


class SatSpace:
    """All products of a model, found by search. Has the questions of `Space`.

    `note` is for whoever keeps it as a file: it comes back when the file is loaded.
    """

    backend = "sat"

    def __init__(self, model: Model, budget: Budget | None = None) -> None:
        read(model)
        layers = Layers(model.variables)
        self._set_up(model, layers, Prover(model, layers, budget))
        if self.prover.solve(()) is None:
            raise ContradictionError(self.prover.guilty_rules(()) or ())

    def _set_up(self, model: Model, layers: Layers, prover: Prover) -> None:
        self._frame = model
        self._rules: Callable[[], tuple[Rule | Table, ...]] | None = None
        self.layers = layers
        self.numbering = Numbering(layers, model.variables)
        self.prover = prover
        self.note: Mapping[str, Any] = {}

    @classmethod
    def restored(
        cls,
        frame: Model,
        layers: Layers,
        encoded: Encoded,
        rules: Callable[[], tuple[Rule | Table, ...]],
    ) -> SatSpace:
        """The space of a file: it was found to have products when it was made."""
        space = cls.__new__(cls)
        space._set_up(frame, layers, Prover(frame, layers, ready=encoded))
        space._rules = rules
        space.prover.patience = PATIENCE
        return space

    @cached_property
    def model(self) -> Model:
        """The model; a loaded space reads the rules only when asked for them."""
        return replace(self._frame, rules=self._rules()) if self._rules else self._frame

    @cached_property
    def _seeker(self) -> Seeker:
        return Seeker(self._frame, self.layers, self.prover)

    @cached_property
    def _terms(self) -> dict[str, Expression]:
        return read_terms(self._frame)

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
        """What is possible after the choices; totals are all None, the count raises.

        With a deadline (lead days), only what a product that keeps it can have is possible.
        """
        if budget is not None:
            raise _unavailable("filter by a budget")
        chosen = {name: self.numbering.number(name, value) for name, value in choices.items()}
        slow = [] if deadline is None else self._slower(deadline)
        open_ = _Once(lambda: self._open_values(chosen, slow))
        nothing = self.numbering.nothing()
        return Answer(
            Domains(self.numbering.names, lambda name: self._domain(name, chosen, slow, open_())),
            None,
            nothing,
            lambda: self.count(choices),
            lambda: self._any(chosen, slow),
            lambda: self._days_after(chosen),
        )

    def _any(self, chosen: dict[str, int], slow: list[int]) -> dict[str, Value]:
        found = self._seeker.first(slow, list(chosen.values()))
        return self.numbering.design(found) if found else {}

    def _domain(self, name: str, chosen: dict[str, int], slow: list[int], open_: set[int]) -> Facts:
        """Which values of an option are possible, given all other choices."""
        span = self.numbering.span(name)
        seen = self._values_of(name, chosen, slow) if name in chosen else open_
        values = self.layers.variables[self.layers.layer_of[name]].values
        return {value: span.start + index in seen for index, value in enumerate(values)}

    def _open_values(self, chosen: dict[str, int], slow: list[int]) -> set[int]:
        """Possible values of the options that are not chosen."""
        base = list(chosen.values())
        first = self.prover.solve_literals(slow, base)
        if first is None:
            return set()
        wanted = [
            number
            for name in self.numbering.names
            if name not in chosen
            for number in range(*self.numbering.span(name).indices(1 << 60))
        ]
        return self._witnessed(base, wanted, first, slow) & set(wanted)

    def _values_of(self, name: str, chosen: dict[str, int], slow: list[int]) -> set[int]:
        """Possible values of a chosen option, given the other choices."""
        base = [number for other, number in chosen.items() if other != name]
        span = self.numbering.span(name)
        wanted = range(span.start, span.stop)
        return self._witnessed(base, wanted, [], slow) & set(wanted)

    def _witnessed(
        self, base: list[int], wanted: Iterable[int], seen: list[int], slow: list[int]
    ) -> set[int]:
        """Values with a design that has them and the base; each design shows many at once."""
        found = set(seen)
        left = set(wanted) - found
        for number in wanted:
            if number not in left:
                continue
            left.discard(number)
            design = self.prover.solve_literals(slow, [*base, number]) or ()
            found.update(design)
            left.difference_update(design)
        return found

    def _days_after(self, chosen: dict[str, int]) -> tuple[int | None, Mapping[str, Facts]]:
        """Lead days of the fastest design that keeps the choices, and of that with each value."""
        if not self.knows_days:
            return None, self.numbering.nothing()
        steps = [(days, self._slower(days)) for days in np.unique(self._days).tolist()]
        base = list(chosen.values())
        solve = self.prover.solve_literals
        best = next((days for days, slow in steps if solve(slow, base) is not None), None)

        def by_value(name: str) -> Facts:
            found: Facts = {}
            others = {other: number for other, number in chosen.items() if other != name}
            for days, slow in steps:
                able = self._domain(name, {**others, name: -1}, slow, set())
                for value, possible in able.items():
                    if possible and found.get(value) is None:
                        found[value] = days
                    found.setdefault(value, None)
                if None not in found.values():
                    break
            return found

        return best, Domains(self.numbering.names, by_value)

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
            found = next(iter(self._seeker.nearest(numbers, wished, 1)), None)
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

    @property
    def knows_days(self) -> bool:
        """Whether lead days belong to single values, so that a search can keep them."""
        return all(term.kind == "sum" for term in self._frame.terms)

    def _slower(self, deadline: int) -> list[int]:
        """The literals of all values that take longer, negated."""
        if not self.knows_days:
            raise _unavailable("tell the lead days of terms")
        return [-self.prover.values[number] for number in np.flatnonzero(self._days > deadline)]

    def _fastest(self, numbers: list[int]) -> list[int] | None:
        for limit in np.unique(self._days).tolist():
            found = self._seeker.first(self._slower(limit), numbers)
            if found is not None:
                return found
        return None

    @cached_property
    def _days(self) -> Ints:
        days = np.zeros(self.numbering.offsets[-1], np.int64)
        for layer, variable in enumerate(self.layers.variables):
            for value, fact in variable.attributes.get(LEAD_DAYS, {}).items():
                index = self.numbering.index[layer].get(value)
                if index is not None and not isinstance(fact, str):
                    days[self.numbering.offsets[layer] + index] = int(np.ceil(float(fact)))
        return days

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
        for numbers in self._seeker.nearest([self.numbering.number(name, value)], wished, limit):
            design = self.numbering.design(numbers)
            changes = {o: design[o] for o, kept in others.items() if design[o] != kept}
            found.append(Repair(changes, len(changes), None))
        return found

    def term_amounts(self, complete_choices: Choices, texts: Texts | None = None) -> dict[str, int]:
        """Every term's amount, in minor units, for one complete design."""
        values = {**dict.fromkeys(self._frame.texts, ""), **(texts or {}), **complete_choices}
        return {
            term.name: rounded(term, exact_number(self._terms[term.name].node, values))
            for term in self._frame.terms
        }

    def random(self, seed: int, choices: Choices | None = None) -> dict[str, Value]:
        """Some design that keeps the choices, drawn value by value (not uniformly)."""
        generator = Random(seed)
        fixed = self.numbering.numbers(choices or {})
        design = self.prover.solve(fixed)
        if design is None:
            raise ModelError("No design keeps all of these choices.")
        for name in generator.sample(self.numbering.names, len(self.numbering.names)):
            design = self._with_some(name, generator, fixed, design)
            fixed.append(design[self.layers.layer_of[name]])
        return self.numbering.design(design)

    def _with_some(
        self, name: str, generator: Random, fixed: list[int], design: list[int]
    ) -> list[int]:
        """A design with the first possible value of the option from a random one onwards."""
        span = self.numbering.span(name)
        values = list(range(span.start, span.stop))
        begin = generator.randrange(len(values))
        for number in values[begin:] + values[:begin]:
            if design[self.layers.layer_of[name]] == number:
                return design
            if (found := self.prover.solve([*fixed, number])) is not None:
                return found
        raise AssertionError("unreachable")

    def save(self, path: Path) -> None:
        """Write the clauses to one file, atomically."""
        from configurator.engine.artifact import save

        save(self, path)


class Domains(Mapping[str, Facts]):
    """Facts of each option, worked out when they are read: a page shows a few of many."""

    def __init__(self, names: list[str], facts: Callable[[str], Facts]) -> None:
        self._facts = facts
        self._known: dict[str, Facts | None] = dict.fromkeys(names)

    def __getitem__(self, name: str) -> Facts:
        known = self._known[name]
        if known is None:
            known = self._known[name] = self._facts(name)
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class _Once:
    """Works a set out when it is first called for."""

    def __init__(self, make: Callable[[], set[int]]) -> None:
        self._make = make
        self._made: set[int] | None = None

    def __call__(self) -> set[int]:
        if self._made is None:
            self._made = self._make()
        return self._made


def _unavailable(what: str) -> UnavailableError:
    return UnavailableError(
        f"This model is too large for a diagram; by search the engine cannot {what}."
    )
