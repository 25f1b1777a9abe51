"""Panels: filled polygons with texture, light and soft edges; a bookcase is made of them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from configurator.wizard.preview.colors import Rgb, times
from configurator.wizard.preview.stock import Stock, open_layer, stock, weight

Point = tuple[float, float]
Box = tuple[int, int, int, int]

FINE = 4  # samples a pixel, each way, along slanted edges
TILES = 48 * 1024 * 1024  # bytes, of textures kept apart: panels come and go, these come again
LARGE = 90_000  # pixels from which two samples are enough

tiles = Stock(TILES)


@dataclass(frozen=True)
class Panel:
    """A polygon in canvas pixels and how it is filled; numbers as in the import format."""

    points: tuple[Point, ...]
    fill: Rgb | None
    texture: Path | None
    texture_scale: float  # canvas pixels for a pixel of the texture
    grain: float
    shade: tuple[float, ...]
    shade_angle: float
    fade: tuple[float, ...]
    outline: float
    soft: float  # blur of the edge, in canvas pixels
    radius: float  # rounding of the corners, in canvas pixels
    opacity: float
    seed: str  # panels with the same seed show the same piece of texture


def draw_panel(panel: Panel, size: tuple[int, int]) -> tuple[Image.Image, Image.Image, Box] | None:
    """Color, coverage and place of a panel on a canvas of this size; None when out of sight."""
    box = _bounds(panel, size)
    if box is None or panel.opacity <= 0:
        return None
    color = _color(panel, box, size)
    if color is None:
        return None
    mask = _coverage(panel, box)
    if panel.outline > 0:
        _draw_outline(color, panel, box)
    if panel.fade:
        mask = ImageChops.multiply(mask, _ramp(_size(box), panel.fade, panel.shade_angle))
    if panel.opacity < 1:
        mask = ImageChops.multiply(mask, Image.new("L", mask.size, round(255 * panel.opacity)))
    return color, mask, box


def _size(box: Box) -> tuple[int, int]:
    return box[2] - box[0], box[3] - box[1]


def _bounds(panel: Panel, size: tuple[int, int]) -> Box | None:
    across = [x for x, _y in panel.points]
    down = [y for _x, y in panel.points]
    if max(across) - min(across) < 0.02 or max(down) - min(down) < 0.02:
        return None
    margin = 3 * panel.soft
    left, right = max(0, int(min(across) - margin)), min(size[0], int(max(across) + margin) + 1)
    top, bottom = max(0, int(min(down) - margin)), min(size[1], int(max(down) + margin) + 1)
    return (left, top, right, bottom) if right > left and bottom > top else None


def _color(panel: Panel, box: Box, canvas: tuple[int, int]) -> Image.Image | None:
    if panel.texture is not None:
        color = _piece(panel, box, canvas)
    elif panel.fill is not None:
        color = Image.new("RGB", _size(box), panel.fill)
    else:
        return None
    return _shaded(color, panel)


def _piece(panel: Panel, box: Box, canvas: tuple[int, int]) -> Image.Image:
    """The part of the texture that this panel shows."""
    slanted = panel.grain % 360 not in (0, 90)
    period, sheet = _slanted(panel, canvas) if slanted else _tile(panel)
    chance = crc32(panel.seed.encode())
    x = (box[0] + chance % 9973) % period[0]
    y = (box[1] + chance // 9973 % 9967) % period[1]
    width, height = _size(box)
    if slanted:
        return sheet.crop((x, y, x + width, y + height))
    return _tiled(sheet, (width, height), (x, y))


Sheet = tuple[tuple[int, int], Image.Image]
"""A texture, and the period at which it repeats."""


def _scale(panel: Panel) -> float:
    """Sizes close to each other share a tile; wood does not mind four percent."""
    step = 1.04
    return float(step ** round(np.log(max(panel.texture_scale, 0.02)) / np.log(step)))


def _tile(panel: Panel) -> Sheet:
    """The texture in this panel's size and color, its grain across or upright."""
    path, fill, grain, scale = panel.texture, panel.fill, panel.grain % 360, _scale(panel)
    assert path is not None
    key = ("tile", str(path), fill, grain, round(scale, 4))
    made = tiles.get(key, lambda: _dyed(path, fill, grain, scale), weight)
    return made.size, made


