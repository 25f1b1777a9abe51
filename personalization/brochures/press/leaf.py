"""A leaf: one printed side, drawn in millimeters from the top left corner of the trimmed paper."""

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from orders.papers import text as texts
from orders.papers.codes import Symbol
from orders.papers.pen import MM, jpeg_size
from personalization.brochures.press import faces
from personalization.brochures.press.faces import Subset, kern
from personalization.brochures.press.pictures import Picture, picture

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Ink:
    """A color: four inks, or the light of a picture (sRGB) that it has to match."""

    operands: str
    light: bool = False

    @property
    def fill(self) -> str:
        return f"/sRGB cs {self.operands} scn" if self.light else f"{self.operands} k"

    @property
    def stroke(self) -> str:
        return f"/sRGB CS {self.operands} SCN" if self.light else f"{self.operands} K"


def cmyk(c: float, m: float, y: float, k: float) -> Ink:
    return Ink(f"{c:g} {m:g} {y:g} {k:g}")


def light(red: int, green: int, blue: int) -> Ink:
    """A color out of a picture, in bytes."""
    return Ink(" ".join(f"{byte / 255:.4f}" for byte in (red, green, blue)), light=True)


BLACK = cmyk(0, 0, 0, 1)
WHITE = cmyk(0, 0, 0, 0)


@dataclass
class Leaf:
    """What is drawn on one side; `fonts` are the codes used of each, `pictures` by name."""

    width: float
    height: float
    bleed: float = 3.0
    fonts: dict[Subset, set[int]] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    _code: list[str] = field(default_factory=list)
    _now: tuple[str, str] = ("", "")  # fill, font

    @property
    def content(self) -> bytes:
        """Operators, in points from the lower left corner of the trimmed paper."""
        return "\n".join(self._code).encode("ascii")

    # Text

    def text(
        self,
        x: float,
        y: float,
        text: str,
        font: str,
        size: float,
        color: Ink = BLACK,
        *,
        align: Align = "left",
        apart: float = 0.0,
        kerned: bool = False,
    ) -> None:
        """A line of cleaned text, its baseline at `y`; `apart` in thousandths between letters."""
        taken = width(text, font, size, apart=apart, kerned=kerned)
        x -= {"left": 0.0, "center": taken / 2, "right": taken}[align]
        self._paint(color)
        at = x * MM
        for stem, part in texts.runs(text, font):
            at = self._run(at, (self.height - y) * MM, part, stem, size, apart, kerned)

    def _run(
        self, at: float, low: float, text: str, stem: str, size: float, apart: float, kerned: bool
    ) -> float:
        """One font's text; where it ends."""
        spelled = _spelled(text, stem, apart, kerned)
        for start, subset, codes, shown in spelled.pieces:
            used = self.fonts.setdefault(subset, {32} if subset.page == faces.PAGE else set())
            used |= codes
            self._show(at + start * size / 1000, low, subset, shown, size)
        return at + spelled.advance * size / 1000

    def _show(self, x: float, y: float, subset: Subset, shown: str, size: float) -> None:
        font = f"/{subset.name} {size:.4g} Tf"
        if font != self._now[1]:
            self._now = self._now[0], font
            self._code.append(font)
        self._code.append(f"BT {x:.3f} {y:.3f} Td [{shown}] TJ ET")

    # Shapes

    def _paint(self, color: Ink) -> None:
        if color.fill != self._now[0]:
            self._now = color.fill, self._now[1]
            self._code.append(color.fill)

    def fill(self, x: float, y: float, width: float, height: float, color: Ink) -> None:
        self._paint(color)
        self._code.append(f"{self._box(x, y, width, height)} re f")

    def ground(self, color: Ink) -> None:
        """All of the leaf, the bleed too."""
        bleed = self.bleed
        self.fill(-bleed, -bleed, self.width + 2 * bleed, self.height + 2 * bleed, color)

    def rule(self, x: float, y: float, width: float, color: Ink = BLACK, line: float = 0.4) -> None:
        """A horizontal line, `line` points thick."""
        low = (self.height - y) * MM
        self._code.append(
            f"{color.stroke} {line:g} w {x * MM:.3f} {low:.3f} m"
            f" {(x + width) * MM:.3f} {low:.3f} l S"
        )

    def symbol(self, x: float, y: float, side: float, symbol: Symbol, color: Ink = BLACK) -> None:
        """A QR code as a 1-bit mask: no seams between its modules."""
        self._paint(color)
        low = (self.height - y - side) * MM
        place = f"{side * MM:.3f} 0 0 {side * MM:.3f} {x * MM:.3f} {low:.3f} cm"
        image = f"/W {symbol.width} /H {symbol.height} /IM true /BPC 1 /D [1 0] /F /AHx"
        self._code.append(f"q {place} BI {image} ID {symbol.rows.hex()}> EI Q")

    def _box(self, x: float, y: float, width: float, height: float) -> str:
        low = (self.height - y - height) * MM
        return f"{x * MM:.3f} {low:.3f} {width * MM:.3f} {height * MM:.3f}"

    def jpeg(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """A picture stretched over the rectangle."""
        shown = picture(data)
        self.pictures[shown.name] = shown
        low = (self.height - y - height) * MM
        place = f"{width * MM:.3f} 0 0 {height * MM:.3f} {x * MM:.3f} {low:.3f} cm"
        self._code.append(f"q {place} /{shown.name} Do Q")

    def jpeg_into(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """A picture that covers the rectangle, what is too much of it left outside."""
        across, up = jpeg_size(data)
        scale = max(width / across, height / up)
        wide, high = across * scale, up * scale
        self._code.append(f"q {self._box(x, y, width, height)} re W n")
        self.jpeg(x - (wide - width) / 2, y - (high - height) / 2, wide, high, data)
        self._code.append("Q")


class _Spelled(NamedTuple):
    """A text in one font: its pieces, each with where it starts (thousandths of the size), its
    codes and its operand; and how far it goes."""

    pieces: tuple[tuple[float, Subset, frozenset[int], str], ...]
    advance: float


@lru_cache(maxsize=8192)
def _spelled(text: str, stem: str, apart: float, kerned: bool) -> _Spelled:
    """Remembered: what options and choices are called stands on very many brochures."""
    pieces: list[tuple[float, Subset, set[int], list[str]]] = []
    advance = 0.0
    for n, character in enumerate(text):
        subset, code = faces.place(stem, character)
        if not pieces or pieces[-1][1] != subset:
            pieces.append((advance, subset, set(), []))
        shift = apart
        if kerned and n + 1 < len(text):
            shift += kern(stem, character, text[n + 1])
        pieces[-1][2].add(code)
        pieces[-1][3].append(f"<{code:02x}>" if not shift else f"<{code:02x}> {-shift:g}")
        advance += texts.width(character, stem, 1000) + shift
    made = (
        (start, subset, frozenset(codes), " ".join(shown).replace("> <", ""))
        for start, subset, codes, shown in pieces
    )
    return _Spelled(tuple(made), advance)


@lru_cache(maxsize=8192)
def width(text: str, font: str, size: float, *, apart: float = 0.0, kerned: bool = False) -> float:
    """Millimeters that a line of cleaned text takes."""
    taken = texts.width(text, font, size) + apart * len(text) * size / 1000
    if kerned:
        for stem, part in texts.runs(text, font):
            pairs = pairwise(part)
            taken += sum(kern(stem, a, b) for a, b in pairs) * size / 1000
    return taken / MM
