"""Labels in ZPL II, for label printers at 203 dpi (8 dots a millimeter).

Every text is sent as ^FH hexadecimal where it is not a plain letter, digit or space, in UTF-8
(^CI28): nothing in it can end a field or begin a command. Codes are the printer's own.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from orders.factory.papers.label import MILLIMETERS, Bars, Label, Mark, Square, Words
from orders.papers import codes
from orders.papers.fonts import FALLBACK, SANS, face

DOTS = 8  # a millimeter
PLAIN = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;-+/()#*=?!'\"&%@|"
)


def document(labels: Iterable[Label]) -> str:
    """All labels as ASCII; each is a format of its own (^XA … ^XZ)."""
    return "".join(chain.from_iterable((*_format(label), "\n") for label in labels))


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


def _format(label: Label) -> Iterable[str]:
    width, height = MILLIMETERS[label.media]
    yield f"^XA^CI28^PW{_dots(width)}^LL{_dots(height)}^LH0,0\n"
    for mark in label.marks:
        yield f"{_field(mark)}\n"
    yield "^XZ"


def _dots(millimeters: float) -> int:
    return max(1, round(millimeters * DOTS))


def _field(mark: Mark) -> str:
    if isinstance(mark, Words):
        return _words(mark)
    if isinstance(mark, Square):
        return _square(mark)
    if isinstance(mark, Bars):
        return _bars(mark)
    width, height = _dots(mark.width), _dots(mark.height)
    return f"^FO{_dots(mark.x)},{_dots(mark.y)}^GB{width},{height},{min(width, height)}^FS"


def _words(mark: Words) -> str:
    """The printer's scalable font 0, its baseline where the PDF has it."""
    height = _dots(mark.size)
    justified = ",1" if mark.align == "right" else ""
    place = f"^FT{_dots(mark.x)},{_dots(mark.y)}{justified}"
    return f"{place}^A0N,{height},{height}^FH_^FD{escaped(mark.text)}^FS"


def _square(mark: Square) -> str:
    modules = codes.qr(mark.text).width
    magnification = max(1, min(10, _dots(mark.side) // modules))
    place = f"^FO{_dots(mark.x)},{_dots(mark.y)}"
    return f"{place}^BQN,2,{magnification}^FH_^FDMA,{escaped(mark.text)}^FS"


def _bars(mark: Bars) -> str:
    """Code 128, the printer choosing its subsets; a module is a whole number of dots."""
    modules = codes.code128(mark.text).width + 20
    module = max(1, _dots(mark.width) // modules)
    x = _dots(mark.x) + 10 * module
    return (
        f"^BY{module}^FO{x},{_dots(mark.y)}^BCN,{_dots(mark.height)},N,N,N,A"
        f"^FH_^FD{escaped(mark.text)}^FS"
    )
