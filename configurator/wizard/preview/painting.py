"""From a scene and a configuration to marks: what is put on the canvas, in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image, ImageChops

from configurator.engine import EngineError
from configurator.wizard.preview.along import along
from configurator.wizard.preview.cache import kept_cutout
from configurator.wizard.preview.colors import Rgb, rgb, times
from configurator.wizard.preview.impress import EMBOSS, FOIL, PRINT, impress, press_picture
from configurator.wizard.preview.inks import MOST
from configurator.wizard.preview.lettering import LONGEST, lettering
from configurator.wizard.preview.panels import Panel, draw_panel
from configurator.wizard.preview.placed import placed_artwork
from configurator.wizard.preview.scene import MOST_REPEATS, Layer, Scene, filled
from configurator.wizard.preview.stock import (
    Cutout,
    cut_out,
    layer_path,
    open_layer,
    scaled,
    stock,
    weight,
)

if TYPE_CHECKING:
    from configurator.catalog.released import ReleasedProduct

INK: Rgb = (38, 30, 24)
BIGGEST = 4800  # px; a layer is never scaled up beyond this


@dataclass
class View:
    """What a picture is painted from. `values` hold choices, texts, and the scene's own names."""

    product: "ReleasedProduct"
    scene: Scene
    values: dict[str, Any]
    texts: Mapping[str, str]
    files: Mapping[str, str]
    size: tuple[int, int]
    scale: float  # canvas pixels for a scene pixel
    view: str = ""  # the code of the view; "" where there is one
    path: str = field(default="")  # the repetitions that we are in, as a seed for textures

    def color(self, paint: str) -> Rgb | None:
        """A color written out, or the swatch of an option's choice."""
        fixed = rgb(paint)
        if fixed is not None:
            return fixed
        option = self.product.options.get(paint)
        choice = option.choice(self.values.get(paint, "")) if option else None
        return rgb(choice.swatch) if choice else None

    def shown(self, code: str) -> bool:
        """Whether a text or file option applies."""
        option = self.product.options.get(code)
        return option is not None and (
            option.when is None or bool(option.when.evaluate(self.values))
        )


@dataclass(frozen=True)
class Mark:
    """Something for the canvas: a cutout and how it is laid on, or a picture to press in."""

    cutout: Cutout
    blend: str = "normal"
    look: str = ""  # "", or how an impression sits on the material
    color: Rgb = INK
    relief: float = 1.0

    def put_on(self, canvas: Image.Image) -> None:
        """Paint it."""
        cutout, place = self.cutout, (self.cutout.left, self.cutout.top)
        if self.look == "picture":
            picture = cutout.color.copy()
            picture.putalpha(cutout.mask)
            press_picture(canvas, picture, place)
        elif self.look:
            impress(canvas, cutout.mask, place, self.look, self.color, self.relief)
        elif self.blend in BLENDS:
            box = (*place, place[0] + cutout.mask.width, place[1] + cutout.mask.height)
            canvas.paste(BLENDS[self.blend](canvas.crop(box), cutout.color), place, cutout.mask)
        else:
            canvas.paste(cutout.color, place, cutout.mask)


BLENDS = {"multiply": ImageChops.multiply, "screen": ImageChops.screen}


def marks(view: View, layers: tuple[Layer, ...]) -> Iterator[Mark]:
    """The marks of these layers. A layer that lacks a value or a file is left out."""
    for layer in layers:
        if view.view and layer.views and view.view not in layer.views:
            continue
        try:
            if layer.when is None or layer.when(view.values):
                yield from _repeated(view, layer)
        except MISSING:
            continue


MISSING = (KeyError, ArithmeticError, ValueError, OSError, EngineError)


def _repeated(view: View, layer: Layer) -> Iterator[Mark]:
    if layer.count is None:
        yield from _once(view, layer)
        return
    before = view.values.get(layer.counter), view.path
    for index in range(1, min(int(layer.count(view.values) + 1e-6), MOST_REPEATS) + 1):
        view.values[layer.counter] = index
        view.path = f"{before[1]}/{index}"
        yield from _once(view, layer)
    view.values[layer.counter], view.path = before


