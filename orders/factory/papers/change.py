"""The change sheet (delta traveler): what is different about a work order since the sheet before.

One page in general: what was chosen otherwise, what to put back, what to fetch, which operations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from orders.factory.build_sheet.furniture import EDGE, STRIP, foot, section, strip
from orders.factory.codes import scan_code
from orders.factory.wording import cut_text, minutes_text, quantity_text
from orders.papers import codes, words
from orders.papers import text as texts
from orders.papers.flow import Flow, Line, Margins, paragraph, stack
from orders.papers.fonts import BOLD, MONO, SANS
from orders.papers.pen import BLACK, GRAY, WASH, Pen, Size
from orders.papers.table import Table, columns
from orders.papers.tongues import gettext as _

BODY = 10.0
BOX = [Line("", SANS, BODY + 1, indent=15, box=True)]
QR = 80.0


@dataclass(frozen=True)
class Different:
    """Something that was chosen or written otherwise."""

    what: str
    before: str
    now: str


@dataclass(frozen=True)
class Piece:
    """A part to put back or to fetch."""

    name: str
    number: str
    material: str
    quantity: Decimal
    unit: str
    bin: str
    cut: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Step:
    """An operation that is added, removed or changed (`kind`)."""

    kind: str
    name: str
    center: str
    setup: Decimal
    run: Decimal
    instructions: str


@dataclass(frozen=True)
class ChangeSheet:
    """All that one change sheet says; `before` and `after` are the specifications' hashes."""

    number: str
    product: str
    quantity: int
    revision: int
    before: str
    after: str
    due_before: date
    due_after: date
    told: str  # when it came in
    firm: str
    choices: tuple[Different, ...]
    returns: tuple[Piece, ...]
    pulls: tuple[Piece, ...]
    steps: tuple[Step, ...]


def render(sheet: ChangeSheet, size: Size, language: str) -> bytes:
    """The sheet as a PDF, in the languages in use; the same sheet always gives the same bytes."""
    title = f"{sheet.number} · {_revised(sheet)}"
    pen = Pen(size, title=title, author=sheet.firm, language=language)
    margins = Margins(left=EDGE, right=EDGE, first=172, top=86, bottom=38)
    flow = Flow(pen, margins)
    _choices(flow, sheet)
    _pieces(flow, _("Put back, if it was pulled already"), _("TO BIN"), sheet.returns, language)
    _pieces(flow, _("Fetch now"), _("FROM BIN"), sheet.pulls, language)
    _steps(flow, sheet, language)
    return flow.finish(lambda pen, page, pages: _furniture(pen, sheet, language, page, pages))


def _revised(sheet: ChangeSheet) -> str:
    revision = {"before": sheet.revision - 1, "after": sheet.revision}
    return _("revision %(before)s → %(after)s") % revision


def _furniture(pen: Pen, sheet: ChangeSheet, language: str, page: int, pages: int) -> None:
    right = pen.width - EDGE
    strip(pen, [_("CHANGE: earlier sheets are void, put them aside")])
    top = STRIP
    number = texts.clean(sheet.number)
    if page == 1:
        _head(pen, sheet, language)
    else:
        pen.text(EDGE, top + 48, number, BOLD, texts.fitted(number, BOLD, 20, 300))
        pen.text(right, top + 48, _revised(sheet), BOLD, 12, BLACK, "right")
        pen.rule(EDGE, top + 58, right - EDGE, BLACK, 1.2)
    foot(pen, [sheet.firm, f"{number} · {_revised(sheet)} · {sheet.after[:12]}"], page, pages)


