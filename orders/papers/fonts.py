"""Fonts of the papers: every TrueType file in FONTS_DIR by its stem, parsed once a process.

A document embeds a subset of each font. The subset begins with the same characters in the same
order in every document, so that its bytes are made once and remembered (making one costs more
than drawing the page).
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from django.conf import settings
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont, TTFontFace

SANS = "DejaVuSansCondensed"
BOLD = "DejaVuSansCondensed-Bold"
FALLBACK = "DejaVuSans"  # the most characters
MONO = "DejaVuSansMono"

# What nearly every paper needs besides ASCII: letters of the shipped languages, and signs.
COMMON = "ĄĆĘŁŃÓŚŹŻąćęłńóśźżÁÉÍÑÚÜáéíñúüäöß¿¡€°²³·×–—’“”„…•"

rl_config.useA85 = 0  # binary streams: a quarter smaller and faster


@lru_cache(maxsize=64)
def _subset_bytes(stem: str, subset: tuple[int, ...]) -> bytes:
    """The subset font with the glyphs of these characters, made once."""
    made: bytes = TTFontFace.makeSubset(face(stem).font.face, list(subset))
    return made


class _Deflate:
    """The stream filter of embedded fonts: it compresses each subset once a process."""

    pdfname = "FlateDecode"

    @staticmethod
    @lru_cache(maxsize=64)
    def encode(content: bytes) -> bytes:
        return zlib.compress(content)


def _share(stem: str, face: Any) -> None:
    """Let a parsed face embed its subsets from memory."""
    embed = face.addSubsetObjects

    def add_subset_objects(document: Any, name: str, subset: list[int]) -> Any:
        descriptor = embed(document, name, subset)
        stream = document.idToObject[f"fontFile:{face.filename}({name})"]
        stream.filters = [_Deflate]
        return descriptor

    face.makeSubset = lambda subset: _subset_bytes(stem, tuple(subset))
    face.addSubsetObjects = add_subset_objects


class _Widths(dict[str, float]):
    """Advance widths by character, in thousandths of the size."""

    def __init__(self, face: Any) -> None:
        self._by_code: dict[int, float] = face.charWidths
        self._default: float = face.defaultWidth

    def __missing__(self, character: str) -> float:
        width = float(self._by_code.get(ord(character), self._default))
        self[character] = width
        return width


@dataclass(frozen=True, eq=False)
class Face:
    """A registered font: its name in ReportLab, its widths, and the characters it can draw."""

    name: str
    font: Any
    widths: _Widths
    characters: frozenset[str]

    def covers(self, text: Iterable[str]) -> bool:
        return self.characters.issuperset(text)


_faces: dict[str, Face] = {}
_lock = RLock()  # a document must not see two objects for one font


def face(stem: str) -> Face:
    """The font FONTS_DIR/<stem>.ttf; an unknown or unreadable one is DejaVuSansCondensed."""
    return _faces.get(stem) or _load(stem)


def _load(stem: str) -> Face:
    with _lock:
        if stem not in _faces:
            path = _path(stem)
            loaded = _read(stem, path) if path else None
            _faces[stem] = loaded or face(SANS)
        return _faces[stem]


def _read(stem: str, path: Path) -> Face | None:
    try:
        font = TTFont(stem, str(path))
    except TTFError:
        if stem == SANS:
            raise
        return None
    _share(stem, font.face)
    pdfmetrics.registerFont(font)
    # Beyond U+FFFF ReportLab's map back to text is wrong: such a character is spelled out.
    characters = frozenset(chr(code) for code in font.face.charToGlyph if code <= 0xFFFF)
    return Face(stem, font, _Widths(font.face), characters)


def _path(stem: str) -> Path | None:
    """The font's file, by its name among the files: a stem is data, never a path."""
    found = available().get(stem)
    if found is None and stem == SANS:
        raise FileNotFoundError(f"{settings.FONTS_DIR}/{SANS}.ttf is missing.")
    return found


@cache
def available() -> dict[str, Path]:
    return {path.stem: path for path in sorted(Path(settings.FONTS_DIR).glob("*.ttf"))}


def missing(text: str, stem: str = SANS) -> list[str]:
    """The characters of `text` that neither the font nor the fallback can draw."""
    known = face(stem).characters | face(FALLBACK).characters
    return sorted({c for c in text if c not in known and c not in "\n\t\r"})
