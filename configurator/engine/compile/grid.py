"""Exact evaluation of an expression for many combinations at once.

Numbers are fractions: an array of numerators over one denominator or an array of them. They are
int64 while that is certainly enough, and Python integers in object arrays beyond.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Bools, Ints
from configurator.engine.errors import ExpressionError
from configurator.engine.language import syntax as s
from configurator.engine.model import NONE, Value
from configurator.engine.words import Words as _

Array = NDArray[Any]
LIMIT = 1 << 62

Columns = Mapping[str, Ints]
"""Name -> value indices, one for each combination."""

Domains = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True)
class Numbers:
    """numerators / denominators (positive); `top` and `bottom` bound their sizes."""

    numerators: Array
    denominators: Array | int
    top: int
    bottom: int

    def scaled(self, factor: int) -> Array:
        return _fit(self.numerators, self.top * abs(factor)) * factor

    def over(self, other: Numbers) -> Array:
        """Numerators times the other's denominators."""
        size = self.top * other.bottom
        if isinstance(other.denominators, int):
            return _fit(self.numerators, size) * other.denominators
        return _fit(self.numerators, size) * _fit(other.denominators, size)


def _fit(array: Array, size: int) -> Array:
    return array.astype(object) if size >= LIMIT and array.dtype != object else array


def _constant(value: Fraction, count: int) -> Numbers:
    size = max(abs(value.numerator), 1)
    dtype = object if size >= LIMIT else np.int64
    array = np.full(count, value.numerator, dtype)
    return Numbers(array, value.denominator, size, value.denominator)


def _lookup(facts: list[Fraction], indices: Ints) -> Numbers:
    bottom = lcm(*(fact.denominator for fact in facts))
    numbers = [int(fact * bottom) for fact in facts]
    size = max(1, *(abs(number) for number in numbers))
    table = np.array(numbers, object if size >= LIMIT else np.int64)
    return Numbers(table[indices], bottom, size, bottom)


