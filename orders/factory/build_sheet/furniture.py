"""Head and foot of every page of a build sheet, and the headings of its sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from orders.factory.codes import scan_code
from orders.papers import codes, words
from orders.papers import text as texts
from orders.papers.content import Content
from orders.papers.flow import Flow, Margins
from orders.papers.fonts import BOLD, MONO, SANS
from orders.papers.pen import BLACK, FAINT, GRAY, WASH, WHITE, Pen
from orders.papers.tongues import gettext as _

if TYPE_CHECKING:
    from orders.factory.build_sheet.sheet import Sheet

EDGE = 34.0  # left and right margin
MARGINS = Margins(left=EDGE, right=EDGE, first=166, top=82, bottom=38)
QR = 88.0
BAR = 33.0  # height of the bar code
MODULE = 0.74  # width of a bar code's module: 0.26 mm
STRIP = 15.0  # height of the strip above the head that says what is special
QUIET = 10  # modules left white on both sides of a bar code


class Head:
    """Draws the furniture of all pages: big on the first, slim on the others.

    Marks (rush, remake, revision, reprint) stand in a strip above it, which moves the rest down.
    """

    def __init__(self, sheet: Sheet, content: Content, language: str) -> None:
        self.sheet = sheet
        self.content = content
        self.code = scan_code(sheet.number, sheet.revision)
        self.quantity = f"{sheet.quantity} ×"
        self.due = words.short_date(sheet.due_on, language)
        self.weekday = words.weekday(sheet.due_on, language)
        self.marks = marks(sheet)
        self.top = STRIP if self.marks else 0.0

    @property
    def margins(self) -> Margins:
        if not self.marks:
            return MARGINS
        return replace(MARGINS, first=MARGINS.first + STRIP, top=MARGINS.top + STRIP)

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        if self.marks:
            strip(pen, self.marks)
        if page == 1:
            self._first(pen)
        else:
            self._next(pen)
        self._foot(pen, page, pages)

    def _first(self, pen: Pen) -> None:
        right, top = pen.width - EDGE, self.top
        pen.symbol(right - QR, top + 32, QR, QR, codes.qr(self.code))
        pen.text(EDGE, top + 40, _("WORK ORDER"), BOLD, 8, GRAY)
        room = right - QR - 18 - EDGE
        number = texts.clean(self.sheet.number)
        pen.text(EDGE, top + 76, number, BOLD, texts.fitted(number, BOLD, 38, room))
        name = texts.wrap(self.content.product, BOLD, 15, room)[0]
        pen.text(EDGE, top + 98, name, BOLD, 15)
        self._box(pen, EDGE, 60, _("QUANTITY"), self.quantity)
        due = _("DUE")  # outside of the f-string, where gettext's tools find it
        self._box(pen, EDGE + 68, 138, f"{due} · {self.weekday}", self.due)
        self._bar(pen, EDGE + 222, right - QR - 18)
        self._identity(pen, right - QR / 2)

    def _box(self, pen: Pen, x: float, width: float, label: str, value: str) -> None:
        """A fact that is read from afar."""
        top, height, room = self.top + 110, 46.0, width - 16
        pen.fill(x, top, width, height, WASH)
        pen.fill(x, top, 3, height, BLACK)
        pen.text(x + 10, top + 14, label, BOLD, texts.fitted(label, BOLD, 7.5, room), GRAY)
        pen.text(x + 10, top + 38, value, BOLD, texts.fitted(value, BOLD, 20, room))

    def _identity(self, pen: Pen, middle: float) -> None:
        """Under the QR code: the revision, the order, the catalog's release."""
        top = self.top + 32 + QR
        release = _("release %(number)s") % {"number": self.content.release}
        pen.text(middle, top + 12, self.sheet.revision[:12], MONO, 8.5, BLACK, "center")
        facts = (
            _("Order %(number)s") % {"number": self.sheet.order_number},
            f"{self._revised()} · {release}",
        )
        for line, fact in enumerate(facts):
            shown = texts.clean(fact)
            size = texts.fitted(shown, SANS, 8, QR + 6, least=4.5)
            pen.text(middle, top + 23 + line * 10, shown, SANS, size, GRAY, "center")

    def _revised(self) -> str:
        return _("rev. %(number)s") % {"number": self.sheet.revised}

    def _next(self, pen: Pen) -> None:
        right, top = pen.width - EDGE, self.top
        pen.symbol(right - 42, top + 26, 42, 42, codes.qr(self.code))
        number = texts.clean(self.sheet.number)
        pen.text(EDGE, top + 46, number, BOLD, texts.fitted(number, BOLD, 20, 220))
        name = texts.wrap(self.content.product, SANS, 10, 300)[0]
        pen.text(EDGE, top + 62, name, SANS, 10, GRAY)
        pen.text(right - 54, top + 46, f"{self.quantity}   {self.due}", BOLD, 14, BLACK, "right")
        pen.text(right - 54, top + 62, self.sheet.revision[:12], MONO, 8, GRAY, "right")
        pen.rule(EDGE, top + 74, right - EDGE, BLACK, 1.2)

    def _bar(self, pen: Pen, left: float, right: float) -> None:
        """Code 128 between `left` and `right` with its quiet zones, and what it says."""
        symbol = codes.code128(self.code)
        module = min(MODULE, (right - left) / (symbol.width + 2 * QUIET))
        width, top = symbol.width * module, self.top + 110
        x = right - QUIET * module - width
        pen.bars(x, top, width, BAR, symbol)
        size = texts.fitted(self.code, MONO, 8, width)
        pen.text(x + width / 2, top + BAR + 11, self.code, MONO, size, GRAY, "center")

    def _foot(self, pen: Pen, page: int, pages: int) -> None:
        number = f"{self.sheet.number} · {self._revised()} · {self.sheet.revision[:12]}"
        facts = [self.sheet.firm, number]
        if self.sheet.printed:
            facts.insert(1, self.sheet.printed)
        foot(pen, facts, page, pages)


