"""What lies around the satchel: its shadow, a folded piece of the lining, the care kit."""

from __future__ import annotations

import numpy as np
from relief import Array, Layer, Surface, Tile, blur, cloud, inflate, rounded, smoothstep


def ground_shadow() -> Layer:
    """Dark where it touches the ground, fading to the right as the light comes from the left."""
    layer = Layer()
    tile = Tile(0, 600, 1200, 300)
    touch = rounded([(276, 786, 20), (924, 786, 20), (926, 806, 9), (274, 806, 9)])
    sides = rounded([(236, 768, 20), (966, 768, 20), (950, 800, 20), (250, 800, 20)])
    long = rounded([(246, 752, 60), (1010, 742, 60), (1036, 806, 30), (262, 822, 30)])
    clear = np.ones(tile.shape, dtype=np.float32)
    for outline, soft, strength in ((touch, 4, 0.70), (sides, 9, 0.42), (long, 26, 0.36)):
        clear *= 1 - strength * blur(tile.fill(outline), soft)
    return layer.paint(tile, 0.07, np.asarray(1 - clear, dtype=np.float32))


def lining(kind: str) -> Layer:
    """A piece of the lining, folded twice, in front at the left."""
    layer = Layer()
    tile = Tile(20, 740, 300, 150)
    for index, lift in enumerate((0, 8, 16)):
        step = index * 2.5
        sheet = rounded(
            [(72 + step, 806 - lift, 14), (150, 800 - lift + index, 60), (236 - step, 799 - lift, 12),
             (250 - step, 825 - lift, 40), (259 - step, 846 - lift, 14),
             (160, 853 - lift - index, 70), (52 + step, 858 - lift, 16), (60 + step, 832 - lift, 40)]
        )
        mask = tile.fill(sheet)
        lowest = index == 0
        layer.shadow(tile, mask, dx=6 if lowest else 1, dy=5 if lowest else 3,
                     soft=6 if lowest else 2, strength=0.5)
        height = inflate(mask, 9, 6) + cloud(tile.shape, 15, 60 + index) * 0.8
        light = Surface.of(height.astype(np.float32), 0.0, -0.35).shade() * cloth(tile, kind)
        layer.paint(tile, np.asarray(light, dtype=np.float32), mask)
    return layer


def cloth(tile: Tile, kind: str) -> Array:
    x, y = tile.grid()
    if kind == "microsuede":
        nap = cloud(tile.shape, 0.8, 71) * 0.03 + 0.03 * np.tanh(cloud(tile.shape, 12, 72))
        return np.asarray(0.95 + nap, dtype=np.float32)
    # Twill: fine diagonal ribs, squeezed by the low angle.
    ribs = 0.5 + 0.5 * np.sin((x + y * 2.4) * 1.35)
    return np.asarray(0.90 + 0.09 * ribs + 0.012 * cloud(tile.shape, 0.7, 73), dtype=np.float32)


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
    bright = 0.50 + 0.42 * np.exp(-(((around + 0.45) / 0.22) ** 2)) + 0.18 * np.exp(
        -(((around - 0.7) / 0.15) ** 2)
    ) - 0.25 * smoothstep(0.75, 1.0, np.abs(around).astype(np.float32))
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


