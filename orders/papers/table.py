"""Tables that break over pages with their header repeated; a row too high for a page is cut."""

from collections.abc import Sequence
from dataclasses import dataclass

from orders.papers import text as texts
from orders.papers.flow import LEADING, Align, Flow, Line, paragraph
from orders.papers.fonts import BOLD
from orders.papers.pen import BLACK, FAINT, GRAY, Pen

PAD = 3.0  # points between a cell's text and the rules, above and below
GUTTER = 7.0  # points between columns
HEADER = 7.0  # size of column titles
AGAIN = 17.0  # height of the words over a header that is repeated

Cell = Sequence[Line]
Row = Sequence[Cell]


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in points, and where its text stands."""

    title: str
    width: float
    align: Align = "left"


def columns(total: float, *parts: tuple[str, float, Align]) -> list[Column]:
    """Columns that share `total` points; a width below 1 is a share of what the others leave."""
    fixed = sum(width for _title, width, _align in parts if width >= 1)
    left = total - fixed - GUTTER * (len(parts) - 1)
    shares = sum(width for _title, width, _align in parts if width < 1)
    return [
        Column(title, width if width >= 1 else left * width / shares, align)
        for title, width, align in parts
    ]


class Table:
    """Rows placed in a flow under a header."""

    def __init__(self, flow: Flow, columns: Sequence[Column], *, again: str = "") -> None:
        """`again` is printed above the header where the table goes on on another page."""
        self._flow = flow
        self._columns = columns
        self._again = texts.clipped(again, BOLD, 9.5, flow.width)
        self._rows = 0
        self._titles = [paragraph(c.title, c.width, BOLD, HEADER, GRAY) for c in columns]
        self._lines = max(len(title) for title in self._titles)
        self._xs: list[float] = []
        x = flow.left
        for column in columns:
            self._xs.append(x)
            x += column.width + GUTTER

    @property
    def header_height(self) -> float:
        titled = any(column.title for column in self._columns)
        return HEADER * 1.3 + 5 + (self._lines - 1) * HEADER * LEADING if titled else 1.0

    def header(self) -> None:
        """The column titles over a rule."""
        flow, y = self._flow, self._flow.y

        def draw(pen: Pen) -> None:
            for x, column, title in zip(self._xs, self._columns, self._titles, strict=True):
                top = y + 1 + (self._lines - len(title)) * HEADER * LEADING
                for number, line in enumerate(title):
                    at = top + number * HEADER * LEADING
                    line.draw(pen, x, at, column.width, column.align)
            pen.rule(flow.left, y + self.header_height - 1, flow.width, BLACK, 0.8)

        flow.draw(draw)
        flow.skip(self.header_height)

    def row(self, row: Row, *, keep: float = 0) -> None:
        """Place a row, keeping `keep` points free below it on its page."""
        if not self._rows:
            self.header()
        self._rows += 1
        flow, height = self._flow, row_height(row)
        if height + keep > flow.room and height + self.header_height + AGAIN <= flow.whole:
            self._turn()
        while (height := row_height(row)) > flow.room + 0.01:
            part, rest = _cut(row, flow.room)
            if not any(part) and not flow.fresh and self._turn():
                continue
            if not any(part):
                break
            self._place(part, flow.room)
            row = rest
            self._turn()
        self._place(row, row_height(row))

    def _turn(self) -> bool:
        flow = self._flow
        flow.turn()
        if self._again:
            base = flow.y + 11
            flow.draw(lambda pen: pen.text(flow.left, base, self._again, BOLD, 9.5))
            flow.skip(AGAIN)
        self.header()
        return True

    def _place(self, row: Row, height: float) -> None:
        flow, y = self._flow, self._flow.y

        def draw(pen: Pen) -> None:
            for x, column, cell in zip(self._xs, self._columns, row, strict=True):
                top = y + PAD
                for line in cell:
                    line.draw(pen, x, top, column.width, column.align)
                    top += line.height
            pen.rule(flow.left, y + height, flow.width, FAINT, 0.4)

        flow.draw(draw)
        flow.skip(height)


def row_height(row: Row) -> float:
    return max(sum(line.height for line in cell) for cell in row) + 2 * PAD


def _cut(row: Row, room: float) -> tuple[list[Cell], list[Cell]]:
    """What of each cell fits into `room` points, and the rest."""
    first: list[Cell] = []
    rest: list[Cell] = []
    for cell in row:
        used, count = 2 * PAD, 0
        while count < len(cell) and used + cell[count].height <= room:
            used += cell[count].height
            count += 1
        first.append(cell[:count])
        rest.append(cell[count:])
    return first, rest
