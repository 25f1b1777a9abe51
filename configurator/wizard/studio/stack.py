"""The layers of a picture for one design: what each is, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image

from configurator.catalog.content import Content
from configurator.engine import EngineError
from configurator.wizard.preview.painting import marks
from configurator.wizard.preview.rendering import view_of
from configurator.wizard.preview.scene import Layer, filled
from configurator.wizard.preview.stock import layer_path
from configurator.wizard.preview.view import View
from configurator.wizard.studio.asking import Shown
from configurator.wizard.studio.contents import layers_of
from configurator.wizard.studio.drafts import Draft

LOOKED_AT = 240  # px, the width at which it is tried what a layer paints
PAINTED, AWAY, MISSING, BROKEN = "painted", "away", "missing", "broken"
KINDS = ("image", "panel", "text", "artwork", "layers")


@dataclass(frozen=True)
class Handle:
    """Where a layer can be taken hold of, scene pixels; a text by its middle."""

    code: str
    name: str
    left: float
    top: float
    width: float
    height: float
    by_middle: bool

    @property
    def x(self) -> float:
        return self.left + self.width / 2 if self.by_middle else self.left

    @property
    def y(self) -> float:
        return self.top + self.height / 2 if self.by_middle else self.top

    @property
    def right(self) -> float:
        return self.left + self.width - 9

    @property
    def bottom(self) -> float:
        return self.top + self.height - 9


@dataclass(frozen=True)
class Line:
    """A layer of the stack. `state` is what comes of it in the design shown, `why` tells it."""

    code: str
    kind: str
    said: str
    state: str
    why: str
    handle: Handle | None
    last: bool
    first: bool


def stack(draft: Draft, shown: Shown | None, opened: str = "") -> list[Line]:
    """All layers, what is in front first. Images can be taken hold of while they are `opened`."""
    layers = layers_of(draft.content)
    scene: dict[str, Layer] = {}
    view: View | None = None
    if draft.product is not None and shown is not None:
        view = view_of(draft.product, shown.configuration, LOOKED_AT, shown.view)
        scene = {layer.code: layer for layer in view.scene.layers}
    lines = [
        _line(place, layer, draft, view, scene.get(str(layer["code"])), len(layers), opened)
        for place, layer in enumerate(layers)
    ]
    return lines[::-1]


def _line(
    place: int,
    spec: Content,
    draft: Draft,
    view: View | None,
    layer: Layer | None,
    count: int,
    opened: str,
) -> Line:
    code = str(spec["code"])
    state, why = BROKEN, draft.broken.get(code, "")
    if not why and view is not None and layer is not None:
        state, why = _state(view, layer)
    held = state == PAINTED and (kind_of(spec) != "image" or code == opened)
    return Line(
        code=code,
        kind=kind_of(spec),
        said=said(spec),
        state=state,
        why=why,
        handle=handle(view, layer) if view and layer and held else None,
        first=place == count - 1,
        last=place == 0,
    )


def kind_of(spec: Mapping[str, Any]) -> str:
    return next((kind for kind in KINDS if kind in spec), "image")


def said(spec: Mapping[str, Any]) -> str:
    """What a layer paints, in short."""
    kind = kind_of(spec)
    if kind == "image":
        return str(spec.get("image", ""))
    if kind == "text":
        return _("the text “%(option)s”") % {"option": spec["text"].get("option", "")}
    if kind == "artwork":
        return _("the customer’s picture “%(option)s”") % {
            "option": spec["artwork"].get("option", "")
        }
    return _("a group of layers") if kind == "layers" else _("a drawn panel")


def _state(view: View, layer: Layer) -> tuple[str, str]:
    if view.view and layer.views and view.view not in layer.views:
        return AWAY, _("on another view")
    try:
        if layer.when is not None and not layer.when(view.values):
            return AWAY, _("not in this design: %(when)s") % {"when": layer.spec["when"]}
    except (EngineError, ArithmeticError, LookupError, ValueError):
        return AWAY, _("its condition cannot be computed for this design")
    missing = next(iter(_missing(view, layer)), "")
    if missing:
        return MISSING, _("the file %(path)s is missing") % {"path": missing}
    if wrong := _wrong_size(view, layer):
        return MISSING, wrong
    if any(True for _mark in marks(view, (layer,))):
        return PAINTED, ""
    return AWAY, _("nothing to paint in this design")


def _wrong_size(view: View, layer: Layer) -> str:
    """That a file which covers the scene has another size, so that it is stretched."""
    if layer.kind != "image" or layer.spec.get("box"):
        return ""
    scene = view.scene
    for key in ("image", "mask"):
        try:
            path = layer_path(filled(str(layer.spec.get(key) or ""), view.values), scene.files)
            size = _size(path) if path else None
        except (KeyError, OSError):
            continue
        if size and size != (scene.width, scene.height):
            parts = {"mine": f"{size[0]} × {size[1]}", "size": f"{scene.width} × {scene.height}"}
            return _("It has %(mine)s pixels; the picture has %(size)s.") % parts
    return ""


@lru_cache(maxsize=4096)
def _size(path: Path) -> tuple[int, int]:
    """A picture file never changes: it is named by its content."""
    with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as opened:
        return opened.size


def _missing(view: View, layer: Layer) -> Iterator[str]:
    """Files that the layer names for this design, and that are not there."""
    for key in ("image", "mask"):
        template = layer.spec.get(key)
        if not isinstance(template, str):
            continue
        try:
            name = filled(template, view.values)
        except KeyError:
            continue
        if "none" not in name and layer_path(name, view.scene.files) is None:
            yield name


def handle(view: View, layer: Layer) -> Handle | None:
    """Where a layer can be taken hold of in this design; None for one that covers the scene."""
    try:
        if layer.kind == "text":
            return _of_text(view, layer)
        box = [float(each(view.values)) for each in layer.numbers.get("box") or ()]
    except (EngineError, ArithmeticError, LookupError, ValueError):
        return None
    if layer.kind not in ("artwork", "image") or len(box) != 4:
        return None
    return Handle(layer.code, said(layer.spec), box[0], box[1], box[2], box[3], False)


def _of_text(view: View, layer: Layer) -> Handle:
    x, y = (float(each(view.values)) for each in layer.numbers["at"])
    size = float(layer.numbers["size"](view.values)) if "size" in layer.numbers else 40.0
    widest = layer.numbers.get("max_width")
    width = float(widest(view.values)) if widest else size * 6
    left, top = x - width / 2, y - size * 0.6
    return Handle(layer.code, said(layer.spec), left, top, width, size * 1.2, True)
