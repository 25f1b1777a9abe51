"""Pages that fill from top to bottom: first everything is placed, then all pages are drawn.

Placing before drawing means that every page knows how many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from orders.papers import text as texts
from orders.papers.fonts import SANS
from orders.papers.pen import BLACK, Pen

LEADING = 1.28  # line height as a multiple of the font's size

Draw = Callable[[Pen], None]
Furniture = Callable[[Pen, int, int], None]  # pen, page (from 1), pages
Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Margins:
    """Points kept free; `first` is where the content of page 1 begins, `top` of the others."""

    left: float
    right: float
    first: float
    top: float
    bottom: float


class Flow:
    """A document being placed. `y` is where the next thing goes, in points from the top."""

    def __init__(self, pen: Pen, margins: Margins) -> None:
        self.pen = pen
        self.margins = margins
        self.left = margins.left
        self.width = pen.width - margins.left - margins.right
        self.bottom = pen.height - margins.bottom
        self.y = margins.first
        self._pages: list[list[Draw]] = [[]]

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.bottom - self.y

    @property
    def whole(self) -> float:
        """Points on a page of its own."""
        return self.bottom - self.margins.top

    @property
    def pages(self) -> int:
        """How many pages there are so far."""
        return len(self._pages)

    @property
    def fresh(self) -> bool:
        """Nothing stands on this page yet."""
        return not self._pages[-1]

    def turn(self) -> None:
        """Go on on a new page."""
        self._pages.append([])
        self.y = self.margins.top

    def need(self, height: float) -> bool:
        """Turn the page if less than `height` is left, unless a new one has no more. True: turned.

        What is higher than a page has to be cut by whoever places it.
        """
        if height <= self.room + 0.01 or self.fresh or self.room >= self.whole:
            return False
        self.turn()
        return True

    def draw(self, draw: Draw) -> None:
        """Something on this page that takes no room in the flow."""
        self._pages[-1].append(draw)

    def skip(self, height: float) -> None:
        """Leave `height` free; at the end of a page that is nothing."""
        self.y = min(self.y + height, self.bottom)

    def finish(self, furniture: Furniture) -> bytes:
        """Draw all pages, `furniture` (heads and feet) on each, and give the document."""
        self.print(furniture)
        return self.pen.bytes()

    def print(self, furniture: Furniture) -> int:
        """Draw all pages into the pen's file, where others may follow; how many."""
        for number, page in enumerate(self._pages, start=1):
            furniture(self.pen, number, len(self._pages))
            for draw in page:
                draw(self.pen)
            self.pen.turn()
        return len(self._pages)


@dataclass(frozen=True)
class Line:
    """One line of text in a cell; `box` puts a box to tick before it.

    `also` is a second line beside it, in the right half of the cell.
    """

    text: str
    font: str = SANS
    size: float = 9
    color: str = BLACK
    indent: float = 0
    box: bool = False
    gap: float = 0  # points above
    also: Line | None = None

    @property
    def height(self) -> float:
        return self.gap + self.size * LEADING

    def draw(self, pen: Pen, x: float, y: float, width: float, align: Align = "left") -> None:
        """Draw with the line's top at `y` in a cell from `x`, `width` points wide."""
        base = y + self.gap + self.size
        if self.box:
            side = self.size * 0.95
            pen.frame(x + self.indent - side - 4, base - side + 0.8, side, side, line=0.8)
        at = {"left": x + self.indent, "right": x + width, "center": x + width / 2}[align]
        pen.text(at, base, self.text, self.font, self.size, self.color, align)
        if self.also:
            self.also.draw(pen, x + width / 2, y, width / 2)


@dataclass(frozen=True)
class Figure(Line):
    """A JPEG in a cell, as a line of its own, in points."""

    data: bytes = b""
    wide: float = 0
    high: float = 0

    @property
    def height(self) -> float:
        return self.gap + self.high

    def draw(self, pen: Pen, x: float, y: float, width: float, align: Align = "left") -> None:
        pen.jpeg(x, y + self.gap, self.wide, self.high, self.data)


def paragraph(
    text: str,
    width: float,
    font: str = SANS,
    size: float = 9,
    color: str = BLACK,
    *,
    box: bool = False,
    gap: float = 0,
) -> list[Line]:
    """`text` wrapped to `width` points; the first line has the gap above and the box."""
    indent = size + 5 if box else 0.0
    lines = texts.wrap(text, font, size, width - indent)
    return [
        Line(line, font, size, color, indent, box and not i, 0 if i else gap)
        for i, line in enumerate(lines)
    ]


def stack(flow: Flow, lines: Sequence[Line], *, x: float = 0) -> None:
    """Lines one under another, `x` from the left, over pages where they must."""
    for line in lines:
        flow.need(line.height)
        y = flow.y

        def draw(pen: Pen, line: Line = line, y: float = y) -> None:
            line.draw(pen, flow.left + x, y, flow.width - x)

        flow.draw(draw)
        flow.skip(line.height)


def checks(items: Sequence[str], width: float, size: float, *, gap: float) -> list[Line]:
    """Texts with boxes to tick, two in a row where both are short enough."""
    lines: list[Line] = []
    for item in items:
        half = paragraph(item, width / 2 - 6, SANS, size, box=True, gap=gap)
        if len(half) > 1:
            lines += paragraph(item, width, SANS, size, box=True, gap=gap)
        elif lines and lines[-1].box and not lines[-1].also and _in_half(lines[-1], width):
            lines[-1] = replace(lines[-1], also=half[0])
        else:
            lines += half
    return lines


def _in_half(line: Line, width: float) -> bool:
    return line.indent + texts.width(line.text, line.font, line.size) <= width / 2 - 6
