"""The wrappings, for their cards: a dust bag, a parcel in tissue, a gift box."""

from __future__ import annotations

import numpy as np
from relief import Array, Layer, Points, Surface, Tile, blur, cloud, curve, inflate, rounded

PAPER = {"box": (0.90, 0.85, 0.75), "ribbon": (0.93, 0.92, 0.89)}
RIBBON = (0.66, 0.30, 0.19)
LEFT, RIGHT, BASE, MIDDLE = 1004.0, 1166.0, 772.0, 1085.0
TILE = Tile(950, 520, 250, 300)


def wrapped(kind: str) -> Layer:
    """A tall box with a lid, or a flat parcel, tied with a ribbon."""
    layer = Layer(colored=True)
    top = 652.0 if kind == "box" else 708.0
    _floor_shadow(layer)
    front = rounded([(LEFT, top, 3), (RIGHT, top, 3), (RIGHT - 3, BASE, 5), (LEFT + 3, BASE, 5)])
    lid = rounded([(LEFT + 14, top - 24, 3), (RIGHT - 14, top - 24, 3), (RIGHT, top, 2),
                   (LEFT, top, 2)])  # fmt: skip
    soft = 0.5 if kind == "box" else 2.6
    x, y = TILE.grid()
    _face(layer, kind, front, (0.95 - 0.30 * (y - top) / (BASE - top) - 0.0006 * (x - LEFT)), soft)
    _face(layer, kind, lid, 1.06 - 0.0006 * (x - LEFT), soft)
    if kind == "box":
        edge = [(LEFT - 3, top), (RIGHT + 3, top), (RIGHT + 2, top + 30), (LEFT - 2, top + 30)]
        mask = TILE.fill(edge)
        layer.shadow(TILE, mask, dx=1, dy=4, soft=3, strength=0.34)
        _face(layer, kind, edge, 0.99 - 0.0007 * (x - LEFT), soft)
    _tie(layer, top)
    return layer


def dust_bag() -> Layer:
    """A cotton bag, gathered by a cord."""
    layer = Layer(colored=True)
    _floor_shadow(layer)
    x, y = TILE.grid()
    neck = 634.0
    outline = rounded([(1046, 600, 12), (1085, 606, 30), (1124, 600, 12), (1112, neck, 26),
                       (1168, 672, 40), (1172, 768, 26), (998, 768, 26), (1002, 672, 40),
                       (1058, neck, 26)])  # fmt: skip
    mask = TILE.fill(outline)
    # Folds run from the neck; they are deep there and smooth out below.
    around = (x - MIDDLE) / (12 + np.abs(y - neck) * 0.9 + 14)
    folds = 2.6 * np.sin(around * 13) * np.exp(-(((y - neck) / 62) ** 2))
    height = inflate(mask, 16, 15) + folds + cloud(TILE.shape, 13, 94) * 0.9
    weave = 0.985 + 0.03 * np.sin(x * 3.1) * np.sin(y * 3.1)
    layer.paint(TILE, _color((0.93, 0.89, 0.80), Surface.of(height).shade() * weave * 1.1), mask)
    cord = curve((1058, neck - 2), (1072, neck + 7), (1098, neck + 7), (1112, neck - 2))
    for line in (
        cord,
        curve((1098, neck + 4), (1112, neck + 30), (1104, neck + 50), (1116, 712)),
        curve((1094, neck + 4), (1098, neck + 30), (1088, neck + 44), (1094, 704)),
    ):
        rope = TILE.stroke(line, 4.6)
        layer.shadow(TILE, rope, dx=1.5, dy=2.5, soft=2, strength=0.5)
        layer.paint(TILE, _color(RIBBON, Surface.of(inflate(rope, 2.3, 2.6)).shade()), rope)
    return layer


def _floor_shadow(layer: Layer) -> None:
    foot = TILE.fill([(LEFT, BASE - 12), (RIGHT + 14, BASE - 12), (RIGHT + 8, BASE + 5),
                      (LEFT, BASE + 5)])  # fmt: skip
    layer.paint(TILE, _color((0.06, 0.05, 0.04), 1.0), 0.5 * blur(foot, 7))


def _color(color: tuple[float, float, float], light: Array | float) -> Array:
    """A color under a light of the tile's shape."""
    shade = np.broadcast_to(np.asarray(light, dtype=np.float32), TILE.shape)
    return np.clip(shade[..., None] * np.asarray(color, dtype=np.float32), 0, 1)


def _face(layer: Layer, kind: str, outline: Points, light: Array, soft: float) -> None:
    mask = TILE.fill(outline)
    paper = cloud(TILE.shape, 0.8, 91) * 0.010
    height = inflate(mask, 3, 2) + cloud(TILE.shape, 14, 92) * soft * 0.4
    shade = Surface.of(height).shade() / 0.86
    layer.paint(TILE, _color(PAPER[kind], light * shade + paper), mask)


def _band(layer: Layer, outline: Points, light: Array | float = 1.0) -> None:
    """A piece of satin ribbon with fine ribs."""
    mask = TILE.fill(outline)
    layer.shadow(TILE, mask, dx=1.5, dy=2, soft=2, strength=0.42)
    x, _ = TILE.grid()
    ribs = 1 + 0.03 * np.sin(x * 2.6)
    surface = Surface.of(inflate(mask, 5, 4) + cloud(TILE.shape, 9, 93) * 0.5)
    layer.paint(
        TILE, _color(RIBBON, light * surface.shade() * ribs + surface.gloss(18) * 0.14), mask
    )


def _tie(layer: Layer, top: float) -> None:
    """The ribbon around it and its bow."""
    m, knot = MIDDLE, top - 14
    _band(layer, [(m - 11, top), (m + 11, top), (m + 11, BASE), (m - 11, BASE)], 0.92)
    _band(layer, [(m - 9, top - 24), (m + 9, top - 24), (m + 11, top), (m - 11, top)], 1.1)
    for side in (-1, 1):
        tail = curve((m, knot), (m + side * 14, knot + 10), (m + side * 20, knot + 26),
                     (m + side * 34, knot + 50))  # fmt: skip
        _band(layer, [*tail, (m + side * 20, knot + 52),
                      *[(x - side * 13, y + 4) for x, y in reversed(tail)]])  # fmt: skip
    for side in (-1, 1):
        loop = curve((m, knot), (m + side * 16, knot - 36), (m + side * 62, knot - 42),
                     (m + side * 56, knot - 12))  # fmt: skip
        loop += curve((m + side * 56, knot - 12), (m + side * 50, knot + 8),
                      (m + side * 20, knot + 8), (m, knot))  # fmt: skip
        _band(layer, loop)
        hollow = [(m + side * 18 + (x - m - side * 18) * 0.62, knot - 11 + (y - knot + 11) * 0.50)
                  for x, y in loop]  # fmt: skip
        layer.paint(TILE, _color(RIBBON, 0.42), blur(TILE.fill(hollow), 1.2) * 0.85)
    _band(layer, rounded([(m - 9, knot - 9, 5), (m + 9, knot - 9, 5), (m + 10, knot + 9, 5),
                          (m - 10, knot + 9, 5)]), 1.08)  # fmt: skip
