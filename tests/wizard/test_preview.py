"""The renderer: what a configuration looks like, pixel by pixel."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.engine import ExpressionError
from configurator.wizard.preview import describe, picture_key, render_picture, warm_layers
from configurator.wizard.preview.cache import sweep
from configurator.wizard.preview.stock import layer_path, stock
from tests.wizard.preview_double import product

Rgb = tuple[int, int, int]

COLOR = {
    "code": "color",
    "name": {"en": "Color", "pl": "Kolor"},
    "kind": "choice",
    "choices": [
        {"code": "red", "name": {"en": "Red", "pl": "Czerwony"}, "swatch": "#ff0000"},
        {"code": "blue", "name": "Blue", "swatch": "#0000ff"},
        {"code": "plain", "name": "Plain"},
    ],
}
WIDTH = {"code": "width", "kind": "number", "minimum": 400, "maximum": 1200, "step": 100}
LID = {"code": "lid", "name": "Lid", "kind": "toggle"}
NAME = {"code": "words", "name": "Words", "kind": "text"}
OPTIONS: list[dict[str, Any]] = [COLOR, WIDTH, LID, NAME]
CHOICES: dict[str, Any] = {"color": "red", "width": 800, "lid": False}
NO_SHADOW = {"top": "#ffffff", "bottom": "#ffffff", "shadow": {"strength": 0}}


@pytest.fixture(autouse=True)
def rooms(settings: Any, tmp_path: Path) -> Path:
    """Empty folders for picture files and kept pictures; nothing remembered."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PICTURES_DIR = tmp_path / "pictures"
    (tmp_path / "media").mkdir()
    stock.clear()
    return tmp_path / "media"


def scene(*layers: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"width": 400, "height": 300, "ground": NO_SHADOW, "layers": list(layers), **more}


def box(x0: str, y0: str, x1: str, y1: str, **more: Any) -> dict[str, Any]:
    return {"points": [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], "fill": "#336699", **more}


def save_layer(folder: Path, name: str, color: Rgb = (255, 255, 255)) -> None:
    """A square of this color in the middle of a 400 × 300 layer."""
    image = Image.new("RGBA", (400, 300))
    image.paste((*color, 255), (150, 100, 250, 200))
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    image.save(folder / name)


def picture(
    layers: dict[str, Any],
    choices: dict[str, Any] | None = None,
    texts: dict[str, str] | None = None,
    width: int = 400,
) -> Image.Image:
    configuration = Configuration({**CHOICES, **(choices or {})}, texts or {}, {})
    data = render_picture(product(layers, OPTIONS), configuration, width=width, format="png")
    return Image.open(io.BytesIO(data)).convert("RGB")


def near(one: Any, other: Rgb, most: int = 14) -> bool:
    return bool(max(abs(a - b) for a, b in zip(one, other, strict=True)) <= most)


def extent(image: Image.Image, color: Rgb) -> tuple[int, int]:
    """The leftmost and the rightmost column that has this color."""
    columns = [
        x
        for x in range(image.width)
        if any(near(image.getpixel((x, y)), color) for y in range(0, image.height, 5))
    ]
    return min(columns), max(columns)


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


# Panels and formulas


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


# Texts


def ink(image: Image.Image) -> list[tuple[int, int]]:
    gray = image.convert("L")
    return [
        (x, y)
        for y in range(gray.height)
        for x in range(gray.width)
        if isinstance(level := gray.getpixel((x, y)), int) and level < 110
    ]


def words(**more: Any) -> dict[str, Any]:
    text = {"option": "words", "at": [200, 150], "size": 40, "font": "DejaVuSans"}
    return scene({"code": "words", "text": {**text, "color": "#000000", **more}})


def test_a_text_is_written_around_its_place() -> None:
    drawn = ink(picture(words(), texts={"words": "Zażółć"}))
    across = [x for x, _y in drawn]
    assert abs((min(across) + max(across)) / 2 - 200) < 4
    assert max(across) - min(across) > 90


def test_no_text_no_ink() -> None:
    assert not ink(picture(words()))
    assert not ink(picture(words(), texts={"words": "  \n "}))


def test_a_long_text_shrinks_to_its_width() -> None:
    drawn = ink(picture(words(max_width=120), texts={"words": "A rather long inscription"}))
    across = [x for x, _y in drawn]
    assert 90 < max(across) - min(across) <= 122


def test_a_turned_text_is_higher_than_wide() -> None:
    drawn = ink(picture(words(rotate=90), texts={"words": "Monogram"}))
    across, down = [x for x, _y in drawn], [y for _x, y in drawn]
    assert max(down) - min(down) > 3 * (max(across) - min(across))


def test_a_bent_text_rises_in_the_middle() -> None:
    drawn = ink(picture(words(curve=120, size=24), texts={"words": "HHHHHHHHHHHH"}))
    across = [x for x, _y in drawn]
    left, right = min(across), max(across)
    middle = (left + right) // 2
    top_of_middle = min(y for x, y in drawn if abs(x - middle) < 12)
    top_of_end = min(y for x, y in drawn if x < left + 12)
    assert top_of_middle < top_of_end - 15


