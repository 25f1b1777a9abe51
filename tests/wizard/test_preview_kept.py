"""Pictures and layers that are kept: found again, made again, swept."""

import os
from pathlib import Path
from typing import Any

import pytest

from configurator.catalog.configuration import Configuration
from configurator.wizard.preview import picture_key, render_picture, warm_layers
from configurator.wizard.preview.cache import sweep
from configurator.wizard.preview.stock import Stock, stock
from tests.wizard.drawings import CHOICES, OPTIONS, box, picture, save_layer, scene
from tests.wizard.preview_double import product

pytestmark = pytest.mark.usefixtures("rooms")


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


def test_a_stock_with_room_for_a_while_forgets_what_is_too_much_afterwards() -> None:
    small = Stock(10)
    with small.roomy(30):
        for n in range(3):
            small.get(n, lambda: "x" * 10, len)
        assert [small.get(n, lambda: "new", len) for n in range(3)] == ["x" * 10] * 3
    assert small.get(2, lambda: "new", len) == "x" * 10
    assert small.get(0, lambda: "new", len) == "new"
