"""The preview picture: its files are found, checked and stored; its layers speak of what exists."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image

from configurator.catalog import queries
from configurator.catalog.admin.picturing import MeasuresField
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Layer, LayerFile
from tests.catalog.kit import STOOL, refused, refused_at, written

pytestmark = pytest.mark.django_db

PICTURE = """
picture:
  width: 60
  height: 40
  ground: {top: "#ffffff", bottom: "#cccccc", horizon: 0.7}
  define: {scale: "30 / height", top: "40 - scale * height"}
  layers:
    - code: seat
      image: "layers/seat-{wood}.png"
    - code: bar
      image: "layers/bar-{rest_metal}.png"
      when: footrest
      tint: wood
    - code: leg
      panel: {points: [["10 * i", top], ["10 * i + 3", top], ["10 * i", 40]], fill: wood, texture: "layers/grain.jpg"}
      repeat: {name: i, count: "if legs = 4 then 4 else 3"}
    - code: words
      text: {option: engraving, at: [30, 20], size: 10, color: "#000000", font: DejaVuSans, effect: print}
    - code: logo
      artwork: {option: logo, box: [10, 10, 20, 20], effect: emboss}
"""  # noqa: E501
FILES = ("layers/seat-pine.png", "layers/seat-oak.png", "layers/bar-steel.png", "layers/grain.jpg")
ALL = (*FILES, "layers/bar-brass.png")


def painted(path: Path, width: int = 60, height: int = 40) -> None:
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (width, height), (90, 60, len(path.name))).save(path)


def pictured(folder: Path, picture: str = PICTURE, files: tuple[str, ...] = ALL) -> Path:
    """The stool with a picture."""
    for name in files:
        painted(folder / name)
    return written(folder, STOOL.read_text(encoding="utf-8") + picture)


def test_pictures_are_stored_by_content(tmp_path: Path) -> None:
    import_product(file=pictured(tmp_path))
    stool = queries.live_release("stool")
    assert stool.picture is not None
    places = stool.picture["files"]
    assert sorted(places) == sorted(ALL)
    for name, place in places.items():
        stored = (Path(settings.MEDIA_ROOT) / place).read_bytes()
        assert stored == (tmp_path / name).read_bytes()
    assert [layer["code"] for layer in stool.picture["layers"]] == [
        *("seat", "bar", "leg", "words", "logo")
    ]
    assert Layer.objects.get(code="bar").when == "footrest"
    assert LayerFile.objects.count() == 5
    assert (stool.picture["width"], stool.picture["define"]["scale"]) == (60, "30 / height")


def test_a_changed_picture_makes_a_new_release(tmp_path: Path) -> None:
    file = pictured(tmp_path)
    import_product(file=file)
    Image.new("RGB", (60, 40), (1, 2, 3)).save(tmp_path / "layers/seat-oak.png")
    import_product(file=file)
    assert queries.live_release("stool").number == 2


def test_a_missing_file_is_told_with_the_design_that_needs_it(tmp_path: Path) -> None:
    message = refused_at(pictured(tmp_path, files=FILES), "bar-{rest_metal}")
    assert "“layers/bar-brass.png” is missing when" in message
    assert "rest_metal = brass" in message


def test_a_file_that_no_design_needs_may_be_missing(tmp_path: Path) -> None:
    picture = PICTURE.replace("when: footrest", "when: footrest and wood = pine")
    import_product(file=pictured(tmp_path, picture, FILES), dry_run=True)


def test_a_missing_plain_file(tmp_path: Path) -> None:
    file = pictured(tmp_path, files=tuple(name for name in ALL if "grain" not in name))
    assert "“layers/grain.jpg” is missing" in refused_at(file, "grain.jpg")


def test_a_missing_picture_of_a_choice(tmp_path: Path) -> None:
    text = STOOL.read_text(encoding="utf-8").replace(
        "{code: pine,", "{code: pine, image: pine.png,"
    )
    file = written(tmp_path, text)
    assert "“pine.png” is missing" in refused_at(file, "image: pine.png")
    painted(tmp_path / "pine.png", 8, 8)
    import_product(file=file)
    choice = queries.live_release("stool").options["wood"].choices[0]
    assert (Path(settings.MEDIA_ROOT) / choice.image).is_file()


def test_a_picture_of_another_size(tmp_path: Path) -> None:
    file = pictured(tmp_path)
    painted(tmp_path / "layers/seat-oak.png", 60, 41)
    assert "has 60 × 41 pixels; the picture has 60 × 40" in refused_at(file, "seat-{wood}")


@pytest.mark.parametrize("kind", ["text", "cut", "svg", "empty", "pdf"])
def test_a_file_that_is_no_picture(tmp_path: Path, kind: str) -> None:
    file = pictured(tmp_path)
    oak = tmp_path / "layers/seat-oak.png"
    data = {
        "text": b"hello",
        "cut": oak.read_bytes()[:60],
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "empty": b"",
        "pdf": b"%PDF-1.7 ...",
    }
    oak.write_bytes(data[kind])
    message = refused_at(file, "seat-{wood}")
    assert "“layers/seat-oak.png” is not a PNG, JPEG or WebP picture" in message


def test_a_picture_that_explodes(tmp_path: Path) -> None:
    file = pictured(tmp_path)
    buffer = io.BytesIO()
    Image.new("1", (13_000, 13_000)).save(buffer, "PNG", optimize=True)
    (tmp_path / "layers/seat-oak.png").write_bytes(buffer.getvalue())
    assert "layers/seat-oak.png” is" in refused_at(file, "seat-{wood}")


def test_a_link_to_elsewhere(tmp_path: Path) -> None:
    inside = tmp_path / "product"
    inside.mkdir()
    file = pictured(inside)
    painted(tmp_path / "secret.png")
    (inside / "layers/seat-oak.png").unlink()
    (inside / "layers/seat-oak.png").symlink_to(tmp_path / "secret.png")
    assert "lies outside of the product's folder" in refused_at(file, "seat-{wood}")


CASES = {
    "path above": ("layers/grain.jpg", "../grain.jpg", "below the product's own folder"),
    "absolute path": ("layers/grain.jpg", "/etc/grain.jpg", "below the product's own folder"),
    "backslashes": ("layers/grain.jpg", "..\\\\grain.jpg", "below the product's own folder"),
    "no picture": ("layers/grain.jpg", "layers/grain.svg", "not a .png, .jpg or .webp"),
    "unknown option": ("seat-{wood}", "seat-{wod}", "no option “wod” for {wod}. Did you mean"),
    "text option": ("seat-{wood}", "seat-{engraving}", "no option “engraving”"),
    "odd braces": ("seat-{wood}", "seat-{wood", "Braces must hold"),
    "bad when": ("when: footrest\n      tint", "when: footest\n      tint", "called “footest”"),
    "bad formula": ('"40 - scale * height"', '"40 - scle * height"', "option called “scle”"),
    "circle": ('"30 / height"', '"30 / top"', "need each other in a circle: scale, top"),
    "name taken": ("define: {scale", "define: {height: 3, scale", "already the name of something"),
    "counter taken": ("{name: i, count", "{name: wood, count", "already the name of something"),
    "unknown color": ("tint: wood", "tint: wod", "neither a color nor an option"),
    "colorless": ("tint: wood", "tint: legs", "No choice of “legs” has a swatch"),
    "unknown font": ("font: DejaVuSans", "font: DejaVuSand", "Did you mean “DejaVuSans”?"),
    "font by option": ("font: DejaVuSans", "font: wood", "needs the attribute “font”"),
    "text of a choice": ("text: {option: engraving", "text: {option: wood", "no text option"),
    "art of a text": ("artwork: {option: logo", "artwork: {option: engraving", "no file option"),
    "effect": ("effect: print", "effect: sparkle", "print, emboss or foil"),
    "effect by option": ("effect: print", 'effect: "{wood}"', "gives none of"),
    "two forms": ("tint: wood", "panel: {points: [[0, 0], [1, 1], [2, 2]], fill: wood}", "one of"),
    "two points": ('["10 * i + 3", top], ["10 * i", 40]]', "[1, 2]]", "at least 3"),
    "flat box": ("box: [10, 10, 20, 20]", "box: [10, 10]", "at least 4"),
    "blend": ("tint: wood", "blend: burn", "normal, multiply, screen"),
    "huge": ("width: 60", "width: 60000", "the most is 4,000"),
    "not finite": ("size: 10", "size: .inf", "does not fit here"),
    "doubled layer": ("code: bar", "code: seat", "layer code “seat” is used twice"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_layer_that_cannot_be(tmp_path: Path, case: str) -> None:
    old, new, reason = CASES[case]
    assert PICTURE.count(old) == 1
    file = pictured(tmp_path, PICTURE.replace(old, new))
    messages = refused(file)
    assert any(reason in message for message in messages), messages
    first = int(messages[0].removeprefix(f"{file}:").split(":")[0])
    assert first > 100


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("when: wood = oak, define: {top: 20}", ""),
        ("when: wood = okra", "wood"),
        ("define: {tip: 20}", "top"),
        ('define: {top: "top + 1"}', "top"),
    ],
)
def test_a_view_says_when_it_is_there_and_what_is_other_on_it(
    tmp_path: Path, view: str, told: str
) -> None:
    views = f"  views: [{{code: all, name: All}}, {{code: near, name: Near, {view}}}]\n"
    file = pictured(tmp_path, PICTURE.replace("  layers:\n", f"{views}  layers:\n"))
    if told:
        assert any("views" in each and told in each for each in refused(file))
    else:
        import_product(file=file, publish=True, by="test")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("height: [10, top, 10, 40]", ""),
        ("hight: [10, top, 10, 40]", "height"),
        ("wood: [10, top, 10, 40]", ""),
        ("height: [10, tip, 10, 40]", "top"),
        ("height: [10, top, 10]", "height"),
    ],
)
def test_a_measure_is_a_number_or_a_choice_and_runs_between_two_points(
    tmp_path: Path, line: str, told: str
) -> None:
    file = pictured(
        tmp_path, PICTURE.replace("  layers:\n", f"  measures: {{{line}}}\n  layers:\n")
    )
    if told:
        assert any("measures" in each and told in each for each in refused(file))
        return
    import_product(file=file)
    stool = queries.live_release("stool")
    assert stool.picture is not None
    assert stool.picture["measures"] == {line.split(":")[0]: [10, "top", 10, 40]}


def test_measures_are_written_as_lines() -> None:
    field = MeasuresField(required=False)
    said = "width = x0; 830; x1 + 2; 830.5"
    value = field.clean(said)
    assert value == {"width": ["x0", 830, "x1 + 2", 830.5]}
    assert field.prepare_value(value) == said
    with pytest.raises(ValidationError, match="two points"):
        field.clean("width = 1; 2; 3")
