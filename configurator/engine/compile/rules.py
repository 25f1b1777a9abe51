"""From rules to boolean functions over the layers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any, Protocol

import numpy as np

from configurator.engine.compile.domains import Bools, Ints, Layers
from configurator.engine.compile.grid import Domains, Grid
from configurator.engine.compile.nodes import Nodes, from_grid, from_table
from configurator.engine.compile.separable import from_weights, linear
from configurator.engine.errors import BudgetError, ExpressionError
from configurator.engine.language import Expression, Schema, parse, syntax
from configurator.engine.model import NONE, Model, Rule, Table
from configurator.engine.words import Words as _

SMALL = 20_000
LARGE = 50_000_000
CHUNK = 1 << 20


def read_rules(model: Model) -> dict[str, Expression]:
    """Every rule's text parsed; errors tell the rule's name."""
    schema = Schema(model.variables, model.texts)
    texts = frozenset(model.texts)
    parsed = {}
    for rule in model.rules:
        if isinstance(rule, Rule):
            try:
                expression = parse(rule.text, schema, want="condition")
                for name in sorted(expression.references & texts):
                    raise ExpressionError(
                        _(
                            "“%(name)s” is a free text; rules cannot depend on texts, "
                            "only prices can.",
                            name=name,
                        )
                    )
                parsed[rule.name] = expression
            except ExpressionError as error:
                raise error.within(rule.name) from None
    return parsed


def scope_of(rule: Rule | Table, parsed: dict[str, Expression]) -> frozenset[str]:
    if isinstance(rule, Table):
        return frozenset(rule.columns)
    return parsed[rule.name].references


def table_rows(layers: Layers, table: Table) -> tuple[list[int], Ints]:
    """The layers of a table, top first, and its rows as value indices in that order."""
    scope = layers.scope(table.columns)
    places = {layers.layer_of[name]: place for place, name in enumerate(table.columns)}
    rows = np.empty((len(table.rows), len(scope)), np.int64)
    columns = list(zip(*table.rows, strict=True))
    for position, layer in enumerate(scope if columns else []):
        index = layers.index(layer)
        rows[:, position] = [index[value] for value in columns[places[layer]]]
    return scope, rows


class Algebra(Protocol):
    """What conditions are built from: functions of OxiDD, or literals of a SAT solver."""

    layers: Layers
    true: Any
    false: Any

    def function(self, nodes: Nodes) -> Any:
        """The condition of a rule's diagram."""

    def check_time(self) -> None:
        """Raise BudgetError when the time is over."""


class RuleCompiler:
    """Builds the function of one rule after the other."""

    def __init__(self, diagrams: Algebra, exclusive: Sequence[Sequence[str]] = ()) -> None:
        """`exclusive` are groups of toggles of which other rules allow at most one. Functions of
        large rules need to be right only where that holds, which keeps them small."""
        self.diagrams = diagrams
        self.exclusive = [frozenset(group) for group in exclusive]
        self.care = diagrams.true
        self.layers = diagrams.layers
        self.domains: Domains = {v.name: v.values for v in self.layers.variables}

    def rule(self, rule: Rule | Table, expression: Expression | None) -> Any:
        """The function of a rule; errors name it."""
        self.diagrams.check_time()
        try:
            if isinstance(rule, Table):
                return self.table(rule)
            assert expression is not None
            self.care = self._care(expression.references)
            return self.condition(expression.node)
        except BudgetError as error:
            raise BudgetError(
                _("The rule “%(name)s” is too large: %(error)s", name=rule.name, error=error),
                rule.name,
                error.size,
            ) from None
        except ExpressionError as error:
            raise error.within(rule.name) from None

    def table(self, table: Table) -> Any:
        scope, rows = table_rows(self.layers, table)
        nodes = from_table(scope, self._sizes(scope), rows, allowed=table.allowed)
        return self.diagrams.function(nodes)

    def _sizes(self, scope: list[int]) -> list[int]:
        return [int(self.layers.sizes[layer]) for layer in scope]

    def condition(self, node: syntax.Node) -> Any:
        """Small scopes are enumerated; larger conditions are taken apart first."""
        scope = self.layers.scope(syntax.names_in(node))
        if prod(self._sizes(scope)) <= SMALL:
            return self._enumerate(node, scope)
        return self.care & self._composed(node, scope)

    def _care(self, names: frozenset[str]) -> Any:
        """At most one of each exclusive group."""
        care = self.diagrams.true
        for group in self.exclusive:
            layers = self.layers.scope(names & group)
            if len(layers) > 1:
                weights = [[Fraction(0), Fraction(1)]] * len(layers)
                care = care & self.diagrams.function(
                    from_weights(layers, weights, "<=", Fraction(-1))
                )
        return care

    def _composed(self, node: syntax.Node, scope: list[int]) -> Any:
        match node:
            case syntax.Not(item):
                return ~self.condition(item)
            case syntax.All(items):
                return self._junction(items, every=True)
            case syntax.Any(items):
                return self._junction(items, every=False)
            case syntax.Iff(left, right):
                return self.condition(left).equiv(self.condition(right))
            case syntax.Choose(condition, then, otherwise):
                chosen = self.condition(condition)
                return chosen.ite(self.condition(then), self.condition(otherwise))
            case syntax.Compare():
                return self._compare(node, scope)
            case _:
                return self._enumerate(node, scope)

    def _junction(self, items: tuple[syntax.Node, ...], *, every: bool) -> Any:
        result = self.care if every else self.diagrams.false
        for item in items:
            function = self.condition(item)
            result = result & function if every else result | function
        return result

    def _compare(self, node: syntax.Compare, scope: list[int]) -> Any:
        decomposed = linear(node, self.domains)
        if decomposed is None:
            return self._enumerate(node, scope)
        weights, constant = decomposed
        ordered = self.layers.scope(frozenset(weights))
        rows = [weights[self.layers.variables[layer].name] for layer in ordered]
        function = self.diagrams.function(from_weights(ordered, rows, node.operator, constant))
        for side in (node.left, node.right):
            if node.operator == "=" and isinstance(side, syntax.Amount):
                absent = syntax.Member(side.name, frozenset((NONE,)))
                function = function & ~self.condition(absent)
        return function

    def _enumerate(self, node: syntax.Node, scope: list[int]) -> Any:
        sizes = self._sizes(scope)
        size = prod(sizes)
        if size > LARGE:
            names = ", ".join(self.layers.variables[layer].name for layer in scope)
            raise BudgetError(
                f"it has {size:,} combinations of {names}; the most is {LARGE:,}."
                " Use larger steps, or split it.",
                size=size,
            )
        truth: Bools = np.empty(size, np.bool_)
        for start in range(0, size, CHUNK):
            self.diagrams.check_time()
            end = min(size, start + CHUNK)
            grid = Grid(self.combinations(scope, start, end), self.domains, end - start)
            truth[start:end] = grid.holds(node)
        return self.diagrams.function(from_grid(scope, sizes, truth.view(np.int8)))

    def combinations(self, scope: list[int], start: int, end: int) -> dict[str, Ints]:
        """Columns of value indices for the combinations start…end-1, last layer fastest."""
        numbers = np.arange(start, end)
        columns = {}
        for layer in reversed(scope):
            size = int(self.layers.sizes[layer])
            columns[self.layers.variables[layer].name] = numbers % size
            numbers = numbers // size
        return columns
