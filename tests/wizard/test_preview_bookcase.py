"""The demo bookcase: parts that fit together, and a picture in true proportion."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from PIL import Image

from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.normal import content_of_file
from configurator.catalog.infos import BomLine
from configurator.catalog.modeling import model_of
from configurator.catalog.released import ReleasedProduct
from configurator.engine import compile_model
from configurator.wizard.preview import describe, render_picture

DEMO = Path(__file__).parents[2] / "configurator/catalog/demo/made-to-measure-bookcase"
PLAIN: dict[str, Any] = {
    "width": 1200, "height": 2000, "depth": 300, "bays": 2, "shelves": 5, "board": "t25",
    "wood": "oak", "finish": "oil", "back": "white", "base": "plinth", "fixing": "masonry",
    "doors": "open", "drawers": False, "cornice": False, "lighting": "unlit", "edge": "square",
    "ladder": False, "plate": False, "cable_outlet": False, "delivery_service": "room",
}  # fmt: skip


@pytest.fixture(scope="module")
def bookcase() -> ReleasedProduct:
    data = yaml.safe_load((DEMO / "product.yaml").read_text(encoding="utf-8"))
    content = content_of_file(data, {})
    content["files"] = {f"layers/{p.name}": f"layers/{p.name}" for p in (DEMO / "layers").iterdir()}
    return ReleasedProduct.load(uuid4(), 1, "bookcase", content, compile_model(model_of(content)))


@pytest.fixture(autouse=True)
def rooms(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = DEMO
    settings.PICTURES_DIR = tmp_path


def design(bookcase: ReleasedProduct, **choices: Any) -> Configuration:
    """A complete, valid design with these choices, else like PLAIN."""
    complete = bookcase.space.complete(choices, prefer=PLAIN)
    return Configuration(complete, {"plate_text": "Ex libris"}, {})


def parts(bookcase: ReleasedProduct, **choices: Any) -> dict[str, BomLine]:
    return {line.code: line for line in bookcase.bom(design(bookcase, **choices))}


def cut(line: BomLine) -> tuple[int, ...]:
    """Whole millimeters."""
    assert line.cut is not None
    assert all(side is None or side == int(side) for side in line.cut)
    return tuple(int(side) for side in line.cut if side is not None)


def test_a_plain_case_is_cut_to_fit(bookcase: ReleasedProduct) -> None:
    bom = parts(bookcase, **PLAIN)
    assert cut(bom["side"]) == (1920, 300, 25)  # 80 mm of plinth below
    assert cut(bom["top"]) == cut(bom["bottom"]) == (1150, 300, 25)
    assert cut(bom["divider"]) == (1870, 294, 25)
    assert cut(bom["shelf"]) == (560, 284, 25)  # (1200 - 3 * 25) / 2, and a millimeter each side
    assert bom["shelf"].quantity == 10
    assert bom["shelf"].material["en"] == "Oak"
    assert cut(bom["back-panel"]) == (1908, 1188, 6)
    assert cut(bom["plinth-front"]) == (1180, 80, 19)
    assert bom["shelf-pin"].quantity == 32
    assert "door-slab" not in bom
    assert "drawer-front" not in bom


@pytest.mark.parametrize("seed", range(25))
def test_every_design_adds_up(bookcase: ReleasedProduct, seed: int) -> None:
    choices = bookcase.space.random(seed)
    made = Configuration(choices, {"plate_text": "Anna"}, {})
    bom = {line.code: line for line in bookcase.bom(made)}
    width, board = Decimal(str(choices["width"])), cut(bom["side"])[2]
    bays = Decimal(str(choices["bays"]))
    shelf = cut(bom["shelf"])
    inner = width - (bays + 1) * board
    assert 0 <= inner - bays * shelf[0] < 3 * bays
    assert cut(bom["top"])[0] + 2 * board == width
    assert bom["shelf"].quantity == bays * Decimal(str(choices["shelves"]))
    for line in bom.values():
        assert line.quantity > 0, line.code
        assert all(side > 0 for side in line.cut or () if side is not None), line.code
    if "door-slab" in bom:
        leaves = bom["door-slab"].quantity
        assert width - 4 * leaves <= leaves * cut(bom["door-slab"])[1] <= width
        assert cut(bom["door-slab"])[1] <= 600
    if choices["doors"] != "open":
        assert bom["hinge"].quantity >= 2 * bays
    prices = bookcase.price_lines(made)
    total = sum(line.amount for line in prices)
    assert total * 100 == bookcase.space.answer(choices).total
    assert all(line.run_minutes > 0 for line in bookcase.operations(made))


def test_hardware_follows_the_doors(bookcase: ReleasedProduct) -> None:
    bom = parts(
        bookcase, width=1200, height=2000, depth=300, bays=2, board="t25", doors="full",
        door_style="framed", handles="knob", drawers=True, shelves=5,
    )  # fmt: skip
    assert bom["door-stile"].quantity == 8  # bays of 600 mm have two leaves
    assert cut(bom["door-stile"]) == (1736, 65, 22)
    assert cut(bom["door-rail"]) == (297, 65, 22)
    assert cut(bom["door-panel"]) == (1624, 185, 8)
    assert bom["hinge"].quantity == 20
    assert bom["knob"].quantity == 6
    assert bom["runner"].quantity == 2
    assert cut(bom["drawer-front"]) == (597, 176, 19)


@pytest.mark.parametrize(
    ("choices", "rule"),
    [
        ({"width": 2400, "height": 2600}, "front-area"),
        ({"width": 1400, "bays": 2, "board": "t19"}, "span"),
        ({"height": 2000, "fixing": "freestanding"}, "freestanding-height"),
        ({"depth": 200, "doors": "full"}, "door-depth"),
        ({"wood": "walnut", "finish": "paint"}, "walnut-paint"),
        ({"board": "t19", "edge": "beveled"}, "edge-chart"),
        ({"base": "hung", "fixing": "plasterboard"}, "hung-wall"),
        ({"shelves": 8, "height": 1200}, "shelf-clearance"),
        ({"height": 2000, "ladder": True}, ""),
    ],
)
def test_what_cannot_be_built_is_excluded(
    bookcase: ReleasedProduct, choices: dict[str, Any], rule: str
) -> None:
    assert bookcase.space.count(choices) == 0
    for code in choices:
        others = {name: value for name, value in choices.items() if name != code}
        assert bookcase.space.count(others) > 0
    if rule:
        assert set(bookcase.rules[rule].message) == {"en", "es", "pl"}


def test_texts_are_in_every_language(bookcase: ReleasedProduct) -> None:
    for option in bookcase.options.values():
        assert set(option.name) == {"en", "es", "pl"}, option.code
        for choice in option.choices:
            assert choice.name.get("pl") or choice.name["en"].endswith("mm"), choice.code
    for rule in bookcase.rules.values():
        assert set(rule.message) == {"en", "es", "pl"}, rule.code


# The picture


def painted(bookcase: ReleasedProduct, **choices: Any) -> Image.Image:
    data = render_picture(bookcase, design(bookcase, **choices), width=600, format="png")
    return Image.open(io.BytesIO(data)).convert("RGB")


def case_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Where the saturated color of a painted case stands."""
    saturation = image.convert("HSV").getchannel("S").point(lambda value: 255 * (value > 90))
    box = saturation.getbbox()
    assert box is not None
    return box


