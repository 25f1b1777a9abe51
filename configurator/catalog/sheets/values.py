"""Values of cells as the data of a product file has them."""

from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from configurator.catalog.configuration import exact, number_text
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.loader import LONGEST_NUMBER, NUMBER, read_yaml
from configurator.catalog.sheets import tables as t
from configurator.catalog.sheets.cells import Cell, Cells
from configurator.catalog.sheets.reading import Value

YES = {"yes": True, "true": True, "no": False, "false": False}


def read_value(column: t.Column, value: Value, cell: Cell, cells: Cells) -> Any:
    """A cell as the data has it; what does not fit is left for the schema to refuse."""
    match column.kind:
        case "text":
            return plain_value(value)
        case "list":
            words = plain_value(value)
            return [] if words in (t.NO_CODES, "-", "–") else _split(words, ",")
        case "lines":
            return _split(plain_value(value), "\n")
        case "yes":
            return YES.get(value.casefold(), value) if isinstance(value, str) else value
        case "yaml":
            return (
                read_cell(plain_value(value), cell, cells)
                if column.name != t.DESCRIPTION
                else value
            )
        case "number" | "any":
            return _number(value)
        case _:
            return exact_value(value)


def read_cell(text: str, cell: Cell, cells: Cells) -> Any:
    """The data of YAML in a cell."""
    try:
        return read_yaml(FilePath(str(cell)), text.encode()).data
    except ImportRefused as refused:
        for problem in refused.problems:
            line = f"line {problem.line} of the cell: " if problem.line else ""
            cells.blame(cell, f"{line}{problem.message}")
        return None


def _split(words: str, sign: str) -> list[str]:
    return [word.strip() for word in words.split(sign) if word.strip()]


def _number(value: Value) -> Any:
    """A number, which spreadsheets may have kept as a text."""
    if isinstance(value, str) and NUMBER.match(value) and len(value) <= LONGEST_NUMBER:
        number = Decimal(value)
        return exact(number) if number_text(number) == value else value
    return exact_value(value)


def exact_value(value: Value) -> Any:
    return exact(value) if isinstance(value, Decimal) else value


def plain_value(value: Value) -> str:
    """A value as the text that it looks like."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number_text(value) if isinstance(value, Decimal) else value
