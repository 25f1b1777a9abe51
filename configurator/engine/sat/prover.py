"""Questions to an incremental SAT solver about a model: is it possible, and if not, why not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from threading import Lock
from weakref import finalize

from pysat.solvers import Cadical195, Glucose4

from configurator.engine.compile.domains import Layers
from configurator.engine.model import Budget, Model
from configurator.engine.sat.encoder import encode


class Prover:
    """A model's clauses in a solver. Values are meant by their numbers among all values."""

    def __init__(
        self,
        model: Model,
        layers: Layers,
        budget: Budget | None = None,
        *,
        negatable: bool = False,
    ) -> None:
        self.layers = layers
        self.rules = tuple(rule.name for rule in model.rules)
        encoder = encode(model, layers, budget or Budget(), negatable=negatable)
        self.values = encoder.values
        self.selectors = encoder.selectors
        self.conditions = encoder.conditions
        self.everything = encoder.fresh()  # switches all rules on
        encoder.clauses += [[-self.everything, selector] for selector in encoder.selectors]
        self.highest = encoder.top
        self.clauses = encoder.clauses
        self.solver = Cadical195(bootstrap_with=encoder.clauses)
        # its own __del__ fails when it runs after the interpreter has taken the modules down
        self.close = finalize(self, self.solver.delete)
        self.lock = Lock()

    def solve(self, numbers: Sequence[int]) -> list[int] | None:
        """Some design with these values, as the number of a value per layer; None if impossible."""
        return self.solve_literals([], numbers)

    def solve_literals(self, literals: list[int], numbers: Sequence[int]) -> list[int] | None:
        """The same under further literals."""
        chosen = [self.values[n] for n in numbers]
        with self.lock:
            if not self.solver.solve([self.everything, *literals, *chosen]):
                return None
            return self.read_model()

    def read_model(self) -> list[int]:
        """The design of the solver's last model."""
        positive = {1, *(literal for literal in self.solver.get_model() if literal > 0)}
        offsets = self.layers.offsets.tolist()
        return [
            next(number for number in range(start, stop) if self._is_true(number, positive))
            for start, stop in pairwise(offsets)
        ]

    def _is_true(self, number: int, positive: set[int]) -> bool:
        literal = self.values[number]
        return literal in positive if literal > 0 else -literal not in positive

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
        if self.solver.solve([*base, *literals]):
            return None
        kept = self._shrunk(base, list(literals))
        place = 0
        while place < len(kept):
            fewer = kept[:place] + kept[place + 1 :]
            if self.solver.solve([*base, *fewer]):
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
