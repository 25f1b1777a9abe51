"""The picture that a link shows where people talk: 1200 × 630, drawn by the wizard's renderer.

Kept on disk by its content, beside the other pictures.
"""

import hashlib
import io
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import picture_key
from configurator.wizard.preview.cache import keep
from configurator.wizard.preview.fonts import face, missing_glyphs
from configurator.wizard.preview.rendering import compose
from configurator.wizard.screen import is_pictured

LOOK = 1  # raise it when the same card would be drawn differently
SIZE = (1200, 630)
PICTURED = 840  # px of the width are the picture's
MARGIN = 56
PAPER, INK, SOFT, ACCENT = "#faf7f2", "#211c16", "#5f564b", "#9c3d1c"
SERIF, ITALIC, PLAIN = "EBGaramond-Regular", "EBGaramond-Italic", "DejaVuSans"


@dataclass(frozen=True)
class Card:
    """What a card shows; `over` stands above the name, `price` below."""

    product: ReleasedProduct
    whole: Configuration
    name: str
    over: str
    price: str

    @cached_property
    def key(self) -> str:
        """The same for cards that look the same."""
        picture = picture_key(self.product, self.whole)
        facts = [LOOK, picture, self.name, self.over, self.price, settings.FIRM_NAME]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def jpeg(self) -> bytes:
        """The card, drawn once."""
        path = Path(settings.PICTURES_DIR) / self.key[:2] / f"{self.key}-card.jpeg"
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        if kept[-2:] == b"\xff\xd9":
            return kept
        written = io.BytesIO()
        self._drawn().save(written, "JPEG", quality=88)
        keep(path, written.getvalue())
        return written.getvalue()

    def _drawn(self) -> Image.Image:
        canvas = Image.new("RGB", SIZE, PAPER)
        left = MARGIN
        if is_pictured(self.product):
            canvas.paste(_cropped(compose(self.product, self.whole, PICTURED)), (0, 0))
            left += PICTURED
        self._write(ImageDraw.Draw(canvas), left, SIZE[0] - left - MARGIN)
        return canvas

    def _write(self, draw: ImageDraw.ImageDraw, left: int, width: int) -> None:
        y = MARGIN
        if self.over:
            y = _lines(draw, (left, y), self.over, ITALIC, 30, SOFT, width, 2) + 8
        y = _lines(draw, (left, y), self.name, SERIF, 52 if width < 500 else 84, INK, width, 5)
        draw.rectangle((left, y + 18, left + 56, y + 21), fill=ACCENT)
        if self.price:
            _lines(draw, (left, y + 40), self.price, SERIF, 46, INK, width, 1)
        bottom = SIZE[1] - MARGIN - 26
        _lines(draw, (left, bottom), settings.FIRM_NAME, SERIF, 26, SOFT, width, 1)


def _cropped(picture: Image.Image) -> Image.Image:
    """The picture as high as the card: its middle, or scaled up where it is lower."""
    width, height = PICTURED, SIZE[1]
    if picture.height < height:
        scaled = round(picture.width * height / picture.height)
        picture = picture.resize((scaled, height), Image.Resampling.LANCZOS)
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def _lines(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    font: str,
    size: int,
    color: str,
    width: int,
    most: int,
) -> int:
    """Write the text in at most so many lines; where the next one would begin."""
    drawn = face(PLAIN if missing_glyphs(font, text) else font, size)
    x, y = at
    for line in _wrapped(drawn, text, width, most):
        draw.text((x, y), line, font=drawn, fill=color)
        y += round(size * 1.16)
    return y


def _wrapped(drawn: ImageFont.FreeTypeFont, text: str, width: int, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if drawn.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_fitted(drawn, line, width) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = _fitted(drawn, f"{kept[-1]}…", width)
    return kept


def _fitted(drawn: ImageFont.FreeTypeFont, line: str, width: int) -> str:
    """A line that is no wider, shortened by an ellipsis where it is."""
    if drawn.getlength(line) <= width:
        return line
    text = line.rstrip("…")
    while text and drawn.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"
