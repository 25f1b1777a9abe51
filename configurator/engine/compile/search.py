"""Looking for better orders than the elimination order: a few starts, improved step by step.

Nothing here looks at a clock, and chance is seeded: the same model always has the same orders.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from random import Random

import numpy as np

from configurator.engine.compile.cuts import Combinations, Cuts, Listed, Part
from configurator.engine.compile.domains import Layers
from configurator.engine.compile.grid import Grid
from configurator.engine.compile.order import elimination_order
from configurator.engine.compile.rules import scope_of, table_rows
from configurator.engine.compile.terms import TermCompiler
from configurator.engine.errors import EngineError
from configurator.engine.language import Expression
from configurator.engine.model import Model, Table

MOST_OPTIONS = 120
LARGEST_PARTS = 2_000_000
STARTS = 6
ROUNDS = 4
SHAKES = 40
MOVES = 4
ENOUGH = 0.99


def better_orders(
    model: Model,
    rules: dict[str, Expression],
    terms: dict[str, Expression],
    layers: Layers,
    most: int,
) -> list[Layers]:
    """At most `most` orders with smaller estimates than that of `layers`, the smallest first.

    Empty for models that are too large to estimate: with many options, or with large tables.
    """
    if not 2 < len(layers.sizes) <= MOST_OPTIONS:
        return []
    try:
        parts = parts_of(model, rules, terms, layers)
    except EngineError:  # compiling the first order will tell
        return []
    if not parts:
        return []
    cuts = Cuts(layers.sizes.tolist(), parts)
    given = list(range(len(layers.sizes)))
    found: dict[tuple[int, ...], float] = {}
    for start in _starts(cuts, given):
        order, cost = improve(cuts, start)
        found[tuple(order)] = cost
    _shake(cuts, found)
    limit = cuts.cost(given)
    better = [order for order in found if found[order] < limit]
    best = sorted(better, key=lambda order: (found[order], order))[:most]
    return [Layers(tuple(layers.variables[item] for item in order)) for order in best]


def _shake(cuts: Cuts, found: dict[tuple[int, ...], float]) -> None:
    """Move a few options of the best order anywhere, and improve again; keep what is better."""
    random = Random(len(found))
    best = min(found, key=lambda order: (found[order], order))
    for _ in range(SHAKES):
        order = list(best)
        for _ in range(MOVES):
            item = order.pop(random.randrange(len(order)))
            order.insert(random.randrange(len(best)), item)
        order, cost = improve(cuts, order)
        if cost < found[best]:
            best = tuple(order)
            found[best] = cost
        if cuts.tired:
            break


def _starts(cuts: Cuts, given: list[int]) -> list[list[int]]:
    """The given order, and elimination orders with ties broken in other ways."""
    random = Random(len(given))
    starts = [given]
    scopes = [part.scope for _, part in cuts.parts]
    for _ in range(STARTS - 1):
        names = random.sample(given, len(given))
        place = {name: number for number, name in enumerate(names)}
        renamed = [[place[item] for item in scope] for scope in scopes]
        sizes = [cuts.sizes[name] for name in names]
        starts.append([names[number] for number in elimination_order(len(given), renamed, sizes)])
    return starts


def improve(cuts: Cuts, start: Sequence[int]) -> tuple[list[int], float]:
    """Move one option after the other to its best place, until that hardly helps any more."""
    order = list(start)
    cost = cuts.cost(order)
    for _ in range(ROUNDS):
        before = cost
        for item in _by_width(cuts, order):
            place = order.index(item)
            rest = order[:place] + order[place + 1 :]
            costs = cuts.costs_of_places(rest, item)
            best = min(range(len(costs)), key=lambda spot: (costs[spot], abs(spot - place)))
            if costs[best] < cost:
                order, cost = [*rest[:best], item, *rest[best:]], costs[best]
            if cuts.tired:
                break
        if cost > before * ENOUGH or cuts.tired:
            break
    return order, cuts.cost(order)


def _by_width(cuts: Cuts, order: Sequence[int]) -> list[int]:
    """Options with the widest cut below them first."""
    widths: dict[int, float] = {}
    above = 0
    for item in order:
        above |= 1 << item
        widths[item] = cuts.width(above)
    return sorted(order, key=lambda item: (-widths[item], item))


def parts_of(
    model: Model,
    rules: dict[str, Expression],
    terms: dict[str, Expression],
    layers: Layers,
) -> list[Part]:
    """The rules and the joint price terms by combinations of layers; none if that is much."""
    scopes = [layers.scope(scope_of(rule, rules)) for rule in model.rules]
    if sum(prod(_shape(layers, scope)) for scope in scopes) > LARGEST_PARTS:
        return []
    parts: list[Part] = []
    for rule, scope in zip(model.rules, scopes, strict=True):
        if isinstance(rule, Table):
            parts.append(_table_part(layers, rule))
        else:
            parts.append(_rule_part(layers, scope, rules[rule.name]))
    compiler = TermCompiler(layers, model.texts)
    compiler.compile(model.terms, terms)
    for joint, (_, amounts) in compiler.shared.items():
        parts.append(Combinations(joint, amounts.reshape(_shape(layers, joint))))
    return parts


def _shape(layers: Layers, scope: Sequence[int]) -> list[int]:
    return [int(layers.sizes[layer]) for layer in scope]


def _table_part(layers: Layers, table: Table) -> Listed:
    scope, rows = table_rows(layers, table)
    shape = tuple(_shape(layers, scope))
    different = np.unique(rows, axis=0) if len(rows) else rows
    return Listed(tuple(scope), different, shape, table.allowed)


def _rule_part(layers: Layers, scope: list[int], rule: Expression) -> Combinations:
    shape = _shape(layers, scope)
    names = [layers.variables[layer].name for layer in scope]
    spots = np.indices(shape).reshape(len(shape), prod(shape))
    domains = {variable.name: variable.values for variable in layers.variables}
    grid = Grid(dict(zip(names, spots, strict=True)), domains, prod(shape))
    return Combinations(tuple(scope), grid.holds(rule.node).reshape(shape))
