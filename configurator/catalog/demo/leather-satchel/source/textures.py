"""The four leathers, as overlays that the renderer multiplies onto body, flap and sides."""

from __future__ import annotations

import numpy as np
from relief import Array, Layer, Surface, Tile, blur, cloud, smoothstep
from shapes import BODY, FLAP, GUSSET_LEFT, GUSSET_RIGHT

AREA = Tile(200, 270, 800, 560)


def overlay(kind: str) -> Layer:
    layer = Layer()
    mask = np.clip(AREA.fill(BODY) + AREA.fill(FLAP) + AREA.fill(GUSSET_LEFT, GUSSET_RIGHT), 0, 1)
    light = {"smooth": smooth, "pebbled": pebbled, "suede": suede, "waxed": waxed}[kind]()
    return layer.paint(AREA, np.clip(light, 0, 1).astype(np.float32), mask)


def smooth() -> Array:
    """Fine pores and the faintest clouds of the tanning."""
    pores = blur((np.random.default_rng(11).random(AREA.shape) > 0.988).astype(np.float32), 0.55)
    height = cloud(AREA.shape, 1.1, 12) * 0.035 - pores * 1.3
    light = Surface.of(height.astype(np.float32)).shade() / 0.86
    return np.asarray(0.965 * light + 0.012 * cloud(AREA.shape, 26, 13), dtype=np.float32)


def pebbled() -> Array:
    """Irregular cushions between fine valleys: the distance between the two nearest seeds."""
    x, y = AREA.grid()
    x = x + 1.6 * cloud(AREA.shape, 5, 21)
    y = y + 1.6 * cloud(AREA.shape, 5, 22)
    # Perspective: the grain is finer on the top of the flap, which lies away from us.
    near, next_ = cells(x, y * 1.06, 7.4, 23)
    cushion = np.sqrt(np.clip((next_ - near) / 4.2, 0, 1))
    height = 1.5 * blur(cushion.astype(np.float32), 0.7) + 0.05 * cloud(AREA.shape, 0.9, 24)
    light = Surface.of(height.astype(np.float32)).shade() / 0.86
    valley = 0.80 + 0.20 * smoothstep(0.0, 0.5, cushion.astype(np.float32))
    return np.asarray(0.93 * light * valley + 0.012 * cloud(AREA.shape, 40, 25), dtype=np.float32)


def cells(x: Array, y: Array, size: float, seed: int) -> tuple[Array, Array]:
    """Distances to the nearest and second nearest of one random seed a cell of a grid."""
    columns, rows = np.floor(x / size).astype(int), np.floor(y / size).astype(int)
    offsets = np.random.default_rng(seed).random((260, 260, 2)).astype(np.float32)
    near = np.full(x.shape, 1e9, dtype=np.float32)
    next_ = near.copy()
    for down in (-1, 0, 1):
        for across in (-1, 0, 1):
            c, r = columns + across, rows + down
            seeds = offsets[r % 260, c % 260]
            far = np.hypot((c + seeds[..., 0]) * size - x, (r + seeds[..., 1]) * size - y)
            next_ = np.minimum(next_, np.maximum(near, far))
            near = np.minimum(near, far)
    return near, next_


def suede() -> Array:
    """A short nap, brushed here and there to one side or the other."""
    fibers = sum(
        np.roll(cloud(AREA.shape, 0.5, 31), (step, step // 3), axis=(0, 1)) for step in range(5)
    )
    nap = fibers / 5 * 0.055 + cloud(AREA.shape, 1.6, 32) * 0.012
    x, y = AREA.grid()
    strokes = cloud(AREA.shape, 20, 33) + 0.8 * np.sin(
        (x * 0.55 + y) / 33 + 2.2 * cloud(AREA.shape, 46, 34)
    )
    brushed = 0.040 * np.tanh(0.9 * strokes)
    return np.asarray(0.90 + nap + brushed, dtype=np.float32)


def waxed() -> Array:
    """Clouds of oil, lighter where it is bent, with hair-fine scuffs."""
    clouds = cloud(AREA.shape, 30, 41) * 0.5 + cloud(AREA.shape, 11, 42) * 0.35
    clouds += cloud(AREA.shape, 4, 43) * 0.2
    scuffs = np.zeros(AREA.shape, dtype=np.float32)
    random = np.random.default_rng(44)
    lines = []
    for _ in range(210):
        px, py = random.uniform(210, 990), random.uniform(300, 800)
        angle, length = random.normal(0.25, 0.8), random.gamma(2.0, 13)
        dx, dy = np.cos(angle) * length, np.sin(angle) * length
        lines.append(f"M{px:.1f},{py:.1f}q{dx / 2 + 3:.1f},{dy / 2 - 3:.1f} {dx:.1f},{dy:.1f}")
    scuffs = AREA.draw(
        f'<path d="{"".join(lines)}" fill="none" stroke="#fff" stroke-width="0.8" '
        'stroke-opacity="0.55"/>'
    )
    grain = cloud(AREA.shape, 0.9, 45) * 0.020
    light = 0.86 + 0.055 * np.tanh(clouds) + grain + 0.10 * blur(scuffs, 0.4)
    return np.asarray(light, dtype=np.float32)
