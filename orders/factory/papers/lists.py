"""The pick list and the cut list on paper."""

from collections.abc import Sequence
from decimal import Decimal

from orders.factory.build_sheet.furniture import section
from orders.factory.papers.facts import Unit
from orders.factory.papers.leaf import Copy, Leaf
from orders.factory.papers.pick import Line as PartLine
from orders.factory.papers.pick import Stock, cuts, pick
from orders.factory.wording import cut_text, quantity_text, scrap_text
from orders.papers import tongues, words
from orders.papers.flow import Flow, Line, checks, paragraph
from orders.papers.fonts import BOLD, MONO, SANS
from orders.papers.pen import GRAY, Pen
from orders.papers.table import Column, Row, Table, columns, row_height
from orders.papers.tongues import gettext as _
from orders.papers.tongues import ngettext

BODY = 10.0
LARGE = 12.0
BOX = [Line("", SANS, LARGE, indent=15, box=True)]


def draw_pick_list(pen: Pen, units: Sequence[Unit], copy: Copy, language: str) -> int:
    """Parts along the bins; how many pages."""
    leaf = Leaf(_("Pick list"), copy, units)
    flow = leaf.flow(pen)
    lines = pick(units)
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 15, "left"),
            (_("BIN"), 58, "left"),
            (_("PART"), 0.42, "left"),
            (_("TOTAL"), 72, "right"),
            (_("FOR THE WORK ORDERS"), 0.58, "left"),
        ),
        again=_("Pick list, continued"),
    )
    if not lines:
        _nothing(flow, _("Nothing is to be picked."))
    for line in lines:
        bin_ = line.piece.bin or "–"
        table.row(
            (
                BOX,
                paragraph(bin_, spec[1].width, BOLD, LARGE),
                _part(line, spec[2]),
                _total(line, spec[3], language),
                _shares(line, spec[4], copy, language),
            )
        )
    _closing(flow, lines)
    return flow.print(leaf.draw)


def draw_cut_list(pen: Pen, units: Sequence[Unit], copy: Copy, language: str) -> int:
    """Pieces by material and thickness, the longest first; how many pages."""
    leaf = Leaf(_("Cut list"), copy, units)
    flow = leaf.flow(pen)
    stocks = cuts(units)
    if not stocks:
        _nothing(flow, _("Nothing is to be cut."))
    for stock in stocks:
        _stock(flow, stock, copy, language)
    _closing(flow, [line for stock in stocks for line in stock.lines])
    return flow.print(leaf.draw)


def _stock(flow: Flow, stock: Stock, copy: Copy, language: str) -> None:
    title = stock.material or _("No material named")
    if stock.thickness is not None:
        title = f"{title} · {words.size(stock.thickness, language)} mm"
    table = Table(
        flow,
        spec := columns(
            flow.width,
            ("", 15, "left"),
            (_("L × W × T, mm"), 112, "left"),
            (_("TOTAL"), 62, "right"),
            (_("PIECE"), 0.4, "left"),
            (_("BIN"), 36, "left"),
            (_("FOR THE WORK ORDERS"), 0.6, "left"),
        ),
        again=tongues.again(title),
    )
    rows = [_cut_row(line, spec, copy, language) for line in stock.lines]
    keep = table.header_height + min(row_height(rows[0]), 200)
    section(flow, title, _sums(stock, language), keep=keep)
    for row in rows:
        table.row(row)
    flow.skip(6)


def _cut_row(line: PartLine, spec: Sequence[Column], copy: Copy, language: str) -> Row:
    sides = cut_text(line.piece.cut or (), language)
    return (
        BOX,
        paragraph(sides, spec[1].width, BOLD, LARGE),
        _total(line, spec[2], language),
        _part(line, spec[3], material=False),
        paragraph(line.piece.bin, spec[4].width, SANS, BODY),
        _shares(line, spec[5], copy, language),
    )


def _sums(stock: Stock, language: str) -> str:
    """14 pieces · 12.6 m · 1.8 m²: net, without saw cuts and waste"""
    told = [
        ngettext("%(n)s piece", "%(n)s pieces", int(stock.pieces))
        % {"n": words.number(stock.pieces, language)},
        f"{words.number(_rounded(stock.meters), language)} m",
    ]
    if area := _rounded(stock.square_meters):
        told.append(f"{words.number(area, language)} m²")
    return " · ".join(told)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.001"))


def _part(line: PartLine, column: Column, *, material: bool = True) -> list[Line]:
    lines = paragraph(line.piece.name, column.width, SANS, BODY + 0.5)
    if material and line.piece.material:
        lines += paragraph(line.piece.material, column.width, SANS, BODY - 1)
    if line.piece.number:
        lines += paragraph(line.piece.number, column.width, MONO, 8, GRAY)
    return lines


def _total(line: PartLine, column: Column, language: str) -> list[Line]:
    total = quantity_text(line.quantity, line.piece.unit, language)
    lines = paragraph(total, column.width, BOLD, LARGE)
    if scrap := scrap_text(line.scrap, line.piece.unit, language):
        lines += paragraph(scrap, column.width, SANS, 8.5)
    return lines


def _shares(line: PartLine, column: Column, copy: Copy, language: str) -> list[Line]:
    """How much of it each work order gets, with a box to tick where there are several."""
    if len(line.shares) == 1:
        unit, _quantity = line.shares[0]
        return paragraph(_share(unit.number, copy), column.width, SANS, BODY)
    told = [
        f"{_share(unit.number, copy)}: {words.number(quantity, language)}"
        for unit, quantity in line.shares
    ]
    return checks(told, column.width, BODY - 0.5, gap=1)


def _share(number: str, copy: Copy) -> str:
    mark = copy.marked(number)
    return f"{number} · {mark}" if mark else number


def _nothing(flow: Flow, told: str) -> None:
    y = flow.y
    flow.draw(lambda pen: pen.text(flow.left, y + 14, told, SANS, BODY))
    flow.skip(20)


def _closing(flow: Flow, lines: Sequence[PartLine]) -> None:
    """How many lines there are, so that a lost page is noticed."""
    count = len(lines)
    told = ngettext("%(n)d line", "%(n)d lines", count) % {"n": count}
    flow.need(20)
    y = flow.y
    flow.draw(lambda pen: pen.text(flow.left + flow.width, y + 14, told, SANS, 8.5, GRAY, "right"))
    flow.skip(20)