class Grid:
    """Evaluates nodes for the combinations given by `columns`."""

    def __init__(self, columns: Columns, domains: Domains, count: int) -> None:
        self.columns = columns
        self.domains = domains
        self.count = count

    def _part(self, chosen: Bools) -> Grid:
        columns = {name: column[chosen] for name, column in self.columns.items()}
        return Grid(columns, self.domains, int(chosen.sum()))

    def _table(self, name: str, truth: list[bool]) -> Bools:
        found: Bools = np.array(truth, np.bool_)[self.columns[name]]
        return found

    # conditions

    def holds(self, node: s.Node) -> Bools:
        """For each combination, whether the condition holds."""
        match node:
            case s.Constant(value):
                return np.full(self.count, bool(value))
            case s.Toggle(name):
                return self._table(name, [bool(value) for value in self.domains[name]])
            case s.Member(name, members):
                return self._table(name, [value in members for value in self.domains[name]])
            case s.Same(left, right):
                return self._same(left, right)
            case s.Compare(operator, left, right):
                return self._compares(operator, left, right)
            case s.Not(item):
                return ~self.holds(item)
            case s.All(items):
                return self._junction(items, stop=False)
            case s.Any(items):
                return self._junction(items, stop=True)
            case s.Iff(left, right):
                return ~(self.holds(left) ^ self.holds(right))
            case s.Choose(condition, then, otherwise):
                return self._choose_truth(condition, then, otherwise)
            case _:
                raise TypeError(f"not a condition: {node}")

    def _same(self, left: str, right: str) -> Bools:
        number = {value: index for index, value in enumerate(self.domains[left])}
        other = np.array([number.get(value, -1) for value in self.domains[right]])
        same: Bools = self.columns[left] == other[self.columns[right]]
        return same

    def _junction(self, items: tuple[s.Node, ...], *, stop: bool) -> Bools:
        """Any (stop at the first true) or All (at the first false), evaluated lazily."""
        result = np.full(self.count, not stop)
        open_ = np.ones(self.count, np.bool_)
        for item in items:
            part = self if open_.all() else self._part(open_)
            if not part.count:
                break
            result[open_] = part.holds(item)
            open_ = result != stop
        return result

    def _choose_truth(self, condition: s.Node, then: s.Node, otherwise: s.Node) -> Bools:
        chosen = self.holds(condition)
        result = np.empty(self.count, np.bool_)
        for mask, branch in ((chosen, then), (~chosen, otherwise)):
            if mask.any():
                result[mask] = self._part(mask).holds(branch)
        return result

    def _compares(self, operator: str, left: s.Node, right: s.Node) -> Bools:
        one, two = self.numbers(left), self.numbers(right)
        a, b = one.over(two), two.over(one)
        if operator != "=":
            found = a < b if operator == "<" else a <= b
            return found.astype(np.bool_)
        equal: Bools = (a == b).astype(np.bool_)
        for side in (left, right):
            if isinstance(side, s.Amount):
                equal &= self._table(side.name, [v != NONE for v in self.domains[side.name]])
        return equal

    # numbers

    def numbers(self, node: s.Node) -> Numbers:
        """For each combination, the number; ExpressionError where one divides by zero."""
        match node:
            case s.Constant(value):
                return _constant(Fraction(value), self.count)
            case s.Amount(name):
                domain = self.domains[name]
                amounts = [Fraction(0) if v == NONE else Fraction(v) for v in domain]
                return _lookup(amounts, self.columns[name])
            case s.Fact(name, _, table):
                facts = [table.get(value, Fraction(0)) for value in self.domains[name]]
                return _lookup(facts, self.columns[name])
            case s.Count(items):
                total = np.zeros(self.count, np.int64)
                for item in items:
                    total += self.holds(item)
                return Numbers(total, 1, max(1, len(items)), 1)
            case s.Sum(items):
                return self._fold(items, _add)
            case s.Product(items):
                return self._fold(items, _multiply)
            case s.Divide(left, right):
                return _divide(self.numbers(left), self.numbers(right))
            case s.Choose(condition, then, otherwise):
                return self._choose_numbers(condition, then, otherwise)
            case s.Function(name, items):
                return self._function(name, items)
            case _:
                raise TypeError(f"not a number here: {node}")

    def _fold(self, items: tuple[s.Node, ...], operation: Any) -> Numbers:
        result = self.numbers(items[0])
        for item in items[1:]:
            result = operation(result, self.numbers(item))
        return result

    def _choose_numbers(self, condition: s.Node, then: s.Node, otherwise: s.Node) -> Numbers:
        chosen = self.holds(condition)
        if chosen.all():
            return self.numbers(then)
        if not chosen.any():
            return self.numbers(otherwise)
        one, two = self._part(chosen).numbers(then), self._part(~chosen).numbers(otherwise)
        bottom = max(one.bottom, two.bottom)
        if isinstance(one.denominators, int) and isinstance(two.denominators, int):
            bottom = lcm(one.denominators, two.denominators)
            one, two = _rescale(one, bottom), _rescale(two, bottom)
        big = object in (one.numerators.dtype, two.numerators.dtype)
        dtype: Any = object if big or bottom >= LIMIT else np.int64
        numerators = np.empty(self.count, dtype)
        denominators = np.empty(self.count, dtype)
        for mask, part in ((chosen, one), (~chosen, two)):
            numerators[mask] = part.numerators
            denominators[mask] = part.denominators
        plain = isinstance(one.denominators, int) and isinstance(two.denominators, int)
        return Numbers(numerators, bottom if plain else denominators, max(one.top, two.top), bottom)

    def _function(self, name: str, items: tuple[s.Node, ...]) -> Numbers:
        if name in ("min", "max"):
            return self._fold(items, _smaller if name == "min" else _larger)
        number = self.numbers(items[0])
        if name == "abs":
            return Numbers(abs(number.numerators), number.denominators, number.top, number.bottom)
        if name == "floor":
            return _floor(number)
        if name == "ceil":
            return _negate(_floor(_negate(number)))
        digits = 0
        if len(items) > 1:
            kept = Grid({}, {}, 1).numbers(items[1])
            digits = int(kept.numerators[0])
        return round_numbers(number, digits)


