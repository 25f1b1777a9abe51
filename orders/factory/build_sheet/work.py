"""What is to be done: pieces to cut, parts to pull, operations to check off, and who signs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from orders.factory.build_sheet.furniture import section
from orders.factory.wording import cut_text, minutes_text, quantity_text, scrap_text
from orders.papers import tongues, words
from orders.papers.flow import Figure, Flow, Line, checks, paragraph
from orders.papers.fonts import BOLD, MONO, SANS
from orders.papers.pen import BLACK, FAINT, GRAY, Pen, jpeg_size
from orders.papers.table import Column, Row, Table, columns, row_height
from orders.papers.tongues import gettext as _
from orders.papers.tongues import ngettext

if TYPE_CHECKING:
    from orders.factory.build_sheet.sheet import Operation, Part, Sheet

BODY = 9.5
READ = 10.0  # what is read while working
PICTURE = 76.0  # points: the longer side of an operation's picture
BOX = [Line("", SANS, BODY, indent=13, box=True)]


def natural(text: str) -> list[tuple[int, str]]:
    """A sorting key by which A-2 comes before A-10."""
    return [(int(part or 0), "") if part.isdecimal() else (-1, part.casefold())
            for part in re.split(r"(\d+)", text)]  # fmt: skip


def _text(column: Column, text: str, font: str = SANS, color: str = BLACK) -> list[Line]:
    return paragraph(text, column.width, font, BODY, color)


def cut_list(flow: Flow, sheet: Sheet, language: str) -> None:
    """Pieces with their sizes, by material and thickness as they are cut together."""
    pieces = [part for part in sheet.parts if part.cut]
    if not pieces:
        return
    pieces.sort(key=lambda part: (part.material.casefold(), _thickness(part)))
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 13, "left"),
            (_("PIECE"), 0.55, "left"),
            (_("NUMBER"), 52, "left"),
            (_("MATERIAL"), 0.45, "left"),
            (_("BIN"), 34, "left"),
            (_("QUANTITY"), 44, "right"),
            (_("L × W × T, mm"), 104, "right"),
        ),
        again=_("Cut list, continued"),
    )
    rows = [_cut_row(piece, spec, language) for piece in pieces]
    _rows(flow, table, _("Cut list"), _count(len(pieces)), rows)


def _cut_row(piece: Part, spec: Sequence[Column], language: str) -> Row:
    return (
        BOX,
        _text(spec[1], piece.name, BOLD),
        _number(spec[2], piece.number),
        _text(spec[3], piece.material),
        _text(spec[4], piece.bin),
        _quantity(spec[5], piece, language),
        _text(spec[6], cut_text(piece.cut or (), language), BOLD),
    )


def _thickness(part: Part) -> Decimal:
    return -((part.cut and part.cut[2]) or Decimal(0))


def _count(number: int) -> str:
    return ngettext("%(n)d line", "%(n)d lines", number) % {"n": number}


def _number(column: Column, number: str) -> list[Line]:
    """A part number, on the baseline of the larger text beside it."""
    return paragraph(number, column.width, MONO, BODY - 1.5, GRAY, gap=1.5)


def _quantity(column: Column, part: Part, language: str) -> list[Line]:
    """How much it takes, and how much more is pulled for scrap."""
    lines = _text(column, quantity_text(part.quantity, part.unit, language), BOLD)
    if scrap := scrap_text(part.scrap, part.unit, language):
        lines += paragraph(scrap, column.width, SANS, 8)
    return lines


def part_list(flow: Flow, sheet: Sheet, language: str) -> None:
    """Parts to pull that are not cut, along the bins."""
    parts = [part for part in sheet.parts if not part.cut]
    if not parts:
        return
    parts.sort(key=lambda part: (not part.bin, natural(part.bin)))
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 13, "left"),
            (_("BIN"), 48, "left"),
            (_("PART"), 0.55, "left"),
            (_("NUMBER"), 70, "left"),
            (_("MATERIAL"), 0.45, "left"),
            (_("QUANTITY"), 66, "right"),
        ),
        again=_("Parts to pull, continued"),
    )
    rows: list[Row] = [
        (
            BOX,
            _text(spec[1], part.bin, BOLD),
            _text(spec[2], part.name),
            _number(spec[3], part.number),
            _text(spec[4], part.material),
            _quantity(spec[5], part, language),
        )
        for part in parts
    ]
    _rows(flow, table, _("Parts to pull"), _count(len(parts)), rows)


def _rows(flow: Flow, table: Table, title: str, note: str, rows: Sequence[Row]) -> None:
    """A table under its heading, which never stands at the foot of a page without a row."""
    section(flow, title, note, keep=table.header_height + min(row_height(rows[0]), 200))
    for row in rows:
        table.row(row)
    flow.skip(6)


def operations(flow: Flow, sheet: Sheet, language: str) -> None:
    """The routing in order: where, how long, what to do, what to check."""
    if not sheet.operations:
        return
    wide = PICTURE if any(item.pictures for item in sheet.operations) else 1.0
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 20, "left"),
            ("", wide, "left"),
            (_("OPERATION"), 0.99, "left"),
            (_("WORK CENTER, MINUTES"), 112, "left"),
            (_("DONE"), 32, "left"),
        ),
        again=_("Operations, continued"),
    )
    minutes = sum((item.setup_minutes + item.run_minutes for item in sheet.operations), Decimal(0))
    note = _("%(n)s minutes in all") % {"n": words.number(minutes, language)}
    uses = used_at(sheet)
    rows = [
        _operation_row(index, operation, spec, language, _notes(index, sheet, uses))
        for index, operation in enumerate(sheet.operations, start=1)
    ]
    _rows(flow, table, _("Operations"), note, rows)


def used_at(sheet: Sheet) -> dict[str, list[str]]:
    """The parts by the operation's code, where any part says which one uses it."""
    found: dict[str, list[str]] = {}
    if any(part.operation for part in sheet.parts):
        first = sheet.operations[0].code
        for part in sheet.parts:
            found.setdefault(part.operation or first, []).append(part.name)
    return found