def _slanted(panel: Panel, canvas: tuple[int, int]) -> Sheet:
    """The texture laid out over more than a canvas, its grain at any angle."""
    path, fill, grain, scale = panel.texture, panel.fill, panel.grain % 360, _scale(panel)
    assert path is not None
    key = ("sheet", str(path), fill, grain, round(scale, 4), canvas)
    return stock.get(
        key,
        lambda: _lay_slanted(_dyed(path, fill, 0, scale), grain, canvas),
        lambda made: weight(made[1]),
    )


def _dyed(path: Path, fill: Rgb | None, grain: float, scale: float) -> Image.Image:
    tile = tiles.get(("texture", str(path)), lambda: open_layer(path).convert("RGB"), weight)
    size = max(8, round(tile.width * scale)), max(8, round(tile.height * scale))
    how = Image.Resampling.BOX if scale <= 0.5 else Image.Resampling.LANCZOS
    tile = tile.resize(size, how)
    if fill is not None:
        tile = ImageChops.multiply(tile, Image.new("RGB", tile.size, fill))
    return tile.transpose(Image.Transpose.ROTATE_90) if grain == 90 else tile


def _lay_slanted(tile: Image.Image, grain: float, canvas: tuple[int, int]) -> Sheet:
    side = int(1.5 * (canvas[0] + canvas[1]))
    turned = _tiled(tile, (side, side)).rotate(grain, Image.Resampling.BICUBIC)
    left, top = (side - canvas[0]) // 2, (side - canvas[1]) // 2
    margin = min(left, top, 64)
    box = (left - margin, top - margin, left + canvas[0] + margin, top + canvas[1] + margin)
    return (2 * margin or 1, 2 * margin or 1), turned.crop(box)


def _tiled(
    tile: Image.Image, size: tuple[int, int], begin: tuple[int, int] = (0, 0)
) -> Image.Image:
    """Tiles beside and below each other, from a point within the first on."""
    sheet = Image.new("RGB", size)
    for x in range(-begin[0], size[0], tile.width):
        for y in range(-begin[1], size[1], tile.height):
            sheet.paste(tile, (x, y))
    return sheet


def _shaded(color: Image.Image, panel: Panel) -> Image.Image:
    shade = panel.shade
    if not shade or not any(shade):
        return color
    if len(set(shade)) == 1:
        return Image.blend(color, _flat(color.size, shade[0]), min(1.0, abs(shade[0])))
    for sign in (-1, 1):
        amounts = tuple(max(0.0, sign * each) for each in shade)
        if any(amounts):
            ramp = _ramp(color.size, amounts, panel.shade_angle)
            color.paste(_tone(sign), (0, 0, *color.size), ramp)
    return color


def _tone(sign: float) -> Rgb:
    """Shadows are warm, like those in a room; light is a little warm too."""
    return (255, 253, 248) if sign > 0 else (22, 15, 10)


def _flat(size: tuple[int, int], shade: float) -> Image.Image:
    return Image.new("RGB", size, _tone(shade))


def _ramp(size: tuple[int, int], stops: tuple[float, ...], angle: float) -> Image.Image:
    """Gray values from the first stop (0..1) to the last; 90 degrees run from top to bottom."""
    if angle % 360 in (0, 90, 180, 270):
        return _upright_ramp(size, stops, angle % 360)
    key = ("ramp", size, stops, angle)
    return stock.get(key, lambda: _slanted_ramp(size, stops, angle % 360), weight)


def _upright_ramp(size: tuple[int, int], stops: tuple[float, ...], angle: float) -> Image.Image:
    down = angle in (90, 270)
    row = _line(size[1] if down else size[0], stops if angle in (0, 90) else stops[::-1])
    values = np.repeat(row, size[0]) if down else np.tile(row, size[1])
    return Image.fromarray(values.reshape(size[::-1]), "L")


