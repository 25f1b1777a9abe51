"""Questions to an incremental SAT solver about a model: is it possible, and if not, why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import RLock
from weakref import finalize

import numpy as np
from pysat.solvers import Cadical195, Glucose4

from configurator.engine.compile.domains import Layers
from configurator.engine.errors import BudgetError
from configurator.engine.model import Budget, Model
from configurator.engine.sat.encoder import encode
from configurator.engine.words import Words as _

GROWTH = 100_000
"""So many literals may questions add to the solver before it begins anew."""


@dataclass(frozen=True)
class Encoded:
    """A model as clauses: the literal of every value and of every rule's switch."""

    rules: tuple[str, ...]
    values: list[int]
    selectors: list[int]
    conditions: list[int]  # equivalent to the rules; empty if they were not asked for
    everything: int  # switches all rules on; the highest literal
    clauses: list[list[int]]


def encoded(
    model: Model, layers: Layers, budget: Budget | None = None, *, negatable: bool = False
) -> Encoded:
    """Encode a model; raises BudgetError where a rule or the whole is too large."""
    encoder = encode(model, layers, budget or Budget(), negatable=negatable)
    everything = encoder.fresh()
    clauses = encoder.clauses
    clauses += [[-everything, selector] for selector in encoder.selectors]
    names = tuple(rule.name for rule in model.rules)
    conditions = encoder.conditions if negatable else []
    return Encoded(names, encoder.values, encoder.selectors, conditions, everything, clauses)


class Prover:
    """A model's clauses in a solver. Values are meant by their numbers among all values.

    With `patience` (conflicts), a question that takes the search longer raises BudgetError.
    """

    def __init__(
        self,
        model: Model,
        layers: Layers,
        budget: Budget | None = None,
        *,
        negatable: bool = False,
        ready: Encoded | None = None,
    ) -> None:
        self.layers = layers
        self.encoded = ready or encoded(model, layers, budget, negatable=negatable)
        self.rules = self.encoded.rules
        self.values = self.encoded.values
        self.selectors = self.encoded.selectors
        self.conditions = self.encoded.conditions
        self.everything = self.encoded.everything
        self.clauses = self.encoded.clauses
        self.patience: int | None = None
        self.lock = RLock()
        literals = np.array(self.values, np.int64)
        self._places, self._positive = np.abs(literals), literals > 0
        self._begin()

    def _begin(self) -> None:
        self.highest = self.everything
        self.solver = Cadical195(bootstrap_with=self.clauses)
        # its own __del__ fails when it runs after the interpreter has taken the modules down
        self.close = finalize(self, self.solver.delete)

    def add(self, clauses: Iterable[list[int]]) -> None:
        for clause in clauses:
            self.solver.add_clause(clause)

    def settle(self) -> None:
        """Begin with a new solver once questions have left much behind in it."""
        if self.highest > self.everything + GROWTH:
            self.close()
            self._begin()

    def search(self, assumptions: list[int]) -> bool:
        """Whether the clauses can be met under the assumptions."""
        if self.patience is None:
            return bool(self.solver.solve(assumptions))
        self.solver.conf_budget(self.patience)
        found = self.solver.solve_limited(assumptions)
        if found is None:
            raise BudgetError(_("The search for an answer takes too long."))
        return bool(found)

    def solve(self, numbers: Sequence[int]) -> list[int] | None:
        """Some design with these values, as the number of a value per layer; None if impossible."""
        return self.solve_literals([], numbers)

    def solve_literals(self, literals: list[int], numbers: Sequence[int]) -> list[int] | None:
        """The same under further literals."""
        chosen = [self.values[n] for n in numbers]
        with self.lock:
            if not self.search([self.everything, *literals, *chosen]):
                return None
            return self.read_model()

    def read_model(self) -> list[int]:
        """The design of the solver's last model."""
        model = np.array(self.solver.get_model(), np.int64)
        true = np.zeros(self.highest + 1, np.bool_)
        true[1] = True
        true[model[model > 0]] = True
        return np.flatnonzero(true[self._places] == self._positive).tolist()

    def guilty_values(self, fixed: Sequence[int], numbers: Sequence[int]) -> list[int] | None:
        """A minimal part of `numbers` that is impossible together with `fixed` and all rules;
        None if everything together is possible."""
        base = [self.everything, *(self.values[n] for n in fixed)]
        with self.lock:
            found = self._core(base, [self.values[n] for n in numbers])
        if found is None:
            return None
        return [number for number in numbers if self.values[number] in found]

    def guilty_rules(self, numbers: Sequence[int]) -> tuple[str, ...] | None:
        """A minimal set of rules that exclude these values together; None if they are possible."""
        return self._guilty([self.values[n] for n in numbers])

    def demanding(self, number: int) -> tuple[str, ...] | None:
        """A minimal set of rules that demand a value; None if others are possible."""
        return self._guilty([-self.values[number]])

    def _guilty(self, base: list[int]) -> tuple[str, ...] | None:
        with self.lock:
            found = self._core(base, self.selectors)
        if found is None:
            return None
        pairs = zip(self.rules, self.selectors, strict=True)
        return tuple(rule for rule, selector in pairs if selector in found)

    def implied(self, rule: int) -> tuple[str, ...] | None:
        """A minimal set of other rules that demand the rule; None if they do not."""
        others = self.selectors[:rule] + self.selectors[rule + 1 :]
        with self.lock:
            found = self._core([-self.conditions[rule]], others)
        if found is None:
            return None
        pairs = zip(self.rules, self.selectors, strict=True)
        return tuple(name for name, selector in pairs if selector in found)

    def _core(self, base: list[int], literals: Sequence[int]) -> set[int] | None:
        """A minimal part of the literals that contradicts the base: shrink the solver's core by
        leaving out one after the other, each time keeping the smaller core that comes back."""
        if self.search([*base, *literals]):
            return None
        kept = self._shrunk(base, list(literals))
        place = 0
        while place < len(kept):
            fewer = kept[:place] + kept[place + 1 :]
            if self.search([*base, *fewer]):
                place += 1
            else:
                smaller = set(self._shrunk(base, fewer))
                kept = [literal for literal in kept if literal in smaller]
        return set(kept)

    def _shrunk(self, base: list[int], literals: list[int]) -> list[int]:
        core = set(self.solver.get_core() or ())
        return [literal for literal in literals if literal in core]

    def is_easy(self, conflicts: int = 200_000) -> bool:
        """Whether a search over all rules ends within so many conflicts."""
        with Glucose4(bootstrap_with=self.clauses) as solver:
            solver.conf_budget(conflicts)
            return solver.solve_limited(assumptions=self.selectors) is not None
