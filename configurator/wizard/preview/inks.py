"""A picture in few inks, as engraving and screen printing lay them down: full or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from configurator.wizard.preview.colors import Rgb, luminance

MOST = 12  # inks; more are no separation
SAMPLES = 20_000  # pixels from which the inks are found
ROUNDS = 6
APART = 0.22  # of 1: less contrast than this is one tone, all of which a single ink lays down
OPAQUE = 128

Pixels = NDArray[Any]


@dataclass(frozen=True)
class Plate:
    """One ink: where it lies (`mask`, L, 0 or 255) and how much of the picture that is, 0..1."""

    color: Rgb
    share: float
    mask: Image.Image


def in_inks(picture: Image.Image, inks: int) -> Image.Image:
    """`picture` (RGBA) in at most so many inks, where none lies transparent."""
    result = Image.new("RGBA", picture.size)
    for plate in plates(picture, inks):
        result.paste((*plate.color, 255), (0, 0), plate.mask)
    return result


def plates(picture: Image.Image, inks: int) -> list[Plate]:
    """The inks of `picture` (RGBA), darkest first. One ink lays down what is dark."""
    opaque = np.asarray(picture.getchannel("A")) >= OPAQUE
    if not opaque.any():
        return []
    color = np.asarray(picture.convert("RGB"))
    if inks == 1:
        return [_dark(color, opaque)]
    found = _palette(color[opaque], max(2, min(inks, MOST)))
    nearest = _nearest(picture, found)
    return [
        _plate(ink, where)
        for number, ink in enumerate(found)
        if (where := (nearest == number) & opaque).any()
    ]


def _plate(color: Rgb, where: Pixels) -> Plate:
    mask = Image.fromarray((where * 255).astype(np.uint8), "L")
    return Plate(color, float(where.mean()), mask)


def _dark(color: Pixels, opaque: Pixels) -> Plate:
    """The only ink: all that is dark, or all that there is where it is one tone."""
    gray = color @ np.array([0.299, 0.587, 0.114])
    tones = gray[opaque]
    low, high = np.percentile(tones, (0.2, 99.8))
    where = opaque & (gray <= _between(tones)) if high - low > APART * 255 else opaque
    red, green, blue = (round(float(each)) for each in color[where].mean(axis=0))
    return _plate((red, green, blue), where)


def _between(tones: Pixels) -> float:
    """The gray that parts dark from light best (Otsu)."""
    counts, bounds = np.histogram(tones, bins=64, range=(0, 256))
    middles = (bounds[:-1] + bounds[1:]) / 2
    dark = np.cumsum(counts)
    light = dark[-1] - dark
    total = np.cumsum(counts * middles)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = (total / dark - (total[-1] - total) / light) ** 2 * dark * light
    return float(bounds[int(np.nanargmax(apart)) + 1])


def _palette(pixels: Pixels, inks: int) -> list[Rgb]:
    """So many colors, or fewer, that stand for these pixels best; darkest first."""
    some = pixels[:: max(1, len(pixels) // SAMPLES)]
    strip = Image.fromarray(some[None, :, :], "RGB").quantize(inks, Image.Quantize.MEDIANCUT)
    start = np.asarray(strip.getpalette(), dtype=np.float32).reshape(-1, 3)[:inks]
    centers = np.unique(start[: int(np.asarray(strip).max()) + 1], axis=0)
    for _round in range(ROUNDS):
        apart = ((some[:, None, :].astype(np.float32) - centers[None]) ** 2).sum(axis=2)
        nearest = apart.argmin(axis=1)
        centers = np.stack(
            [some[nearest == n].mean(axis=0) for n in range(len(centers)) if (nearest == n).any()]
        )
    rounded = {(int(r), int(g), int(b)) for r, g, b in np.rint(centers)}
    return sorted(rounded, key=luminance)


def _nearest(picture: Image.Image, found: Sequence[Rgb]) -> Pixels:
    """The number of the nearest ink at every pixel."""
    palette = Image.new("P", (1, 1))
    padded = [*found, *[found[0]] * (256 - len(found))]
    palette.putpalette([channel for ink in padded for channel in ink])
    flat = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    numbers = np.asarray(flat)
    return np.where(numbers < len(found), numbers, 0)
