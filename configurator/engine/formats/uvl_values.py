"""Features that are more than chosen or not: whole numbers with bounds, and copies.

Each becomes a number, which is `none` where the feature is not chosen. The text or number of a
feature that no constraint reads is the customer's own affair: only the choice of it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from configurator.engine.errors import FormatError
from configurator.engine.formats.uvl_tree import Feature, Part
from configurator.engine.model import NONE, Scalar, Value, Variable

MOST_VALUES = 10_000
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
Facts = dict[str, dict[Value, Scalar]]


def variable_of(feature: Feature, constraints: Sequence[Part], read: set[str]) -> Variable:
    """The variable of a feature; `read` are the features whose own value constraints use."""
    if feature.copies is not None:
        return _counted(feature)
    if not feature.type or feature.name not in read:
        facts: Facts = {name: {True: value} for name, value in feature.attributes.items()}
        return Variable(feature.name, (False, True), "toggle", attributes=facts)
    if feature.type != "Integer":
        raise FormatError(
            f"line {feature.line}: constraints read the {feature.type} “{feature.name}”, which has"
            " no finite list of values; only bounded Integer features may be read."
        )
    values = _between(feature, constraints)
    facts = {name: dict.fromkeys(values, value) for name, value in feature.attributes.items()}
    return Variable(feature.name, (NONE, *values), "number", attributes=facts)


def _counted(feature: Feature) -> Variable:
    """A feature with a cardinality: how many copies there are, each with the attributes."""
    assert feature.copies is not None
    if feature.groups or feature.type:
        raise FormatError(
            f"line {feature.line}: “{feature.name}” occurs several times, each with choices of its"
            " own; name every copy instead."
        )
    least, most = feature.copies
    if most > MOST_VALUES:
        raise FormatError(f"line {feature.line}: there are at most {MOST_VALUES:,} copies.")
    values: tuple[Value, ...] = tuple(range(max(least, 1), most + 1))
    facts: Facts = {
        name: {count: _times(value, count) for count in values}
        for name, value in feature.attributes.items()
    }
    return Variable(feature.name, (NONE, *values), "number", attributes=facts)


def _times(value: Scalar, count: Value) -> Scalar:
    assert isinstance(count, int)
    return value if isinstance(value, str | bool) else value * count


def _between(feature: Feature, constraints: Sequence[Part]) -> tuple[Value, ...]:
    """The whole numbers between the bounds that constraints set."""
    lower, upper = [], []
    for part in constraints:
        for operator, number in _bounds(feature.name, part):
            if operator in (">", ">=", "=="):
                lower.append(floor(number) + 1 if operator == ">" else ceil(number))
            if operator in ("<", "<=", "=="):
                upper.append(ceil(number) - 1 if operator == "<" else floor(number))
    if not lower or not upper:
        raise FormatError(
            f"line {feature.line}: the Integer “{feature.name}” has no bounds; write constraints"
            f" such as {feature.name} >= 0 & {feature.name} <= 100."
        )
    values: tuple[Value, ...] = tuple(range(max(lower), min(upper) + 1))
    if len(values) > MOST_VALUES:
        raise FormatError(
            f"line {feature.line}: “{feature.name}” has {len(values):,} values between its bounds;"
            f" the most is {MOST_VALUES:,}."
        )
    return values


def _bounds(name: str, part: Part) -> Iterator[tuple[str, Fraction]]:
    """What a constraint demands of a feature's number whatever else is chosen."""
    if part.kind == "and":
        for item in part.parts:
            yield from _bounds(name, item)
    elif part.kind in TURNED:
        left, right = part.parts
        for operator, one, two in ((part.kind, left, right), (TURNED[part.kind], right, left)):
            number = _constant(two)
            if one.kind == "reference" and ".".join(one.path) == name and number is not None:
                yield operator, number


def _constant(part: Part) -> Fraction | None:
    if part.kind == "number":
        return Fraction(Decimal(part.text))
    if part.kind not in ("+", "-", "*") or len(part.parts) != 2:
        return None
    left, right = (_constant(item) for item in part.parts)
    if left is None or right is None:
        return None
    return {"+": left + right, "-": left - right, "*": left * right}[part.kind]


def read_values(parts: Sequence[Part]) -> Iterator[Part]:
    """The references that stand where a number or a text does."""
    stack = [(part, False) for part in parts]
    while stack:
        part, inside = stack.pop()
        if part.kind == "reference" and inside:
            yield part
        valued = part.kind in (*TURNED, "!=", "+", "-", "*", "/", "call")
        stack += [(item, valued) for item in part.parts]
