"""Small lit pictures: SVG outlines become cushions of material on a soft studio ground."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image, ImageFilter

Array = npt.NDArray[np.floating[Any]]

WIDTH, HEIGHT, SCALE = 480, 320, 2
LIGHT = np.array([-0.42, -0.62, 0.66]) / np.linalg.norm([-0.42, -0.62, 0.66])
TOP, BOTTOM = (248, 245, 240), (226, 218, 206)


def coverage(shapes: str) -> Array:
    """How much of each sample white SVG shapes cover, 0 to 1."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * SCALE}" height="{HEIGHT * SCALE}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}"><g fill="#fff">{shapes}</g></svg>'
    )
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
    alpha = Image.open(io.BytesIO(data)).convert("RGBA").getchannel("A")
    return np.asarray(alpha, dtype=np.float32) / 255


def blur(image: Array, radius: float) -> Array:
    """Gaussian, by picture pixels."""
    picture = Image.fromarray(np.clip(image * 255, 0, 255).astype(np.uint8))
    soft = picture.filter(ImageFilter.GaussianBlur(radius * SCALE))
    return np.asarray(soft, dtype=np.float32) / 255


def grain(seed: int, along: float, across: float) -> Array:
    """Streaks of wood or brushed metal, mean 0; sizes by picture pixels."""
    rows, columns = HEIGHT * SCALE, WIDTH * SCALE
    small = np.random.default_rng(seed).random(
        (max(2, int(rows / across / SCALE)), max(2, int(columns / along / SCALE)))
    )
    image = Image.fromarray((small * 255).astype(np.uint8)).resize(
        (columns, rows), Image.Resampling.BICUBIC
    )
    return np.asarray(image, dtype=np.float32) / 255 - 0.5


class Picture:
    """A picture under construction."""

    def __init__(self) -> None:
        share = np.linspace(0, 1, HEIGHT * SCALE, dtype=np.float32)[:, None, None]
        ground = np.array(TOP, np.float32) * (1 - share) + np.array(BOTTOM, np.float32) * share
        self.color: Array = np.repeat(ground, WIDTH * SCALE, axis=1) / 255

    def put(
        self,
        shapes: str,
        color: str,
        *,
        thick: float = 6,
        gloss: float = 0.25,
        texture: Array | None = None,
        shadow: float = 0.35,
    ) -> Picture:
        """Lay a piece of material down, `thick` px, with its shadow."""
        mask = coverage(shapes)
        cast = blur(np.roll(mask, (round(thick * 1.1) * SCALE, round(thick * 0.6) * SCALE), (0, 1)),
                    1.5 + thick * 0.7)  # fmt: skip
        self.color *= 1 - shadow * (cast * (1 - mask))[..., None]
        inside = np.clip(2 * self._soft(mask, thick) - 1, 0, 1)
        height = thick * SCALE * np.sqrt(1 - (1 - inside) ** 2 + 1e-4)
        if texture is not None:
            height = height + texture * 1.2
        light, shine = _lit(height)
        paint = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
        tone = light if texture is None else light * (1 + 0.22 * texture)
        lit = paint * tone[..., None] + gloss * shine[..., None]
        self.color = self.color * (1 - mask[..., None]) + np.clip(lit, 0, 1) * mask[..., None]
        return self

    def _soft(self, mask: Array, thick: float) -> Array:
        return blur(mask, max(0.8, thick * 0.45))

    def line(self, shapes: str, color: str, share: float = 1.0) -> Picture:
        """Flat paint: seams, marks, cuts."""
        mask = coverage(shapes)[..., None] * share
        paint = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
        self.color = self.color * (1 - mask) + paint * mask
        return self

    def mist(self, shapes: str, color: str, radius: float, share: float) -> Picture:
        """A soft cloud of paint or dust."""
        mask = blur(coverage(shapes), radius)[..., None] * share
        paint = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255
        self.color = self.color * (1 - mask) + paint * mask
        return self

    def save(self, file: Path) -> None:
        file.parent.mkdir(exist_ok=True)
        image = Image.fromarray((np.clip(self.color, 0, 1) * 255).round().astype(np.uint8))
        small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(file, quality=86, optimize=True, progressive=True)


def _lit(height: Array) -> tuple[Array, Array]:
    """Diffuse light and reflection of a height map."""
    slope_y, slope_x = np.gradient(height)
    length = np.sqrt(slope_x**2 + slope_y**2 + 1)
    x, y, z = -slope_x / length, -slope_y / length, 1 / length
    light = 0.42 + 0.88 * np.clip(x * LIGHT[0] + y * LIGHT[1] + z * LIGHT[2], 0, None)
    half = (LIGHT + np.array([0, 0, 1])) / np.linalg.norm(LIGHT + np.array([0, 0, 1]))
    shine = np.clip(x * half[0] + y * half[1] + z * half[2], 0, 1) ** 40
    return light.astype(np.float32), shine.astype(np.float32)
