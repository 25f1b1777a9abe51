"""Letters in a file: which font shows a character, by which code, and the font's embedded subset.

Codes hang on the character alone, never on the document: letters of our languages are in a page of
their own (`COMMON`), any other in the page of its Unicode block. So a leaf drawn for one file fits
into every other that embeds the same pages.
"""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Any

from PIL import ImageFont
from reportlab.pdfbase.ttfonts import TTFontFace

from orders.papers import fonts
from orders.papers.fonts import face
from personalization.brochures.press.objects import (
    Entries,
    Writer,
    array,
    dictionary,
    number,
    reference,
)

SPACE = 32
FIRST = 128  # the code of the first of the common letters that are not ASCII
LETTERS = "ÀÂÄÇÈÊËÎÏÒÔÖÙÛàâçèêëîïòôùûŞşĞğİıŐőŰűČčŠšŽžØøÅåÆæ™"
COMMON = "".join(dict.fromkeys(fonts.COMMON + LETTERS))
PAGE = "c"
ALPHABETS = ("ĄĆĘŁŃÓŚŹŻąćęłńóśźż€–—’“”„…·", "ÁÉÍÑÓÚÜáéíñóúü€¿¡–—’“”…·")
"""What is embedded together, besides ASCII: letters of Polish, of Spanish."""
_codes = {chr(code): code for code in range(SPACE, 127)} | {
    character: FIRST + n for n, character in enumerate(COMMON)
}
_lock = Lock()  # ReportLab's reading of a font keeps its place in it


@dataclass(frozen=True, order=True)
class Subset:
    """A page of a font: `stem` of its file, `page` as "c" or the hex digits of a Unicode block."""

    stem: str
    page: str

    @property
    def name(self) -> str:
        """As it is called in the resources of a leaf."""
        return f"{self.stem}.{self.page}"

    @classmethod
    def named(cls, name: str) -> "Subset":
        return cls(*name.rsplit(".", 1))

    @property
    def characters(self) -> dict[int, str]:
        """All that it can show, by code."""
        if self.page == PAGE:
            found = {code: character for character, code in _codes.items()}
        else:
            start = int(self.page, 16) << 8
            found = {low: chr(start + low) for low in range(256)}
        known = face(self.stem).characters
        return {code: character for code, character in found.items() if character in known}


def alphabet(subset: Subset, used: Iterable[int]) -> frozenset[int]:
    """The codes to embed: whole alphabets, so that few subsets serve very many files."""
    shown = frozenset(used)
    if subset.page != PAGE:
        return shown
    return next((each for each in _alphabets if shown <= each), shown)


_ascii = frozenset(range(SPACE, 127))
_alphabets = [
    frozenset(map(ord, " -0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    *(_ascii | {_codes[each] for each in letters} for letters in ("", *ALPHABETS)),
    frozenset(_codes.values()),
]


@lru_cache(maxsize=4096)
def place(stem: str, character: str) -> tuple[Subset, int]:
    """Which page of a font has a character, and at which code."""
    code = _codes.get(character)
    if code is not None:
        return Subset(stem, PAGE), code
    point = ord(character)
    return Subset(stem, f"{point >> 8:02x}"), point & 255


@lru_cache(maxsize=4096)
def kern(stem: str, before: str, after: str) -> int:
    """Thousandths of the size by which two letters stand apart (negative: closer)."""
    drawn = _drawn(stem)
    together = drawn.getlength(before + after, features=["-liga", "-clig", "-dlig"])
    return round(together - drawn.getlength(before) - drawn.getlength(after))


@lru_cache(maxsize=8)
def _drawn(stem: str) -> ImageFont.FreeTypeFont:
    path = fonts.available()[stem]
    return ImageFont.truetype(str(path), 1000, layout_engine=ImageFont.Layout.RAQM)


def embed(writer: Writer, subset: Subset, used: Iterable[int], number: int = 0) -> int:
    """Write a page of a font, with the glyphs at the used codes alone; its number."""
    made = _made(subset, tuple(sorted(used)))
    program = writer.stream({"Filter": "FlateDecode", "Length1": made.length}, made.compressed)
    described = writer.put(_descriptor(subset, made, program))
    words = writer.stream({}, made.unicode, deflate=True)
    body: Entries = {
        "Type": "Font",
        "Subtype": "TrueType",
        "BaseFont": made.name,
        "FirstChar": 0,
        "LastChar": 255,
        "Widths": made.widths,
        "ToUnicode": reference(words),
        "FontDescriptor": reference(described),
    }
    return writer.put(dictionary(body), number)


@dataclass(frozen=True)
class _Made:
    name: str
    length: int
    compressed: bytes
    widths: bytes
    unicode: bytes


@lru_cache(maxsize=512)
def _made(subset: Subset, used: tuple[int, ...]) -> _Made:
    known = subset.characters
    shown = {code: known[code] for code in used if code in known}
    points = [ord(shown.get(code, " ")) for code in range(256)]
    with _lock:
        program: bytes = TTFontFace.makeSubset(face(subset.stem).font.face, points)
    widths = face(subset.stem).widths
    told = [number(widths[shown[code]]) if code in shown else b"0" for code in range(256)]
    tag = _tag(subset, used)
    font: Any = face(subset.stem).font.face
    return _Made(
        name=f"{tag}+{font.name.decode('ascii')}",
        length=len(program),
        compressed=zlib.compress(program),
        widths=b"[" + b" ".join(told) + b"]",
        unicode=_to_unicode(tag, shown),
    )


def _tag(subset: Subset, used: tuple[int, ...]) -> str:
    """Six capitals that tell one subset from another."""
    digest = hashlib.sha256(f"{subset.name} {used}".encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _to_unicode(tag: str, shown: dict[int, str]) -> bytes:
    rows = [f"<{code:02X}> <{ord(character):04X}>" for code, character in sorted(shown.items())]
    blocks = [rows[n : n + 100] for n in range(0, len(rows), 100)]
    told = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({tag}) /Ordering (UCS) /Supplement 0 >> def\n"
        f"/CMapName /{tag} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{told}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


def _descriptor(subset: Subset, made: _Made, program: int) -> bytes:
    font: Any = face(subset.stem).font.face
    return dictionary(
        {
            "Type": "FontDescriptor",
            "FontName": made.name,
            "Flags": 4,
            "FontBBox": array(*font.bbox),
            "ItalicAngle": font.italicAngle,
            "Ascent": font.ascent,
            "Descent": font.descent,
            "CapHeight": font.capHeight,
            "StemV": font.stemV,
            "FontFile2": reference(program),
        }
    )