def _head(pen: Pen, sheet: ChangeSheet, language: str) -> None:
    right, top = pen.width - EDGE, STRIP
    code = scan_code(sheet.number, sheet.after)
    pen.symbol(right - QR, top + 30, QR, QR, codes.qr(code))
    room = right - QR - 18 - EDGE
    number = texts.clean(sheet.number)
    pen.text(EDGE, top + 40, _("CHANGE SHEET"), BOLD, 8, GRAY)
    pen.text(EDGE, top + 72, number, BOLD, texts.fitted(number, BOLD, 34, room))
    product = f"{sheet.quantity} × {sheet.product}"
    size = texts.fitted(product, BOLD, 14, room, least=8)
    pen.text(EDGE, top + 92, texts.clipped(product, BOLD, size, room), BOLD, size)
    boxes = [(_("REVISION"), f"{sheet.revision - 1} → {sheet.revision}")]
    before, after = (words.short_date(d, language) for d in (sheet.due_before, sheet.due_after))
    boxes.append((_("DUE"), after if before == after else f"{before} → {after}"))
    x = EDGE
    for label, value in boxes:
        wide = max(96.0, min(room * 0.6, texts.width(value, BOLD, 16) + 24))
        pen.fill(x, top + 102, wide, 40, WASH)
        pen.fill(x, top + 102, 3, 40, BLACK)
        pen.text(x + 10, top + 115, label, BOLD, texts.fitted(label, BOLD, 7.5, wide - 16), GRAY)
        pen.text(x + 10, top + 134, value, BOLD, texts.fitted(value, BOLD, 16, wide - 16))
        x += wide + 8
    hashes = f"{sheet.before[:6]}… → {sheet.after[:12]}"
    size = texts.fitted(hashes, MONO, 8, QR + 24, least=5)
    pen.text(right, top + 30 + QR + 12, hashes, MONO, size, BLACK, "right")
    told = texts.fitted(sheet.told, SANS, 7.5, QR + 30, least=5)
    pen.text(right, top + 30 + QR + 23, sheet.told, SANS, told, GRAY, "right")


def _choices(flow: Flow, sheet: ChangeSheet) -> None:
    section(flow, _("What is chosen otherwise"))
    table = Table(
        flow,
        spec := columns(
            flow.width,
            (_("WHAT"), 0.32, "left"),
            (_("WAS"), 0.34, "left"),
            (_("IS NOW"), 0.34, "left"),
        ),
        again=_("What is chosen otherwise"),
    )
    for item in sheet.choices:
        table.row(
            (
                paragraph(item.what, spec[0].width, SANS, BODY),
                paragraph(item.before, spec[1].width, SANS, BODY, GRAY),
                paragraph(item.now, spec[2].width, BOLD, BODY + 1),
            )
        )
    flow.skip(3)


def _pieces(flow: Flow, title: str, bin_: str, pieces: Sequence[Piece], language: str) -> None:
    if not pieces:
        return
    section(flow, title)
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 15, "left"),
            (bin_, 60, "left"),
            (_("PART"), 0.42, "left"),
            (_("MATERIAL"), 0.34, "left"),
            (_("L × W × T, mm"), 0.24, "left"),
            (_("QUANTITY"), 66, "right"),
        ),
        again=title,
    )
    for piece in pieces:
        name = f"{piece.name}  ·  {piece.number}" if piece.number else piece.name
        quantity = quantity_text(piece.quantity, piece.unit, language)
        table.row(
            (
                BOX,
                paragraph(piece.bin or "–", spec[1].width, BOLD, BODY + 1),
                paragraph(name, spec[2].width, SANS, BODY - 0.5),
                paragraph(piece.material, spec[3].width, BOLD, BODY - 0.5),
                paragraph(cut_text(piece.cut, language), spec[4].width, SANS, BODY - 0.5),
                paragraph(quantity, spec[5].width, BOLD, BODY),
            )
        )
    flow.skip(6)


def _steps(flow: Flow, sheet: ChangeSheet, language: str) -> None:
    section(flow, _("Operations"))
    if not sheet.steps:
        stack(flow, paragraph(_("All operations stay as they are."), flow.width, SANS, BODY))
        return
    kinds = {"added": _("NEW"), "removed": _("DROPPED"), "changed": _("OTHERWISE")}
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 96, "left"),
            (_("OPERATION"), 0.62, "left"),
            (_("WORK CENTER, MINUTES"), 0.38, "left"),
        ),
        again=_("Operations, continued"),
    )
    for step in sheet.steps:
        what = paragraph(step.name, spec[1].width, BOLD, BODY)
        where = paragraph(step.center, spec[2].width, BOLD, BODY)
        if step.kind != "removed":
            if step.instructions:
                what += paragraph(step.instructions, spec[1].width, SANS, BODY - 1, gap=1)
            minutes = minutes_text(step.setup, step.run, language)
            where += paragraph(minutes, spec[2].width, SANS, BODY - 1.5, GRAY)
        table.row((paragraph(kinds[step.kind], spec[0].width, BOLD, BODY), what, where))
