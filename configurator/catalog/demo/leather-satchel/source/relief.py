"""Turn outlines into lit, leather-like or metallic picture layers.

Everything is drawn at twice the size of the picture: an outline is filled by resvg (SVG), the
coverage becomes a height map, the height map gets normals, and one studio light from the upper
left shades it. Coordinates are picture pixels, arrays are (rows, columns) of float32.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

Array = npt.NDArray[np.floating[Any]]
Points = Sequence[tuple[float, float]]

WIDTH, HEIGHT, SCALE = 1200, 900, 2
LIGHT = np.array([-0.40, -0.66, 0.64]) / np.linalg.norm([-0.40, -0.66, 0.64])


@dataclass(frozen=True)
class Tile:
    """A rectangle of the picture (px) in which a part is drawn."""

    left: int = 0
    top: int = 0
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def shape(self) -> tuple[int, int]:
        return self.height * SCALE, self.width * SCALE

    def grid(self) -> tuple[Array, Array]:
        """x and y in picture pixels of every sample."""
        rows, columns = self.shape
        x = self.left + (np.arange(columns, dtype=np.float32) + 0.5) / SCALE
        y = self.top + (np.arange(rows, dtype=np.float32) + 0.5) / SCALE
        columns_x, rows_y = np.meshgrid(x, y)
        return columns_x, rows_y

    def draw(self, shapes: str) -> Array:
        """The coverage, 0..1, of white SVG shapes."""
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.shape[1]}" '
            f'height="{self.shape[0]}" viewBox="{self.left} {self.top} {self.width} {self.height}">'
            f'<g fill="#fff" stroke="none">{shapes}</g></svg>'
        )
        data = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
        image = Image.open(io.BytesIO(data)).convert("RGBA").getchannel("A")
        return np.asarray(image, dtype=np.float32) / 255

    def fill(self, *outlines: Points) -> Array:
        return self.draw("".join(f'<path d="{path(points)}"/>' for points in outlines))

    def stroke(self, points: Points, width: float, *, closed: bool = False) -> Array:
        return self.draw(
            f'<path d="{path(points, closed=closed)}" fill="none" stroke="#fff" '
            f'stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def dots(self, points: Points, radius: float) -> Array:
        return self.draw(
            "".join(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}"/>' for x, y in points)
        )


def path(points: Points, *, closed: bool = True) -> str:
    steps = " L".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return f"M{steps}" + ("Z" if closed else "")


# --- outlines ---------------------------------------------------------------------------------


def rounded(
    corners: Sequence[tuple[float, float, float]], *, closed: bool = True
) -> list[tuple[float, float]]:
    """A polygon of (x, y, radius) corners as dense points; a radius of 0 keeps the corner."""
    points: list[tuple[float, float]] = []
    count = len(corners)
    for index, (x, y, radius) in enumerate(corners):
        ends = not closed and index in (0, count - 1)
        if radius <= 0 or ends:
            points.append((x, y))
            continue
        ax, ay, _ = corners[index - 1]
        bx, by, _ = corners[(index + 1) % count]
        before, after = math.hypot(ax - x, ay - y), math.hypot(bx - x, by - y)
        reach_a, reach_b = min(radius, before / 2), min(radius, after / 2)
        p = (x + (ax - x) / before * reach_a, y + (ay - y) / before * reach_a)
        q = (x + (bx - x) / after * reach_b, y + (by - y) / after * reach_b)
        # A cubic with these handles comes within a pixel of a circle.
        points += curve(p, _toward(p, (x, y)), _toward(q, (x, y)), q, steps=14)
    return points


def _toward(p: tuple[float, float], corner: tuple[float, float]) -> tuple[float, float]:
    return p[0] + (corner[0] - p[0]) * 0.55, p[1] + (corner[1] - p[1]) * 0.55


def curve(
    a: tuple[float, float],
    b: tuple[float, float],
    c: tuple[float, float],
    d: tuple[float, float],
    *,
    steps: int = 40,
) -> list[tuple[float, float]]:
    """A cubic Bézier curve as points."""
    points: list[tuple[float, float]] = []
    for i in range(steps + 1):
        t = i / steps
        u = 1 - t
        points.append(
            (
                u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
                u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1],
            )
        )
    return points


def walk(points: Points, step: float, *, closed: bool = False) -> list[tuple[float, float, float]]:
    """(x, y, angle) at even distances along a line; the step is fitted to its length."""
    line = np.array([*points, points[0]] if closed else points, dtype=np.float64)
    lengths = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    count = max(2, round(along[-1] / step))
    at = np.linspace(0, along[-1], count + 1)
    x, y = np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])
    ahead = np.minimum(at + 0.5, along[-1])
    behind = np.maximum(at - 0.5, 0)
    angle = np.arctan2(
        np.interp(ahead, along, line[:, 1]) - np.interp(behind, along, line[:, 1]),
        np.interp(ahead, along, line[:, 0]) - np.interp(behind, along, line[:, 0]),
    )
    return [(float(a), float(b), float(c)) for a, b, c in zip(x, y, angle, strict=True)]


def beside(points: Points, distance: float, *, closed: bool = False) -> list[tuple[float, float]]:
    """The line at a distance to the right of its direction (inside, for clockwise outlines)."""
    return [
        (x - math.sin(angle) * distance, y + math.cos(angle) * distance)
        for x, y, angle in walk(points, 3, closed=closed)
    ]


def ribbon(points: Points, widths: Sequence[float]) -> Points:
    """The outline of a band along a line; widths are spread evenly from start to end."""
    line = walk(points, 3)
    spread = np.interp(
        np.linspace(0, 1, len(line)), np.linspace(0, 1, len(widths)), np.asarray(widths)
    )
    right = [
        (x - math.sin(a) * w / 2, y + math.cos(a) * w / 2)
        for (x, y, a), w in zip(line, spread, strict=True)
    ]
    left = [
        (x + math.sin(a) * w / 2, y - math.cos(a) * w / 2)
        for (x, y, a), w in zip(line, spread, strict=True)
    ]
    return right + left[::-1]


# --- surfaces ---------------------------------------------------------------------------------


def blur(image: Array, radius: float) -> Array:
    """Close to a Gaussian with a standard deviation of `radius` picture pixels."""
    size = max(1, round(radius * SCALE * 1.02))
    if radius * SCALE < 0.4:
        return image
    for _ in range(3):
        image = _box(_box(image, size).T, size).T
    return image


def _box(image: Array, size: int) -> Array:
    padded = np.pad(image.astype(np.float64), ((size, size), (0, 0)), mode="edge")
    sums = np.cumsum(np.vstack([np.zeros((1, padded.shape[1])), padded]), axis=0)
    window = 2 * size + 1
    return np.asarray((sums[window:] - sums[:-window]) / window, dtype=np.float32)


def smoothstep(low: float, high: float, x: Array) -> Array:
    t = np.clip((x - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def inflate(mask: Array, radius: float, height: float) -> Array:
    """A cushion: rounds off over `radius` px from the outline up to `height` px."""
    inside = np.clip(2 * blur(mask, radius * 0.5) - 1, 0, 1)
    return np.asarray(height * np.sqrt(1 - (1 - inside) ** 2 + 1e-6), dtype=np.float32)


def cloud(shape: tuple[int, int], size: float, seed: int) -> Array:
    """Soft random noise of mean 0 and deviation 1, with spots of about `size` px."""
    noise = np.random.default_rng(seed).standard_normal(shape).astype(np.float32)
    soft = blur(noise, size)
    return np.asarray((soft - soft.mean()) / (soft.std() + 1e-9), dtype=np.float32)


@dataclass
class Surface:
    """Unit normals of a surface."""

    x: Array
    y: Array
    z: Array

    @staticmethod
    def of(height: Array, tilt_x: Array | float = 0.0, tilt_y: Array | float = 0.0) -> Surface:
        """From a height map (px); a tilt turns the whole surface, as on a bag's rounded top."""
        slope_y, slope_x = np.gradient(height * SCALE)
        x, y = tilt_x - slope_x, tilt_y - slope_y
        length = np.sqrt(x * x + y * y + 1)
        return Surface(x / length, y / length, 1 / length)

    def shade(self) -> Array:
        """Diffuse light: 0.86 where the surface faces the camera."""
        facing = self.x * LIGHT[0] + self.y * LIGHT[1] + self.z * LIGHT[2]
        return np.asarray(0.30 + 0.905 * np.clip(facing, 0, None), dtype=np.float32)

    def gloss(self, sharpness: float) -> Array:
        """Reflection of the light, 0..1."""
        half = LIGHT + np.array([0, 0, 1])
        half /= np.linalg.norm(half)
        facing = self.x * half[0] + self.y * half[1] + self.z * half[2]
        return np.asarray(np.clip(facing, 0, 1) ** sharpness, dtype=np.float32)