def marks(sheet: Sheet) -> list[str]:
    """What is special about a work order or this copy of its sheet."""
    found = []
    if sheet.rush:
        found.append(_("RUSH"))
    if sheet.remake_of:
        found.append(_("REMAKE of %(number)s") % {"number": texts.clean(sheet.remake_of)})
    if sheet.revised > 1:
        revision = {"number": sheet.revised}
        found.append(_("REVISION %(number)s: earlier sheets are void") % revision)
    if sheet.reprint:
        found.append(sheet.printed)
    return found


def strip(pen: Pen, marks: Sequence[str]) -> None:
    """White on black across the top of a page."""
    told = texts.clean("   ·   ".join(marks))
    room = pen.width - 2 * EDGE
    pen.fill(EDGE, 14, room, STRIP + 2, BLACK)
    size = texts.fitted(told, BOLD, 10, room - 16)
    pen.text(EDGE + 8, 14 + STRIP - 3, told, BOLD, size, WHITE)


def foot(pen: Pen, facts: Sequence[str], page: int, pages: int) -> None:
    """The foot of every paper of the factory: whose and which it is, and page x of y."""
    y, right = pen.height - 26, pen.width - EDGE
    pen.rule(EDGE, y - 11, right - EDGE, FAINT, 0.5)
    count = _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
    room = right - EDGE - texts.width(count, BOLD, 8) - 14
    told = texts.clean(" · ".join(facts))
    size = texts.fitted(told, SANS, 7.5, room, least=6)
    pen.text(EDGE, y, texts.wrap(told, SANS, size, room)[0], SANS, size, GRAY)
    pen.text(right, y, count, BOLD, 8, BLACK, "right")


SECTION = 27.0  # height of a section's heading


def section(flow: Flow, title: str, note: str = "", *, keep: float = 60) -> None:
    """A heading over what follows, never alone at the foot of a page."""
    flow.need(SECTION + keep)
    ruled = not flow.fresh
    flow.skip(9 if ruled else 0)
    y = flow.y
    room = flow.width - texts.width(note, SANS, 8.5) - 12
    size = texts.fitted(title, BOLD, 11, room, least=8)
    title = texts.clipped(title, BOLD, size, room)

    def draw(pen: Pen) -> None:
        if ruled:
            pen.rule(flow.left, y, flow.width, BLACK, 1.4)
        pen.text(flow.left, y + 14, title, BOLD, size)
        if note:
            pen.text(flow.left + flow.width, y + 14, note, SANS, 8.5, GRAY, "right")

    flow.draw(draw)
    flow.skip(SECTION - 7)
