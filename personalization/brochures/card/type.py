"""The brochure's typography: its faces and inks, and text that is set into a room."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from orders.papers import text as texts
from orders.papers.pen import MM
from personalization.brochures.card.scripts import visual
from personalization.brochures.press.leaf import BLACK, Ink, Leaf, cmyk, width

TITLE, ITALIC = "EBGaramond-Regular", "EBGaramond-Italic"
TEXT, STRONG = "Manrope-Regular", "Manrope-SemiBold"
CODE = "DejaVuSansMono"

ACCENT = cmyk(0.08, 0.80, 1, 0.30)
SOFT = cmyk(0, 0, 0, 0.62)
HAIR = cmyk(0, 0.03, 0.08, 0.22)
PAPER = cmyk(0, 0.015, 0.04, 0.01)
MARGIN = 11.0  # mm
POINT = 1 / MM  # mm


@dataclass(frozen=True)
class Style:
    """A face at a size (points), its ink, and the line's height in sizes."""

    font: str
    size: float
    ink: Ink = BLACK
    leading: float = 1.3
    kerned: bool = False
    apart: float = 0.0


def said(text: str) -> str:
    """What somebody wrote, in one line and printable."""
    return texts.clean(" ".join(text.split()))


def line(
    leaf: Leaf,
    x: float,
    y: float,
    text: str,
    style: Style,
    align: Literal["left", "right", "center"] = "left",
) -> None:
    """One line whose baseline is `y`."""
    shown = visual(said(text))
    leaf.text(
        x, y, shown, style.font, style.size, style.ink,
        align=align, apart=style.apart, kerned=style.kerned,
    )  # fmt: skip


def wide(text: str, style: Style) -> float:
    """The millimeters that it takes in one line."""
    return width(visual(said(text)), style.font, style.size, apart=style.apart, kerned=style.kerned)


def lines_of(text: str, style: Style, room: float) -> tuple[str, ...]:
    """The text in lines that fit; a little narrower than the room, for letters set apart."""
    return texts.wrap(said(text), style.font, style.size, room * MM / (1 + style.apart / 500))


def paragraph(leaf: Leaf, x: float, y: float, text: str, style: Style, room: float) -> float:
    """Lines from the baseline `y` on; the baseline that would come next."""
    for each in lines_of(text, style, room):
        line(leaf, x, y, each, style)
        y += style.size * style.leading * POINT
    return y


@lru_cache(maxsize=4096)
def set_into(text: str, style: Style, room: float, most: int, least: float) -> Style:
    """The style in the largest size (not above its own) at which the text takes `most` lines."""
    size = style.size
    while size > least and not _fits(text, _sized(style, size), room, most):
        size -= 0.5
    return _sized(style, max(size, least))


def _fits(text: str, style: Style, room: float, most: int) -> bool:
    """In so many lines, and without breaking a word where it would not have to be."""
    found = lines_of(text, style, room)
    words = max((wide(word, style) for word in said(text).split(" ")), default=0.0)
    return len(found) <= most and words <= room


def _sized(style: Style, size: float) -> Style:
    return Style(style.font, size, style.ink, style.leading, style.kerned, style.apart)


def one_line(text: str, style: Style, room: float, least: float = 5.0) -> Style:
    """The style in the size at which the text fits into one line."""
    return set_into(text, style, room, 1, least)
