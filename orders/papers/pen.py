"""A pen on one document: text, rules, boxes, photographs and codes as plain PDF operators.

Coordinates are points from the top left corner of the page; text stands on its baseline. The pen
writes operators itself and repeats a font or color only when it changes, which is faster than a
canvas call an item. ReportLab's canvas keeps the document: fonts, images, pages, bytes.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from orders.papers import text as texts
from orders.papers.codes import Symbol
from orders.papers.fonts import COMMON, SANS, face

Size = Literal["A4", "letter"]
Media = Literal["A4", "letter", "label", "part_label"]  # labels: 100 × 150 mm, 50 × 30 mm
MM = 72 / 25.4
SIZES: Mapping[str, tuple[float, float]] = {
    "A4": (595.28, 841.89),
    "letter": (612.0, 792.0),
    "label": (100 * MM, 150 * MM),
    "part_label": (50 * MM, 30 * MM),
}


def ink(color: str) -> str:
    """A color "#rrggbb" as PDF operands; anything else is a middle gray."""
    try:
        channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    except ValueError:
        channels = [0.5, 0.5, 0.5]
    return " ".join(f"{channel:.3f}" for channel in channels)


BLACK = ink("#16130f")
GRAY = ink("#6b645b")
FAINT = ink("#c9c2b8")
WASH = ink("#f3f0eb")
WHITE = ink("#ffffff")


class _Jpeg(ImageReader):
    """JPEG bytes for drawImage, told apart by their hash and embedded without decoding."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._dataA = None

    def getRGBData(self) -> bytes:
        return self._data

    def jpeg_fh(self) -> BytesIO:  # type: ignore[override]
        return BytesIO(self._data)

    def getSize(self) -> tuple[int, int]:
        return jpeg_size(self._data)


def jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the frame header. ValueError when there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height = int.from_bytes(data[at + 5 : at + 7], "big")
            return int.from_bytes(data[at + 7 : at + 9], "big"), height
        at += 2 + length
    raise ValueError("Not a JPEG picture.")


