"""The way from a model to its compiled parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from configurator.engine.compile.bdd import Diagrams
from configurator.engine.compile.contract import Arrays
from configurator.engine.compile.domains import Layers
from configurator.engine.compile.order import elimination_order
from configurator.engine.compile.prepare import prepare
from configurator.engine.compile.refine import refine
from configurator.engine.compile.rules import RuleCompiler, read_rules, scope_of
from configurator.engine.compile.search import MOST_OPTIONS, better_orders
from configurator.engine.compile.terms import TermCompiler, Terms, read_terms, scopes_of
from configurator.engine.diagram import Diagram, from_bits
from configurator.engine.errors import BudgetError, ContradictionError
from configurator.engine.language import Expression
from configurator.engine.model import Budget, Model, Table, check_model
from configurator.engine.words import Words as _

ORDERS = 3
"""How many orders are tried."""
SMALL = 2_000
"""Edges of a diagram that need not be any smaller."""
WORK = 400_000
"""Edges after which no further order is tried."""
LARGE = 250_000
"""Edges of a diagram of many options that is worth another order."""


@dataclass(frozen=True)
class Compiled:
    """What compilation gives: the layers, the diagram over them, the terms, how long it took, and
    the arrays that make sweeps fast."""

    layers: Layers
    diagram: Diagram
    terms: Terms
    seconds: float
    arrays: Arrays = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Parsed:
    """A checked model with the parsed texts of its rules and terms."""

    rules: dict[str, Expression]
    terms: dict[str, Expression]


def read(model: Model) -> Parsed:
    """Check a model; raises ModelError or ExpressionError."""
    check_model(model)
    return Parsed(read_rules(model), read_terms(model))


def arrange(model: Model, parsed: Parsed, seed: int = 0) -> Layers:
    """Order the options of a model; other seeds break ties in other ways."""
    variables = list(model.variables)
    if seed:
        Random(seed).shuffle(variables)
    numbers = {variable.name: number for number, variable in enumerate(variables)}
    scopes = [scope_of(rule, parsed.rules) for rule in model.rules]
    scopes += scopes_of(parsed.terms)
    items = [[numbers[name] for name in scope if name in numbers] for scope in scopes]
    groups = [[numbers[name] for name in table.columns] for table in alternatives(model)]
    sizes = [len(variable.values) for variable in variables]
    order = elimination_order(len(numbers), items, sizes, groups)
    return Layers(tuple(variables[number] for number in order))


def alternatives(model: Model) -> list[Table]:
    """The tables which say that a toggle goes with exactly one of some others."""
    tables = [rule for rule in model.rules if isinstance(rule, Table)]
    return [table for table in tables if is_alternative(table)]


def is_alternative(table: Table) -> bool:
    """Whether the table says that a toggle goes with exactly one of the others."""
    width = len(table.columns)
    if not table.allowed or width < 3 or len(table.rows) != width:
        return False
    return sorted(sum(value is True for value in row) for row in table.rows) == [
        0,
        *(2 for _ in range(width - 1)),
    ] and all(row[0] is True for row in table.rows if True in row)


def compile_parts(model: Model, budget: Budget) -> Compiled:
    """Compile; raises ExpressionError, ModelError, ContradictionError or BudgetError.

    Of a few promising orders the one with the fewest edges is kept.
    """
    started = time.monotonic()
    parsed = read(model)
    best: Compiled | None = None
    work = 0
    large = len(model.variables) > MOST_OPTIONS
    for layers, last in _orders(model, parsed):
        left = budget.seconds - (time.monotonic() - started)
        try:
            found = _compile_in(layers, model, parsed, replace(budget, seconds=left))
        except BudgetError:
            if best is None and last:
                raise
            if time.monotonic() - started < budget.seconds:
                continue
            if best is None:
                limit = f"{budget.seconds:g}"
                raise BudgetError(
                    _("Compilation takes longer than %(limit)s seconds.", limit=limit)
                ) from None
            break
        if best is None or found.diagram.edge_count < best.diagram.edge_count:
            best = found
        work += found.diagram.edge_count
        if best.diagram.edge_count <= (LARGE if large else SMALL) or work > WORK:
            break
    assert best is not None
    arrays = prepare(best.layers, best.diagram)
    return replace(best, arrays=arrays, seconds=time.monotonic() - started)


def _orders(model: Model, parsed: Parsed) -> Iterator[tuple[Layers, bool]]:
    """The orders to try, and whether it is the last one; of many options the second one is made
    only where the first fails or is large."""
    given = arrange(model, parsed)
    if len(given.sizes) > MOST_OPTIONS:
        yield given, False
        yield arrange(model, parsed, seed=1), True
        return
    better = better_orders(model, parsed.rules, parsed.terms, given, ORDERS)
    orders = [*better, given][:ORDERS]
    yield from ((layers, layers is orders[-1]) for layers in orders)


def _compile_in(layers: Layers, model: Model, parsed: Parsed, budget: Budget) -> Compiled:
    """Compile in one order."""
    started = time.monotonic()
    diagrams = Diagrams(layers, budget)
    diagram = _rules_diagram(model, parsed, diagrams)
    terms = TermCompiler(layers, model.texts).compile(model.terms, parsed.terms)
    for factor in sorted(terms.factors, key=lambda factor: len(factor.child)):
        diagrams.check_time()
        diagram = refine(layers, diagram, factor, budget.nodes)
    _check_sums(layers, diagram, terms)
    return Compiled(layers, diagram, terms, time.monotonic() - started)


def _rules_diagram(model: Model, parsed: Parsed, diagrams: Diagrams) -> Diagram:
    compiler = RuleCompiler(diagrams, [table.columns[1:] for table in alternatives(model)])
    functions = [compiler.rule(rule, parsed.rules.get(rule.name)) for rule in model.rules]
    everything = diagrams.conjoin(functions)
    if everything == diagrams.false:
        raise ContradictionError(_guilty(diagrams, model))
    return from_bits(diagrams.layers, diagrams.first_bit, diagrams.read(everything))


def _check_sums(layers: Layers, diagram: Diagram, terms: Terms) -> None:
    """Totals must stay below 2**52, where floating point numbers are still exact integers."""
    most = abs(terms.weights).sum() + len(layers.sizes) * abs(diagram.edge_amount).max(initial=0)
    if int(most) + abs(terms.constant) + abs(diagram.root_amount) >= 1 << 52:
        raise BudgetError(_("The prices are too large to add up exactly."))


def _guilty(diagrams: Diagrams, model: Model) -> tuple[str, ...]:
    """A minimal set of rules that contradict each other; all, where search cannot tell soon."""
    from configurator.engine.sat.prover import Prover

    prover = Prover(model, diagrams.layers)
    guilty = prover.guilty_rules(()) if prover.is_easy() else None
    prover.close()
    return guilty or tuple(rule.name for rule in model.rules)


def minimal(items: list[int], holds: Callable[[Sequence[int]], bool]) -> list[int]:
    """QuickXplain: a minimal part of `items` for which the monotone `holds` is still true."""

    def search(base: list[int], added: bool, rest: list[int]) -> list[int]:
        if added and holds(base):
            return []
        if len(rest) == 1:
            return rest
        half = len(rest) // 2
        left, right = rest[:half], rest[half:]
        second = search([*base, *left], True, right)
        first = search([*base, *second], bool(second), left)
        return [*first, *second]

    if holds([]):
        return []
    return sorted(search([], False, items)) if items else []
