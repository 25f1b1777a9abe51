"""Cells of tables that stand for several values: *, oak | ash, 300..600, >= 500 mm.

A table of them is written out where that is small, and else becomes a condition that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod

from configurator.engine.model import NONE, Rule, Table, Value, Variable

ANY = ("*", "any")
NUMBER = r"[-−]?\d+(?:\.\d+|,\d{1,2})?"
RANGE = re.compile(rf"({NUMBER})\s*(?:\.\.\.?|…|–|—|-)\s*({NUMBER})")
BOUND = re.compile(rf"(>=|=>|≥|<=|=<|≤|>|<)\s*({NUMBER})")
SIGNS = {"=>": ">=", "≥": ">=", "=<": "<=", "≤": "<="}
WRITTEN_OUT = 20_000
"""So many combinations are always written out."""
MOST_LINES = 400
"""Of so many rows a condition is made."""
MOST_WRITTEN_OUT = 500_000
Cells = Sequence[Value]


class CellError(ValueError):
    """A cell that means no value; `values` tells that it was understood, and nothing is in it."""

    def __init__(self, message: str, *, empty: bool = False) -> None:
        super().__init__(message)
        self.empty = empty


def meant(cell: Value, variable: Variable) -> tuple[Value, ...]:
    """The values of the variable that a cell stands for; raises CellError."""
    if cell in variable.values and isinstance(cell, bool) == (variable.kind == "toggle"):
        return (cell,)
    if not isinstance(cell, str):
        raise CellError(f"“{cell}” is not a value of “{variable.name}”.")
    text = cell.strip()
    if text.casefold() in ANY:
        return variable.values
    if "|" in text:
        parts = [part.strip() for part in text.split("|") if part.strip()]
        found = {value for part in parts for value in meant(_typed(part, variable), variable)}
        return tuple(value for value in variable.values if value in found)
    if variable.kind == "number":
        return _between(text, variable)
    raise CellError(f"“{variable.name}” has no value “{text[:60]}”.")


def _typed(part: str, variable: Variable) -> Value:
    """A part of a cell as the variable has its values."""
    if variable.kind == "toggle" and part in ("yes", "no"):
        return part == "yes"
    if variable.kind == "number" and re.fullmatch(NUMBER, bare(part, variable.unit)):
        number = _number(bare(part, variable.unit))
        return int(number) if number == int(number) else number
    return part


def bare(text: str, unit: str) -> str:
    """The text without the unit behind its numbers."""
    return re.sub(rf"(?<=\d)\s*{re.escape(unit)}(?!\w)", "", text) if unit else text


def normal(text: str, unit: str = "") -> str:
    """A range or bound as it is kept: 300..600, >= 500; "" for anything else."""
    text = bare(text, unit).strip()
    if found := RANGE.fullmatch(text):
        return f"{_plain(found[1])}..{_plain(found[2])}"
    if found := BOUND.fullmatch(text):
        return f"{SIGNS.get(found[1], found[1])} {_plain(found[2])}"
    return ""


def _plain(number: str) -> str:
    return number.replace("−", "-").replace(",", ".")


def _number(text: str) -> Decimal:
    return Decimal(_plain(text))


TESTS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": lambda value, bound: value >= bound,
    "<=": lambda value, bound: value <= bound,
    ">": lambda value, bound: value > bound,
    "<": lambda value, bound: value < bound,
}


def _between(text: str, variable: Variable) -> tuple[Value, ...]:
    said = normal(text, variable.unit)
    low, dots, high = said.partition("..")
    if not said:
        raise CellError(f"“{text[:60]}” is not a value of “{variable.name}”.")
    if dots:
        first, last = Decimal(low), Decimal(high)
        found = [each for each in _numbers(variable) if first <= each <= last]
    else:
        sign, _space, bound = said.partition(" ")
        found = [each for each in _numbers(variable) if TESTS[sign](Decimal(each), Decimal(bound))]
    if not found:
        raise CellError(f"No value of “{variable.name}” is in it.", empty=True)
    return tuple(found)


def _numbers(variable: Variable) -> Iterator[int | Decimal]:
    for value in variable.values:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield value


def is_written_out(rows: Iterable[Cells], variables: Sequence[Variable]) -> bool:
    """Whether every cell is a value itself."""
    own = [frozenset(variable.values) for variable in variables]
    return not any(
        isinstance(cell, str) and cell not in values
        for row in rows
        for cell, values in zip(row, own, strict=True)
    )


def is_too_large(rows: Sequence[Cells], variables: Sequence[Variable]) -> int:
    """How many combinations the rows stand for, where that is too much; else 0."""
    if len(rows) <= MOST_LINES or is_written_out(rows, variables):
        return 0
    count = sum(prod(map(len, _sets(row, variables))) for row in rows)
    return count if count > MOST_WRITTEN_OUT else 0


def _sets(row: Cells, variables: Sequence[Variable]) -> list[tuple[Value, ...]]:
    return [meant(cell, variable) for cell, variable in zip(row, variables, strict=True)]


def table(
    name: str, rows: Iterable[Cells], variables: Sequence[Variable], allowed: bool
) -> Table | Rule:
    """The rule of a table whose cells may stand for several values; raises CellError."""
    rows = list(rows)
    columns = tuple(variable.name for variable in variables)
    if is_written_out(rows, variables):
        return Table(name, columns, tuple(map(tuple, rows)), allowed)
    sets = [_sets(row, variables) for row in rows]
    if sum(prod(map(len, each)) for each in sets) > WRITTEN_OUT and len(rows) <= MOST_LINES:
        return Rule(name, _condition(sets, variables, allowed))
    combinations = dict.fromkeys(row for each in sets for row in product(*each))
    return Table(name, columns, tuple(combinations), allowed)


def _condition(
    sets: Iterable[Sequence[tuple[Value, ...]]], variables: Sequence[Variable], allowed: bool
) -> str:
    lines = [_line(row, variables) for row in sets]
    text = " or ".join(f"({line})" for line in dict.fromkeys(lines))
    return text if allowed else f"not ({text})"


def _line(row: Sequence[tuple[Value, ...]], variables: Sequence[Variable]) -> str:
    """One row as a condition; an option that may be anything is not named."""
    said = [
        _one_of(values, variable)
        for values, variable in zip(row, variables, strict=True)
        if len(values) < len(variable.values)
    ]
    return " and ".join(said) or _one_of(variables[0].values, variables[0])


def _one_of(values: tuple[Value, ...], variable: Variable) -> str:
    """That a variable has one of these values."""
    name = variable.name
    if variable.kind == "toggle":
        return " or ".join(f"{name} = {'yes' if value else 'no'}" for value in values)
    parts = [f"{name} = {NONE}"] if NONE in values else []
    rest = [value for value in values if value != NONE]
    if variable.kind == "number":
        there = f"{name} != {NONE} and " if NONE in variable.values else ""
        parts += [f"({there}{_run(name, run)})" for run in _runs(rest, variable)]
    elif rest:
        listed = ", ".join(f'"{value}"' for value in rest)
        parts.append(f"{name} in {{{listed}}}")
    return parts[0] if len(parts) == 1 else f"({' or '.join(parts)})"


def _runs(values: list[Value], variable: Variable) -> Iterator[list[Value]]:
    """The values in runs of those that follow each other."""
    place = {value: index for index, value in enumerate(_numbers(variable))}
    run: list[Value] = []
    for value in values:
        if run and place[value] != place[run[-1]] + 1:  # type: ignore[index]
            yield run
            run = []
        run.append(value)
    if run:
        yield run


def _run(name: str, run: list[Value]) -> str:
    if len(run) == 1:
        return f"{name} = {run[0]}"
    return f"{name} >= {run[0]} and {name} <= {run[-1]}"
