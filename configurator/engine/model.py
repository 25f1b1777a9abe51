"""What a product line is: variables with finite domains, rules, and terms that are summed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from configurator.engine.errors import ModelError

Value = str | bool | int | Decimal
"""A choice's code, a toggle, or a number in the option's own unit."""

Choices = Mapping[str, Value]
"""Option code -> value, for some or all options."""

NONE = "none"
"""The value of a choice or number that does not apply."""

Scalar = int | Decimal | str | bool
Kind = Literal["choice", "toggle", "number"]

LEAD_DAYS = "lead_days"
"""The attribute whose largest value among the chosen ones is a product's lead time."""


@dataclass(frozen=True)
class Variable:
    """One option; `attributes[attribute][value]` are facts about its values."""

    name: str
    values: tuple[Value, ...]
    kind: Kind = "choice"
    unit: str = ""
    attributes: Mapping[str, Mapping[Value, Scalar]] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A condition in the rule language which every design must meet."""

    name: str
    text: str


@dataclass(frozen=True)
class Table:
    """The allowed (or forbidden) combinations of some options."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    allowed: bool = True


@dataclass(frozen=True)
class Term:
    """An amount which is added to the total of a product where `when` holds.

    The formula gives major units; it is rounded half up to `digits` decimals and counted in
    integer minor units. Terms of the kind "max" (days) are not summed: the largest one counts,
    and they are rounded up to whole units.
    """

    name: str
    amount: str
    when: str = ""
    digits: int = 2
    kind: Literal["sum", "max"] = "sum"


@dataclass(frozen=True)
class Model:
    """A product line. `texts` are the names of free texts, outside of the space."""

    variables: tuple[Variable, ...]
    rules: tuple[Rule | Table, ...] = ()
    terms: tuple[Term, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Budget:
    """How much a compilation may cost: diagram nodes, seconds, and memory in MB."""

    nodes: int = 8_000_000
    seconds: float = 120.0
    memory_mb: int = 4_000


def check_model(model: Model) -> None:
    """Raise ModelError for doubled names, empty domains, and tables that do not fit."""
    seen: set[str] = set()
    for name in [*(variable.name for variable in model.variables), *model.texts]:
        if name in seen:
            raise ModelError(f"The option “{name}” is defined twice.")
        seen.add(name)
    for kind, names in (
        ("rule", [rule.name for rule in model.rules]),
        ("price term", [term.name for term in model.terms]),
    ):
        seen = set()
        for name in names:
            if name in seen:
                raise ModelError(f"The {kind} “{name}” is defined twice.")
            seen.add(name)
    domains = {variable.name: _domain(variable) for variable in model.variables}
    for rule in model.rules:
        if isinstance(rule, Table):
            _check_table(rule, domains)


def numbered(names: Iterable[str]) -> list[str]:
    """The names, made unique: the second “a” becomes “a (2)”."""
    used: set[str] = set()
    unique = []
    for name in names:
        number, candidate = 2, name
        while candidate in used:
            candidate = f"{name} ({number})"
            number += 1
        used.add(candidate)
        unique.append(candidate)
    return unique


def whole(text: str) -> int:
    """A whole number in plain digits; ValueError for `1_000` and others that `int` takes."""
    if not re.fullmatch(r"\s*[+-]?[0-9]+\s*", text):
        raise ValueError(f"{text!r} is not a whole number")
    return int(text)


def _domain(variable: Variable) -> frozenset[Value]:
    values = frozenset(variable.values)
    if not values:
        raise ModelError(f"The option “{variable.name}” has no values.")
    if len(values) != len(variable.values):
        raise ModelError(f"The option “{variable.name}” has a value twice.")
    for value in variable.values:
        if value == NONE or isinstance(value, str) == (variable.kind == "choice"):
            continue
        raise ModelError(f"{value!r} is not a value for the {variable.kind} “{variable.name}”.")
    return values


def _check_table(table: Table, domains: Mapping[str, frozenset[Value]]) -> None:
    for column in table.columns:
        if column not in domains:
            raise ModelError(f"The table “{table.name}” names the unknown option “{column}”.")
    if len(set(table.columns)) != len(table.columns):
        raise ModelError(f"The table “{table.name}” names an option twice.")
    width = len(table.columns)
    columns = [domains[column] for column in table.columns]
    for number, row in enumerate(table.rows, start=1):
        if len(row) != width:
            raise ModelError(
                f"Row {number} of the table “{table.name}” has {len(row)} values, not {width}."
            )
        for name, domain, value in zip(table.columns, columns, row, strict=True):
            if value not in domain:
                raise ModelError(
                    f"Row {number} of the table “{table.name}”: {name} has no value {value!r}."
                )
