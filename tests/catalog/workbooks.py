"""Workbooks as somebody edits them: cells set, formulas put in, sheets left out."""

import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import xlsxwriter

from configurator.catalog.sheets.reading import letters, read_book

Book = dict[str, dict[str, Any]]
"""Sheet -> cell ("C4") -> value; a Formula is written as one."""


class Formula(str):
    """A cell that computes."""


def opened(raw: bytes) -> Book:
    book = read_book(io.BytesIO(raw))
    return {
        name: {f"{letters(c)}{r}": v for r, row in sheet.rows.items() for c, v in row.items()}
        for name, sheet in book.sheets.items()
    }


def saved(book: Book, then: Callable[[Any, Mapping[str, Any]], None] | None = None) -> bytes:
    """The workbook as a file; `then` gets the workbook and its sheets before it is closed."""
    told = io.BytesIO()
    made = xlsxwriter.Workbook(told, {"in_memory": True})
    sheets = {name: made.add_worksheet(name) for name in book}
    for name, cells in book.items():
        for cell, value in cells.items():
            if isinstance(value, Formula):
                sheets[name].write_formula(cell, value)
            elif isinstance(value, bool):
                sheets[name].write_boolean(cell, value)
            elif isinstance(value, int | float | Decimal):
                sheets[name].write_number(cell, value)
            elif value is not None:
                sheets[name].write_string(cell, value)
    if then is not None:
        then(made, sheets)
    made.close()
    return told.getvalue()


def found(book: Book, sheet: str, heading: str, row: int) -> str:
    """The cell of a row below a heading."""
    (head,) = [cell for cell, value in book[sheet].items() if value == heading and cell[-1] == "1"]
    return f"{head[:-1]}{row}"