@lru_cache(maxsize=1024)
def _line(length: int, stops: tuple[float, ...]) -> NDArray[np.uint8]:
    line = np.interp(np.linspace(0, 1, length), np.linspace(0, 1, len(stops)), stops)
    return np.clip(line * 255 + 0.5, 0, 255).astype(np.uint8)


def _slanted_ramp(size: tuple[int, int], stops: tuple[float, ...], angle: float) -> Image.Image:
    across, down = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, size[0]), np.linspace(-0.5, 0.5, size[1]))
    along = (x * across + y * down) / (abs(across) + abs(down)) + 0.5
    values = np.interp(along, np.linspace(0, 1, len(stops)), stops)
    return Image.fromarray(np.clip(values * 255 + 0.5, 0, 255).astype(np.uint8), "L")


def _upright(points: Sequence[Point]) -> bool:
    """Whether the polygon is a rectangle along the axes."""
    if len(points) != 4:
        return False
    across, down = {x for x, _y in points}, {y for _x, y in points}
    return len(across) == 2 and len(down) == 2 and len(set(points)) == 4


def _coverage(panel: Panel, box: Box) -> Image.Image:
    if panel.radius <= 0 and _upright(panel.points):
        mask = _rectangle(panel.points, box)
    else:
        mask = _polygon(panel, box)
    if panel.soft > 0:
        mask = mask.filter(ImageFilter.GaussianBlur(panel.soft))
    return mask


def _rectangle(points: Sequence[Point], box: Box) -> Image.Image:
    """Edges between two pixels cover each of them in part."""
    width, height = _size(box)
    mask = np.zeros((height, width), np.uint8)
    left, top = min(points)[0] - box[0], min(points)[1] - box[1]
    right, bottom = max(points)[0] - box[0], max(points)[1] - box[1]
    columns, rows = _touched(left, right, width), _touched(top, bottom, height)
    inner = mask[rows[0] : rows[1], columns[0] : columns[1]]
    inner[:] = 255
    for column, cover in _partly(left, right, columns):
        inner[:, column - columns[0]] = cover
    for row, cover in _partly(top, bottom, rows):
        inner[row - rows[0]] = cover
    return Image.fromarray(mask, "L")


def _touched(low: float, high: float, length: int) -> tuple[int, int]:
    """The pixels from low to high along a side of this length."""
    return max(0, math.floor(low)), min(length, math.ceil(high))


def _partly(low: float, high: float, touched: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The first and the last pixel, if they are covered in part, and how much (0..255)."""
    for pixel in {touched[0], touched[1] - 1}:
        cover = min(high, pixel + 1) - max(low, pixel)
        if cover < 0.998:
            yield pixel, round(255 * max(0.0, cover))


def _fine_points(panel: Panel, box: Box, fine: int) -> list[Point]:
    return [((x - box[0]) * fine - 0.5, (y - box[1]) * fine - 0.5) for x, y in panel.points]


def _fineness(box: Box) -> int:
    width, height = _size(box)
    return 2 if width * height > LARGE else FINE


def _polygon(panel: Panel, box: Box) -> Image.Image:
    width, height = _size(box)
    fine = _fineness(box)
    mask = Image.new("L", (width * fine, height * fine))
    draw = ImageDraw.Draw(mask)
    points = _fine_points(panel, box, fine)
    if panel.radius > 0:
        across, down = [x for x, _y in points], [y for _x, y in points]
        corners = (min(across), min(down), max(across), max(down))
        draw.rounded_rectangle(corners, panel.radius * fine, fill=255)
    else:
        draw.polygon(points, fill=255)
    return mask.reduce(fine)


def _draw_outline(color: Image.Image, panel: Panel, box: Box) -> None:
    """A soft dark line just inside the edge."""
    fine = _fineness(box)
    width, height = _size(box)
    line = Image.new("L", (width * fine, height * fine))
    points = _fine_points(panel, box, fine)
    closed = [*points, points[0], points[1]]
    ImageDraw.Draw(line).line(closed, fill=255, width=round(fine * 1.6), joint="curve")
    mask = line.reduce(fine).point(times(min(1.0, panel.outline)))
    color.paste(_tone(-1), (0, 0, width, height), mask)
