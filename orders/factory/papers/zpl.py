"""Labels in ZPL II, for label printers at 203, 300 or 600 dpi (8, 12 or 24 dots a millimeter).

Every text is sent as ^FH hexadecimal where it is not a plain letter, digit or space, in UTF-8
(^CI28): nothing in it can end a field or begin a command. Codes are the printer's own.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from orders.factory.papers.label import MILLIMETERS, Bars, Label, Mark, Square, Words
from orders.papers import codes
from orders.papers.fonts import FALLBACK, SANS, face

DOTS = {203: 8, 300: 12, 600: 24}  # a millimeter, by dpi
BYTES = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)  # in QR codes of level M, versions 1 to 10
LARGEST = 10  # dots a module that every printer knows
PLAIN = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;-+/()#*=?!'\"&%@|"
)


def document(labels: Iterable[Label], dpi: int = 203) -> str:
    """All labels as ASCII; each is a format of its own (^XA … ^XZ)."""
    dots = DOTS[dpi]
    return "".join(chain.from_iterable((*_format(label, dots), "\n") for label in labels))


def escaped(text: str) -> str:
    """`text` for ^FH_^FD: anything that is not plain as _ and two hexadecimal digits a byte.

    What no font of ours has, as an emoji, is spelled out like on paper: no printer has it either.
    """
    return "".join(_escaped(character) for character in text)


@lru_cache(maxsize=1024)
def _escaped(character: str) -> str:
    if character in PLAIN:
        return character
    if not any(face(stem).covers(character) for stem in (SANS, FALLBACK)):
        return escaped(f"[U+{ord(character):04X}]")
    return "".join(f"_{byte:02X}" for byte in character.encode())


def _format(label: Label, dots: int) -> Iterable[str]:
    width, height = (round(side * dots) for side in MILLIMETERS[label.media])
    yield f"^XA^CI28^PW{width}^LL{height}^LH0,0\n"
    for mark in label.marks:
        yield f"{_field(mark, dots)}\n"
    yield "^XZ"


def _field(mark: Mark, dots: int) -> str:
    def at(millimeters: float) -> int:
        return max(1, round(millimeters * dots))

    if isinstance(mark, Words):
        # The printer's scalable font 0, its baseline where the PDF has it.
        justified = ",1" if mark.align == "right" else ""
        place = f"^FT{at(mark.x)},{at(mark.y)}{justified}"
        return f"{place}^A0N,{at(mark.size)},{at(mark.size)}^FH_^FD{escaped(mark.text)}^FS"
    if isinstance(mark, Square):
        magnification = max(1, min(LARGEST, at(mark.side) // _modules(mark.text)))
        place = f"^FO{at(mark.x)},{at(mark.y)}"
        return f"{place}^BQN,2,{magnification}^FH_^FDMA,{escaped(mark.text)}^FS"
    if isinstance(mark, Bars):
        return _bars(mark, dots)
    width, height = at(mark.width), at(mark.height)
    return f"^FO{at(mark.x)},{at(mark.y)}^GB{width},{height},{min(width, height)}^FS"


def _modules(text: str) -> int:
    """The most modules that a printer may need: some write all as bytes, where ours mixes modes."""
    version = next((n for n, most in enumerate(BYTES, 1) if len(text) <= most), len(BYTES))
    return max(17 + 4 * version, codes.qr(text).width)


def _bars(mark: Bars, dots: int) -> str:
    """Code 128, the printer choosing its subsets; a module is a whole number of dots."""
    modules = codes.code128(mark.text).width + 20
    module = max(1, min(LARGEST, round(mark.width * dots) // modules))
    x = round(mark.x * dots) + 10 * module
    return (
        f"^BY{module}^FO{x},{round(mark.y * dots)}^BCN,{round(mark.height * dots)},N,N,N,A"
        f"^FH_^FD{escaped(mark.text)}^FS"
    )
