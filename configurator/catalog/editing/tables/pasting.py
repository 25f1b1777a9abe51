"""Rows from a spreadsheet, put into a table that is not saved yet."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog.editing.tables.sheet import Column, Line
from configurator.catalog.editing.tables.values import FACT

MOST_ROWS = 1_000
MOST_CHARACTERS = 500_000


class NotPasted(ValueError):
    """Why rows cannot be put into the table."""


def cells_of(text: str, most: int = MOST_ROWS) -> list[list[str]]:
    """The cells of a block as spreadsheets copy it: tabs between cells, quotes around lines."""
    if len(text) > MOST_CHARACTERS:
        raise NotPasted(_("This is too much at once; paste fewer rows."))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    reader = csv.reader(io.StringIO(lines), delimiter="\t", strict=False)
    try:
        rows = [[cell.strip() for cell in row] for row in reader]
    except csv.Error:  # a stray quotation mark
        rows = [[cell.strip() for cell in line.split("\t")] for line in lines.split("\n")]
    rows = [row for row in rows if any(row)]
    if len(rows) > most:
        counts = {"most": f"{most:,}", "rows": f"{len(rows):,}"}
        raise NotPasted(_("These are %(rows)s rows; paste %(most)s at most.") % counts)
    return rows


def new_facts(rows: list[list[str]], columns: list[Column]) -> list[str]:
    """Attributes that the heading names, and that the table has no column of yet."""
    heading = _heading(rows, columns)
    return [name for name, column in heading if column is None and FACT.match(name)]


def paste(lines: list[Line], rows: list[list[str]], columns: list[Column], first: str) -> int:
    """Fill the cells of `lines`, and of new ones; how many rows there were.

    The first row may be a heading; else the block begins in the column `first`. A row is that of
    the table with its code, or with its name.
    """
    heading = _heading(rows, columns)
    if heading:
        unknown = [name for name, column in heading if column is None and name]
        if unknown:
            told = _("There is no column “%(name)s”.") % {"name": unknown[0]}
            raise NotPasted(f"{told} {_('There are: %(names)s.') % {'names': _names(columns)}}")
        names = [column.name if column else "" for _name, column in heading]
        rows = rows[1:]
    else:
        known = [column.name for column in columns]
        names = known[known.index(first) if first in known else 0 :]
    widest = max((len(row) for row in rows), default=0)
    if widest > len(names):
        counts = {"cells": widest, "columns": len(names)}
        told = _("A row has %(cells)s cells, but only %(columns)s columns follow.") % counts
        raise NotPasted(told)
    for row in rows:
        _fill(lines, dict(zip(names, row, strict=False)))
    return len(rows)


def _fill(lines: list[Line], cells: dict[str, str]) -> None:
    cells.pop("", None)
    line = _same(lines, cells)
    if line is None:
        line = Line()
        lines.append(line)
    for name, text in cells.items():
        if line.cells.get(name, "") != text:
            line.cells[name] = text
            line.filled.add(name)


def _same(lines: list[Line], cells: dict[str, str]) -> Line | None:
    for name in ("code", "name_en"):
        wanted = cells.get(name, "").casefold()
        for line in lines:
            if wanted and line.cells.get(name, "").strip().casefold() == wanted:
                return line
        if wanted:
            return None
    return None


Heading = list[tuple[str, Column | None]]


def _heading(rows: list[list[str]], columns: list[Column]) -> Heading:
    """The columns that the first row names, or [] where it is no heading."""
    if not rows:
        return []
    known: dict[str, Any] = {}
    for column in columns:
        known |= {column.name.lstrip("@").casefold(): column, column.label.casefold(): column}
    known.setdefault("name", known.get("name_en"))
    found = [(name, known.get(name.casefold())) for name in rows[0]]
    named = [column for _name, column in found if column is not None]
    is_heading = bool(found[0][1]) and len(named) * 2 >= len(found)
    return found if is_heading else []


def _names(columns: list[Column]) -> str:
    return ", ".join(column.label for column in columns)
