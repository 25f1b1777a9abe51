"""A product's data as a workbook. Every text is written as a text, whatever it begins with."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from configurator.catalog.exporting.errors import ExportRefused
from configurator.catalog.exporting.yaml import write_yaml
from configurator.catalog.sheets import tables as t
from configurator.catalog.texts import FALLBACK, languages

LONGEST_CELL = 32_000
MOST_ROWS = 1_000_000
CLOSED_ROWS = 2_000
"""How many rows below the headings have lists to choose from."""
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # the same data gives the same bytes
EXACT = 15
"""Digits of a number that a spreadsheet keeps."""
Row = dict[str, Any]


def write_sheets(data: dict[str, Any], target: IO[bytes]) -> None:
    """Write the data of a product file as XLSX; raises ExportRefused for what no sheet can hold."""
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"title": data["product"]["slug"], "created": _EPOCH})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#e8eef2", "text_wrap": True})
    body = {"text_wrap": True, "valign": "top"}
    typed, words = book.add_format(body), book.add_format({**body, "num_format": "@"})
    rows = {name: list(found) for name, found in _rows(data).items()}
    for table in t.TABLES:
        _write_table(book.add_worksheet(table.name), table, rows[table.name], (head, typed, words))
    book.close()


def _rows(data: dict[str, Any]) -> dict[str, Iterator[Row] | list[Row]]:
    """The rows of every sheet: things with the keys of their columns."""
    options = [
        {**option, "in": step["code"]} for step in data["steps"] for option in step["options"]
    ]
    picture = data.get("picture") or {}
    rules = data.get("rules", [])
    operations = data.get("operations", [])
    showcase = data["product"].get("showcase", {})
    return {
        "Product": [data["product"]],
        "Showcase": [{"option": code, "value": value} for code, value in showcase.items()],
        "Steps": data["steps"],
        "Options": options,
        "Choices": [
            {**_opened(choice), "option": option["code"]}
            for option in options
            for choice in option.get("choices", ())
        ],
        "Rules": [_rule(rule) for rule in rules],
        "Combinations": _combinations(rules),
        "Prices": data.get("prices", []),
        "Inspirations": data.get("inspirations", []),
        "Parts": data.get("parts", []),
        "Operations": operations,
        "Checks": [
            {"operation": operation["code"], "check": check}
            for operation in operations
            for check in operation.get("checks", ())
        ],
        "Work centers": data.get("work_centers", []),
        "Coverage": data.get("coverage", []),
        "Picture": [picture] if picture.keys() - {"layers"} else [],
        "Test cases": [_case(case) for case in data.get("cases", ())],
        "Layers": [_layer(layer) for layer in picture.get("layers", ())],
    }


def _opened(choice: Row) -> Row:
    """A choice with its attributes beside its other fields."""
    facts = choice.get("attributes", {})
    return {**choice, **{f"{t.ATTRIBUTE}{name}": fact for name, fact in facts.items()}}


def _rule(rule: Row) -> Row:
    form = next((form for form in ("allow", "forbid") if form in rule), "rule")
    options = rule[form]["options"] if form != "rule" else None
    return {**rule, "kind": form, "options": options}


def _combinations(rules: list[Row]) -> Iterator[Row]:
    for rule in rules:
        table = rule.get("allow") or rule.get("forbid") or {"options": [], "rows": []}
        for row in table["rows"]:
            named = zip(table["options"], row, strict=False)
            yield {"rule": rule["code"], **{f"option {code}": value for code, value in named}}


def _case(case: Row) -> Row:
    """A test case with each of its values under a heading of its own."""
    parts = case.get("parts")
    spread = {
        f"{begin}{code}": value
        for begin, kind in t.CASE_VALUES.items()
        for code, value in (case.get(kind) or {}).items()
    }
    kept = {key: value for key, value in case.items() if key not in t.CASE_VALUES.values()}
    return {**kept, **({"parts": t.NO_CODES} if parts == {} else {}), **spread}


def _layer(layer: Row) -> Row:
    """A layer with the rest of it as YAML, spread over cells where it is long."""
    rest = {key: value for key, value in layer.items() if key not in ("code", "when")}
    first, *more = _pieces(write_yaml(rest).rstrip("\n") if rest else "")
    spread = {f"{t.DESCRIPTION} {n}": piece for n, piece in enumerate(more, start=2)}
    kept = {key: value for key, value in layer.items() if key in ("code", "when")}
    return {**kept, t.DESCRIPTION: first, **spread}


def _pieces(text: str) -> list[str]:
    """Runs of whole lines that fit into a cell."""
    pieces = [""]
    for line in text.split("\n"):
        longer = f"{pieces[-1]}\n{line}" if pieces[-1] else line
        if len(longer) > LONGEST_CELL:
            pieces.append(line)
        else:
            pieces[-1] = longer
    return pieces


def _write_table(sheet: Any, table: t.Table, rows: list[Row], formats: Sequence[Any]) -> None:
    if len(rows) > MOST_ROWS:
        raise ExportRefused(f"“{table.name}” has {len(rows):,} rows; a sheet holds {MOST_ROWS:,}.")
    head, typed, words = formats
    columns = list(_columns(table, rows))
    for index, (column, language) in enumerate(columns):
        sheet.write_string(0, index, t.heading(column, language), head)
        if about := table.about(column):
            sheet.write_comment(0, index, about, {"x_scale": 2})
        sheet.set_column(index, index, column.wide, typed if column.typed else words)
        _offer(sheet, index, column)
    for number, row in enumerate(rows, start=1):
        for index, (column, language) in enumerate(columns):
            value = _cell(row, column, language)
            if value not in (None, ""):
                _write(sheet, table, (number, index), value)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _columns(table: t.Table, rows: list[Row]) -> Iterator[tuple[t.Column, str]]:
    """The table's columns, a text once a language, and those that only this product has."""
    for column in table.columns:
        for language in languages() if column.kind == "said" else [""]:
            yield column, language
    if table.open:
        names = dict.fromkeys(key for row in rows for key in row if key.startswith(table.open))
        wide = 90 if table is t.LAYERS else 16
        for name in names if table is not t.CHOICES else sorted(names):
            yield t.Column(name, "yaml" if table is t.LAYERS else "as is", wide=wide), ""


