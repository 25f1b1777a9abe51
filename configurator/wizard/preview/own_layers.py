"""What is the customer's own on a picture: texts and artwork."""

from collections.abc import Mapping
from typing import Any

from PIL import Image

from configurator.wizard.preview.along import along
from configurator.wizard.preview.impress import EMBOSS, FOIL, PRINT
from configurator.wizard.preview.inks import MOST
from configurator.wizard.preview.lettering import LONGEST, lettering
from configurator.wizard.preview.placed import placed_artwork
from configurator.wizard.preview.scene import Layer, filled
from configurator.wizard.preview.stock import Cutout, cut_out, stock
from configurator.wizard.preview.view import (
    BIGGEST,
    INK,
    Mark,
    View,
    bounded,
    bytes_of,
    number_at,
    numbers_at,
    part_of,
)


def text_mark(view: View, layer: Layer) -> Mark | None:
    part = part_of(layer)
    code = str(part["option"])
    text = view.texts.get(code, "")
    if not text or not view.shown(code):
        return None
    size = min(number_at(view, layer, "size", 40.0) * view.scale, view.size[1])
    look = _effect(view, part)
    color = view.color(str(part.get("color") or "")) or INK
    relief = max(0.8, size / 26)
    if layer.numbers.get("path"):
        line = " ".join(text.split())[:LONGEST]
        placed = along(line, font_of_layer(view, layer), size, _path(view, layer))
        cutout = Cutout(placed[0], *placed) if placed else None
        return Mark(cutout, look=look, color=color, relief=relief) if cutout else None
    mask = lettering(
        text,
        font_of_layer(view, layer),
        size,
        min(number_at(view, layer, "max_width", view.scene.width) * view.scale, view.size[0]),
        number_at(view, layer, "rotate", 0.0),
        number_at(view, layer, "curve", 0.0),
    )
    if mask is None:
        return None
    x, y = (each * view.scale for each in numbers_at(view, layer, "at"))
    left, top = round(x - mask.width / 2), round(y - mask.height / 2)
    return Mark(Cutout(mask, mask, left, top), look=look, color=color, relief=relief)


def _path(view: View, layer: Layer) -> list[tuple[float, float]]:
    """The points of the line on which a text stands, on the canvas."""
    reach = 2.0 * view.size[0]
    return [
        (bounded(x(view.values) * view.scale, reach), bounded(y(view.values) * view.scale, reach))
        for x, y in layer.numbers["path"]
    ]


def font_of_layer(view: View, layer: Layer) -> str:
    """A stem as it is written, or the attribute `font` of the option's chosen value."""
    font = str(part_of(layer).get("font") or "")
    option = view.product.options.get(font)
    choice = option.choice(view.values.get(font, "")) if option else None
    return str(choice.attributes.get("font", "")) if choice else font


def _effect(view: View, part: Mapping[str, Any]) -> str:
    """`print`, `emboss` or `foil`; an option's codes may have longer names, like blind_emboss."""
    wanted = filled(str(part.get("effect") or PRINT), view.values)
    return next((look for look in (EMBOSS, FOIL) if look in wanted), PRINT)


def artwork_mark(view: View, layer: Layer) -> Mark | None:
    part = part_of(layer)
    code = str(part["option"])
    reference = view.files.get(code, "")
    if not reference or not view.shown(code):
        return None
    left, top, width, height = (each * view.scale for each in numbers_at(view, layer, "box"))
    size = max(1, round(width)), max(1, round(height))
    if max(size) > BIGGEST:
        return None
    inks, turn = inks_of(view, layer), number_at(view, layer, "rotate", 0.0) % 360
    key = ("artwork", reference, size, inks, turn)
    cutout = stock.get(key, lambda: _in_place(reference, size, inks, turn), bytes_of)
    if cutout is None:
        return None
    moved = cutout.moved(round(left), round(top))
    return Mark(moved, look="picture" if _effect(view, part) == EMBOSS else "")


def inks_of(view: View, layer: Layer) -> int:
    """The most inks of an artwork's process; 0 does not count them."""
    return max(0, min(int(number_at(view, layer, "inks", 0) + 1e-6), MOST))


def _in_place(reference: str, size: tuple[int, int], inks: int, turn: float) -> Cutout | None:
    """The artwork in a box of this size, which is turned as a whole, counterclockwise."""
    placed = placed_artwork(reference, size, inks)
    if not turn:
        return cut_out(placed)
    turned = placed.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    return cut_out(turned, (size[0] - turned.width) // 2, (size[1] - turned.height) // 2)
