"""What stands on a label, in millimeters from its top left corner.

A label is drawn twice from this, as PDF and as ZPL (zpl.py), so both say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from orders.papers import codes
from orders.papers import text as texts
from orders.papers.fonts import BOLD, SANS
from orders.papers.pen import BLACK, MM, Media, Pen

MILLIMETERS: dict[Media, tuple[float, float]] = {"label": (100, 150), "part_label": (50, 30)}
POINT = 1 / MM  # one point in millimeters


@dataclass(frozen=True)
class Words:
    """One line; `y` is its baseline, `size` the font's in mm."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Square:
    """A QR code, `side` wide at most."""

    x: float
    y: float
    side: float
    text: str


@dataclass(frozen=True)
class Bars:
    """A Code 128, `width` wide at most with its quiet zones."""

    x: float
    y: float
    width: float
    height: float
    text: str


@dataclass(frozen=True)
class Block:
    """A black area; a rule if it is thin."""

    x: float
    y: float
    width: float
    height: float


Mark = Words | Square | Bars | Block


@dataclass(frozen=True)
class Label:
    media: Media
    marks: tuple[Mark, ...]


class Maker:
    """Collects the marks of one label; lines of text are fitted to the room there is."""

    def __init__(self, media: Media) -> None:
        self.media = media
        self.width, self.height = MILLIMETERS[media]
        self._marks: list[Mark] = []

    def label(self) -> Label:
        return Label(self.media, tuple(self._marks))

    def add(self, mark: Mark) -> None:
        self._marks.append(mark)

    def line(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        room: float,
        *,
        bold: bool = False,
        least: float = 2.2,
        align: Literal["left", "right"] = "left",
    ) -> None:
        """One line, made smaller down to `least` mm and then cut with an ellipsis."""
        text = texts.clean(text).replace("\n", " ")
        size = max(least, min(size, fitting(text, size, room, bold=bold)))
        self.add(Words(x, y, cut(text, size, room, bold=bold), size, bold, align))

    def lines(
        self, x: float, y: float, text: str, size: float, room: float, most: int, *, bold: bool
    ) -> float:
        """`text` wrapped into so many lines at most, from the top `y` down; where it ends."""
        font = BOLD if bold else SANS
        while size > 2.4 and len(texts.wrap(text, font, size, room)) > most:
            size *= 0.92
        wrapped = texts.wrap(text, font, size, room)
        shown = list(wrapped[:most])
        if len(wrapped) > most:
            shown[-1] = cut(f"{shown[-1]}…", size, room, bold=bold)
        for line in shown:
            y += size * 1.18
            self.add(Words(x, y - size * 0.22, line, size, bold))
        return y

    def block(
        self, x: float, y: float, said: Sequence[tuple[str, float, bool]], room: float, end: float
    ) -> None:
        """Texts (with their sizes, and whether bold) one under another from `y` to `end`.

        Nothing of them is cut off: all become smaller until they fit, down to 1.6 mm; and down to
        60 % so that no word is broken.
        """
        scale = 1.0
        while scale * min(size for _text, size, _bold in said) > 1.6:
            whole = scale < 0.6 or not self._breaks(said, room, scale)
            if whole and y + self._high(said, room, scale) <= end:
                break
            scale *= 0.93
        for text, size, bold in said:
            size *= scale
            for line in texts.wrap(text, BOLD if bold else SANS, size, room):
                y += size * 1.2
                self.add(Words(x, y - size * 0.22, line, size, bold))

    @staticmethod
    def _breaks(said: Sequence[tuple[str, float, bool]], room: float, scale: float) -> bool:
        return any(
            texts.width(word, BOLD if bold else SANS, size * scale) > room
            for text, size, bold in said
            for word in text.replace("-", "- ").split()
        )

    @staticmethod
    def _high(said: Sequence[tuple[str, float, bool]], room: float, scale: float) -> float:
        return sum(
            len(texts.wrap(text, BOLD if bold else SANS, size * scale, room)) * size * scale * 1.2
            for text, size, bold in said
        )


def fitting(text: str, size: float, room: float, *, bold: bool) -> float:
    return texts.fitted(text, BOLD if bold else SANS, size, room, least=0.1)


def cut(text: str, size: float, room: float, *, bold: bool) -> str:
    return texts.clipped(text, BOLD if bold else SANS, size, room)


def draw(pen: Pen, labels: Sequence[Label]) -> int:
    """One page a label, on a pen of their size; how many."""
    for label in labels:
        for mark in label.marks:
            _draw(pen, mark)
        pen.turn()
    return len(labels)


def _draw(pen: Pen, mark: Mark) -> None:
    if isinstance(mark, Words):
        font = BOLD if mark.bold else SANS
        pen.text(mark.x * MM, mark.y * MM, mark.text, font, mark.size * MM, BLACK, mark.align)
    elif isinstance(mark, Square):
        side = mark.side * MM
        pen.symbol(mark.x * MM, mark.y * MM, side, side, codes.qr(mark.text))
    elif isinstance(mark, Bars):
        symbol = codes.code128(mark.text)
        module = mark.width / (symbol.width + 20)
        x = mark.x + 10 * module
        pen.bars(x * MM, mark.y * MM, symbol.width * module * MM, mark.height * MM, symbol)
    else:
        pen.fill(mark.x * MM, mark.y * MM, mark.width * MM, mark.height * MM, "0 0 0")
