"""Head and foot of the papers over many work orders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orders.factory.build_sheet.furniture import EDGE, STRIP, foot, strip
from orders.factory.papers.facts import Unit
from orders.papers import text as texts
from orders.papers.flow import Flow, Margins
from orders.papers.fonts import BOLD, SANS
from orders.papers.pen import BLACK, GRAY, Pen
from orders.papers.tongues import gettext as _
from orders.papers.tongues import ngettext

FIRST, NEXT = 88.0, 62.0  # where the content begins


@dataclass(frozen=True)
class Copy:
    """The paper's how manieth print it is of each work order, and how that is said.

    `counts` are by the work order's number; 1 and what is not named is the first print.
    """

    batch: str  # P-12
    firm: str
    printed: str  # printed Dec 1, 2026, 14:05 by lead
    sha: str = ""  # the hash of everything on the paper
    counts: Mapping[str, int] = field(default_factory=dict)

    def again(self, number: str) -> int:
        """How often it was printed before."""
        return self.counts.get(number, 1) - 1

    def marked(self, number: str) -> str:
        """The mark beside one of several work orders, where not all are reprints; or ""."""
        again = self.again(number)
        return reprint(again) if again and 1 in self.counts.values() else ""

    def told(self, number: str) -> str:
        """Reprint 2 · printed … by …, or only the latter."""
        return (
            f"{reprint(again)} · {self.printed}" if (again := self.again(number)) else self.printed
        )


def reprint(again: int) -> str:
    return _("Reprint %(n)d") % {"n": again}


class Leaf:
    """The furniture of one paper: its title, what it is over, and whether it is a reprint."""

    def __init__(self, title: str, copy: Copy, units: Sequence[Unit]) -> None:
        self.title = title
        self.copy = copy
        self.over = f"{copy.batch}   ·   {_over(units)}"
        self.mark = _mark(copy, units)
        self.top = STRIP if self.mark else 0.0

    def flow(self, pen: Pen) -> Flow:
        first, top = FIRST + self.top, NEXT + self.top
        return Flow(pen, Margins(left=EDGE, right=EDGE, first=first, top=top, bottom=42))

    def draw(self, pen: Pen, page: int, pages: int) -> None:
        right, top = pen.width - EDGE, self.top
        if self.mark:
            strip(pen, [self.mark])
        if page == 1:
            size = texts.fitted(self.title, BOLD, 26, (right - EDGE) * 0.5)
            pen.text(EDGE, top + 54, self.title, BOLD, size)
            pen.rule(EDGE, top + 76, right - EDGE, BLACK, 1.6)
        else:
            size = texts.fitted(self.title, BOLD, 14, (right - EDGE) * 0.5)
            pen.text(EDGE, top + 44, self.title, BOLD, size)
            pen.rule(EDGE, top + 52, right - EDGE, BLACK, 1.2)
        beside = (right - EDGE) * 0.46
        size = texts.fitted(self.over, BOLD, 10, beside)
        pen.text(right, top + 44, self.over, BOLD, size, BLACK, "right")
        if page == 1:
            printed = texts.clean(self.copy.printed)
            size = texts.fitted(printed, SANS, 8.5, beside)
            pen.text(right, top + 58, printed, SANS, size, GRAY, "right")
        foot(pen, [self.copy.firm, self.copy.batch, self.copy.printed, self.copy.sha], page, pages)


def _over(units: Sequence[Unit]) -> str:
    count, pieces = len(units), sum(unit.quantity for unit in units)
    orders = ngettext("%(n)d work order", "%(n)d work orders", count) % {"n": count}
    each = ngettext("%(n)d unit", "%(n)d units", pieces) % {"n": pieces}
    return f"{orders} · {each}"


def _mark(copy: Copy, units: Sequence[Unit]) -> str:
    """That all of it, or what of it, was on such a paper before."""
    counts = [again for unit in units if (again := copy.again(unit.number))]
    if not counts:
        return ""
    if len(counts) == len(units):
        return f"{reprint(max(counts))} · {copy.printed}"
    some = ngettext(
        "%(n)d work order was printed before: it is marked",
        "%(n)d work orders were printed before: they are marked",
        len(counts),
    )
    return some % {"n": len(counts)}
