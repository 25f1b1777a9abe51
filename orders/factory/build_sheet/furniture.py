"""Head and foot of every page of a build sheet, and the headings of its sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from orders.factory.codes import scan_code
from orders.papers import codes, words
from orders.papers import text as texts
from orders.papers.content import Content
from orders.papers.flow import Flow, Margins
from orders.papers.fonts import BOLD, MONO, SANS
from orders.papers.pen import BLACK, FAINT, GRAY, WASH, Pen

if TYPE_CHECKING:
    from orders.factory.build_sheet.sheet import Sheet

EDGE = 34.0  # left and right margin
MARGINS = Margins(left=EDGE, right=EDGE, first=166, top=82, bottom=38)
QR = 88.0
BAR = 33.0  # height of the bar code
MODULE = 0.74  # width of a bar code's module: 0.26 mm
QUIET = 10  # modules left white on both sides of a bar code


class Head:
    """Draws the furniture of all pages: big on the first, slim on the others."""

    def __init__(self, sheet: Sheet, content: Content, language: str) -> None:
        self.sheet = sheet
        self.content = content
        self.code = scan_code(sheet.number, sheet.revision)
        self.quantity = f"{sheet.quantity} ×"
        self.due = words.short_date(sheet.due_on, language)
        self.weekday = words.weekday(sheet.due_on, language)

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        if page == 1:
            self._first(pen)
        else:
            self._next(pen)
        self._foot(pen, page, pages)

    def _first(self, pen: Pen) -> None:
        right = pen.width - EDGE
        self._qr(pen, right - QR, 32, QR)
        pen.text(EDGE, 40, _("WORK ORDER"), BOLD, 8, GRAY)
        room = right - QR - 18 - EDGE
        number = texts.clean(self.sheet.number)
        pen.text(EDGE, 76, number, BOLD, texts.fitted(number, BOLD, 38, room))
        name = texts.wrap(self.content.product, BOLD, 15, room)[0]
        pen.text(EDGE, 98, name, BOLD, 15)
        self._box(pen, EDGE, 60, _("QUANTITY"), self.quantity)
        due = _("DUE")  # outside of the f-string, where gettext's tools find it
        self._box(pen, EDGE + 68, 138, f"{due} · {self.weekday}", self.due)
        self._bar(pen, EDGE + 222, right - QR - 18)
        self._identity(pen, right - QR / 2)

    def _box(self, pen: Pen, x: float, width: float, label: str, value: str) -> None:
        """A fact that is read from afar."""
        top, height, room = 110.0, 46.0, width - 16
        pen.fill(x, top, width, height, WASH)
        pen.fill(x, top, 3, height, BLACK)
        pen.text(x + 10, top + 14, label, BOLD, texts.fitted(label, BOLD, 7.5, room), GRAY)
        pen.text(x + 10, top + 38, value, BOLD, texts.fitted(value, BOLD, 20, room))

    def _identity(self, pen: Pen, middle: float) -> None:
        """Under the QR code: the revision, the order, the catalog's release."""
        pen.text(middle, 32 + QR + 12, self.sheet.revision[:12], MONO, 8.5, BLACK, "center")
        order = texts.clean(_("Order %(number)s") % {"number": self.sheet.order_number})
        size = texts.fitted(order, SANS, 8, QR)
        pen.text(middle, 32 + QR + 23, order, SANS, size, GRAY, "center")
        release = _("release %(number)s") % {"number": self.content.release}
        pen.text(middle, 32 + QR + 33, release, SANS, 8, GRAY, "center")

    def _next(self, pen: Pen) -> None:
        right = pen.width - EDGE
        self._qr(pen, right - 42, 26, 42)
        number = texts.clean(self.sheet.number)
        pen.text(EDGE, 46, number, BOLD, texts.fitted(number, BOLD, 20, 220))
        name = texts.wrap(self.content.product, SANS, 10, 300)[0]
        pen.text(EDGE, 62, name, SANS, 10, GRAY)
        pen.text(right - 54, 46, f"{self.quantity}   {self.due}", BOLD, 14, BLACK, "right")
        pen.text(right - 54, 62, self.sheet.revision[:12], MONO, 8, GRAY, "right")
        pen.rule(EDGE, 74, right - EDGE, BLACK, 1.2)

    def _qr(self, pen: Pen, x: float, y: float, side: float) -> None:
        pen.symbol(x, y, side, side, codes.qr(self.code))

    def _bar(self, pen: Pen, left: float, right: float) -> None:
        """Code 128 between `left` and `right` with its quiet zones, and what it says."""
        symbol = codes.code128(self.code)
        module = min(MODULE, (right - left) / (symbol.width + 2 * QUIET))
        width = symbol.width * module
        x = right - QUIET * module - width
        pen.bars(x, 110, width, BAR, symbol)
        size = texts.fitted(self.code, MONO, 8, width)
        pen.text(x + width / 2, 110 + BAR + 11, self.code, MONO, size, GRAY, "center")

    def _foot(self, pen: Pen, page: int, pages: int) -> None:
        y, right = pen.height - 26, pen.width - EDGE
        pen.rule(EDGE, y - 11, right - EDGE, FAINT, 0.5)
        facts = f"{self.sheet.firm} · {self.sheet.number} · {self.sheet.revision[:12]}"
        pen.text(EDGE, y, texts.wrap(facts, SANS, 7.5, right - EDGE - 100)[0], SANS, 7.5, GRAY)
        count = _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}
        pen.text(right, y, count, BOLD, 8, BLACK, "right")


SECTION = 27.0  # height of a section's heading


def section(flow: Flow, title: str, note: str = "", *, keep: float = 60) -> None:
    """A heading over what follows, never alone at the foot of a page."""
    flow.need(SECTION + keep)
    ruled = not flow.fresh
    flow.skip(9 if ruled else 0)
    y = flow.y

    def draw(pen: Pen) -> None:
        if ruled:
            pen.rule(flow.left, y, flow.width, BLACK, 1.4)
        pen.text(flow.left, y + 14, title, BOLD, 11)
        if note:
            pen.text(flow.left + flow.width, y + 14, note, SANS, 8.5, GRAY, "right")

    flow.draw(draw)
    flow.skip(SECTION - 7)