class Pen:
    """Draws pages one after another; `turn()` ends a page, `bytes()` the document."""

    def __init__(self, size: Media, *, title: str, author: str, language: str) -> None:
        self.width, self.height = SIZES[size]
        self._file = BytesIO()
        self._canvas: Any = Canvas(
            self._file,
            pagesize=(self.width, self.height),
            pageCompression=1,
            invariant=1,
            lang=language,
        )
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self._fonts: dict[str, tuple[str, dict[int, str]]] = {}
        self._forget()

    def _forget(self) -> None:
        self._code: list[str] = []
        self._fill = self._stroke = self._font = self._line = ""

    # Text

    def text(
        self,
        x: float,
        y: float,
        text: str,
        font: str = SANS,
        size: float = 9,
        color: str = BLACK,
        align: Literal["left", "right", "center"] = "left",
    ) -> None:
        """One line of cleaned text; `x` is its left end, right end or middle."""
        if align != "left":
            taken = texts.width(text, font, size)
            x -= taken if align == "right" else taken / 2
        self._paint(color)
        for stem, part in texts.runs(text, font):
            self._show(x, y, part, stem, size)
            if part is not text:
                x += texts.width(part, stem, size)

    def _show(self, x: float, y: float, text: str, stem: str, size: float) -> None:
        name, codes = self._fonts.get(stem) or self._use(stem)
        if text.isascii():
            shown = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            self._string(x, y, f"({shown})", name, size)
            return
        try:
            shown = "".join([codes[ord(character)] for character in text])
        except KeyError:
            self._show_subsets(x, y, text, stem, size)
        else:
            self._string(x, y, f"<{shown}>", name, size)

    def _string(self, x: float, y: float, operand: str, name: str, size: float) -> None:
        font = f"{name} {size:.4g} Tf"
        if font != self._font:
            self._font = font
            self._code.append(font)
        self._code.append(f"BT {x:.2f} {self.height - y:.2f} Td {operand} Tj ET")

    def _show_subsets(self, x: float, y: float, text: str, stem: str, size: float) -> None:
        """Characters outside the common set: ReportLab assigns them to subsets as they come."""
        font, document = face(stem).font, self._canvas._doc
        for index, part in font.splitString(text, document):
            name = font.getSubsetInternalName(index, document)
            self._string(x, y, f"<{part.hex()}>", name, size)
            widths = font.state[document].subsets[index]
            x += texts.width("".join(chr(widths[code]) for code in part), stem, size)

    def _use(self, stem: str) -> tuple[str, dict[int, str]]:
        """Bring a font into the document, its common characters first and always alike."""
        font, document = face(stem).font, self._canvas._doc
        font.splitString(COMMON, document)
        name = font.getSubsetInternalName(0, document)
        codes = {c: f"{n:02x}" for c, n in font.state[document].assignments.items() if n < 256}
        self._fonts[stem] = (name, codes)
        return self._fonts[stem]

    # Shapes

    def _paint(self, color: str) -> None:
        if color != self._fill:
            self._fill = color
            self._code.append(f"{color} rg")

    def _trace(self, color: str, width: float) -> None:
        if color != self._stroke:
            self._stroke = color
            self._code.append(f"{color} RG")
        line = f"{width:.3g} w"
        if line != self._line:
            self._line = line
            self._code.append(line)

    def fill(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """A filled rectangle whose top left corner is (x, y)."""
        self._paint(color)
        self._code.append(f"{self._box(x, y, width, height)} re f")

    def frame(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        color: str = BLACK,
        line: float = 0.7,
    ) -> None:
        """The outline of a rectangle."""
        self._trace(color, line)
        self._code.append(f"{self._box(x, y, width, height)} re S")

    def rule(self, x: float, y: float, width: float, color: str = BLACK, line: float = 0.5) -> None:
        """A horizontal line."""
        self._trace(color, line)
        level = f"{self.height - y:.2f}"
        self._code.append(f"{x:.2f} {level} m {x + width:.2f} {level} l S")

    def _box(self, x: float, y: float, width: float, height: float) -> str:
        return f"{x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f}"

    # Pictures

    def jpeg(self, x: float, y: float, width: float, height: float, data: bytes) -> None:
        """A JPEG stretched over the rectangle; the same bytes are embedded once a document."""
        self._flush()
        self._canvas.drawImage(_Jpeg(data), x, self.height - y - height, width, height)

    def symbol(self, x: float, y: float, width: float, height: float, symbol: Symbol) -> None:
        """A QR code as a 1-bit mask: no seams between its modules at any zoom."""
        self._paint("0 0 0")
        place = f"{width:.3f} 0 0 {height:.3f} {x:.2f} {self.height - y - height:.2f} cm"
        image = f"/W {symbol.width} /H {symbol.height} /IM true /BPC 1 /D [1 0] /F /AHx"
        self._code.append(f"q {place} BI {image} ID {symbol.rows.hex()}> EI Q")

    def bars(self, x: float, y: float, width: float, height: float, symbol: Symbol) -> None:
        """A bar code (one row of modules) as rectangles, exact at every resolution."""
        self._paint("0 0 0")
        module, low = width / symbol.width, f"{self.height - y - height:.2f}"
        self._code.extend(
            f"{x + start * module:.3f} {low} {length * module:.3f} {height:.2f} re"
            for start, length in symbol.bars()
        )
        self._code.append("f")

    # Pages

    def turn(self) -> None:
        """End this page."""
        self._flush()
        self._canvas.showPage()
        self._forget()

    def _flush(self) -> None:
        if self._code:
            self._canvas.addLiteral("\n".join(self._code))
            self._code = []

    def bytes(self) -> bytes:
        """The finished document."""
        self._canvas.save()
        return self._file.getvalue()