def _cell(row: Row, column: t.Column, language: str) -> Any:
    value = t.nested(row, column.keys)
    if value is None:
        return None
    if column.kind == "said":
        texts = value if isinstance(value, dict) else {FALLBACK: value}
        return texts.get(language)
    if column.kind == "list":
        return ", ".join(map(str, value)) or t.NO_CODES
    if column.kind == "lines":
        return "\n".join(value)
    if column.kind == "yaml" and not isinstance(value, str):
        return write_yaml(value).rstrip("\n")
    return value


def _write(sheet: Any, table: t.Table, at: tuple[int, int], value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*at, value)
    elif isinstance(value, int | Decimal) and len(Decimal(value).as_tuple().digits) <= EXACT:
        sheet.write_number(*at, value)
    elif len(text := str(value)) <= LONGEST_CELL:
        sheet.write_string(*at, text)  # never a formula, nor a link
    else:
        place = f"{table.name}!{xl_rowcol_to_cell(*at)}"
        raise ExportRefused(f"{place} would have {len(text):,} letters; a cell holds fewer.")


def _offer(sheet: Any, index: int, column: t.Column) -> None:
    """A list to choose from."""
    cells = (1, index, CLOSED_ROWS, index)
    if column.kind == "yes":
        sheet.data_validation(*cells, {"validate": "list", "source": ["TRUE", "FALSE"]})
    elif column.known:
        sheet.data_validation(*cells, {"validate": "list", "source": list(column.known)})
    elif column.among:
        other = next(table for table in t.TABLES if table.name == column.among)
        letter = re.sub(r"\d", "", xl_rowcol_to_cell(0, _place_of_code(other)))
        source = f"='{other.name}'!${letter}$2:${letter}${CLOSED_ROWS}"
        told = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(*cells, told)


def _place_of_code(table: t.Table) -> int:
    """In which column a table's codes stand."""
    names = [
        column.name
        for column in table.columns
        for _language in (languages() if column.kind == "said" else [""])
    ]
    return names.index("code")