@pytest.mark.parametrize("effect", ["emboss", "foil", "blind_emboss"])
def test_effects_leave_a_mark_of_their_own(effect: str) -> None:
    base = {"code": "p", "panel": {**box("0", "0", "400", "300"), "fill": "#8a5a3a"}}
    text = words(effect=effect, color="#d4af37")["layers"][0]
    printed = words(effect="print", color="#d4af37")["layers"][0]
    plain = picture(scene(base))
    pressed = picture(scene(base, text), texts={"words": "AB"})
    assert pressed.tobytes() != plain.tobytes()
    assert pressed.tobytes() != picture(scene(base, printed), texts={"words": "AB"}).tobytes()


def test_a_text_option_that_does_not_apply_is_not_written() -> None:
    hidden = {**NAME, "when": "lid"}
    configuration = Configuration(CHOICES, {"words": "Secret"}, {})
    data = render_picture(
        product(words(), [COLOR, WIDTH, LID, hidden]), configuration, width=400, format="png"
    )
    assert not ink(Image.open(io.BytesIO(data)).convert("RGB"))


def test_control_characters_and_strange_letters_never_break_a_picture() -> None:
    for text in ("\x00\x1b[31m", "👩‍👩‍👧", "אבג", "\ud7ff", "x" * 5000):
        picture(words(max_width=100), texts={"words": text})


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


def test_the_key_changes_only_with_what_shows() -> None:
    layers = scene({"code": "p", "panel": {**box("0", "0", "width", "9"), "fill": "color"}})
    made = product(layers, OPTIONS)

    def key(choices: dict[str, Any], texts: dict[str, str] | None = None) -> str:
        return picture_key(made, Configuration({**CHOICES, **choices}, texts or {}, {}))

    assert key({}) == key({"lid": True})
    assert key({}) == key({}, {"words": "unseen"})
    assert key({}) != key({"color": "blue"})
    assert key({}) != key({"width": 900})
    assert key({}) != picture_key(product(layers, OPTIONS, sha="b" * 64), Configuration(CHOICES))


def test_a_kept_picture_is_read_back_and_a_broken_one_made_again(settings: Any) -> None:
    made = product(scene({"code": "p", "panel": box("9", "9", "99", "99")}), OPTIONS)
    whole = render_picture(made, Configuration(CHOICES))
    (kept,) = Path(settings.PICTURES_DIR).rglob("*.webp")
    assert kept.read_bytes() == whole
    for broken in (b"", whole[: len(whole) // 2]):
        kept.write_bytes(broken)
        assert render_picture(made, Configuration(CHOICES)) == whole
    assert kept.read_bytes() == whole
    assert not list(Path(settings.PICTURES_DIR).rglob(".new-*"))


def test_warming_cuts_out_every_layer_ahead(rooms: Path, settings: Any) -> None:
    names = ["body-red.png", "body-blue.png", "lid.png"]
    for name in names:
        save_layer(rooms, name)
    save_layer(rooms, "other.png")
    layers = scene(
        {"code": "body", "image": "body-{color}.png"},
        {"code": "group", "layers": [{"code": "lid", "image": "lid.png", "when": "lid"}]},
        files={name: name for name in [*names, "other.png"]},
    )
    made = product(layers, OPTIONS)
    assert warm_layers(made, width=400) == 3
    assert len(list(Path(settings.PICTURES_DIR).rglob("*.cut"))) == 3
    render_picture(made, Configuration({**CHOICES, "lid": True}), width=400)
    assert len(list(Path(settings.PICTURES_DIR).rglob("*.cut"))) == 3


def test_a_broken_kept_layer_is_made_again(rooms: Path, settings: Any) -> None:
    save_layer(rooms, "body.png", (10, 10, 120))
    layers = scene({"code": "body", "image": "body.png"})
    before = picture(layers)
    for cut in Path(settings.PICTURES_DIR).rglob("*.cut"):
        cut.write_bytes(cut.read_bytes()[:40])
    for kept in Path(settings.PICTURES_DIR).rglob("*.png"):
        kept.unlink()
    stock.clear()
    assert picture(layers).tobytes() == before.tobytes()


def test_the_least_used_files_are_swept_when_there_are_too_many(settings: Any) -> None:
    made = product(scene({"code": "p", "panel": box("0", "0", "width / 4", "99")}), OPTIONS)
    for age, width in enumerate((400, 500, 600)):
        render_picture(made, Configuration({**CHOICES, "width": width}))
        newest = max(Path(settings.PICTURES_DIR).rglob("*.webp"), key=lambda p: p.stat().st_mtime)
        os.utime(newest, (1000 + age, 1000 + age))
    sizes = {p: p.stat() for p in Path(settings.PICTURES_DIR).rglob("*.webp")}
    oldest = min(sizes, key=lambda p: sizes[p].st_mtime)
    assert sweep(sum(facts.st_size for facts in sizes.values())) == 0
    assert sweep(sum(facts.st_size for facts in sizes.values()) - 1) == 1
    assert set(sizes) - set(Path(settings.PICTURES_DIR).rglob("*.webp")) == {oldest}


def test_a_folder_that_cannot_be_written_costs_only_speed(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.PICTURES_DIR = tmp_path / "file"
    made = product(scene({"code": "p", "panel": box("9", "9", "99", "99")}), OPTIONS)
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
