"""Panels that are drawn from formulas, once for each look."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from configurator.wizard.preview.colors import Rgb
from configurator.wizard.preview.panels import Panel, draw_panel
from configurator.wizard.preview.scene import Layer, filled
from configurator.wizard.preview.stock import Cutout, layer_path, stock
from configurator.wizard.preview.view import Mark, View, bounded, bytes_of, part_of


def panel_mark(view: View, layer: Layer) -> Mark | None:
    """A panel, drawn once for the same look: most of them stay as they are at a click."""
    part = part_of(layer)
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
    cutout = stock.get(look, lambda: _drawn(look), bytes_of)
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
            (bounded(x * scale, 4.0 * width), bounded(y * scale, 4.0 * width)) for x, y in points
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
