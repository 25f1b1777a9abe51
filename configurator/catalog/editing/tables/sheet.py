"""A table as it is entered: texts in cells, what is wrong with each, and one change to save it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from configurator.catalog.content import sha_of
from configurator.catalog.editing.adding import code_from
from configurator.catalog.editing.changes import Change
from configurator.catalog.editing.copying import free_code
from configurator.catalog.editing.states import state_of

Input = Literal["text", "number", "select", "color"]


@dataclass(frozen=True)
class Column:
    """`name` is that of the row's column, or an attribute's with @ before it."""

    name: str
    label: str
    input: Input = "text"
    width: int = 12  # characters
    choices: tuple[tuple[str, str], ...] = ()


@dataclass
class Line:
    """A row of the table. Without a `key` it is new; `version` is what it was when it was read."""

    key: str = ""
    version: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    delete: bool = False
    errors: dict[str, list[str]] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)  # pasted, and not saved yet

    @property
    def empty(self) -> bool:
        return not self.key and not any(text.strip() for text in self.cells.values())

    def wrong(self, column: str, message: str) -> None:
        self.errors.setdefault(column, []).append(message)


class Rows(Protocol):
    """What a table is of: choices of an option, options of a product."""

    columns: list[Column]

    def stored(self) -> list[Any]: ...

    def new(self) -> Any: ...

    def text(self, row: Any, column: str) -> str: ...

    def put(self, row: Any, column: str, text: str) -> None:
        """Set a column from what was entered; raises ValueError with the reason."""

    def check(self, rows: list[tuple[Any, Line]]) -> None:
        """Tell at the cells what is wrong with rows whose texts could be read."""

    def codes(self) -> dict[str, str]:
        """Codes that are taken, those outside the table too: by code, the key of its row."""


def version_of(row: Any) -> str:
    return sha_of(state_of(row))[:16]


def line_of(rows: Rows, row: Any) -> Line:
    cells = {column.name: rows.text(row, column.name) for column in rows.columns}
    return Line(str(row.pk), version_of(row), cells)


def save(change: Change, rows: Rows, lines: Iterable[Line]) -> int | None:
    """Save all lines at once: how many rows are other than before; None if any is wrong."""
    lines = [line for line in lines if not line.empty]
    stored = {str(row.pk): row for row in rows.stored()}
    before = {key: line_of(rows, row) for key, row in stored.items()}
    entered = [(_entered(rows, line, stored), line) for line in lines]
    kept = [(row, line) for row, line in entered if row is not None and not line.delete]
    _give_codes(rows, kept, {line.key for line in lines if line.delete})
    rows.check([(row, line) for row, line in kept if not line.errors])
    for row, line in entered:
        if row is not None and line.key:
            _tell_overwriting(line, row, before[line.key])
    if any(line.errors for line in lines):
        return None
    return _write(change, entered)


def _entered(rows: Rows, line: Line, stored: dict[str, Any]) -> Any:
    """The row with what was entered; None where it is gone."""
    row = stored.get(line.key) if line.key else rows.new()
    if row is None:
        if not line.delete:
            line.wrong("", _("This is not there any more; somebody may have deleted it."))
        return None
    for column in rows.columns:
        text = line.cells.get(column.name, "").strip()
        if text == rows.text(row, column.name):
            continue
        try:
            rows.put(row, column.name, text)
        except (ValueError, ValidationError) as error:
            told = error.messages if isinstance(error, ValidationError) else [str(error)]
            line.errors.setdefault(column.name, []).extend(told)
    return row


def _tell_overwriting(line: Line, row: Any, now: Line) -> None:
    """Somebody else's change would be lost: tell it; whoever saves again has seen it."""
    if line.version == now.version or (not line.delete and version_of(row) == now.version):
        return
    line.version = now.version
    line.wrong(
        "",
        _("Somebody else has changed this row since you opened it. Save again if yours is right."),
    )
    for column, text in now.cells.items():
        if text != line.cells.get(column, "").strip():
            line.wrong(column, _("It is now: %(text)s") % {"text": text or "—"})


def _give_codes(rows: Rows, kept: list[tuple[Any, Line]], deleted: set[str]) -> None:
    """Codes where none are written, from the names; doubled ones are told at both."""
    taken = {code: key for code, key in rows.codes().items() if key not in deleted}
    here = {line.key for _row, line in kept if line.key}
    taken = {code: key for code, key in taken.items() if key not in here}
    seen: dict[str, Line] = {}
    for row, line in kept:
        if not row.code and not line.errors.get("code"):
            known = {*taken, *(each.code for each, _line in kept)}
            row.code = free_code(code_from(row.name_en or "") or "choice", known)
            line.cells["code"] = row.code
        if row.code in taken or row.code in seen:
            line.wrong("code", _("This code is used twice."))
        seen.setdefault(row.code, line)


def _write(change: Change, entered: list[tuple[Any, Line]]) -> int:
    gone = [row for row, line in entered if row is not None and line.delete and line.key]
    kept = [row for row, line in entered if row is not None and not line.delete]
    for row in gone:
        change.delete(type(row)._default_manager.get(pk=row.pk))
    changed = [row for row in kept if row.pk]
    count = len(gone)
    if changed:
        stored = list(type(changed[0])._default_manager.filter(pk__in=[row.pk for row in changed]))
        _free_codes(stored, {row.pk: row.code for row in changed})
        count += change.save_all(changed, stored)
    return count + len(change.add_all(row for row in kept if not row.pk))


def _free_codes(stored: list[Any], codes: dict[int, str]) -> None:
    """Rows that exchange their codes would stand in each other's way."""
    changing = [row for row in stored if codes[row.pk] != row.code]
    held = {row.code for row in changing}
    if held & {codes[row.pk] for row in changing}:
        for row in changing:
            type(row)._default_manager.filter(pk=row.pk).update(code=f"~{row.pk}")