CLAY: dict[str, Any] = {"wood": "beech", "finish": "paint", "paint_color": "clay", "doors": "full",
        "door_style": "slab", "handles": "push", "base": "plinth", "depth": 300,
        "drawers": False, "cornice": False, "plate": False}  # fmt: skip


@pytest.mark.parametrize(("width", "height"), [(1200, 2000), (1600, 1600), (2400, 1800)])
def test_the_picture_has_the_proportions_of_the_case(
    bookcase: ReleasedProduct, width: int, height: int
) -> None:
    image = painted(bookcase, **CLAY, width=width, height=height, fixing="masonry")
    left, top, right, bottom = case_box(image)
    assert (right - left) / (bottom - top) == pytest.approx(width / height, rel=0.05)
    assert (left + right) / 2 == pytest.approx(300, abs=4)


def test_choices_show(bookcase: ReleasedProduct) -> None:
    base = painted(bookcase, **PLAIN)
    for choices in (
        {"wood": "walnut"},
        {"shelves": 6},
        {"bays": 3},
        {"doors": "lower", "handles": "knob"},
        {"drawers": True, "handles": "bar"},
        {"lighting": "warm", "cable_outlet": True},
        {"cornice": True},
        {"back": "black"},
        {"finish": "white_oil"},
        {"board": "t32"},
        {"plate": True},
    ):
        assert painted(bookcase, **{**PLAIN, **choices}).tobytes() != base.tobytes(), choices


def test_what_does_not_show_does_not_change_the_picture(bookcase: ReleasedProduct) -> None:
    base = painted(bookcase, **PLAIN)
    assert painted(bookcase, **{**PLAIN, "delivery_service": "curb"}).tobytes() == base.tobytes()


def test_the_picture_in_words(bookcase: ReleasedProduct) -> None:
    said = describe(bookcase, design(bookcase, **PLAIN), "pl")
    assert said.startswith("Regał na wymiar: Szerokość 1200 mm, Wysokość 2000 mm")
    assert "Drewno Dąb" in said
    assert "Gzyms" not in said
    assert "Dostawa" not in said


def test_the_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DEMO / "layers").iterdir()) < 1_500_000
