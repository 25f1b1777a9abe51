"""Exact evaluation of one expression for one set of values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

from configurator.engine.errors import ExpressionError
from configurator.engine.language import syntax as s
from configurator.engine.model import NONE, Value
from configurator.engine.words import Words as _


def round_half_up(number: Fraction, digits: int = 0) -> Fraction:
    """Half away from zero, as on an invoice: 0.5 -> 1, -0.5 -> -1."""
    factor = Fraction(10) ** digits
    scaled = abs(number) * factor
    rounded = Fraction(floor(scaled + Fraction(1, 2))) / factor
    return -rounded if number < 0 else rounded


def holds(node: s.Node, values: Mapping[str, Value]) -> bool:
    """Whether a condition holds."""
    match node:
        case s.Constant(value):
            return bool(value)
        case s.Toggle(name):
            return bool(values[name])
        case s.Member(name, members):
            return values[name] in members
        case s.Same(left, right):
            return values[left] == values[right]
        case s.Compare(operator, left, right):
            return _compares(operator, left, right, values)
        case s.Not(item):
            return not holds(item, values)
        case s.All(items):
            return all(holds(item, values) for item in items)
        case s.Any(items):
            return any(holds(item, values) for item in items)
        case s.Iff(left, right):
            return holds(left, values) == holds(right, values)
        case s.Choose(condition, then, otherwise):
            return holds(then if holds(condition, values) else otherwise, values)
        case _:
            raise TypeError(f"not a condition: {node}")


def _compares(operator: str, left: s.Node, right: s.Node, values: Mapping[str, Value]) -> bool:
    if operator == "=" and (_absent(left, values) or _absent(right, values)):
        return False
    one, two = number(left, values), number(right, values)
    if operator == "=":
        return one == two
    return one < two if operator == "<" else one <= two


def _absent(node: s.Node, values: Mapping[str, Value]) -> bool:
    """A number that does not apply counts as 0, but is not equal to 0."""
    return isinstance(node, s.Amount) and values[node.name] == NONE


def number(node: s.Node, values: Mapping[str, Value]) -> Fraction:
    """The exact number of a formula; raises ExpressionError when it divides by zero."""
    match node:
        case s.Constant(value):
            return Fraction(value)
        case s.Amount(name):
            amount = values[name]
            return Fraction(0) if amount == NONE else Fraction(amount)
        case s.Fact(name, _, table):
            return table.get(values[name], Fraction(0))
        case s.Length(name):
            return Fraction(len(str(values.get(name, ""))))
        case s.Count(items):
            return Fraction(sum(holds(item, values) for item in items))
        case s.Sum(items):
            return sum((number(item, values) for item in items), Fraction(0))
        case s.Product(items):
            product = Fraction(1)
            for item in items:
                product *= number(item, values)
            return product
        case s.Divide(left, right):
            return divide(number(left, values), number(right, values))
        case s.Choose(condition, then, otherwise):
            return number(then if holds(condition, values) else otherwise, values)
        case s.Function(name, items):
            return apply(name, [number(item, values) for item in items])
        case _:
            raise TypeError(f"not a number: {node}")


def divide(left: Fraction, right: Fraction) -> Fraction:
    if right == 0:
        raise ExpressionError(
            _("This formula divides by zero for some choices; guard it with “if”.")
        )
    return left / right


def apply(name: str, arguments: list[Fraction]) -> Fraction:
    """The value of a function of the language."""
    if name == "min":
        return min(arguments)
    if name == "max":
        return max(arguments)
    if name == "abs":
        return abs(arguments[0])
    if name == "ceil":
        return Fraction(ceil(arguments[0]))
    if name == "floor":
        return Fraction(floor(arguments[0]))
    return round_half_up(arguments[0], int(arguments[1]) if len(arguments) > 1 else 0)
