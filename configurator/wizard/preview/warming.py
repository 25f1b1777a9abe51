"""Making ready, before the first customer comes, what takes long once."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview.cache import kept_cutout
from configurator.wizard.preview.image_layers import sized
from configurator.wizard.preview.rendering import compose, render_picture, scene_of
from configurator.wizard.preview.scene import BRACES, Layer, Scene
from configurator.wizard.preview.stock import layer_path

if TYPE_CHECKING:
    from configurator.catalog.released import ReleasedProduct


def warm_pictures(product: "ReleasedProduct", *, width: int = 600, designs: int = 12) -> None:
    """Compose some random designs too: layers with a `box` have a size only in a design."""
    warm_layers(product, width=width)
    for seed in range(designs):
        compose(product, Configuration(product.space.random(seed)), width)


def warm_smallest(
    product: "ReleasedProduct", configuration: Configuration, widths: Iterable[int]
) -> None:
    """Encode the picture of a complete design, which many will look at, as small as it gets."""
    for width in widths:
        render_picture(product, configuration, width=width, format="avif")


def warm_layers(product: "ReleasedProduct", *, width: int = 600) -> int:
    """Cut out every layer file at this picture width and keep it on disk; how many there are.

    A layer takes some 30 ms the first time, and a picture may need twenty new ones.
    """
    scene = scene_of(product)
    size = width, max(1, round(scene.height * width / scene.width))
    names = sorted(set(_whole_layers(scene, scene.layers)))
    for name in names:
        path = layer_path(name, scene.files)
        if path is not None:
            kept_cutout(path, size, partial(sized, path, size))
    return len(names)


def _whole_layers(scene: Scene, layers: tuple[Layer, ...]) -> Iterator[str]:
    """The names of the files that cover the whole scene."""
    for layer in layers:
        yield from _whole_layers(scene, layer.layers)
        if layer.kind == "image" and not layer.spec.get("box"):
            pattern = _pattern(str(layer.spec.get("image") or ""))
            yield from (name for name in scene.files or () if pattern.fullmatch(name))


def _pattern(template: str) -> re.Pattern[str]:
    pieces = BRACES.split(template)  # text, name, text, name, text
    return re.compile(".+".join(re.escape(text) for text in pieces[::2]))
