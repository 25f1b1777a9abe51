"""Layers that are picture files: tinted, masked, chosen, laid over each other."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import picture_key, render_picture
from configurator.wizard.preview.stock import layer_path, scaled
from tests.wizard.drawings import CHOICES, OPTIONS, near, picture, save_layer, scene
from tests.wizard.preview_double import product

pytestmark = pytest.mark.usefixtures("rooms")

# Images


def test_a_tint_colors_a_gray_layer(rooms: Path) -> None:
    save_layer(rooms, "body.png", (200, 200, 200))
    layers = scene({"code": "body", "image": "body.png", "tint": "color"})
    assert near(picture(layers).getpixel((200, 150)), (200, 0, 0))
    assert near(picture(layers, {"color": "blue"}).getpixel((200, 150)), (0, 0, 200))
    assert near(picture(layers, {"color": "plain"}).getpixel((200, 150)), (200, 200, 200))


def test_a_layer_whose_condition_fails_is_absent(rooms: Path) -> None:
    save_layer(rooms, "lid.png", (10, 120, 10))
    layers = scene({"code": "lid", "image": "lid.png", "when": "lid"})
    assert near(picture(layers).getpixel((200, 150)), (255, 255, 255), 16)
    assert near(picture(layers, {"lid": True}).getpixel((200, 150)), (10, 120, 10))


def test_braces_name_the_file_of_the_chosen_value(rooms: Path) -> None:
    save_layer(rooms, "body-red.png", (120, 10, 10))
    save_layer(rooms, "body-blue.png", (10, 10, 120))
    layers = scene({"code": "body", "image": "body-{color}.png"})
    assert near(picture(layers).getpixel((200, 150)), (120, 10, 10))
    assert near(picture(layers, {"color": "blue"}).getpixel((200, 150)), (10, 10, 120))


def test_a_missing_file_leaves_only_its_layer_out(rooms: Path) -> None:
    save_layer(rooms, "body.png", (10, 10, 120))
    layers = scene(
        {"code": "gone", "image": "gone-{color}.png"}, {"code": "body", "image": "body.png"}
    )
    assert near(picture(layers).getpixel((200, 150)), (10, 10, 120))


def test_a_later_layer_covers_an_earlier_one_and_multiply_darkens_it(rooms: Path) -> None:
    save_layer(rooms, "a.png", (200, 100, 100))
    save_layer(rooms, "b.png", (128, 128, 128))
    below = {"code": "a", "image": "a.png"}
    above = {"code": "b", "image": "b.png"}
    assert near(picture(scene(below, above)).getpixel((200, 150)), (128, 128, 128))
    multiplied = scene(below, {**above, "blend": "multiply"})
    assert near(picture(multiplied).getpixel((200, 150)), (100, 50, 50))


def test_opacity_lets_the_ground_through(rooms: Path) -> None:
    save_layer(rooms, "a.png", (0, 0, 0))
    half = picture(scene({"code": "a", "image": "a.png", "opacity": 0.5})).getpixel((200, 150))
    assert near(half, (128, 128, 128), 20)


def test_an_image_in_a_box_is_fitted_into_it(rooms: Path) -> None:
    Image.new("RGB", (50, 50), (200, 0, 0)).save(rooms / "dot.png")
    layers = scene({"code": "dot", "image": "dot.png", "box": ["width / 10", 20, 40, 60]})
    image = picture(layers)
    assert near(image.getpixel((82, 25)), (200, 0, 0))
    assert near(image.getpixel((118, 78)), (200, 0, 0))
    assert not near(image.getpixel((124, 50)), (200, 0, 0))


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "a/../../secret.png", ""])
def test_nothing_outside_of_the_media_folder_is_opened(rooms: Path, name: str) -> None:
    save_layer(rooms.parent, "secret.png")
    assert layer_path(name, None) is None
    assert layer_path("layer", {"layer": name}) is None


def test_a_link_out_of_the_media_folder_is_not_followed(rooms: Path) -> None:
    save_layer(rooms.parent, "secret.png")
    (rooms / "inside.png").symlink_to(rooms.parent / "secret.png")
    assert layer_path("inside.png", None) is None


# Masks and views


def test_a_mask_says_where_the_tint_is_laid(rooms: Path) -> None:
    save_layer(rooms, "body.png", (200, 200, 200))
    mask = Image.new("L", (400, 300))
    mask.paste(255, (150, 100, 200, 200))
    mask.save(rooms / "mask.png")
    layers = scene({"code": "body", "image": "body.png", "tint": "color", "mask": "mask.png"})
    tinted = picture(layers)
    assert near(tinted.getpixel((170, 150)), (200, 0, 0))
    assert near(tinted.getpixel((230, 150)), (200, 200, 200))
    assert near(picture(layers, {"color": "plain"}).getpixel((170, 150)), (200, 200, 200))


def test_every_view_has_its_own_layers_and_papers_show_the_first(rooms: Path) -> None:
    save_layer(rooms, "front.png", (10, 120, 10))
    save_layer(rooms, "back.png", (10, 10, 120))
    found = product(
        scene(
            {"code": "front", "image": "front.png", "views": ["front"]},
            {"code": "back", "image": "back.png", "views": ["back"]},
            views=[{"code": "front", "name": "Front"}, {"code": "back", "name": "Back"}],
        ),
        OPTIONS,
    )
    whole = Configuration(CHOICES, {}, {})

    def seen(view: str) -> Any:
        data = render_picture(found, whole, width=400, format="png", view=view)
        return Image.open(io.BytesIO(data)).convert("RGB").getpixel((200, 150))

    assert near(seen("back"), (10, 10, 120))
    assert near(seen("front"), (10, 120, 10))
    assert near(seen("unknown"), (10, 120, 10))
    assert picture_key(found, whole, "front") == picture_key(found, whole)
    assert picture_key(found, whole, "back") != picture_key(found, whole)


# Sizes


@pytest.mark.parametrize("size", [(120, 90), (288, 216), (301, 160), (480, 360), (1001, 750)])
@pytest.mark.parametrize("where", [(0, 0), (101, 57), (330, 270)])
def test_a_mostly_empty_layer_is_resized_as_the_whole_of_it(
    size: tuple[int, int], where: tuple[int, int]
) -> None:
    noise = Image.effect_noise((70, 30), 90)
    layer = Image.new("RGBA", (400, 300))
    layer.paste(Image.merge("RGBA", (noise, noise.rotate(180), noise, noise.rotate(90))), where)
    box = min(400 / size[0], 300 / size[1]) >= 2
    how = Image.Resampling.BOX if box else Image.Resampling.LANCZOS
    whole = layer.convert("RGBa").resize(size, how).convert("RGBA").convert("RGBa")
    found = scaled(layer, size).convert("RGBa")
    pairs = zip(whole.split(), found.split(), strict=True)
    for one, other in pairs:
        apart = ImageChops.difference(one, other).histogram()
        assert not any(apart[3:]), "but for how a pixel's edge is rounded"
    assert scaled(Image.new("RGBA", (400, 300)), size).getbbox() is None
