"""Views and masks of a picture: checked, and the same after every export."""

from pathlib import Path

import pytest
from PIL import Image

from configurator.catalog.drafts import read_content
from configurator.catalog.exporting.service import export_product
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product
from tests.catalog.kit import STOOL, refused_at, written
from tests.wizard.test_studio_files import png

pytestmark = pytest.mark.django_db

PICTURE = """
picture:
  width: 400
  height: 300
  views: [{code: front, name: Front}, {code: back, name: {en: Back, pl: Tył}}]
  layers:
    - {code: seat, image: seat.png, tint: wood, mask: mask.png, views: [front]}
"""


def stool(folder: Path, picture: str = PICTURE) -> Path:
    text = STOOL.read_text(encoding="utf-8").split("\npicture:")[0]
    for name in ("seat.png", "mask.png"):
        (folder / name).write_bytes(png())
    return written(folder, text + picture)


@pytest.fixture(autouse=True)
def places(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_they_come_back_from_an_export(tmp_path: Path, kind: str) -> None:
    import_product(file=stool(tmp_path))
    product = Product.objects.get()
    before = read_content(product)
    assert before["picture"]["views"][1] == {"code": "back", "name": {"en": "Back", "pl": "Tył"}}
    with export_product(product=product, kind=kind).file as file:
        exported = tmp_path / f"stool.{kind}"
        exported.write_bytes(file.read())
    import_product(file=exported, publish=False)
    assert read_content(Product.objects.get()) == before


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("views: [front]}", "views: [side]}", "The picture has no view “side”."),
        ("tint: wood, ", "", "A mask needs an image and a tint, which it lays on it."),
        ("code: back", "code: front", "There is another view called “front”."),
        ("mask: mask.png", "mask: ../mask.png", "must be a path below the product's own folder"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in refused_at(stool(tmp_path, PICTURE.replace(old, new)), new or "mask: mask.png")


def test_a_mask_has_the_size_of_the_scene(tmp_path: Path) -> None:
    file = stool(tmp_path)
    Image.new("L", (40, 30)).save(tmp_path / "mask.png")
    assert "has 40 × 30 pixels; the picture has 400 × 300" in refused_at(file, "mask: mask.png")
