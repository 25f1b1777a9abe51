"""What lies around the satchel: its shadow, a folded piece of the lining, the care kit."""

from __future__ import annotations

import numpy as np
from relief import (
    Array,
    Layer,
    Surface,
    Tile,
    blur,
    cloud,
    curve,
    inflate,
    ribbon,
    rounded,
    smoothstep,
)


def ground_shadow() -> Layer:
    """Dark where it touches the ground, fading to the right as the light comes from the left."""
    layer = Layer()
    tile = Tile(0, 600, 1200, 300)
    touch = rounded([(316, 790, 12), (884, 790, 12), (878, 805, 7), (322, 805, 7)])
    sides = rounded([(240, 766, 20), (964, 766, 20), (944, 806, 22), (262, 806, 22)])
    long = rounded([(230, 758, 50), (1004, 750, 60), (1020, 812, 36), (236, 828, 40)])
    wide = rounded([(180, 770, 60), (1060, 750, 90), (1070, 840, 50), (190, 856, 60)])
    clear = np.ones(tile.shape, dtype=np.float32)
    for outline, soft, strength in (
        (touch, 3, 0.62),
        (sides, 9, 0.46),
        (long, 22, 0.34),
        (wide, 40, 0.11),
    ):
        clear *= 1 - strength * blur(tile.fill(outline), soft)
    return layer.paint(tile, 0.07, np.asarray(1 - clear, dtype=np.float32))


def lining(kind: str) -> Layer:
    """A piece of the lining, folded in three, in front at the left."""
    layer = Layer()
    tile = Tile(20, 740, 300, 150)
    # Front edges of the folds, bottom to top, seen as soft rolls.
    for index in range(3):
        y = 853 - 8.5 * index
        front = curve(
            (54 + index, y), (110, y + 3 - index), (190, y - 12 + index), (257, y - 9), steps=30
        )
        side = curve((257, y - 9), (256, y - 22), (246, y - 40), (236, y - 50), steps=20)
        mask = tile.fill(ribbon(front + side[1:], [11, 11, 11, 10, 8]))
        lowest = index == 0
        layer.shadow(
            tile,
            mask,
            dx=6 if lowest else 1,
            dy=4 if lowest else 2,
            soft=6 if lowest else 2,
            strength=0.62,
        )
        roll = Surface.of(inflate(mask, 5, 5.5) + cloud(tile.shape, 6, 60 + index) * 0.4)
        layer.paint(tile, np.asarray(roll.shade() * cloth(tile, kind), dtype=np.float32), mask)
    sheet = tile.fill(
        curve((52, 838), (56, 812), (64, 794), (74, 788))
        + curve((74, 788), (120, 778), (180, 783), (236, 779))
        + curve((236, 779), (248, 790), (256, 806), (259, 826))
        + curve((259, 826), (200, 826), (110, 841), (52, 838))
    )
    layer.shadow(tile, sheet, dx=1, dy=2, soft=2, strength=0.5)
    x, y_ = tile.grid()
    crease = np.exp(-(((x - 150 - 0.35 * (y_ - 800)) / 7) ** 2)) * 1.1
    drape = cloud(tile.shape, 17, 66) * 1.5 + cloud(tile.shape, 7, 67) * 0.16 - crease
    top = Surface.of((inflate(sheet, 8, 6) + drape).astype(np.float32), 0.0, -0.38)
    return layer.paint(tile, np.asarray(top.shade() * cloth(tile, kind), dtype=np.float32), sheet)


def cloth(tile: Tile, kind: str) -> Array:
    x, y = tile.grid()
    if kind == "microsuede":
        nap = cloud(tile.shape, 0.8, 71) * 0.022 + 0.012 * np.tanh(cloud(tile.shape, 12, 72))
        return np.asarray(0.95 + nap, dtype=np.float32)
    # Twill: fine diagonal ribs, squeezed by the low angle.
    ribs = 0.5 + 0.5 * np.sin((x + y * 2.2) * 1.1)
    return np.asarray(0.885 + 0.10 * ribs + 0.012 * cloud(tile.shape, 0.7, 73), dtype=np.float32)


def care_kit() -> Layer:
    """A round tin of balm on a folded cloth."""
    layer = Layer(colored=True)
    tile = Tile(960, 730, 230, 160)
    x, y = tile.grid()
    sheet = rounded([(1000, 808, 8), (1140, 800, 8), (1172, 852, 8), (985, 862, 8)])
    mask = tile.fill(sheet)
    layer.shadow(tile, mask, dx=5, dy=6, soft=6, strength=0.45)
    cloth_light = Surface.of(inflate(mask, 5, 4) + cloud(tile.shape, 10, 81) * 0.5, 0, -0.3)
    color = np.array([0.93, 0.90, 0.83], dtype=np.float32)
    layer.paint(tile, np.clip(cloth_light.shade() * 0.98, 0, 1)[..., None] * color, mask)
    side = tile.draw('<path d="M1027,792 v26 a52,19 0 0 0 104,0 v-26 z"/>')
    layer.shadow(tile, side, dx=8, dy=9, soft=7, strength=0.6)
    around = np.clip((x - 1079) / 52, -1, 1)
    bright = (
        0.50
        + 0.42 * np.exp(-(((around + 0.45) / 0.22) ** 2))
        + 0.18 * np.exp(-(((around - 0.7) / 0.15) ** 2))
        - 0.25 * smoothstep(0.75, 1.0, np.abs(around).astype(np.float32))
    )
    steel = np.array([0.93, 0.92, 0.90], dtype=np.float32)
    seam = 1 - 0.35 * np.exp(-(((y - 806 - 16 * np.sqrt(1 - 0.9 * around**2)) / 1.2) ** 2))
    layer.paint(tile, np.clip(bright * seam, 0, 1)[..., None].astype(np.float32) * steel, side)
    lid = tile.draw('<ellipse cx="1079" cy="792" rx="52" ry="19"/>')
    layer.paint(tile, np.array([0.86, 0.85, 0.83], dtype=np.float32) * _sweep(x, y), lid)
    label = tile.draw('<ellipse cx="1079" cy="792" rx="44" ry="15.6"/>')
    cream = np.array([0.94, 0.89, 0.78], dtype=np.float32)
    layer.paint(tile, cream * (0.97 + 0.03 * _sweep(x, y)), label)
    marks = tile.draw(
        '<ellipse cx="1079" cy="792" rx="39" ry="13.4" fill="none" stroke="#fff" stroke-width="1"/>'
        '<path d="M1060,792 q19,-13 38,0 q-19,13 -38,0z" fill="none" stroke="#fff" '
        'stroke-width="1.4"/><path d="M1060,792h38" stroke="#fff" stroke-width="1.2"/>'
    )
    return layer.paint(tile, np.full((*tile.shape, 3), (0.42, 0.25, 0.16), np.float32), marks)


def _sweep(x: Array, y: Array) -> Array:
    """The conical shine on a turned lid."""
    angle = np.arctan2((y - 792) * 2.7, x - 1079)
    return np.asarray(0.92 + 0.12 * np.cos(2 * (angle + 0.6)), dtype=np.float32)[..., None]
