"""Formulas of a scene: read and checked by the engine once, then computed in floats.

Pixels need no exact fractions, and a parametric picture evaluates thousands of coordinates, so the
checked tree is turned into closures over floats.
"""

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Any

from configurator.engine import NONE, Schema, parse
from configurator.engine.language import syntax as s

Values = Mapping[str, Any]
"""Option code or local name -> code, toggle, number or text."""

Number = Callable[[Values], float]
Condition = Callable[[Values], bool]

_NEARLY = 1e-9  # what floor() and ceil() forgive, so that 3 * (1 / 3) counts as 1


class Formulas:
    """Makes the formulas of one scene; `names` are the scene's own names beside the options."""

    def __init__(self, schema: Schema, names: Iterable[str] = ()) -> None:
        known = {**schema.names, **dict.fromkeys(names, int)}
        self._schema = Schema(schema.variables, schema.texts, known)
        self._numbers: dict[str, tuple[Number, frozenset[str]]] = {}

    def number(self, text: str | float) -> Number:
        """A number as it stands or as a formula; raises ExpressionError."""
        if isinstance(text, int | float):
            constant = float(text)
            return lambda _values: constant
        return self._read(text)[0]

    def condition(self, text: str) -> tuple[Condition, frozenset[str]]:
        """A condition and the names that it reads; raises ExpressionError."""
        expression = parse(text, self._schema, want="condition")
        return _condition(expression.node), expression.references

    def references(self, text: str | float) -> frozenset[str]:
        """The names that a number or formula reads."""
        return frozenset() if isinstance(text, int | float) else self._read(text)[1]

    def _read(self, text: str) -> tuple[Number, frozenset[str]]:
        if text not in self._numbers:
            expression = parse(text, self._schema, want="number")
            self._numbers[text] = _number(expression.node), expression.references
        return self._numbers[text]


def _number(node: s.Node) -> Number:
    match node:
        case s.Constant(value):
            constant = float(value)
            return lambda values: constant
        case s.Amount(name):
            return lambda values: 0.0 if (amount := values[name]) == NONE else float(amount)
        case s.Fact(name, _, table):
            facts = {value: float(fact) for value, fact in table.items()}
            return lambda values: facts.get(values[name], 0.0)
        case s.Length(name):
            return lambda values: float(len(str(values.get(name, ""))))
        case s.Count(items):
            conditions = [_condition(item) for item in items]
            return lambda values: float(sum(holds(values) for holds in conditions))
        case s.Choose(condition, then, otherwise):
            test, yes, no = _condition(condition), _number(then), _number(otherwise)
            return lambda values: yes(values) if test(values) else no(values)
        case _:
            return _arithmetic(node)


def _arithmetic(node: s.Node) -> Number:
    match node:
        case s.Sum(items):
            parts = [_number(item) for item in items]
            return lambda values: sum(part(values) for part in parts)
        case s.Product(items):
            factors = [_number(item) for item in items]
            return lambda values: reduce(operator.mul, (factor(values) for factor in factors))
        case s.Divide(left, right):
            above, below = _number(left), _number(right)
            return lambda values: above(values) / below(values)
        case s.Function(name, items):
            function, arguments = FUNCTIONS[name], [_number(item) for item in items]
            return lambda values: function(*(argument(values) for argument in arguments))
        case _:
            raise TypeError(f"not a number: {node}")


def _round(number: float, digits: float = 0) -> float:
    factor = 10.0 ** int(digits)
    return math.copysign(math.floor(abs(number) * factor + 0.5 + _NEARLY), number) / factor


FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": min,
    "max": max,
    "abs": abs,
    "floor": lambda number: float(math.floor(number + _NEARLY)),
    "ceil": lambda number: float(math.ceil(number - _NEARLY)),
    "round": _round,
}


def _condition(node: s.Node) -> Condition:
    match node:
        case s.Constant(value):
            constant = bool(value)
            return lambda values: constant
        case s.Toggle(name):
            return lambda values: values[name] is True
        case s.Member(name, members):
            return lambda values: values[name] in members
        case s.Same(left, right):
            return lambda values: bool(values[left] == values[right])
        case s.Compare(sign, one, other):
            return _comparison(sign, one, other)
        case _:
            return _logic(node)


def _comparison(sign: str, left: s.Node, right: s.Node) -> Condition:
    one, other = _number(left), _number(right)
    if sign == "<":
        return lambda values: one(values) < other(values) - _NEARLY
    if sign == "<=":
        return lambda values: one(values) <= other(values) + _NEARLY
    amounts = [node.name for node in (left, right) if isinstance(node, s.Amount)]

    def equal(values: Values) -> bool:
        if any(values[name] == NONE for name in amounts):
            return False
        return abs(one(values) - other(values)) <= _NEARLY

    return equal


def _logic(node: s.Node) -> Condition:
    match node:
        case s.Not(item):
            inner = _condition(item)
            return lambda values: not inner(values)
        case s.All(items):
            every = [_condition(item) for item in items]
            return lambda values: all(holds(values) for holds in every)
        case s.Any(items):
            some = [_condition(item) for item in items]
            return lambda values: any(holds(values) for holds in some)
        case s.Iff(left, right):
            one, other = _condition(left), _condition(right)
            return lambda values: one(values) == other(values)
        case s.Choose(condition, then, otherwise):
            test, yes, no = _condition(condition), _condition(then), _condition(otherwise)
            return lambda values: yes(values) if test(values) else no(values)
        case _:
            raise TypeError(f"not a condition: {node}")
