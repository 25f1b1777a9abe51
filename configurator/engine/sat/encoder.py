"""A model as clauses: a literal for every value, and one for every rule that switches it on."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from configurator.engine.compile.domains import Layers
from configurator.engine.compile.nodes import FALSE, TRUE, Nodes, from_table
from configurator.engine.compile.rules import RuleCompiler, read_rules, table_rows
from configurator.engine.errors import BudgetError
from configurator.engine.model import Budget, Model, Table
from configurator.engine.words import Words as _

MOST_CLAUSES = 20_000_000


@dataclass(frozen=True)
class Literal:
    """A condition as a literal, with the operations that rules are made of."""

    encoder: Encoder
    number: int

    def __invert__(self) -> Literal:
        return Literal(self.encoder, -self.number)

    def __and__(self, other: Literal) -> Literal:
        return Literal(self.encoder, self.encoder.conjunction((self.number, other.number)))

    def __or__(self, other: Literal) -> Literal:
        return ~(~self & ~other)

    def equiv(self, other: Literal) -> Literal:
        return self.ite(other, ~other)

    def ite(self, then: Literal, otherwise: Literal) -> Literal:
        return (~self | then) & (self | otherwise)


class Encoder:
    """Clauses of a model. Variable 1 is always true."""

    def __init__(self, layers: Layers, budget: Budget) -> None:
        self.layers = layers
        self.deadline = time.monotonic() + budget.seconds
        self.budget = budget
        self.clauses: list[list[int]] = [[1]]
        self.top = 1
        self.values: list[int] = []
        self.true, self.false = Literal(self, 1), Literal(self, -1)
        for layer in range(len(layers.sizes)):
            self.values += self._domain(int(layers.sizes[layer]))
        self.selectors: list[int] = []
        self.conditions: list[int] = []

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise BudgetError(
                _(
                    "Encoding takes longer than %(seconds)s seconds.",
                    seconds=f"{self.budget.seconds:g}",
                )
            )
        if len(self.clauses) > MOST_CLAUSES:
            raise BudgetError(
                _(
                    "The model has more than %(most_clauses)s clauses.",
                    most_clauses=f"{MOST_CLAUSES:,}",
                )
            )

    def fresh(self) -> int:
        self.top += 1
        return self.top

    def _domain(self, size: int) -> list[int]:
        """Literals of an option's values, exactly one of which is true."""
        if size == 1:
            return [1]
        if size == 2:
            second = self.fresh()
            return [-second, second]
        literals = [self.fresh() for _ in range(size)]
        self.clauses.append(list(literals))
        self._at_most_one(literals)
        return literals

    def _at_most_one(self, literals: list[int]) -> None:
        """Pairwise for a few, else split with a fresh literal."""
        while len(literals) > 5:
            link = self.fresh()
            self._pairs([*literals[:3], link])
            literals = [-link, *literals[3:]]
            literals = [*literals[1:], literals[0]]
        self._pairs(literals)

    def _pairs(self, literals: Sequence[int]) -> None:
        for place, one in enumerate(literals):
            self.clauses += [[-one, -two] for two in literals[:place]]

    def conjunction(self, literals: Iterable[int]) -> int:
        """A literal which is true exactly if all are."""
        kept = sorted(set(literals) - {1}, key=abs)
        if -1 in kept or any(-literal in kept for literal in kept):
            return -1
        if len(kept) < 2:
            return kept[0] if kept else 1
        gate = self.fresh()
        self.clauses += [[-gate, literal] for literal in kept]
        self.clauses.append([gate, *(-literal for literal in kept)])
        return gate

    def function(self, nodes: Nodes) -> Literal:
        """The root of a rule's diagram as a literal, equivalent to it."""
        return Literal(self, self._diagram(nodes, both=True))

    def _diagram(self, nodes: Nodes, *, both: bool) -> int:
        """Clauses of a diagram's nodes; with `both` false they only follow from the root."""
        literals = [0] * nodes.count
        literals[FALSE], literals[TRUE] = -1, 1
        number = 2
        for layer, rows in nodes.levels:
            self.check_time()
            values = self.values[int(self.layers.offsets[layer]) :][: rows.shape[1]]
            for row in rows.tolist():
                gate = literals[number] = self.fresh()
                number += 1
                for value, child in zip(values, row, strict=True):
                    self._edge(gate, value, literals[child], both=both)
        return literals[nodes.root]

    def _edge(self, gate: int, value: int, child: int, *, both: bool) -> None:
        if child != 1:
            self.clauses.append([-gate, -value] if child == -1 else [-gate, -value, child])
        if both and child != -1:
            self.clauses.append([gate, -value] if child == 1 else [gate, -value, -child])

    def add_rule(self, literal: int) -> None:
        """A rule that is in force while its own new selector is assumed."""
        selector = self.fresh()
        self.selectors.append(selector)
        self.conditions.append(literal)
        self.clauses.append([-selector, literal])

    def add_table(self, table: Table) -> None:
        """A table, as clauses that are shorter than those of a condition."""
        selector = self.fresh()
        self.selectors.append(selector)
        scope, rows = table_rows(self.layers, table)
        offsets = self.layers.offsets[scope]
        if not table.allowed and len(rows) <= 64:
            for row in (rows + offsets).tolist():
                self.clauses.append([-selector, *(-self.values[number] for number in row)])
            return
        sizes = [int(self.layers.sizes[layer]) for layer in scope]
        nodes = from_table(scope, sizes, rows, allowed=table.allowed)
        self.clauses.append([-selector, self._diagram(nodes, both=False)])


def encode(model: Model, layers: Layers, budget: Budget, *, negatable: bool) -> Encoder:
    """All rules of a model as clauses; selectors stand in the order of the rules.

    If negatable, `conditions` has for each rule a literal equivalent to it.
    """
    encoder = Encoder(layers, budget)
    compiler = RuleCompiler(encoder)
    parsed = read_rules(model)
    for rule in model.rules:
        encoder.check_time()
        if isinstance(rule, Table) and not negatable:
            encoder.add_table(rule)
        else:
            encoder.add_rule(compiler.rule(rule, parsed.get(rule.name)).number)
    return encoder
