"""The studio in which a product stands: a wall, a floor, soft light, and its shadow."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageFilter

from configurator.wizard.preview.colors import rgb, times
from configurator.wizard.preview.scene import Spec
from configurator.wizard.preview.stock import stock, weight

WALL, FLOOR = (247, 244, 239), (226, 218, 205)
VIGNETTE = 0.11
GLOW = 0.05  # how much lighter the middle of the wall is

Floats = NDArray[np.float32]


def studio(ground: Spec, width: int, height: int) -> Image.Image:
    """A fresh copy of the backdrop in this size."""
    top, bottom = str(ground.get("top", "")), str(ground.get("bottom", ""))
    horizon = float(ground.get("horizon") or 0.7)
    key = ("studio", top, bottom, horizon, width, height)
    made = stock.get(key, lambda: _studio(top, bottom, horizon, width, height), weight)
    return made.copy()


def _studio(top: str, bottom: str, horizon: float, width: int, height: int) -> Image.Image:
    wall = np.array(rgb(top) or WALL, dtype=np.float32)
    floor = np.array(rgb(bottom) or FLOOR, dtype=np.float32)
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None]
    # The wall darkens a little towards the floor; the floor is darkest far away, at the wall.
    wall_light = 1.0 - 0.035 * np.clip(y / horizon, 0, 1)
    near = np.clip((y - horizon) / max(1 - horizon, 0.01), 0, 1)
    floor_light = 0.975 + 0.055 * near
    turn = 1 / (1 + np.exp(-(y - horizon) / 0.012))
    colors = wall * wall_light * (1 - turn) + floor * floor_light * turn
    light = _light(x, y, horizon)
    noise = np.random.default_rng(7).normal(0, 0.6, (height, width, 1)).astype(np.float32)
    pixels = np.clip(colors * light + noise, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8), "RGB")


def _light(x: Floats, y: Floats, horizon: float) -> Any:
    """A soft lamp above the middle, and corners that fall off."""
    lamp = np.exp(-(x**2 / 0.55 + (y - horizon * 0.5) ** 2 / 0.16))
    corners = np.clip((x**2 + ((y - 0.5) * 2) ** 2) / 2, 0, 1) ** 1.5
    return (1 + GLOW * (lamp - 0.5)) * (1 - VIGNETTE * corners)


def contact_shadow(mask: Image.Image, strength: float = 1.0) -> Image.Image | None:
    """The shadow which something with this coverage (L) throws on the floor where it stands.

    What touches the floor is dark and narrow; the rest is a wide, faint pool.
    """
    box = mask.getbbox()
    if box is None or strength <= 0:
        return None
    left, top, right, bottom = box
    height = mask.height
    band = max(2, round((bottom - top) * 0.05))
    feet = mask.crop((left, max(top, bottom - band), right, bottom))
    thin = max(2, round(height * 0.012))
    touch = Image.new("L", mask.size)
    touch.paste(feet.resize((right - left, thin), Image.Resampling.BOX), (left, bottom - thin // 2))
    pool = Image.new("L", mask.size)
    depth = max(3, round(height * 0.045))
    inset = round((right - left) * 0.03)
    pool.paste(110, (left + inset, bottom - depth // 2, right - inset, bottom + depth // 2))
    touch = touch.filter(ImageFilter.GaussianBlur(height * 0.006)).point(times(0.62 * strength))
    pool = pool.filter(ImageFilter.GaussianBlur((height * 0.035, height * 0.016))).point(
        times(0.8 * strength)
    )
    return ImageChops.add(touch, pool)
