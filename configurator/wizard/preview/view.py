"""What a picture is painted from and of: a view of a configuration, and marks for the canvas."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageChops

from configurator.engine import EngineError
from configurator.wizard.preview.colors import Rgb, rgb
from configurator.wizard.preview.impress import impress, press_picture
from configurator.wizard.preview.scene import Layer, Scene
from configurator.wizard.preview.stock import Cutout

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


MISSING = (KeyError, ArithmeticError, ValueError, OSError, EngineError)


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


def number_at(view: View, layer: Layer, key: str, default: float) -> float:
    number = layer.numbers.get(key)
    return default if number is None else float(number(view.values))


def numbers_at(view: View, layer: Layer, key: str) -> tuple[float, ...]:
    return tuple(number(view.values) for number in layer.numbers.get(key) or ())


def part_of(layer: Layer) -> Mapping[str, Any]:
    """What a layer says of its own kind."""
    part: Mapping[str, Any] = layer.spec[layer.kind]
    return part


def bytes_of(cutout: Cutout | None) -> int:
    return cutout.bytes if cutout else 64


def bounded(number: float, reach: float) -> float:
    """A coordinate, not absurdly far from the canvas."""
    return max(-reach, min(reach, number))