def _notes(index: int, sheet: Sheet, uses: Mapping[str, Sequence[str]]) -> list[str]:
    """What comes before an operation unless it is the one above, its tools, its parts."""
    operation = sheet.operations[index - 1]
    notes = []
    if operation.after is not None:
        numbers = {other.code: n for n, other in enumerate(sheet.operations, start=1)}
        after = sorted(numbers[code] for code in operation.after if code in numbers)
        if after != ([index - 1] if index > 1 else []):
            notes.append(_after(after))
    if operation.tooling:
        notes.append(tongues.told(_("Tools"), operation.tooling))
    if uses.get(operation.code):
        notes.append(tongues.told(_("Parts"), " · ".join(uses[operation.code])))
    return notes


def _after(numbers: Sequence[int]) -> str:
    if not numbers:
        return _("Can begin at once")
    return _("After %(numbers)s") % {"numbers": ", ".join(map(str, numbers))}


def _operation_row(
    index: int,
    operation: Operation,
    spec: Sequence[Column],
    language: str,
    notes: Sequence[str],
) -> Row:
    _place, _pictures, told, where, _done = spec
    what = paragraph(operation.name, told.width, BOLD, READ + 1.5)
    if operation.instructions:
        what += paragraph(operation.instructions, told.width, SANS, READ, gap=1)
    what += checks(operation.checks, told.width, READ, gap=3)
    for note in notes:
        what += paragraph(note, told.width, SANS, BODY - 0.5, gap=2)
    minutes = minutes_text(operation.setup_minutes, operation.run_minutes, language)
    return (
        [Line(str(index), BOLD, BODY + 4)],
        [_figure(picture) for picture in operation.pictures],
        what,
        [
            *paragraph(operation.work_center, where.width, BOLD, BODY + 1),
            *paragraph(minutes, where.width, SANS, BODY, GRAY),
            *_planned(operation, where, language),
        ],
        [Line("", SANS, 17, indent=24, box=True)],
    )


def _figure(picture: bytes) -> Figure:
    """How it is done, as large as fits beside the instructions."""
    wide, high = jpeg_size(picture)
    scale = min(PICTURE / max(wide, 1), PICTURE / max(high, 1))
    return Figure("", gap=2, data=picture, wide=wide * scale, high=high * scale)


def _planned(operation: Operation, column: Column, language: str) -> list[Line]:
    if operation.planned_on is None:
        return []
    day = words.short_date(operation.planned_on, language)
    return paragraph(day, column.width, BOLD, BODY, gap=1)


def sign_off(flow: Flow) -> None:
    """Fields to be filled in by hand."""
    section(flow, _("Sign-off"), keep=36)
    labels = (_("Built by"), _("Checked by"), _("Date and time"), _("Remarks"))
    gap, y = 8.0, flow.y + 4
    width = (flow.width - gap * 3) / 4

    def draw(pen: Pen) -> None:
        for i, label in enumerate(labels):
            x = flow.left + i * (width + gap)
            pen.frame(x, y, width, 38, FAINT, 0.8)
            pen.text(x + 6, y + 11, label, SANS, 7.5, GRAY)

    flow.draw(draw)
    flow.skip(44)
