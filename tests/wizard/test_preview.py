"""The renderer: the ground, sizes and formats, and what a picture shows in words."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import describe, render_picture
from configurator.wizard.preview.stock import stock
from tests.wizard.drawings import CHOICES, OPTIONS, box, extent, picture, save_layer, scene
from tests.wizard.preview_double import product

pytestmark = pytest.mark.usefixtures("rooms")

# The ground


def test_what_stands_on_the_floor_throws_a_shadow() -> None:
    standing = {"code": "p", "panel": box("120", "80", "280", "240")}
    ground = {"top": "#ffffff", "bottom": "#ffffff"}
    shaded = picture(scene(standing, ground=ground)).convert("L")
    bare = picture(scene(standing)).convert("L")
    below = (200, 243)
    assert int(str(shaded.getpixel(below))) < int(str(bare.getpixel(below))) - 25
    assert shaded.getpixel((20, 20)) == bare.getpixel((20, 20))


def test_wall_and_floor_have_their_colors() -> None:
    ground = {"top": "#2040c0", "bottom": "#c04020", "horizon": 0.5, "shadow": {"strength": 0}}
    image = picture(scene(ground=ground))
    wall, floor = image.getpixel((200, 60)), image.getpixel((200, 280))
    assert isinstance(wall, tuple)
    assert isinstance(floor, tuple)
    assert wall[2] > 2 * wall[0]
    assert floor[0] > 2 * floor[2]


# Sizes, formats, keeping


def test_sizes_scale_the_whole_scene() -> None:
    layers = scene({"code": "p", "panel": box("100", "100", "300", "200")})
    image = picture(layers, width=800)
    assert image.size == (800, 600)
    assert extent(image, (51, 102, 153)) == (200, 599)


def test_widths_are_bounded() -> None:
    assert picture(scene(), width=1).width == 16
    assert picture(scene(), width=100_000).width == 2400


@pytest.mark.parametrize(("format", "name"), [("webp", "WEBP"), ("jpeg", "JPEG"), ("png", "PNG")])
def test_formats_and_deterministic_bytes(format: Any, name: str, settings: Any) -> None:
    layers = scene({"code": "p", "panel": box("100", "100", "300.5", "200")})
    made = product(layers, OPTIONS)
    configuration = Configuration(CHOICES, {"words": "x"}, {})
    once = render_picture(made, configuration, format=format)
    assert Image.open(io.BytesIO(once)).format == name
    settings.PICTURES_DIR = settings.PICTURES_DIR / "elsewhere"
    stock.clear()
    assert render_picture(made, configuration, format=format) == once


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="gif"):
        render_picture(product(scene()), Configuration(), format="gif")  # type: ignore[arg-type]


def test_a_product_without_a_picture_shows_the_ground() -> None:
    made = product(None, OPTIONS)  # type: ignore[arg-type]
    assert render_picture(made, Configuration(CHOICES)).startswith(b"RIFF")


# In words


def test_the_picture_in_words() -> None:
    layers = scene(
        {"code": "p", "panel": {**box("0", "0", "width", "9"), "fill": "color"}},
        {"code": "lid", "when": "lid", "panel": box("0", "0", "9", "9")},
        {"code": "w", "text": {"option": "words", "at": [9, 9]}},
    )
    made = product(layers, OPTIONS)
    plain = Configuration(CHOICES, {}, {})
    assert describe(made, plain, "pl") == "Pudełko: Kolor Czerwony, width 800"
    full = Configuration({**CHOICES, "lid": True}, {"words": "Ex libris"}, {})
    assert describe(made, full, "en") == "Box: Color Red, width 800, Lid, Words “Ex libris”"
    assert describe(product(None), Configuration(), "es") == "Box"  # type: ignore[arg-type]


@pytest.mark.parametrize("size", ["100000000", "width - 1000", "0"])
def test_sizes_beyond_reason_are_left_out(rooms: Path, size: str) -> None:
    save_layer(rooms, "body.png")
    text = {"option": "words", "at": [9, 9], "size": size}
    picture(
        scene(
            {"code": "i", "image": "body.png", "box": [0, 0, size, size]},
            {"code": "p", "panel": {**box("0", "0", size, size), "soft": size, "radius": size}},
            {"code": "t", "text": text},
        ),
        texts={"words": "W" * 200},
    )
