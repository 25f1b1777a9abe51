"""A customer's text as a shape: true fonts with kerning, shrunk, bent and turned as asked."""

from math import radians

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from configurator.wizard.preview.fonts import face

FINE = 3  # samples a pixel, each way
LONGEST = 300  # characters; no picture has room for more
SMALLEST = 4.0  # px; a text never shrinks below this


def lettering(
    text: str, font: str, size: float, max_width: float, rotate: float, curve: float
) -> Image.Image | None:
    """The coverage (L) of `text` at `size` px, tight around it; None when nothing shows.

    `rotate` is counterclockwise in degrees. `curve` is how many degrees of a circle the text
    spans: positive bends it like a rainbow, negative like a smile.
    """
    line = " ".join(text.split())[:LONGEST]
    if not line or size < 1 or max_width < 1:
        return None
    drawn = _fitting(line, font, size, max_width)
    mask = _line(line, drawn)
    if abs(curve) >= 1:
        mask = _bent(mask, max(-300.0, min(300.0, curve)))
    if rotate % 360:
        mask = mask.rotate(rotate, Image.Resampling.BICUBIC, expand=True)
    box = mask.getbbox()
    return mask.crop(_even(box)).reduce(FINE) if box else None


def _even(box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """A box grown so that it holds whole pixels after reducing."""
    left, top, right, bottom = box
    return left, top, right + -(right - left) % FINE, bottom + -(bottom - top) % FINE


def _fitting(line: str, font: str, size: float, max_width: float) -> ImageFont.FreeTypeFont:
    drawn = face(font, max(1, round(size * FINE)))
    length = drawn.getlength(line)
    if length > max_width * FINE:
        smaller = max(SMALLEST, size * max_width * FINE / length)
        drawn = face(font, max(1, int(smaller * FINE)))
    return drawn


def _line(line: str, drawn: ImageFont.FreeTypeFont) -> Image.Image:
    """The line with room for accents, tails and overhanging strokes."""
    room = round(drawn.size * 0.5)
    width = round(drawn.getlength(line)) + 2 * room
    ascent, descent = drawn.getmetrics()
    mask = Image.new("L", (width, ascent + descent + 2 * room))
    ImageDraw.Draw(mask).text((room, room + ascent), line, font=drawn, fill=255, anchor="ls")
    return mask


def _bent(mask: Image.Image, curve: float) -> Image.Image:
    """The line along an arc: every pixel of the result looks up its place on the straight line."""
    flip = curve < 0
    source = np.asarray(mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if flip else mask)
    height, width = source.shape
    angle = radians(abs(curve))
    radius = width / angle
    top = radius + height / 2
    half = min(top, top * np.sin(min(angle / 2, np.pi / 2))) + 2
    drop = top - (radius - height / 2) * np.cos(angle / 2)
    x, y = np.meshgrid(np.arange(-half, half), np.arange(0, max(drop, height)))
    around = np.arctan2(x, top - y)
    away = np.hypot(x, top - y)
    column = np.rint(around * radius + width / 2).astype(int)
    row = np.rint(top - away).astype(int)
    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
    bent = np.zeros(x.shape, dtype=np.uint8)
    bent[inside] = source[row[inside], column[inside]]
    image = Image.fromarray(bent, "L")
    return image.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if flip else image
