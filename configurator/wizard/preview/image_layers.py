"""Layers that are picture files: in their size, tint and opacity."""

from pathlib import Path

from PIL import Image, ImageChops

from configurator.wizard.preview.cache import kept_cutout
from configurator.wizard.preview.colors import Rgb, times
from configurator.wizard.preview.scene import Layer, filled
from configurator.wizard.preview.stock import (
    Cutout,
    cut_out,
    layer_path,
    open_layer,
    scaled,
    stock,
    weight,
)
from configurator.wizard.preview.view import BIGGEST, Mark, View, bytes_of, number_at, numbers_at


def image_mark(view: View, layer: Layer) -> Mark | None:
    name = filled(str(layer.spec["image"]), view.values)
    path = layer_path(name, view.scene.files)
    if path is None:
        return None
    box = tuple(round(each * view.scale) for each in numbers_at(view, layer, "box"))
    if not box:
        box = (0, 0, *view.size)
    if min(box[2:]) < 1 or max(box[2:]) > BIGGEST:
        return None
    tint = view.color(str(layer.spec.get("tint") or ""))
    mask = _mask(view, layer) if tint else None
    if tint and layer.spec.get("mask") and mask is None:
        return None
    opacity = min(1.0, number_at(view, layer, "opacity", 1.0))
    cutout = _dyed(path, (box[2], box[3]), tint, mask, round(opacity, 3))
    if cutout is None or opacity <= 0:
        return None
    return Mark(cutout.moved(box[0], box[1]), blend=str(layer.spec.get("blend") or "normal"))


def sized(path: Path, size: tuple[int, int]) -> Cutout | None:
    """A layer file cut out at this size, from the file itself."""
    return cut_out(scaled(open_layer(path), size))


def _sized(path: Path, size: tuple[int, int]) -> Cutout | None:
    return kept_cutout(path, size, lambda: sized(path, size))


def _mask(view: View, layer: Layer) -> Path | None:
    """The picture file that says where the tint is laid, if the layer names one."""
    template = layer.spec.get("mask")
    return layer_path(filled(str(template), view.values), view.scene.files) if template else None


def _dyed(
    path: Path, size: tuple[int, int], tint: Rgb | None, mask: Path | None, opacity: float
) -> Cutout | None:
    """A layer file in this size, tint and opacity; kept in memory with and without the tint."""
    plain = stock.get(("image", str(path), size), lambda: _sized(path, size), bytes_of)
    if plain is None or (tint is None and opacity >= 1):
        return plain
    where = (
        stock.get(("mask", str(mask), size), lambda: _coverage(mask, size), weight)
        if mask
        else None
    )
    key = ("image", str(path), size, tint, str(mask or ""), opacity)
    return stock.get(key, lambda: _tinted(plain, tint, where, opacity), bytes_of)


def _coverage(mask: Path, size: tuple[int, int]) -> Image.Image:
    """How much of the tint is laid where: what is white and opaque in the mask gets all of it."""
    picture = scaled(open_layer(mask), size)
    return ImageChops.multiply(picture.convert("L"), picture.getchannel("A"))


def _tinted(plain: Cutout, tint: Rgb | None, where: Image.Image | None, opacity: float) -> Cutout:
    color, mask = plain.color, plain.mask
    if tint:
        dyed = ImageChops.multiply(color, Image.new("RGB", color.size, tint))
        if where is not None:
            right, bottom = plain.left + color.width, plain.top + color.height
            where = where.crop((plain.left, plain.top, right, bottom))
        color = Image.composite(dyed, color, where) if where is not None else dyed
    if opacity < 1:
        mask = mask.point(times(opacity))
    return Cutout(color, mask, plain.left, plain.top)
