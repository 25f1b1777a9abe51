"""Makes the wood textures in ../layers: python make_textures.py

Each is a tile that repeats in both directions, grain along x, two millimeters a pixel. A board of
planks is grown from periodic noise: rings bent by slow waves, fibers, pores, and a hue a plank.
"""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIZE = 512
LAYERS = Path(__file__).resolve().parent.parent / "layers"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Wood:
    """`pale` and `dark` are early and late wood; `rings` a plank; the rest are strengths."""

    pale: tuple[int, int, int]
    dark: tuple[int, int, int]
    planks: int
    rings: float
    wave: float
    contrast: float
    fiber: float
    pores: float
    flecks: float
    variety: float
    seed: int


WOODS = {
    "oak": Wood((205, 166, 118), (158, 115, 70), 8, 5.5, 1.5, 0.6, 0.34, 0.5, 0.12, 0.045, 11),
    "ash": Wood((226, 203, 166), (182, 148, 104), 8, 4.5, 1.9, 0.6, 0.26, 0.42, 0.0, 0.035, 12),
    "beech": Wood((216, 169, 131), (193, 138, 101), 9, 3.0, 0.9, 0.4, 0.2, 0.0, 0.55, 0.028, 13),
    "walnut": Wood((124, 86, 60), (66, 43, 30), 6, 4.0, 2.4, 0.72, 0.32, 0.4, 0.0, 0.07, 14),
    "birch_ply": Wood((232, 210, 173), (208, 176, 132), 1, 7.0, 4.0, 0.42, 0.16, 0.0, 0.1, 0.0, 15),
    "mdf": Wood((236, 236, 236), (233, 233, 233), 1, 1.0, 0.5, 0.1, 0.02, 0.0, 0.0, 0.0, 16),
}
FINISHES = {
    "oak": ("oil", "white_oil", "lacquer", "paint"),
    "ash": ("oil", "white_oil", "lacquer", "paint"),
    "beech": ("oil", "lacquer", "paint"),
    "walnut": ("oil", "lacquer"),
    "birch_ply": ("oil", "white_oil", "lacquer", "paint"),
    "mdf": ("paint",),
}


def noise(rng: np.random.Generator, along: float, across: float, rows: int = SIZE) -> Floats:
    """Periodic noise with mean 0 and deviation 1, smooth over so many pixels each way."""
    spectrum = np.fft.rfft2(rng.normal(size=(rows, SIZE)))
    fy = np.fft.fftfreq(rows)[:, None] * across
    fx = np.fft.rfftfreq(SIZE)[None, :] * along
    field = np.fft.irfft2(spectrum * np.exp(-2 * np.pi**2 * (fx**2 + fy**2) / 4), (rows, SIZE))
    return (field - field.mean()) / (field.std() or 1)


def plank(wood: Wood, rng: np.random.Generator, rows: int) -> Floats:
    """How dark each pixel of one plank is, 0..1."""
    v = np.linspace(-0.5, 0.5, rows, endpoint=False)[:, None]
    heart = rng.uniform(-0.9, 0.9)  # where the middle of the tree lies across this plank
    slow = 0.35 * noise(rng, 260, rows * 1.2, rows) + 0.1 * noise(rng, 120, rows * 0.5, rows)
    distance = np.sqrt((v - heart) ** 2 + 0.02) * 1.6 + slow * wood.wave * 0.16
    phase = distance * wood.rings
    ring = phase - np.floor(phase)
    late = np.where(ring < 0.82, ring / 0.82, (1 - ring) / 0.18) ** 1.7
    fiber = noise(rng, 90, 1.1, rows) * 0.6 + noise(rng, 30, 0.8, rows) * 0.4
    dark = wood.contrast * (late - 0.4) + 0.45 + wood.fiber * 0.22 * fiber
    if wood.pores:
        pores = noise(rng, 16, 0.9, rows) + 0.9 * (late - 0.35)
        dark += wood.pores * np.clip(pores - 1.25, 0, 1) * 0.9
    if wood.flecks:
        flecks = noise(rng, 5, 1.3, rows)
        dark += wood.flecks * np.clip(flecks - 1.5, 0, 1) * 0.7
    return np.clip(dark, 0, 1)


def board(wood: Wood) -> Floats:
    """RGB 0..255 of the bare wood."""
    rng = np.random.default_rng(wood.seed)
    pale, dark = np.array(wood.pale, float), np.array(wood.dark, float)
    edges = np.linspace(0, SIZE, wood.planks + 1).round().astype(int)
    pieces = []
    for top, bottom in pairwise(edges):
        rows = int(bottom - top)
        depth = np.roll(plank(wood, rng, rows), rng.integers(SIZE), axis=1)[:, :, None]
        color = pale + (dark - pale) * depth
        color *= 1 + wood.variety * rng.normal() + np.array([0.008, 0, -0.008]) * rng.normal()
        if wood.planks > 1:  # the glue line
            color[0] *= 0.93
        pieces.append(color)
    return np.concatenate(pieces)


def finished(color: Floats, finish: str) -> Floats:
    """The wood with its finish; painted wood is nearly white, its color comes from the scene."""
    gray = color.mean(axis=2, keepdims=True)
    if finish == "white_oil":
        return color * 0.62 + gray * 0.1 + np.array([250, 246, 238]) * 0.3
    if finish == "lacquer":
        return (color - gray) * 0.92 + gray * 1.03 + 5
    if finish == "paint":
        relief = (gray - gray.mean()) / 255
        return np.repeat(246 + relief * 42, 3, axis=2)
    return color + (color - gray) * 0.14  # oil deepens


def ply_edge() -> Image.Image:
    """The layers of plywood seen from the edge: light along the grain, brown across it."""
    rng = np.random.default_rng(21)
    rows = np.arange(44)
    layers = (rows // 4) % 2
    base = np.where(layers[:, None], 0.66, 0.95) + 0.035 * noise(rng, 24, 1.0, 44)
    base[rows % 4 == 0] *= 0.9
    color = np.clip(base[:, :, None] * np.array([236, 212, 174]), 0, 255)
    return Image.fromarray(color.astype(np.uint8), "RGB")


def main() -> None:
    LAYERS.mkdir(exist_ok=True)
    for name, wood in WOODS.items():
        bare = board(wood)
        for finish in FINISHES[name]:
            pixels = np.clip(finished(bare, finish), 0, 255).astype(np.uint8)
            image = Image.fromarray(pixels, "RGB")
            image.save(LAYERS / f"{name}-{finish}.jpg", quality=80, optimize=True)
    ply_edge().save(LAYERS / "ply-edge.png", optimize=True)
    upright = ply_edge().transpose(Image.Transpose.ROTATE_90)
    upright.save(LAYERS / "ply-edge-upright.png", optimize=True)


if __name__ == "__main__":
    main()
