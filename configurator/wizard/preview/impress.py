"""How a text or a picture sits on the material: printed on it, pressed into it, or in foil."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from configurator.wizard.preview.colors import Rgb, luminance, mix, times

Floats = NDArray[Any]

PRINT = "print"
EMBOSS = "emboss"
FOIL = "foil"


def impress(canvas: Image.Image, mask: Image.Image, place: tuple[int, int], look: str, color: Rgb,
            relief: float) -> None:  # fmt: skip
    """Put a shape (its coverage, L) on the canvas; `relief` is the depth of a press in pixels."""
    if look == EMBOSS:
        _press(canvas, mask, place, relief)
    elif look == FOIL:
        _foil(canvas, mask, place, color, relief)
    else:
        canvas.paste(color, place, mask.point(times(0.93)))


def _edges(mask: Image.Image, relief: float) -> tuple[Image.Image, Image.Image]:
    """What lies in shadow and what catches light where a shape is pressed in; lamp top left."""
    shift = max(1, round(relief))
    moved = Image.new("L", mask.size)
    moved.paste(mask, (shift, shift))
    soft = ImageFilter.GaussianBlur(max(0.4, relief * 0.45))
    return (
        ImageChops.subtract(mask, moved).filter(soft),
        ImageChops.subtract(moved, mask).filter(soft),
    )


def _press(canvas: Image.Image, mask: Image.Image, place: tuple[int, int], relief: float) -> None:
    shadow, light = _edges(mask, relief)
    canvas.paste((18, 10, 6), place, mask.point(times(0.2)))
    canvas.paste((10, 5, 3), place, shadow.point(times(0.72)))
    canvas.paste((255, 244, 226), place, light.point(times(0.42)))


def _foil(
    canvas: Image.Image, mask: Image.Image, place: tuple[int, int], color: Rgb, relief: float
) -> None:
    """Metal: broad slanted reflections, a dark inner edge, a bright outer one."""
    width, height = mask.size
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    slant = (x * 0.5 + y) / max(height, 24)
    sheen = 0.5 + 0.5 * np.sin(slant * 4.4 + 0.6) * np.cos(slant * 1.7)
    bright = 0.55 if luminance(color) > 0.35 else 0.4
    dark, pale = np.array(mix(color, (30, 18, 8), 0.34)), np.array(mix(color, (255,) * 3, bright))
    metal = dark + (pale - dark) * sheen[:, :, None]
    shadow, light = _edges(mask, relief * 0.7)
    canvas.paste(Image.fromarray(metal.astype(np.uint8), "RGB"), place, mask)
    canvas.paste((20, 10, 4), place, shadow.point(times(0.5)))
    canvas.paste((255, 248, 230), place, light.point(times(0.3)))


def press_picture(canvas: Image.Image, picture: Image.Image, place: tuple[int, int]) -> None:
    """Press a picture (RGBA) into the material: the darker it is, the deeper."""
    width, height = picture.size
    gray = np.asarray(picture.convert("RGB").convert("L"), dtype=np.float32) / 255
    cover = np.asarray(picture.getchannel("A"), dtype=np.float32) / 255
    depth = _stretched(gray, cover) * cover
    soft = Image.fromarray((depth * 255).astype(np.uint8), "L").filter(
        ImageFilter.GaussianBlur(max(0.6, width / 260))
    )
    level = np.asarray(soft, dtype=np.float32) / 255
    slope_y, slope_x = np.gradient(level)
    lit = np.clip((slope_x + slope_y) * -1.9, -0.75, 0.75)
    box = (*place, place[0] + width, place[1] + height)
    below = np.asarray(canvas.crop(box), dtype=np.float32)
    factor = 1 - 0.24 * level
    pixels = below * factor[:, :, None]
    shade = np.where(lit < 0, lit * pixels.transpose(2, 0, 1), lit * (235 - below.mean(axis=2)))
    pixels = np.clip(pixels + shade.transpose(1, 2, 0), 0, 255)
    canvas.paste(Image.fromarray(pixels.astype(np.uint8), "RGB"), place)


def _stretched(gray: Floats, cover: Floats) -> Floats:
    """Depth 0..1 from the darkness of what is visible, stretched to its full range."""
    seen = gray[cover > 0.5]
    if not seen.size:
        return np.zeros_like(gray)
    low, high = np.percentile(seen, (2, 98))
    if high - low < 0.05:  # one flat color: its outline is the picture
        return np.ones_like(gray)
    depth: Floats = np.clip((high - gray) / (high - low), 0, 1)
    return depth
