"""Where on the product a text or a picture goes: its place on the picture, and its true measures.

The measures are the layer's own (`width_mm`, `letter_mm` and so on); where it says none, an
attribute of the same name of a choice in the same step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview.along import length_of
from configurator.wizard.preview.own_layers import font_of_layer, inks_of
from configurator.wizard.preview.rendering import scene_of, view_of
from configurator.wizard.preview.scene import Layer
from configurator.wizard.preview.view import MISSING, View, define

if TYPE_CHECKING:
    from configurator.catalog.released import ReleasedProduct


@dataclass(frozen=True)
class Anchor:
    """A place for artwork. `box` is left, top, width, height in thousandths of the picture's width
    and height; `turn` degrees counterclockwise. Measures in mm are 0 where nothing tells them."""

    box: tuple[float, float, float, float]
    shape: float  # width / height
    turn: float
    view: str
    width_mm: float
    height_mm: float
    bleed_mm: float
    dpi: float
    inks: int
    effect: str


@dataclass(frozen=True)
class Line:
    """A place for a text, in scene pixels; `letter_mm` is the height of capitals, 0 if unknown."""

    font: str
    size: float
    max_width: float
    letter_mm: float
    width_mm: float  # the room for it as the layer says it; 0: follows from the others


def anchor_of(
    product: "ReleasedProduct", configuration: Configuration, option: str
) -> Anchor | None:
    """The place of an artwork option in a design; None where the picture does not show it."""
    for view, layer in _found(product, configuration, "artwork", option):
        try:
            return _anchor(view, layer, option)
        except MISSING:
            continue
    return None


def line_of(product: "ReleasedProduct", configuration: Configuration, option: str) -> Line | None:
    """The place of a text option in a design; None where the picture does not show it."""
    for view, layer in _found(product, configuration, "text", option):
        try:
            return _line(view, layer, option)
        except MISSING:
            continue
    return None


def _anchor(view: View, layer: Layer, option: str) -> Anchor:
    left, top, width, height = (number(view.values) for number in layer.numbers["box"])
    wide, high = view.scene.width / 1000, view.scene.height / 1000
    effect = str(layer.spec["artwork"].get("effect") or "print")
    return Anchor(
        box=(left / wide, top / high, width / wide, height / high),
        shape=width / max(height, 1e-6),
        turn=_own(view, layer, "rotate"),
        view=view.view if layer.views else "",
        width_mm=measure(view, layer, option, "width_mm"),
        height_mm=measure(view, layer, option, "height_mm"),
        bleed_mm=measure(view, layer, option, "bleed_mm"),
        dpi=measure(view, layer, option, "dpi"),
        inks=inks_of(view, layer),
        effect=effect,
    )


def _line(view: View, layer: Layer, option: str) -> Line:
    return Line(
        font=font_of_layer(view, layer),
        size=_own(view, layer, "size", 40.0),
        max_width=_room(view, layer),
        letter_mm=measure(view, layer, option, "letter_mm"),
        width_mm=measure(view, layer, option, "width_mm") if "width_mm" in layer.numbers else 0.0,
    )


def _room(view: View, layer: Layer) -> float:
    """How long the line is on which a text stands, in scene pixels."""
    if layer.numbers.get("path"):
        return length_of([(x(view.values), y(view.values)) for x, y in layer.numbers["path"]])
    return _own(view, layer, "max_width", float(view.scene.width))


def measure(view: View, layer: Layer, option: str, name: str) -> float:
    """A measure of a layer, of the layer itself or of a choice beside the option; 0 if unknown."""
    if name in layer.numbers:
        return _own(view, layer, name)
    for attributes in beside(view.product, option, view.values):
        if attributes.get(name):
            return float(attributes[name])
    return 0.0


def _own(view: View, layer: Layer, name: str, default: float = 0.0) -> float:
    number = layer.numbers.get(name)
    return default if number is None else float(number(view.values))


def beside(product: "ReleasedProduct", option: str, values: Any) -> Iterator[Any]:
    """The attributes of what is chosen in the step of `option`."""
    step = product.options[option].step if option in product.options else None
    for code, info in product.options.items():
        if info.step == step and code != option and code in values:
            choice = info.choice(values[code])
            yield choice.attributes if choice else {}


def _found(
    product: "ReleasedProduct", configuration: Configuration, kind: str, option: str
) -> Iterator[tuple[View, Layer]]:
    """The layers of the option that are painted, each in the first view which shows it."""
    scene = scene_of(product)
    for code in scene.views or ("",):
        view = view_of(product, configuration, scene.width, code)
        for layer in _painted(view, scene.layers):
            if layer.kind == kind and str(layer.spec[kind].get("option")) == option:
                yield view, layer


def _painted(view: View, layers: tuple[Layer, ...]) -> Iterator[Layer]:
    """The layers that are painted, the names that they define computed; of repeated ones, once."""
    for layer in layers:
        if view.view and layer.views and view.view not in layer.views:
            continue
        try:
            if layer.when is not None and not layer.when(view.values):
                continue
        except MISSING:
            continue
        if layer.count is not None:
            view.values[layer.counter] = 1
        define(view.values, layer.define)
        if layer.kind == "group":
            yield from _painted(view, layer.layers)
        else:
            yield layer