def _once(view: View, layer: Layer) -> Iterator[Mark]:
    if not define(view.values, layer.define) and layer.kind != "group":
        return
    if layer.kind == "group":
        yield from marks(view, layer.layers)
        return
    try:
        mark = PAINTERS[layer.kind](view, layer)
    except MISSING:
        return
    if mark is not None:
        yield mark


def define(values: dict[str, Any], names: tuple[tuple[str, Any], ...]) -> bool:
    """Compute names into `values`; one that cannot be computed is unset, and False returned."""
    complete = True
    for name, number in names:
        try:
            values[name] = number(values)
        except MISSING:
            values.pop(name, None)
            complete = False
    return complete


def _at(view: View, layer: Layer, key: str, default: float) -> float:
    number = layer.numbers.get(key)
    return default if number is None else float(number(view.values))


def _list(view: View, layer: Layer, key: str) -> tuple[float, ...]:
    return tuple(number(view.values) for number in layer.numbers.get(key) or ())


def _part(layer: Layer) -> Mapping[str, Any]:
    part: Mapping[str, Any] = layer.spec[layer.kind]
    return part


# images


def _image(view: View, layer: Layer) -> Mark | None:
    name = filled(str(layer.spec["image"]), view.values)
    path = layer_path(name, view.scene.files)
    if path is None:
        return None
    box = tuple(round(each * view.scale) for each in _list(view, layer, "box"))
    if not box:
        box = (0, 0, *view.size)
    if min(box[2:]) < 1 or max(box[2:]) > BIGGEST:
        return None
    tint = view.color(str(layer.spec.get("tint") or ""))
    mask = _mask(view, layer) if tint else None
    if tint and layer.spec.get("mask") and mask is None:
        return None
    opacity = min(1.0, _at(view, layer, "opacity", 1.0))
    cutout = _dyed(path, (box[2], box[3]), tint, mask, round(opacity, 3))
    if cutout is None or opacity <= 0:
        return None
    return Mark(cutout.moved(box[0], box[1]), blend=str(layer.spec.get("blend") or "normal"))


def _bytes(cutout: Cutout | None) -> int:
    return cutout.bytes if cutout else 64


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
    plain = stock.get(("image", str(path), size), lambda: _sized(path, size), _bytes)
    if plain is None or (tint is None and opacity >= 1):
        return plain
    where = (
        stock.get(("mask", str(mask), size), lambda: _coverage(mask, size), weight)
        if mask
        else None
    )
    key = ("image", str(path), size, tint, str(mask or ""), opacity)
    return stock.get(key, lambda: _tinted(plain, tint, where, opacity), _bytes)


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


# panels


def _panel(view: View, layer: Layer) -> Mark | None:
    """A panel, drawn once for the same look: most of them stay as they are at a click."""
    part = _part(layer)
    texture = _texture(view, part)
    if part.get("texture") and texture is None:
        return None
    assert layer.panel is not None
    look = _Look(
        layer.panel(view.values),
        view.color(str(part.get("fill") or "")),
        texture,
        f"{layer.code}{view.path}",
        view.scale,
        view.size,
    )
    cutout = stock.get(look, lambda: _drawn(look), _bytes)
    return Mark(cutout, blend=str(layer.spec.get("blend") or "normal")) if cutout else None


class _Look(NamedTuple):
    """All that a panel is drawn from, in scene pixels."""

    numbers: tuple[Any, ...]
    fill: Rgb | None
    texture: Path | None
    seed: str
    scale: float
    size: tuple[int, int]


def _drawn(look: _Look) -> Cutout | None:
    points, texture_scale, grain, shade, shade_angle, fade, outline, soft, radius, opacity = (
        look.numbers
    )
    scale, width = look.scale, look.size[0]
    panel = Panel(
        points=tuple(
            (_bounded(x * scale, 4.0 * width), _bounded(y * scale, 4.0 * width)) for x, y in points
        ),
        fill=look.fill,
        texture=look.texture,
        texture_scale=texture_scale * scale,
        grain=grain,
        shade=shade,
        shade_angle=shade_angle,
        fade=fade,
        outline=outline,
        soft=min(soft * scale, width / 4),
        radius=min(radius * scale, width),
        opacity=min(1.0, opacity),
        seed=look.seed,
    )
    drawn = draw_panel(panel, look.size)
    if drawn is None:
        return None
    color, mask, box = drawn
    return Cutout(color, mask, box[0], box[1])


