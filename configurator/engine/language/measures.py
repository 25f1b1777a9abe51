"""What the numbers of a formula measure: kinds that do not go together, and units made one.

Options count in their own units. Where a comparison (or a formula) names a unit, or sets options
of different units beside each other, all of that kind count in base units there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from configurator.engine.errors import ExpressionError
from configurator.engine.language.grammar import Raw
from configurator.engine.language.schema import Schema
from configurator.engine.language.units import UNITS, Exponents, exponents, measure_words, size_of
from configurator.engine.language.units import times as product_of
from configurator.engine.words import Words as _

FAMILIES = ("length", "mass")
"""What has several units that can be made one."""
COMPARING = ("compare", "range_", "member")


@dataclass(frozen=True)
class Measure:
    """What an expression measures; `pure` if no number without unit is a factor of it.

    `names` are the options in it that count in other than base units.
    """

    powers: Exponents
    pure: bool = True
    names: frozenset[str] = frozenset()
    units: frozenset[Fraction] = frozenset()


class Numeral:
    """A number without unit: it fits everything, until units are made one."""


NUMERAL = Numeral()
Found = Measure | Numeral | None  # None: not known


@dataclass
class Scope:
    """One comparison, or the formula around all of them: where units are the same."""

    options: list[tuple[Raw, str]] = field(default_factory=list)  # as written, and its unit
    united: set[str] = field(default_factory=set)  # families that count in base units
    bare: list[tuple[Raw, Measure]] = field(default_factory=list)  # numbers beside measures


class Measurer:
    """Finds how much each option of a text has to be multiplied with, by the id of its Raw."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.factors: dict[int, Fraction] = {}

    def text(self, raw: Raw) -> Mapping[int, Fraction]:
        """Raises ExpressionError where kinds are mixed, or a number would need a unit."""
        scope = Scope()
        found = self._measure(raw, scope)
        if isinstance(found, Measure) and not found.pure:
            scope.bare.append((raw, found))  # it says neither what nor in which unit
        self._close(scope)
        return self.factors

    def _close(self, scope: Scope) -> None:
        """Now it is known which units are made one here."""
        for raw, found in scope.bare:
            if found.names and scope.united.intersection(_families(found.powers)):
                self._ask(raw, min(found.names))
        for raw, unit in scope.options:
            if scope.united.intersection(_families(exponents(unit))) and size_of(unit) != 1:
                self.factors[id(raw)] = size_of(unit)

    def _ask(self, raw: Raw, name: str) -> None:
        variable = self.schema.variable(name)
        unit = variable.unit if variable else ""
        message = _(
            "“%(name)s” counts in %(unit)s: give every number beside it a unit, or none of them.",
            name=name,
            unit=unit,
        )
        raise ExpressionError(message, raw.line, raw.column)

    def _measure(self, raw: Raw, scope: Scope) -> Found:
        if raw.kind == "number":
            return _literal(raw, scope)
        if raw.kind in ("name", "code"):
            return self._option(raw, scope)
        inside = Scope() if raw.kind in COMPARING else scope
        found = [(part, self._measure(part, inside)) for part in raw.parts if isinstance(part, Raw)]
        if raw.kind in COMPARING:
            _joined(found, inside)
            self._close(inside)
            return None
        return _combined(raw, found, scope)

    def _option(self, raw: Raw, scope: Scope) -> Found:
        name = str(raw.parts[0]).strip('"“”')
        variable = self.schema.variable(name)
        if variable is None or variable.kind != "number" or variable.unit not in UNITS:
            return None
        scope.options.append((raw, variable.unit))
        size = size_of(variable.unit)
        odd = frozenset((name,)) if size != 1 else frozenset[str]()
        return Measure(exponents(variable.unit), True, odd, frozenset((size,)))


def _combined(raw: Raw, found: list[tuple[Raw, Found]], scope: Scope) -> Found:
    """What an expression measures whose parts measure this."""
    called = str(raw.parts[0]).lower() if raw.kind == "call" else ""
    if raw.kind == "sum_" or called in ("min", "max"):
        return _joined(found, scope)
    if raw.kind == "choice":
        return _joined(found[1:], scope)
    if raw.kind == "product":
        signs = [-1 if token.type == "DIVIDE" else 1 for token in raw.parts[1::2]]
        result = _product([each for _part, each in found], [1, *signs])
        if isinstance(result, Measure) and not result.powers:  # a ratio: in one unit, a number
            if len(result.units) > 1:
                scope.united.update(FAMILIES)
            return None
        return result
    if found and (raw.kind in ("group", "negative") or called in ("abs", "ceil", "floor", "round")):
        return found[0][1]
    return None


def _literal(raw: Raw, scope: Scope) -> Found:
    if len(raw.parts) == 1:
        return NUMERAL
    powers = exponents(str(raw.parts[1]))
    scope.united.update(_families(powers))
    return Measure(powers)


def _families(powers: Exponents) -> set[str]:
    return {kind for kind, _power in powers if kind in FAMILIES}


def _joined(found: list[tuple[Raw, Found]], scope: Scope) -> Found:
    """What stands beside each other in a sum or a comparison measures the same."""
    joined: Found = NUMERAL
    for raw, each in found:
        joined = _pair(joined, raw, each, scope)
    if isinstance(joined, Measure):
        bare = [part for part, each in found if isinstance(each, Numeral) and not _is_zero(part)]
        scope.bare += [(part, joined) for part in bare]
    return joined


def _pair(one: Found, raw: Raw, other: Found, scope: Scope) -> Found:
    if one is None or other is None:
        return None
    if isinstance(one, Numeral):
        return other
    if isinstance(other, Numeral):
        return one
    if one.powers != other.powers:
        if not (one.pure and other.pure):
            return None
        raise ExpressionError(
            _(
                "This is %(one)s, but what stands beside it is %(other)s.",
                one=measure_words(other.powers),
                other=measure_words(one.powers),
            ),
            raw.line,
            raw.column,
        )
    units = one.units | other.units
    if len(units) > 1 and (one.pure or other.pure):
        scope.united.update(_families(one.powers))
    return Measure(one.powers, one.pure and other.pure, one.names | other.names, units)


def _is_zero(raw: Raw) -> bool:
    return raw.kind == "number" and Fraction(str(raw.parts[0])) == 0


def _product(found: list[Found], signs: list[int]) -> Found:
    """A number without unit leaves what is measured, but not in which unit."""
    if all(isinstance(each, Numeral) for each in found):
        return NUMERAL
    result = Measure(())
    for each, sign in zip(found, signs, strict=True):
        if each is None:
            return None
        if isinstance(each, Numeral):
            result = replace(result, pure=False)
        else:
            powers = product_of(result.powers, each.powers, sign)
            pure, names = result.pure and each.pure, result.names | each.names
            result = Measure(powers, pure, names, result.units | each.units)
    return result
