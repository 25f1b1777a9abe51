"""Taking a plain ground away: what can be reached from the edges without leaving its color."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

COARSE = 1000  # px of the longer side; the flood runs on a picture no larger than this
ROUNDS = 400  # a spiral needs many; what is not reached by then stays

Pixels = NDArray[Any]


def without_ground(picture: Image.Image, tolerance: int) -> Image.Image:
    """`picture` (RGBA) with its ground transparent; `tolerance` is 1..100 percent.

    The ground's color is the commonest along the edges. Enclosed areas of the same color stay: the
    white of an eye is no ground.
    """
    color = np.asarray(picture.convert("RGB"), dtype=np.int16)
    alpha = np.asarray(picture.getchannel("A"))
    apart = np.abs(color - _edge_color(color)).max(axis=2)
    reach = max(2.0, tolerance * 2.55)
    ground = _flooded(np.asarray((apart <= reach) | (alpha < 8)))
    cut = picture.copy()
    cut.putalpha(Image.fromarray(np.minimum(alpha, _soft(ground, apart, reach)), "L"))
    return cut


def is_plain(picture: Image.Image) -> bool:
    """Whether nearly all of the edge is opaque and of one color."""
    small = picture.convert("RGBA")
    small.thumbnail((200, 200))
    edge = _edge(np.asarray(small, dtype=np.int16))
    if np.mean(edge[:, 3] > 250) < 0.95:
        return False
    ground = np.median(edge[:, :3], axis=0)
    return bool(np.mean(np.abs(edge[:, :3] - ground).max(axis=1) < 26) > 0.9)


def _edge(pixels: Pixels) -> Pixels:
    return np.concatenate((pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]))


def _edge_color(color: Pixels) -> Pixels:
    """The mean of the commonest coarse color along the edges."""
    edge = _edge(color)
    coarse = (edge >> 4) @ np.array([256, 16, 1])
    values, counts = np.unique(coarse, return_counts=True)
    mean: Pixels = edge[coarse == values[counts.argmax()]].mean(axis=0)
    return mean


def _flooded(alike: Pixels) -> Pixels:
    """Where the ground is: what is alike and joined to the edge."""
    height, width = alike.shape
    step = -(-max(height, width) // COARSE)
    if step == 1:
        return _reached(alike)
    padded = np.pad(alike, ((0, -height % step), (0, -width % step)), constant_values=True)
    blocks = padded.reshape(padded.shape[0] // step, step, padded.shape[1] // step, step)
    coarse: Pixels = np.all(blocks, axis=(1, 3))  # a thin line still holds the flood back
    found = _reached(coarse)
    wide = Image.fromarray((found * 255).astype(np.uint8), "L").filter(ImageFilter.MaxFilter(3))
    fine = np.asarray(wide).repeat(step, axis=0).repeat(step, axis=1)[:height, :width]
    return alike & (fine > 0)


def _reached(alike: Pixels) -> Pixels:
    """Runs of alike pixels, along rows and columns in turn, are reached as a whole."""
    found = np.zeros_like(alike)
    found[0], found[-1] = alike[0], alike[-1]
    found[:, 0], found[:, -1] = alike[:, 0], alike[:, -1]
    rows, columns = _runs(alike), _runs(alike.T).T
    before = -1
    for _round in range(ROUNDS):
        for runs in (rows, columns):
            hit = np.zeros(int(runs.max()) + 1, dtype=bool)
            hit[runs[found]] = True
            found = hit[runs] & alike
        now = int(found.sum())
        if now == before:
            break
        before = now
    return found


def _runs(alike: Pixels) -> Pixels:
    """The number of the run that each pixel of a row belongs to; rows share none."""
    breaks = ~alike
    breaks[:, 0] = True
    numbers: Pixels = np.cumsum(breaks, dtype=np.int32).reshape(alike.shape)
    return numbers


def _soft(ground: Pixels, apart: Pixels, reach: float) -> Pixels:
    """Coverage: none on the ground, and at its border as much as the color is unlike it."""
    shape = Image.fromarray((ground * 255).astype(np.uint8), "L")
    near = np.asarray(shape.filter(ImageFilter.MaxFilter(3))) > 0
    share = np.clip((apart - reach * 0.5) / max(reach * 1.5, 1), 0, 1) * 255
    cover = np.where(near, share, 255)
    cover[ground] = 0
    return cover.astype(np.uint8)