def _texture(view: View, part: Mapping[str, Any]) -> Path | None:
    if not part.get("texture"):
        return None
    return layer_path(filled(str(part["texture"]), view.values), view.scene.files)


def _bounded(number: float, reach: float) -> float:
    """A coordinate, not absurdly far from the canvas."""
    return max(-reach, min(reach, number))


# texts and artwork


def _text(view: View, layer: Layer) -> Mark | None:
    part = _part(layer)
    code = str(part["option"])
    text = view.texts.get(code, "")
    if not text or not view.shown(code):
        return None
    size = min(_at(view, layer, "size", 40.0) * view.scale, view.size[1])
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
        min(_at(view, layer, "max_width", view.scene.width) * view.scale, view.size[0]),
        _at(view, layer, "rotate", 0.0),
        _at(view, layer, "curve", 0.0),
    )
    if mask is None:
        return None
    x, y = (each * view.scale for each in _list(view, layer, "at"))
    left, top = round(x - mask.width / 2), round(y - mask.height / 2)
    return Mark(Cutout(mask, mask, left, top), look=look, color=color, relief=relief)


def _path(view: View, layer: Layer) -> list[tuple[float, float]]:
    """The points of the line on which a text stands, on the canvas."""
    reach = 2.0 * view.size[0]
    return [
        (_bounded(x(view.values) * view.scale, reach), _bounded(y(view.values) * view.scale, reach))
        for x, y in layer.numbers["path"]
    ]


def font_of_layer(view: View, layer: Layer) -> str:
    """A stem as it is written, or the attribute `font` of the option's chosen value."""
    font = str(_part(layer).get("font") or "")
    option = view.product.options.get(font)
    choice = option.choice(view.values.get(font, "")) if option else None
    return str(choice.attributes.get("font", "")) if choice else font


def _effect(view: View, part: Mapping[str, Any]) -> str:
    """`print`, `emboss` or `foil`; an option's codes may have longer names, like blind_emboss."""
    wanted = filled(str(part.get("effect") or PRINT), view.values)
    return next((look for look in (EMBOSS, FOIL) if look in wanted), PRINT)


def _artwork(view: View, layer: Layer) -> Mark | None:
    part = _part(layer)
    code = str(part["option"])
    reference = view.files.get(code, "")
    if not reference or not view.shown(code):
        return None
    left, top, width, height = (each * view.scale for each in _list(view, layer, "box"))
    size = max(1, round(width)), max(1, round(height))
    if max(size) > BIGGEST:
        return None
    inks, turn = inks_of(view, layer), _at(view, layer, "rotate", 0.0) % 360
    key = ("artwork", reference, size, inks, turn)
    cutout = stock.get(key, lambda: _in_place(reference, size, inks, turn), _bytes)
    if cutout is None:
        return None
    moved = cutout.moved(round(left), round(top))
    return Mark(moved, look="picture" if _effect(view, part) == EMBOSS else "")


def inks_of(view: View, layer: Layer) -> int:
    """The most inks of an artwork's process; 0 does not count them."""
    return max(0, min(int(_at(view, layer, "inks", 0) + 1e-6), MOST))


def _in_place(reference: str, size: tuple[int, int], inks: int, turn: float) -> Cutout | None:
    """The artwork in a box of this size, which is turned as a whole, counterclockwise."""
    placed = placed_artwork(reference, size, inks)
    if not turn:
        return cut_out(placed)
    turned = placed.rotate(turn, Image.Resampling.BICUBIC, expand=True)
    return cut_out(turned, (size[0] - turned.width) // 2, (size[1] - turned.height) // 2)


PAINTERS = {"image": _image, "panel": _panel, "text": _text, "artwork": _artwork}
