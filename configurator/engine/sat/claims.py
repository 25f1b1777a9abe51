"""Claims about all designs of a model, proven or refuted by search.

Claims are made of conditions of the rule language, which may measure texts: the length of a text
is one more unknown, from nothing to its longest.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from weakref import finalize

from pysat.solvers import Glucose4

from configurator.engine.compile.domains import Layers
from configurator.engine.compile.rules import RuleCompiler, read_rules
from configurator.engine.errors import BudgetError
from configurator.engine.language import Schema, parse
from configurator.engine.model import Budget, Choices, Model, Table, Value, Variable
from configurator.engine.sat.encoder import Encoder, Literal
from configurator.engine.sat.lengths import length_of, measured
from configurator.engine.words import Words as _

CONFLICTS = 200_000
"""So long a search for one answer may take."""


class Claims:
    """The designs of a model. Conditions become literals, literals claims.

    `lengths` are the texts' greatest lengths. Raises BudgetError where the model is too large.
    """

    def __init__(self, model: Model, lengths: Mapping[str, int], budget: Budget) -> None:
        self.model = model
        texts = [
            Variable(length_of(text), tuple(range(longest + 1)), "number")
            for text, longest in lengths.items()
        ]
        self.schema = Schema(model.variables, model.texts)
        self.layers = Layers((*model.variables, *texts))
        self.encoder = Encoder(self.layers, budget)
        self.compiler = RuleCompiler(self.encoder)
        self._encode_rules()
        self.solver = Glucose4(bootstrap_with=self.encoder.clauses)
        self.close = finalize(self, self.solver.delete)
        self.passed = len(self.encoder.clauses)
        self.true, self.false = self.encoder.true, self.encoder.false
        self.known: dict[str, Literal] = {}

    def _encode_rules(self) -> None:
        parsed = read_rules(self.model)
        for rule in self.model.rules:
            self.encoder.check_time()
            if isinstance(rule, Table):
                self.encoder.add_table(rule)
            else:
                self.encoder.add_rule(self.compiler.rule(rule, parsed[rule.name]).number)
        self.encoder.clauses += [[selector] for selector in self.encoder.selectors]

    def condition(self, text: str) -> Literal:
        """A condition as a literal; raises BudgetError and ExpressionError."""
        if text not in self.known:
            node = measured(parse(text, self.schema, want="condition").node)
            self.compiler.care = self.true
            self.known[text] = self.compiler.condition(node)
        return self.known[text]

    def require(self, literal: Literal) -> None:
        """Leave only the designs which meet this."""
        self.encoder.clauses.append([literal.number])

    def at_least(self, least: int, literals: Sequence[Literal]) -> Literal:
        """At least so many of them."""
        reached = [self.true] + [self.false] * least
        for literal in literals:
            reached = [
                self.true,
                *(there | (before & literal) for before, there in pairwise(reached)),
            ]
        return reached[least]

    def counterexample(self, claim: Literal) -> dict[str, Value] | None:
        """A design for which the claim is false, lengths of texts among its values; None if there
        is none. Raises BudgetError when the search takes too long."""
        return self._found([-claim.number])

    def guilty(self, claim: Literal, design: Choices) -> list[str]:
        """The few options whose values alone, in this counterexample, make the claim false."""
        named = {self._value(name, value): name for name, value in design.items()}
        kept = list(named)
        if self._solve([claim.number, *kept]):
            return list(design)
        kept = self._core(kept)
        for literal in list(kept):
            fewer = [each for each in kept if each != literal]
            if literal in kept and not self._solve([claim.number, *fewer]):
                kept = self._core(fewer)
        return [named[literal] for literal in kept]

    def is_possible(self, *literals: Literal) -> bool:
        """Whether some design meets all of these."""
        return self._solve([literal.number for literal in literals])

    def completed(self, claim: Literal, choices: Choices) -> dict[str, Value] | None:
        """A counterexample with these values, or None."""
        values = [self._value(name, value) for name, value in choices.items()]
        return self._found([-claim.number, *values])

    def _value(self, name: str, value: Value) -> int:
        layer = self.layers.layer_of[name]
        place = self.layers.index(layer)[value]
        return self.encoder.values[int(self.layers.offsets[layer]) + place]

    def _found(self, assumed: list[int]) -> dict[str, Value] | None:
        if not self._solve(assumed):
            return None
        positive = {1, *(literal for literal in self.solver.get_model() if literal > 0)}
        found: dict[str, Value] = {}
        for layer, variable in enumerate(self.layers.variables):
            start = int(self.layers.offsets[layer])
            literals = self.encoder.values[start : start + len(variable.values)]
            pairs = zip(variable.values, literals, strict=True)
            found[variable.name] = next(
                value for value, number in pairs if (abs(number) in positive) == (number > 0)
            )
        return found

    def _solve(self, assumed: list[int]) -> bool:
        if time.monotonic() > self.encoder.deadline:
            raise BudgetError(
                _(
                    "the proof takes longer than %(seconds)s s",
                    seconds=f"{self.encoder.budget.seconds:g}",
                )
            )
        for clause in self.encoder.clauses[self.passed :]:
            self.solver.add_clause(clause)
        self.passed = len(self.encoder.clauses)
        self.solver.conf_budget(CONFLICTS)
        answer = self.solver.solve_limited(assumptions=assumed)
        if answer is None:
            raise BudgetError(_("the search for a design takes too long"))
        return bool(answer)

    def _core(self, literals: Iterable[int]) -> list[int]:
        core = set(self.solver.get_core() or ())
        return [literal for literal in literals if literal in core]
