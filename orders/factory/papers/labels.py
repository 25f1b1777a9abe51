"""The labels of work orders: for the unit on its way and in its box, for the box, for each part."""

from dataclasses import dataclass

from orders.factory.codes import scan_code
from orders.factory.papers.facts import Piece, Unit
from orders.factory.papers.label import Bars, Block, Label, Maker, Square
from orders.factory.papers.leaf import Copy, reprint
from orders.factory.wording import cut_text, quantity_text
from orders.papers import tongues, words
from orders.papers.tongues import gettext as _

EDGE = 5.0  # mm
ROOM = 100 - 2 * EDGE


@dataclass(frozen=True)
class Address:
    """Whom a box goes to: the name, then the lines of the address; and how it goes ("" as ever)."""

    name: str
    lines: tuple[str, ...]
    way: str = ""


def unit_labels(unit: Unit, copy: Copy, language: str) -> list[Label]:
    """One for each unit of a work order: what it is, for when, and codes to scan."""
    return [_unit_label(unit, n, copy, language) for n in range(1, unit.quantity + 1)]


def _unit_label(unit: Unit, number: int, copy: Copy, language: str) -> Label:
    maker = Maker("label")
    _number(maker, unit)
    maker.lines(EDGE, 37, unit.product, 7.5, ROOM, 2, bold=True)
    maker.add(Square(EDGE, 58, 34, scan_code(unit.number, unit.sha)))
    _facts(maker, unit, number, language)
    _bars(maker, unit, 97, 20)
    _foot(maker, unit, copy, number, unit.quantity)
    return maker.label()


def _number(maker: Maker, unit: Unit) -> None:
    """The work order, to be read from afar; white space above for the printer's edge."""
    maker.line(EDGE, 11, _("WORK ORDER"), 3.2, ROOM, bold=True)
    maker.line(EDGE, 24, unit.number, 14, ROOM, bold=True, least=5)
    marks = [_("RUSH")] if unit.rush else []
    if unit.remake_of:
        marks.append(_("REMAKE of %(number)s") % {"number": unit.remake_of})
    if marks:
        maker.line(EDGE, 32, " · ".join(marks), 5.5, ROOM, bold=True)
    maker.add(Block(EDGE, 35, ROOM, 0.8))


def _facts(maker: Maker, unit: Unit, number: int, language: str) -> None:
    """Beside the QR code: when, for which order, and which of how many."""
    x, room = 44, 51
    maker.line(x, 62, _("DUE"), 3.2, room, bold=True)
    maker.line(x, 70, words.short_date(unit.due_on, language), 8, room, bold=True)
    maker.line(x, 77, _("Order %(number)s") % {"number": unit.order_number}, 4.2, room)
    told = _("%(n)s of %(of)s") % {"n": number, "of": unit.quantity}
    maker.line(x, 91, told, 11, room, bold=True, least=4)


def _bars(maker: Maker, unit: Unit, y: float, height: float) -> None:
    """The bar code as wide as the label, so that its bars are two dots of a label printer."""
    code = scan_code(unit.number, unit.sha)
    maker.add(Bars(2, y, 96, height, code))
    maker.line(EDGE + 4, y + height + 4, code, 3.2, ROOM - 8)


def _foot(maker: Maker, unit: Unit, copy: Copy, page: int, pages: int) -> None:
    maker.add(Block(EDGE, 126, ROOM, 0.5))
    again = copy.again(unit.number)
    told = f"{copy.firm} · {copy.batch}"
    maker.line(EDGE, 132, told, 3.4, ROOM)
    printed = f"{reprint(again)} · {copy.printed}" if again else copy.printed
    maker.line(EDGE, 138, printed, 3.4, ROOM, bold=bool(again))
    revised = _("rev. %(number)s") % {"number": unit.revised}
    revision = f"{revised} · {unit.sha[:12]}"
    maker.line(EDGE, 144, revision, 3.4, ROOM * 0.6)
    count = _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
    maker.line(100 - EDGE, 144, count, 3.4, ROOM * 0.4, align="right")


def shipping_labels(unit: Unit, to: Address, copy: Copy) -> list[Label]:
    """One for each unit: to whom, from whom, and which it is."""
    return [_shipping_label(unit, n, to, copy) for n in range(1, unit.quantity + 1)]


def _shipping_label(unit: Unit, number: int, to: Address, copy: Copy) -> Label:
    maker = Maker("label")
    maker.line(EDGE, 10, tongues.told(_("From"), copy.firm), 4, ROOM)
    maker.add(Block(EDGE, 13, ROOM, 0.8))
    maker.line(EDGE, 20, _("SHIP TO"), 3.2, ROOM * 0.4 if to.way else ROOM, bold=True)
    if to.way:
        maker.line(100 - EDGE, 20, to.way, 4.4, ROOM * 0.56, bold=True, align="right", least=2.5)
    said = [(to.name, 8.5, True), *((line, 7.5, False) for line in to.lines)]
    maker.block(EDGE, 23, said, ROOM, 77)
    maker.add(Block(EDGE, 79, ROOM, 0.8))
    maker.add(Square(EDGE, 82, 23, scan_code(unit.number, unit.sha)))
    maker.line(33, 92, unit.number, 9, 62, bold=True, least=4)
    told = _("%(n)s of %(of)s") % {"n": number, "of": unit.quantity}
    maker.line(33, 103, told, 8, 62, bold=True, least=3)
    _bars(maker, unit, 107, 13)
    _foot(maker, unit, copy, number, unit.quantity)
    return maker.label()


def part_labels(unit: Unit, copy: Copy, language: str) -> list[Label]:
    """A small one for each line of the parts list."""
    count = len(unit.pieces)
    return [
        _part_label(unit, piece, f"{n}/{count}", copy, language)
        for n, piece in enumerate(unit.pieces, start=1)
    ]


def _part_label(unit: Unit, piece: Piece, place: str, copy: Copy, language: str) -> Label:
    maker = Maker("part_label")
    maker.add(Square(36.5, 2, 11.5, scan_code(unit.number, unit.sha)))
    maker.line(2, 6, unit.number, 5, 33, bold=True, least=2.6)
    y = maker.lines(2, 7, piece.name, 3.4, 33, 2, bold=True)
    if piece.material:
        y = maker.lines(2, y, piece.material, 2.8, 33, 1, bold=False)
    size = f"{cut_text(piece.cut, language)} mm" if piece.cut else ""
    maker.line(2, 23.2, size or piece.number, 3.8, 31, bold=True)
    quantity = quantity_text(piece.quantity, piece.unit, language)
    maker.line(48, 23.2, quantity, 3.8, 15, bold=True, align="right")
    again = copy.again(unit.number)
    facts = [piece.number if size else "", piece.bin, unit.sha[:12]]
    facts.append(reprint(again) if again else "")
    maker.line(2, 27.8, " · ".join(fact for fact in facts if fact), 2.4, 36, least=1.9)
    maker.line(48, 27.8, place, 2.4, 9, align="right", least=1.9)
    return maker.label()
