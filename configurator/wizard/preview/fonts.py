"""The faces for customers' texts: files of FONTS_DIR, by their stem."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

DEFAULT = "DejaVuSans"
_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def font_path(stem: str) -> Path:
    """The file of a face; an unknown or ill-formed stem gives the default face."""
    if _STEM.fullmatch(stem):
        path = Path(settings.FONTS_DIR) / f"{stem}.ttf"
        if path.is_file():
            return path
    return Path(settings.FONTS_DIR) / f"{DEFAULT}.ttf"


def font_stems() -> list[str]:
    """The faces that there are, in alphabetical order."""
    return sorted(path.stem for path in Path(settings.FONTS_DIR).glob("*.ttf"))


@lru_cache(maxsize=64)
def face(stem: str, size: int) -> ImageFont.FreeTypeFont:
    """A face at a size in pixels."""
    return ImageFont.truetype(str(font_path(stem)), size)


def missing_glyphs(font: str, text: str) -> list[str]:
    """The characters of `text` which the face cannot draw, each once, in their order.

    A face draws what it lacks as its empty box, the same as for a code point no face has.
    """
    drawn = face(font, 48)
    box = _look(drawn, "\U0010ffff")
    wanted = dict.fromkeys(character for character in text if not character.isspace())
    return [each for each in wanted if _look(drawn, each) == box]


def _look(drawn: ImageFont.FreeTypeFont, character: str) -> tuple[bytes, object]:
    mask, offset = drawn.getmask2(character, mode="L")
    return bytes(mask), (offset, mask.size)
