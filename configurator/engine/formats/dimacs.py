"""DIMACS CNF: booleans and clauses; a line `c 7 name` names the variable 7."""

from __future__ import annotations

import re
from collections.abc import Iterator

from configurator.engine.errors import FormatError
from configurator.engine.formats.files import check_lines
from configurator.engine.model import Model, Table, Variable, whole

MOST_VARIABLES = 50_000
MOST_LITERALS = 5_000_000
LONGEST_CLAUSE = 5_000


def read_dimacs(data: bytes) -> Model:
    """Toggles and forbidden combinations, one for each clause; tautologies are left out."""
    check_lines(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"this is not UTF-8 text (byte {error.start + 1}).") from None
    names: dict[int, str] = {}
    head: tuple[int, int] | None = None
    numbers: list[int] = []
    for place, line in _lines(text):
        words = line.split()
        if words[0] == "c":
            if len(words) > 2 and words[1].isdecimal() and len(words[1]) < 9:
                names.setdefault(int(words[1]), line.split(maxsplit=2)[2].strip())
        elif words[0] == "p":
            if head is not None:
                raise FormatError(f"line {place}: there is a second “p cnf” line.")
            head = _head(words, place)
        elif head is None:
            raise FormatError(f"line {place}: clauses come after the line “p cnf …”.")
        else:
            numbers += _literals(words, place, head[0])
            if len(numbers) > MOST_LITERALS:
                raise FormatError(f"there are more than {MOST_LITERALS:,} literals.")
    if head is None:
        raise FormatError("there is no “p cnf” line.")
    variables = _variables(head[0], names)
    clauses = _clauses(numbers)
    if len(clauses) < head[1]:
        raise FormatError(f"“p cnf” announces {head[1]:,} clauses, but there are {len(clauses):,}.")
    rules = [
        table
        for number, clause in enumerate(clauses, start=1)
        if (table := _table(f"clause {number}", clause, variables)) is not None
    ]
    return Model(variables, tuple(rules))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines with words; SATLIB files end with “%” and “0”, which is no clause."""
    for place, line in enumerate(text.splitlines(), start=1):
        if line.strip() == "%":
            return
        if line.strip():
            yield place, line


def _head(words: list[str], place: int) -> tuple[int, int]:
    if len(words) != 4 or words[1] != "cnf" or not re.fullmatch("[0-9]+", words[2] + words[3]):
        raise FormatError(f"line {place}: “p cnf VARIABLES CLAUSES” is expected.")
    if len(words[2]) > 9 or int(words[2]) > MOST_VARIABLES:
        raise FormatError(f"line {place}: the most is {MOST_VARIABLES:,} variables.")
    if int(words[2]) == 0:
        raise FormatError(f"line {place}: there are no variables.")
    return int(words[2]), int(words[3][:12])


def _literals(words: list[str], place: int, count: int) -> list[int]:
    literals = []
    for word in words:
        try:
            number = whole(word) if len(word) < 12 else None
        except ValueError:
            number = None
        if number is None or abs(number) > count:
            raise FormatError(
                f"line {place}: “{word[:40]}” is not a literal of the {count:,} variables."
            )
        literals.append(number)
    return literals


def _clauses(numbers: list[int]) -> list[tuple[int, ...]]:
    clauses, current = [], []
    for number in numbers:
        if number:
            current.append(number)
            continue
        clauses.append(tuple(dict.fromkeys(current)))
        current = []
    if current:
        raise FormatError("the last clause does not end with 0; the file is cut off.")
    return clauses


def _variables(count: int, names: dict[int, str]) -> tuple[Variable, ...]:
    used: set[str] = set()
    variables = []
    for number in range(1, count + 1):
        name = names.get(number, str(number))
        while name in used:
            name += f" ({number})"
        used.add(name)
        variables.append(Variable(name, (False, True), "toggle"))
    return tuple(variables)


def _table(name: str, clause: tuple[int, ...], variables: tuple[Variable, ...]) -> Table | None:
    if any(-literal in clause for literal in clause):
        return None
    if len(clause) > LONGEST_CLAUSE:
        raise FormatError(f"{name} has more than {LONGEST_CLAUSE:,} literals.")
    columns = tuple(variables[abs(literal) - 1].name for literal in clause)
    return Table(name, columns, (tuple(literal < 0 for literal in clause),), allowed=False)
