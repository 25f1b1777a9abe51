"""Histories as files: a line of names, then a line for each thing that was sold. No Django."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.errors import ModelError
from configurator.engine.model import Value, Variable
from configurator.engine.prices import value_of

Codes = NDArray[np.int64]
"""(rows, columns): which of a column's texts; MISSING where there is none."""
MISSING = -1
DELIMITERS = ",;\t|"
LARGEST = 500_000_000
SHOWN = 5


class HistoryError(ValueError):
    """A history that can't be used, and why."""


@dataclass(frozen=True)
class Table:
    """A history as it is written. Cells are stripped; "" where one is missing."""

    path: str
    names: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def read_table(path: Path | str) -> Table:
    """Read a file of values separated by commas, semicolons, tabs or bars."""
    text = _text(Path(path))
    lines = list(io.StringIO(text, newline=None))
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise HistoryError(f"{path} is empty. Its first line names the options.")
    delimiter = max(DELIMITERS, key=first.count)
    reader, rows, begun = csv.reader(lines, delimiter=delimiter, strict=True), [], 1
    try:
        for row in reader:
            rows.append((begun, [cell.strip() for cell in row]))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise HistoryError(
            f"{path}, line {begun}: no row of separated values ({error}). "
            "Is a quotation mark not closed there?"
        ) from None
    rows = [(number, row) for number, row in rows if any(row)]
    names = rows[0][1]
    while names and not names[-1]:
        names.pop()
    _check_names(path, names)
    return Table(str(path), tuple(names), [_row(path, names, *row) for row in rows[1:]])


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise HistoryError(f"{path} cannot be read: {error.strerror or error}.") from None
    if len(data) > LARGEST:
        raise HistoryError(f"{path} has more than {LARGEST // 1_000_000} MB.")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))  # "Unicode text" of Excel
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise HistoryError(
            f"{path}, line {line}: this is not UTF-8 text (byte {error.start + 1}). "
            "Save it as CSV in UTF-8."
        ) from None
    if "\0" in text:
        raise HistoryError(f"{path} is not text.")
    return text


def _check_names(path: Path | str, names: list[str]) -> None:
    seen: set[str] = set()
    for place, name in enumerate(names, 1):
        if not name:
            raise HistoryError(f"{path}: column {place} has no name in the first line.")
        if name in seen:
            raise HistoryError(f"{path}: two columns are called “{name[:60]}”.")
        seen.add(name)


def _row(path: Path | str, names: list[str], number: int, row: list[str]) -> list[str]:
    if any(row[len(names) :]):
        raise HistoryError(
            f"{path}, line {number}: {len(row)} cells, but the first line names {len(names)}."
        )
    return [*row[: len(names)], *[""] * (len(names) - len(row))]


@dataclass(frozen=True)
class Column:
    """An option of the model as histories write it.

    `texts` are the ways its values are written: those of the model first, as far as `values` goes;
    then those that only the histories know.
    """

    variable: Variable
    values: tuple[Value, ...]
    texts: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class Histories:
    """Histories of one model: the columns that they have in common, and the codes of each."""

    columns: tuple[Column, ...]
    codes: tuple[Codes, ...]
    passed_over: tuple[str, ...]  # names of columns that the model does not know
    lacking: tuple[str, ...]  # names of columns that only one history has

    @cached_property
    def sizes(self) -> list[int]:
        return [column.size for column in self.columns]

    @property
    def unknown(self) -> int:
        """Cells with a value that the model does not have."""
        known = np.array([len(column.values) for column in self.columns])
        return sum(int((codes >= known).sum()) for codes in self.codes)


def of_model(variables: Sequence[Variable], tables: Sequence[Table]) -> Histories:
    """Read tables as histories of a model; HistoryError where nothing can be learned."""
    known = {variable.name: variable for variable in variables}
    for table in tables:
        if not any(name in known for name in table.names):
            raise HistoryError(
                f"{table.path}: none of its columns is an option of the model. Its first line has "
                f"{_listed(table.names)}; the model has {_listed(list(known))}."
            )
        if not table.rows:
            raise HistoryError(f"{table.path} has no rows below the names.")
    first = [name for name in tables[0].names if name in known]
    shared = [name for name in first if all(name in table.names for table in tables)]
    if not shared:
        raise HistoryError("The histories have no option of the model in common.")
    every = {name: None for table in tables for name in table.names}
    columns, codes = [], []
    for name in shared:
        texts = [_cells(table, name) for table in tables]
        column, found = _column(known[name], texts)
        columns.append(column)
        codes.append(found)
    return Histories(
        tuple(columns),
        tuple(np.stack([found[place] for found in codes], axis=1) for place in range(len(tables))),
        tuple(name for name in every if name not in known),
        tuple(name for name in every if name in known and name not in shared),
    )


def _cells(table: Table, name: str) -> list[str]:
    place = table.names.index(name)
    return [row[place] for row in table.rows]


def _column(variable: Variable, tables: list[list[str]]) -> tuple[Column, list[Codes]]:
    """A column, and the codes of its cells in each table."""
    written: dict[str, int] = {"": MISSING}
    extra: list[str] = []
    values = variable.values
    numbers: dict[Any, int] = {
        (value, isinstance(value, bool)): n for n, value in enumerate(values)
    }
    for text in sorted({cell for cells in tables for cell in cells} - {""}):
        value = _value(variable, text)
        if value is None:
            written[text] = len(values) + len(extra)
            extra.append(text)
        else:
            written[text] = numbers[value, isinstance(value, bool)]
    texts = (*map(str, values), *extra)
    codes = [np.array([written[cell] for cell in cells], np.int64) for cells in tables]
    return Column(variable, tuple(values), texts), codes


def _value(variable: Variable, text: str) -> Value | None:
    """The value that is written so: exactly, or as another number for the same."""
    try:
        return value_of(variable, text)
    except ModelError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    alike = [value for value in variable.values if _is_number(value, number)]
    return alike[0] if len(alike) == 1 else None


def _is_number(value: Value, number: float) -> bool:
    try:
        return not isinstance(value, bool) and float(value) == number
    except ValueError:
        return False


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name[:30]}”" for name in names[:SHOWN])
    return shown + (" …" if len(names) > SHOWN else "")
