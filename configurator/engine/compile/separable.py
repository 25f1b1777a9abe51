"""Comparisons of sums in which every part depends on one option: weights, counts, lengths.

Their diagram is built by carrying the partial sum from layer to layer, so that a sum over dozens
of options stays small although it has astronomically many combinations.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np

from configurator.engine.compile.domains import Ints
from configurator.engine.compile.grid import Domains
from configurator.engine.compile.nodes import FALSE, TRUE, Nodes
from configurator.engine.errors import BudgetError
from configurator.engine.language import syntax as s
from configurator.engine.language.evaluate import holds, number
from configurator.engine.words import Words as _

SUMS = 2_000_000
Weights = dict[str, list[Fraction]]


def linear(node: s.Compare, domains: Domains) -> tuple[Weights, Fraction] | None:
    """`left - right` as weights of single options and a constant, if it has that form."""
    weights: Weights = {}
    constant = _collect(node.left, Fraction(1), weights, domains)
    if constant is None:
        return None
    other = _collect(node.right, Fraction(-1), weights, domains)
    return None if other is None else (weights, constant + other)


def _collect(node: s.Node, factor: Fraction, into: Weights, domains: Domains) -> Fraction | None:
    """Add `factor * node` to the weights; its constant part, or None if it does not decompose."""
    names = s.names_in(node)
    if not names:
        return factor * number(node, {})
    if len(names) == 1:
        (name,) = names
        values = [factor * number(node, {name: value}) for value in domains[name]]
        before = into.get(name, [Fraction(0)] * len(values))
        into[name] = [a + b for a, b in zip(before, values, strict=True)]
        return Fraction(0)
    match node:
        case s.Sum(items):
            return _collect_all(items, factor, into, domains)
        case s.Count(items):
            return _collect_counted(items, factor, into, domains)
        case s.Product(items):
            return _collect_product(items, factor, into, domains)
        case s.Divide(left, right) if not s.names_in(right):
            return _collect(left, factor / number(right, {}), into, domains)
        case _:
            return None


def _collect_all(
    items: tuple[s.Node, ...], factor: Fraction, into: Weights, domains: Domains
) -> Fraction | None:
    total = Fraction(0)
    for item in items:
        part = _collect(item, factor, into, domains)
        if part is None:
            return None
        total += part
    return total


def _collect_counted(
    items: tuple[s.Node, ...], factor: Fraction, into: Weights, domains: Domains
) -> Fraction | None:
    total = Fraction(0)
    for item in items:
        names = s.names_in(item)
        if len(names) > 1:
            return None
        if not names:
            total += factor * holds(item, {})
            continue
        (name,) = names
        before = into.setdefault(name, [Fraction(0)] * len(domains[name]))
        for index, value in enumerate(domains[name]):
            before[index] += factor * holds(item, {name: value})
    return total


def _collect_product(
    items: tuple[s.Node, ...], factor: Fraction, into: Weights, domains: Domains
) -> Fraction | None:
    varying = [item for item in items if s.names_in(item)]
    if len(varying) != 1:
        return None
    for item in items:
        if item is not varying[0]:
            factor *= number(item, {})
    return _collect(varying[0], factor, into, domains)


def from_weights(
    layers: list[int], weights: list[list[Fraction]], operator: str, constant: Fraction
) -> Nodes:
    """The diagram of `sum of weights + constant  operator  0`; weights follow `layers`."""
    bottom = lcm(constant.denominator, *(w.denominator for row in weights for w in row))
    tables = [[int(w * bottom) for w in row] for row in weights]
    start = int(constant * bottom)
    reach = abs(start) + sum(max(map(abs, row)) for row in tables)
    if reach >= 1 << 62:
        raise BudgetError(_("The numbers of this sum are too large to compare exactly."))
    arrays = [np.array(row, np.int64) for row in tables]
    least = _suffix([int(array.min()) for array in arrays])
    most = _suffix([int(array.max()) for array in arrays])
    sums: list[Ints] = [np.array([start])]
    targets: list[Ints] = []
    for position, array in enumerate(arrays):
        reached = sums[-1][:, None] + array[None, :]
        decided = _decided(operator, reached, least[position + 1], most[position + 1])
        open_ = np.unique(reached[decided < 0])
        if len(open_) > SUMS:
            raise BudgetError(
                _("This sum has more than %(sums)s different values.", sums=f"{SUMS:,}"),
                size=len(open_),
            )
        targets.append(np.where(decided < 0, 2 + np.searchsorted(open_, reached), decided))
        sums.append(open_)
    nodes = Nodes()
    ids: Ints = np.array([FALSE, TRUE])
    for layer, rows in zip(reversed(layers), reversed(targets), strict=True):
        ids = np.concatenate(([FALSE, TRUE], nodes.add(layer, ids[rows])))
    nodes.root = int(ids[2])
    return nodes


def _suffix(numbers: list[int]) -> list[int]:
    """Sums of what is left: result[i] = numbers[i] + … + numbers[-1]."""
    sums = [0]
    for item in reversed(numbers):
        sums.append(sums[-1] + item)
    return sums[::-1]


def _decided(operator: str, reached: Ints, least: int, most: int) -> Ints:
    """1 or 0 where the comparison of the sum with 0 is certain whatever follows, else -1."""
    low, high = reached + least, reached + most
    if operator == "<=":
        certain, excluded = high <= 0, low > 0
    elif operator == "<":
        certain, excluded = high < 0, low >= 0
    else:
        certain, excluded = (low == 0) & (high == 0), (low > 0) | (high < 0)
    return np.where(certain, 1, np.where(excluded, 0, -1))
