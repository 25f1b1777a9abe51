"""From a scene and a configuration to marks: what is put on the canvas, in order."""

from collections.abc import Iterator

from configurator.wizard.preview.image_layers import image_mark
from configurator.wizard.preview.own_layers import artwork_mark, text_mark
from configurator.wizard.preview.panel_layers import panel_mark
from configurator.wizard.preview.scene import MOST_REPEATS, Layer
from configurator.wizard.preview.view import MISSING, Mark, View, define


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


PAINTERS = {"image": image_mark, "panel": panel_mark, "text": text_mark, "artwork": artwork_mark}
