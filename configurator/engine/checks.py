"""Checks of a model, for those who write it: what is wrong or idle, and which rules cause it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from configurator.engine.compile.compiler import read
from configurator.engine.compile.domains import Layers
from configurator.engine.model import Budget, Model, Value
from configurator.engine.numbering import Numbering
from configurator.engine.sat.prover import Prover


@dataclass(frozen=True)
class DeadValue:
    """A value that no product has, and a minimal set of rules that exclude it."""

    name: str
    value: Value
    rules: tuple[str, ...]


@dataclass(frozen=True)
class SingleValue:
    """An option with the same value in every product, and a minimal set of rules that fix it."""

    name: str
    value: Value
    rules: tuple[str, ...]


@dataclass(frozen=True)
class RedundantRule:
    """A rule that changes nothing: a minimal set of other rules already demands it."""

    rule: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What the checks found. With a contradiction (a minimal set) nothing else is asked.

    `unchecked` rules were not examined for redundancy, because the time was over.
    """

    contradiction: tuple[str, ...] | None = None
    dead: list[DeadValue] = field(default_factory=list)
    single: list[SingleValue] = field(default_factory=list)
    redundant: list[RedundantRule] = field(default_factory=list)
    unchecked: int = 0


def check(model: Model, budget: Budget | None = None) -> Report:
    """Run all checks; raises ModelError, ExpressionError or BudgetError.

    Redundant rules are looked for until the budget's seconds are over.
    """
    read(model)
    deadline = time.monotonic() + (budget or Budget()).seconds
    layers = Layers(model.variables)
    prover = Prover(model, layers, budget, negatable=True)
    first = prover.solve(())
    if first is None:
        return Report(prover.guilty_rules(()) or ())
    numbering = Numbering(layers, model.variables)
    possible = _possible(prover, numbering, first)
    dead: list[DeadValue] = []
    single: list[SingleValue] = []
    for name in numbering.names:
        _check_option(dead, single, prover, numbering, name, possible)
    redundant: list[RedundantRule] = []
    for rule in range(len(model.rules)):
        if time.monotonic() > deadline:
            return Report(None, dead, single, redundant, len(model.rules) - rule)
        because = prover.implied(rule)
        if because is not None:
            redundant.append(RedundantRule(model.rules[rule].name, because))
    return Report(None, dead, single, redundant)


def _possible(prover: Prover, numbering: Numbering, first: list[int]) -> set[int]:
    """The numbers of all values that some product has."""
    seen = set(first)
    for number in range(numbering.offsets[-1]):
        if number not in seen:
            seen.update(prover.solve((number,)) or ())
    return seen


def _check_option(
    dead: list[DeadValue],
    single: list[SingleValue],
    prover: Prover,
    numbering: Numbering,
    name: str,
    possible: set[int],
) -> None:
    """Add what is wrong with one option."""
    layer = numbering.layers.layer_of[name]
    values = numbering.layers.variables[layer].values
    start = numbering.offsets[layer]
    alive = [value for index, value in enumerate(values) if start + index in possible]
    for index, value in enumerate(values):
        if start + index not in possible:
            dead.append(DeadValue(name, value, prover.guilty_rules((start + index,)) or ()))
    if len(alive) == 1 and len(values) > 1:
        only = start + values.index(alive[0])
        single.append(SingleValue(name, alive[0], prover.demanding(only) or ()))
