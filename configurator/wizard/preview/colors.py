"""Colors as the catalog writes them: "#7a1f1f" or "#fff"; and tables for gray values."""

import re
from functools import lru_cache

Rgb = tuple[int, int, int]

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)


def rgb(text: str) -> Rgb | None:
    """The color that `text` writes, or None."""
    if not _HEX.fullmatch(text):
        return None
    digits = text[1:] if len(text) == 7 else "".join(digit * 2 for digit in text[1:])
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """`one` with a `share` (0..1) of `other` in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def luminance(color: Rgb) -> float:
    """How light a color seems, 0..1."""
    red, green, blue = color
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


@lru_cache(maxsize=512)
def times(factor: float) -> list[int]:
    """A table for `Image.point` that multiplies gray values."""
    return [min(255, max(0, round(value * factor))) for value in range(256)]
