"""A workbook as the data of a product file, and the cell of every path in it."""

from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from configurator.catalog.importing.errors import FileProblem, ImportRefused
from configurator.catalog.problems import meant, short
from configurator.catalog.sheets import tables as t
from configurator.catalog.sheets.assembling import Assembly
from configurator.catalog.sheets.cells import Cell, Cells, Row, cell_of
from configurator.catalog.sheets.reading import Book, Sheet
from configurator.catalog.sheets.values import plain_value, read_value
from configurator.catalog.texts import languages
from configurator.engine.words import Words as _

MOST_TOLD = 200
NAMING = ("code", "step", "option", "rule", "operation", "kind", "options", "slug")


def parse_book(file: FilePath, book: Book) -> tuple[dict[str, Any], Cells]:
    """The data and its cells, which know what is wrong with them.

    Raises ImportRefused where so much is wrong that nothing else could be told of the rest.
    """
    cells = Cells()
    _check_names(book, cells)
    found = {table.name: _rows(table, book, cells) for table in t.TABLES}
    unreadable = bool(cells.problems)
    for trouble in book.troubles:
        if not trouble.sheet.startswith(t.NOTES):
            cell = cell_of(trouble.sheet, trouble.cell)
            cells.blame(cell, trouble.message)
            cells.troubled.add((cell.sheet, cell.row))
            unreadable = unreadable or _names_a_row(book, cell)
    if unreadable:
        raise ImportRefused(file, cells.problems)
    readable = len(cells.problems)
    data = Assembly(found, cells, cases=t.CASES.name in book.sheets).data()
    cells.fitting = len(cells.problems) == readable
    return data, cells


def _names_a_row(book: Book, cell: Cell) -> bool:
    """Whether other rows may belong to what stands in a cell, or it is a heading."""
    sheet = book.sheets.get(cell.sheet)
    head = sheet.rows.get(1, {}).get(cell.column, "") if sheet else ""
    return cell.row == 1 or head in NAMING


def _check_names(book: Book, cells: Cells) -> None:
    known = [table.name for table in t.TABLES]
    for table in t.TABLES:
        name = table.name
        if name not in book.sheets and not table.optional:
            reason = _("This sheet is missing. Keep it, even where nothing is in it.")
            cells.problems.append(FileProblem(Cell(name, 0).order, reason, name))
    for name, sheet in book.sheets.items():
        if name.startswith(t.NOTES):
            continue
        if name not in known:
            hint = meant(name, known)
            reason = _(
                "This sheet is not known here.%(hint)s Sheets called %(notes)s… are left alone.",
                hint=hint,
                notes=t.NOTES,
            )
            cells.problems.append(FileProblem(0, reason, short(name)))
        for merged in sheet.merged[:MOST_TOLD]:
            reason = _("These cells are merged. Take them apart: every row stands for itself.")
            cells.problems.append(FileProblem(Cell(name, 1).order, reason, f"{name}!{merged}"))


def _rows(table: t.Table, book: Book, cells: Cells) -> list[Row]:
    sheet = book.sheets.get(table.name)
    if sheet is None:
        return []
    heads = dict(_headings(table, sheet, cells))
    if not sheet.rows:
        cells.blame(Cell(table.name, 1, 1), _("The first row must hold the headings."))
    return [_row(table, sheet, number, heads, cells) for number in sorted(sheet.rows)[1:]]


def _headings(
    table: t.Table, sheet: Sheet, cells: Cells
) -> Iterator[tuple[int, tuple[t.Column, str]]]:
    """What the columns are: index -> (column, language)."""
    first = min(sheet.rows, default=1)
    if first != 1:
        cells.blame(Cell(table.name, 1, 1), _("The first row must hold the headings."))
    known = {
        t.heading(column, language): (column, language)
        for column in table.columns
        for language in (languages() if column.kind == "said" else [""])
    }
    seen: dict[str, Cell] = {}
    for index, value in sorted(sheet.rows.get(first, {}).items()):
        name, cell = plain_value(value).strip(), Cell(table.name, first, index)
        if name in seen:
            cells.blame(
                cell,
                _(
                    "“%(name)s” is here twice; it is in %(place)s already.",
                    name=short(name),
                    place=str(seen[name]),
                ),
            )
            continue
        seen[name] = cell
        if name in known:
            yield index, known[name]
        elif table.open and name.startswith(table.open):
            yield index, (t.Column(name, "as is"), "")
        else:
            cells.blame(cell, f"The column “{short(name)}” is not known here.{meant(name, known)}")
    for name, (column, _language) in known.items():
        if name not in seen and column.kind != "said":
            cells.blame(
                Cell(table.name, first, 1), _("The column “%(name)s” is missing.", name=name)
            )


def _row(
    table: t.Table,
    sheet: Sheet,
    number: int,
    heads: dict[int, tuple[t.Column, str]],
    cells: Cells,
) -> Row:
    row = Row(Cell(table.name, number))
    for index, value in sheet.rows[number].items():
        cell = Cell(table.name, number, index)
        if index not in heads:
            cells.blame(cell, _("There is no heading above this cell."))
            continue
        column, language = heads[index]
        if isinstance(value, str) and column.name != "characters":
            value = value.strip()
        if value == "":
            continue
        if column not in table.columns:
            row.more[column.name] = (value, cell)
            continue
        keys = column.keys
        row.cells.setdefault(keys, cell)
        here = row.thing
        for key in keys[:-1]:
            here = here.setdefault(key, {})
        if column.kind == "said":
            row.cells[(*keys, language)] = cell
            here.setdefault(keys[-1], {})[language] = plain_value(value)
        else:
            here[keys[-1]] = read_value(column, value, cell, cells)
    return row
