"""Panels: drawn from formulas, repeated, shaded, textured."""

from pathlib import Path

import pytest
from PIL import Image

from configurator.engine import ExpressionError
from tests.wizard.drawings import box, extent, near, picture, scene

pytestmark = pytest.mark.usefixtures("rooms")


def test_a_wider_case_is_wider_and_stays_centered() -> None:
    layers = scene(
        {"code": "case", "panel": box("left", "100", "400 - left", "200")},
        define={"left": "200 - width * scale / 2", "scale": "0.25"},
    )
    narrow = extent(picture(layers, {"width": 400}), (51, 102, 153))
    wide = extent(picture(layers, {"width": 1200}), (51, 102, 153))
    assert narrow == (150, 249)
    assert wide == (50, 349)


def test_definitions_count_in_any_order_of_writing() -> None:
    layers = scene(
        {"code": "case", "panel": box("a", "100", "b", "200")},
        define={"b": "a + c", "c": "width / 8", "a": "width / 8 - 50"},
    )
    assert extent(picture(layers), (51, 102, 153)) == (50, 149)


def test_a_repetition_paints_as_often_as_its_formula_says() -> None:
    shelf = {
        "code": "shelf",
        "repeat": {"name": "i", "count": "width / 200"},
        "panel": box("i * 40", "100", "i * 40 + 20", "200"),
    }
    image = picture(scene(shelf), {"width": 600})
    hits = [near(image.getpixel((i * 40 + 10, 150)), (51, 102, 153)) for i in range(1, 6)]
    assert hits == [True, True, True, False, False]
    assert not near(image.getpixel((70, 150)), (51, 102, 153))


def test_groups_repeat_in_each_other() -> None:
    inner = {
        "code": "cell",
        "repeat": {"name": "j", "count": 3},
        "panel": box("x", "j * 60", "x + 20", "j * 60 + 20"),
    }
    group = {
        "code": "bay",
        "repeat": {"name": "i", "count": 2},
        "define": {"x": "i * 100"},
        "layers": [inner],
    }
    image = picture(scene(group))
    found = [
        (x, y)
        for x in (110, 210, 310)
        for y in (70, 130, 190, 250)
        if near(image.getpixel((x, y)), (51, 102, 153))
    ]
    assert found == [(x, y) for x in (110, 210) for y in (70, 130, 190)]


def test_a_panel_takes_its_color_from_an_option_and_is_shaded() -> None:
    layers = scene({"code": "p", "panel": box("0", "0", "400", "300") | {"fill": "color"}})
    assert near(picture(layers).getpixel((200, 150)), (255, 0, 0))
    shaded = scene(
        {"code": "p", "panel": box("0", "0", "400", "300") | {"fill": "color", "shade": [0, -0.6]}}
    )
    image = picture(shaded)
    top, bottom = image.getpixel((200, 5)), image.getpixel((200, 290))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 245
    assert bottom[0] < 140


def test_a_texture_runs_along_its_grain(rooms: Path) -> None:
    stripes = Image.new("RGB", (40, 40), (200, 180, 150))
    for y in range(0, 40, 10):
        stripes.paste((90, 70, 50), (0, y, 40, y + 4))
    stripes.save(rooms / "oak.png")

    def varies(grain: int) -> tuple[int, int]:
        panel = {**box("50", "50", "350", "250"), "texture": "oak.png", "grain": grain}
        image = picture(scene({"code": "p", "panel": {**panel, "fill": "#ffffff"}}))
        across = {image.getpixel((x, 150)) for x in range(100, 300)}
        down = {image.getpixel((200, y)) for y in range(60, 240)}
        return len(across), len(down)

    assert varies(0)[0] == 1 < varies(0)[1]
    assert varies(90)[1] == 1 < varies(90)[0]


def test_edges_between_pixels_are_covered_in_part_and_soft_ones_blur() -> None:
    black = {"fill": "#000000"}
    image = picture(scene({"code": "p", "panel": {**box("50.5", "50", "60", "250"), **black}}))
    row = [int(str(image.convert("L").getpixel((x, 150)))) for x in range(48, 63)]
    assert row[0] > 240
    assert 90 < row[2] < 165
    assert row[3:12] == [0] * 9
    assert row[12] > 240
    soft = {**box("100", "100", "300", "200"), **black, "soft": 8}
    image = picture(scene({"code": "p", "panel": soft})).convert("L")
    across = [int(str(image.getpixel((x, 150)))) for x in (60, 90, 100, 110, 200)]
    assert across == sorted(across, reverse=True)
    assert across[0] > 240
    assert 100 < across[2] < 155
    assert across[4] == 0


def test_slanted_edges_are_smooth() -> None:
    triangle = {"points": [[100, 50], [300, 50], [100, 250]], "fill": "#000000"}
    image = picture(scene({"code": "t", "panel": triangle})).convert("L")
    grays = {image.getpixel((x, 150)) for x in range(190, 210)}
    assert any(isinstance(gray, int) and 40 < gray < 215 for gray in grays)


@pytest.mark.parametrize("count", ["1 / (width - 800)", "10000000"])
def test_formulas_that_go_wrong_at_run_time_never_break_a_picture(count: str) -> None:
    wild = {
        "code": "wild",
        "repeat": {"name": "i", "count": count},
        "panel": box("i", "0", "i + 1 / (i - i)", "9"),
    }
    good = {"code": "good", "panel": box("100", "100", "300", "200")}
    image = picture(scene(wild, good))
    assert near(image.getpixel((200, 150)), (51, 102, 153))


def test_a_formula_that_names_nothing_is_refused() -> None:
    layers = scene({"code": "p", "panel": box("widht", "0", "9", "9")})
    with pytest.raises(ExpressionError, match="widht"):
        picture(layers)