# --- layers -----------------------------------------------------------------------------------


class Layer:
    """A transparent picture under construction: gray or colored light, and coverage."""

    def __init__(self, *, colored: bool = False) -> None:
        rows, columns = Tile().shape
        self.light = np.zeros((rows, columns, 3 if colored else 1), dtype=np.float32)
        self.alpha = np.zeros((rows, columns), dtype=np.float32)

    def paint(self, tile: Tile, light: Array | float, alpha: Array) -> Layer:
        """Lay paint over what is there."""
        rows = slice(tile.top * SCALE, tile.top * SCALE + tile.shape[0])
        columns = slice(tile.left * SCALE, tile.left * SCALE + tile.shape[1])
        below, under = self.light[rows, columns], self.alpha[rows, columns]
        above = (
            np.broadcast_to(np.asarray(light, dtype=np.float32), (*tile.shape[:2], 1))
            if (isinstance(light, float | int))
            else (light[..., None] if light.ndim == 2 else light)
        )
        result = alpha + under * (1 - alpha)
        weight = (alpha / np.maximum(result, 1e-6))[..., None]
        self.light[rows, columns] = above * weight + below * (1 - weight)
        self.alpha[rows, columns] = result
        return self

    def shadow(
        self,
        tile: Tile,
        mask: Array,
        *,
        dx: float,
        dy: float,
        soft: float,
        strength: float,
        on: Array | float = 1.0,
    ) -> Layer:
        """The shadow that a shape casts `on` what lies below; paint it before the shape."""
        moved = np.roll(mask, (round(dy * SCALE), round(dx * SCALE)), axis=(0, 1))
        return self.paint(tile, 0.0, np.clip(blur(moved, soft) * strength, 0, 1) * on)

    def picture(self, levels: int = 128) -> Image.Image:
        """At the picture's size: gray layers are LA, colored ones RGBA."""
        light, alpha = self._halve()
        step = 255 / (levels - 1)
        alpha = np.where(alpha < 0.006, 0, alpha)
        tones = np.round(np.round(np.clip(light, 0, 1) * (levels - 1)) * step)
        tones[alpha == 0] = 0
        channels = np.dstack([tones, np.round(alpha * 255)]).astype(np.uint8)
        return Image.fromarray(channels, "LA" if channels.shape[2] == 2 else "RGBA")

    def save(self, file: Path, *, levels: int = 128) -> int:
        """Write a PNG and return its bytes; fewer levels of light make a smaller file."""
        self.picture(levels).save(file, optimize=True)
        return file.stat().st_size

    def _halve(self) -> tuple[Array, Array]:
        """Down to the picture's size, weighting the light by its coverage."""
        rows, columns = HEIGHT, WIDTH
        premultiplied = self.light * self.alpha[..., None]
        box = (rows, SCALE, columns, SCALE)
        alpha = self.alpha.reshape(box).mean(axis=(1, 3))
        light = premultiplied.reshape(*box, -1).mean(axis=(1, 3))
        return light / np.maximum(alpha, 1e-6)[..., None], alpha
