"""Texts as a table for a translator, and the table brought back. English is there to be read only.

Cells that would be formulas in a spreadsheet are texts: in CSV with an apostrophe before them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from configurator.catalog.importing.errors import FileProblem, ImportRefused, refuse
from configurator.catalog.importing.loader import read_bytes
from configurator.catalog.problems import meant, short
from configurator.catalog.sheets.cells import Cell
from configurator.catalog.sheets.reading import SheetError, read_book
from configurator.catalog.sheets.values import plain_value
from configurator.catalog.texts import languages
from configurator.catalog.translating.texts import Text
from configurator.engine.words import Words as _

KEY, WHERE = "key", "text"
SHEET = "Texts"
CSV, XLSX = ".csv", ".xlsx"
FORMULA = ("=", "+", "-", "@", "\t")
MOST_BYTES = 32 * 1024 * 1024


@dataclass
class Given:
    """A row of a translator's table: what it says by language, and where."""

    key: str
    place: str
    order: int
    words: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)


def head() -> list[str]:
    return [KEY, WHERE, *languages()]


def write_csv(texts: Iterable[Text]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the first with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + _csv_line(head())
    for text in texts:
        yield _csv_line([_safe(cell) for cell in _row(text)])


def _csv_line(cells: list[str]) -> str:
    told = io.StringIO()
    csv.writer(told, lineterminator="\r\n").writerow(cells)
    return told.getvalue()


def _row(text: Text) -> list[str]:
    told = f"{text.named} – {text.place}"
    return [text.key, told, *(text.said.get(code, "") for code in languages())]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA) else cell


def _unsafe(cell: str) -> str:
    quoted = cell.startswith("'") and cell.lstrip("'").startswith(FORMULA)
    return cell[1:] if quoted else cell


def write_xlsx(texts: Iterable[Text], target: IO[bytes]) -> None:
    """A workbook of one sheet, every cell a text."""
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet(SHEET)
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#e8eef2"})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, name in enumerate(head()):
        sheet.write_string(0, column, name, bold)
    for number, text in enumerate(texts, start=1):
        for column, cell in enumerate(_row(text)):
            if cell:
                sheet.write_string(number, column, cell)
    sheet.set_column(0, 1, 28, body)
    sheet.set_column(2, 1 + len(languages()), 48, body)
    sheet.freeze_panes(1, 2)
    book.close()


def read_table(file: Path) -> list[Given]:
    """The rows of a table; raises ImportRefused with the line or cell of all that is wrong."""
    raw = read_bytes(file, MOST_BYTES)
    rows = _sheet_rows(file, raw) if file.suffix.lower() == XLSX else _csv_rows(file, raw)
    first = next(rows, None)
    if first is None:
        raise refuse(file, _("The file is empty."))
    columns = _columns(file, first)
    return list(_given(rows, columns))


Rows = Iterator[list[tuple[str, str, int]]]
"""Rows of cells: the value, its place in words, and its order."""


def _columns(file: Path, first: list[tuple[str, str, int]]) -> dict[int, str]:
    """What the columns are, by their headings."""
    known = head()
    problems = []
    columns: dict[int, str] = {}
    for index, (value, place, order) in enumerate(first):
        name = value.strip().lower()
        if name in columns.values():
            problems.append(
                FileProblem(order, _("“%(name)s” is here twice.", name=short(name)), place)
            )
        elif name in known:
            columns[index] = name
        elif name:
            hint = meant(name, known)
            reason = f"The column “{short(name)}” is not known here.{hint}"
            problems.append(FileProblem(order, reason, place))
    if KEY not in columns.values():
        problems.append(
            FileProblem(0, _("The column “%(key)s” is missing in the first row.", key=KEY))
        )
    if problems:
        raise ImportRefused(file, problems)
    return columns


def _given(rows: Rows, columns: dict[int, str]) -> Iterator[Given]:
    for row in rows:
        given = Given("", "", 0)
        for index, (value, place, order) in enumerate(row):
            name = columns.get(index, "")
            if name == KEY:
                given.key, given.place, given.order = value.strip(), place, order
            elif name in languages() and value.strip():
                given.words[name] = value
                given.places[name] = (place, order)
        if given.key or given.words:
            yield given


def _csv_rows(file: Path, raw: bytes) -> Rows:
    try:
        encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        raise refuse(file, _("This is not UTF-8 text. Save the file as “CSV UTF-8”.")) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            number = reader.line_num
            yield [
                (_unsafe(cell), f"line {number}, column {column}", (number << 8) + column)
                for column, cell in enumerate(row, start=1)
            ]
    except csv.Error as error:
        reason = _("This is not valid CSV: %(error)s. Check the quotation marks.", error=error)
        raise refuse(file, reason, reader.line_num) from None


def _sheet_rows(file: Path, raw: bytes) -> Rows:
    try:
        book = read_book(io.BytesIO(raw))
    except SheetError as error:
        raise refuse(file, error.args[0]) from None
    name = SHEET if SHEET in book.sheets else next(iter(book.sheets), "")
    problems = [
        FileProblem(index, trouble.message, f"{trouble.sheet}!{trouble.cell}")
        for index, trouble in enumerate(book.troubles)
        if trouble.sheet == name
    ]
    sheet = book.sheets.get(name)
    problems += [
        FileProblem(0, _("These cells are merged. Take them apart."), f"{name}!{merged}")
        for merged in (sheet.merged if sheet else [])
    ]
    if problems:
        raise ImportRefused(file, problems)
    for number, cells in sorted(sheet.rows.items()) if sheet else ():
        row: list[Any] = [("", "", 0)] * max(cells)
        for column, value in cells.items():
            cell = Cell(name, number, column)
            row[column - 1] = (plain_value(value), str(cell), (number << 8) + column)
        yield row
