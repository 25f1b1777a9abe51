"""Text for paper: what people typed, made printable literally; measured and wrapped.

Nothing here is markup: `<b>` prints as `<b>`. A character that cannot be printed is shown by its
number, as [U+202E], so that a paper never hides what was typed.
"""

import unicodedata
from functools import lru_cache

from orders.papers.fonts import FALLBACK, face

Run = tuple[str, str]  # a font's stem, and the text to draw in it


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """`text` composed (NFC), with tabs as spaces and every unprintable character spelled out."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_printable(character) for character in text)


def _printable(character: str) -> str:
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    if category.startswith("C") or category in ("Zl", "Zp"):
        return f"[U+{ord(character):04X}]"
    return character


@lru_cache(maxsize=4096)
def runs(text: str, font: str) -> tuple[Run, ...]:
    """`text` cut into runs of fonts which have its characters: `font`, else the fallback."""
    first = face(font)
    if first.covers(text):
        return ((font, text),)
    second = face(FALLBACK)
    pieces: list[Run] = []
    for character in text:
        if character in first.characters:
            piece = (font, character)
        elif character in second.characters:
            piece = (FALLBACK, character)
        else:
            piece = (FALLBACK, f"[U+{ord(character):04X}]")
        if pieces and pieces[-1][0] == piece[0]:
            pieces[-1] = (piece[0], pieces[-1][1] + piece[1])
        else:
            pieces.append(piece)
    return tuple(pieces)


@lru_cache(maxsize=16384)
def _em(text: str, font: str) -> float:
    """The advance width of `text` in thousandths of its size."""
    known = face(font)
    if known.covers(text):
        return sum(map(known.widths.__getitem__, text))
    return sum(sum(map(face(name).widths.__getitem__, part)) for name, part in runs(text, font))


def width(text: str, font: str, size: float) -> float:
    """Points that the cleaned `text` takes in one line."""
    return _em(text, font) * size / 1000


def fitted(text: str, font: str, size: float, room: float, *, least: float = 5.0) -> float:
    """The largest size up to `size` at which `text` fits into `room` points (not below `least`)."""
    needed = width(text, font, size)
    return size if needed <= room else max(least, size * room / needed)


def clipped(text: str, font: str, size: float, room: float) -> str:
    """One line of `text` as far as it fits, ending with … where some is left out."""
    if width(text, font, size) <= room:
        return text
    while text and width(f"{text}…", font, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=8192)
def wrap(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    """The lines of `text` no wider than `room` points; words too long are broken, none is lost."""
    limit = room * 1000 / size
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        if _em(paragraph, font) <= limit:
            lines.append(paragraph)
        else:
            lines.extend(_wrap_paragraph(paragraph, font, limit))
    return tuple(lines)


def _wrap_paragraph(paragraph: str, font: str, limit: float) -> list[str]:
    space = _em(" ", font)
    lines: list[str] = []
    line, used = "", 0.0
    for word in paragraph.split(" "):
        needed = _em(word, font)
        if line and used + space + needed <= limit:
            line, used = f"{line} {word}", used + space + needed
            continue
        if line:
            lines.append(line)
        *whole, line = _break_word(word, font, limit) if needed > limit else [word]
        lines.extend(whole)
        used = _em(line, font)
    return [*lines, line]


def _break_word(word: str, font: str, limit: float) -> list[str]:
    """`word` in pieces that fit, broken after a hyphen or slash where one is near."""
    pieces: list[str] = []
    start, used, index = 0, 0.0, 0
    while index < len(word):
        used += _em(word[index], font)
        if used > limit and index > start:
            cut = max(word.rfind(mark, start + 1, index) for mark in "-/_.") + 1
            index = cut if cut > start + (index - start) // 2 else index
            pieces.append(word[start:index])
            start, used = index, 0.0
            continue
        index += 1
    return [*pieces, word[start:]]