def _rescale(number: Numbers, bottom: int) -> Numbers:
    assert isinstance(number.denominators, int)
    factor = bottom // number.denominators
    return Numbers(number.scaled(factor), bottom, number.top * factor, bottom)


def _add(one: Numbers, two: Numbers) -> Numbers:
    if isinstance(one.denominators, int) and isinstance(two.denominators, int):
        bottom = lcm(one.denominators, two.denominators)
        one, two = _rescale(one, bottom), _rescale(two, bottom)
        size = one.top + two.top
        array = _fit(one.numerators, size) + _fit(two.numerators, size)
        return Numbers(array, bottom, size, bottom)
    top = one.top * two.bottom + two.top * one.bottom
    numerators = _fit(one.over(two), top) + _fit(two.over(one), top)
    denominators, bottom = _bottoms(one, two)
    return Numbers(numerators, denominators, top, bottom)


def _bottoms(one: Numbers, two: Numbers) -> tuple[Array | int, int]:
    bottom = one.bottom * two.bottom
    a, b = one.denominators, two.denominators
    if isinstance(a, int):
        return (a * b if isinstance(b, int) else _fit(b, bottom) * a), bottom
    return _fit(a, bottom) * (b if isinstance(b, int) else _fit(b, bottom)), bottom


def _multiply(one: Numbers, two: Numbers) -> Numbers:
    top = one.top * two.top
    denominators, bottom = _bottoms(one, two)
    numerators = _fit(one.numerators, top) * _fit(two.numerators, top)
    return Numbers(numerators, denominators, top, bottom)


def _divide(one: Numbers, two: Numbers) -> Numbers:
    if not two.numerators.all():
        raise ExpressionError(
            _("This formula divides by zero for some choices; guard it with “if”.")
        )
    sign = np.where(two.numerators < 0, -1, 1)
    turned = Numbers(
        (two.denominators if not isinstance(two.denominators, int) else np.int64(1)) * sign
        if not isinstance(two.denominators, int)
        else _fit(sign, two.bottom) * two.denominators,
        abs(two.numerators),
        two.bottom,
        two.top,
    )
    return _multiply(one, turned)


def _negate(number: Numbers) -> Numbers:
    return Numbers(-number.numerators, number.denominators, number.top, number.bottom)


def _floor(number: Numbers) -> Numbers:
    return Numbers(number.numerators // number.denominators, 1, number.top + 1, 1)


def round_numbers(number: Numbers, digits: int) -> Numbers:
    """Round half away from zero to `digits` decimals."""
    factor = Fraction(10) ** digits
    scaled = _multiply(number, _constant(factor, len(number.numerators)))
    size = 2 * scaled.top + scaled.bottom
    doubled = abs(_fit(scaled.numerators, size)) * 2
    bottoms = scaled.denominators
    if not isinstance(bottoms, int):
        bottoms = _fit(bottoms, 2 * size)
    whole = (doubled + bottoms) // (bottoms * 2)
    signed = np.where(scaled.numerators < 0, -whole, whole)
    rounded = Numbers(signed, 1, scaled.top + 1, 1)
    return _multiply(rounded, _constant(1 / factor, len(number.numerators)))


def _smaller(one: Numbers, two: Numbers) -> Numbers:
    return _pick(one, two, (one.over(two) <= two.over(one)).astype(np.bool_))


def _larger(one: Numbers, two: Numbers) -> Numbers:
    return _pick(one, two, (one.over(two) >= two.over(one)).astype(np.bool_))


def _pick(one: Numbers, two: Numbers, first: Bools) -> Numbers:
    plain = isinstance(one.denominators, int) and isinstance(two.denominators, int)
    if plain:
        assert isinstance(one.denominators, int)
        assert isinstance(two.denominators, int)
        bottom = lcm(one.denominators, two.denominators)
        one, two = _rescale(one, bottom), _rescale(two, bottom)
        numerators = np.where(first, one.numerators, two.numerators)
        return Numbers(numerators, bottom, max(one.top, two.top), bottom)
    numerators = np.where(first, one.numerators, two.numerators)
    denominators = np.where(first, one.denominators, two.denominators)
    return Numbers(numerators, denominators, max(one.top, two.top), max(one.bottom, two.bottom))
