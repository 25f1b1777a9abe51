"""Pictures of values: the part of the product that a choice changes."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image

from configurator.catalog.importing.service import import_product
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.thumbs import SIZE, _frame, pictured_options, value_thumb
from tests.wizard.conftest import LAMP

pytestmark = pytest.mark.django_db


@pytest.fixture
def shaded(db: None, tmp_path: Path) -> ReleasedProduct:
    """The lamp with its shade, which the picture shows, on cards."""
    text = LAMP.read_text(encoding="utf-8")
    file = tmp_path / "product.yaml"
    file.write_text(text.replace("control: swatches", "control: cards"), encoding="utf-8")
    import_product(file=file, publish=True, by="test")
    return live_release("lamp")


def test_only_cards_that_the_picture_shows_have_pictures(
    lamp: ReleasedProduct, shaded: ReleasedProduct
) -> None:
    assert pictured_options(lamp) == frozenset()
    assert pictured_options(shaded) == {"shade"}


def test_a_value_is_shown_large(client: Client, shaded: ReleasedProduct) -> None:
    response = client.get(f"/p/lamp/{shaded.number}/values/shade/black.webp")
    assert response.status_code == 200
    assert "immutable" in response["Cache-Control"]
    image = Image.open(io.BytesIO(response.content)).convert("RGB")
    assert image.size == SIZE
    middle = image.getpixel((SIZE[0] // 2, SIZE[1] // 2))
    assert isinstance(middle, tuple)
    assert max(middle) < 90  # the black shade fills the middle


def test_the_frame_holds_every_difference_and_stays_inside() -> None:
    plain = Image.new("RGB", (1200, 900))
    for box in ((0, 0, 20, 20), (1150, 850, 1200, 900), (0, 0, 1200, 900), (600, 0, 640, 900)):
        other = plain.copy()
        other.paste("#fff", box)
        left, top, right, bottom = _frame([plain, other])
        assert 0 <= left < right <= 1200
        assert 0 <= top < bottom <= 900
        assert abs((right - left) / (bottom - top) - 1.5) < 0.01
        if box != (0, 0, 1200, 900) and box != (600, 0, 640, 900):
            assert left <= box[0]
            assert top <= box[1]
            assert right >= box[2]
            assert bottom >= box[3]


def test_what_has_no_picture_is_not_found(client: Client, shaded: ReleasedProduct) -> None:
    number = shaded.number
    for path in ("base/heavy", "shade/plain", "nonsense/x", "words/x", "shade/.."):
        assert client.get(f"/p/lamp/{number}/values/{path}.webp").status_code == 404
    assert client.get("/p/lamp/99/values/shade/black.webp").status_code == 404


def test_a_picture_of_the_catalog_goes_first(
    shaded: ReleasedProduct, settings: LazySettings
) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (90, 60), "#ff0000").save(folder / "red.png")
    option = shaded.options["shade"]
    pictured = replace(option, choices=tuple(replace(c, image="red.png") for c in option.choices))
    product = replace(shaded, options={**shaded.options, "shade": pictured}, sha="other")
    image = Image.open(io.BytesIO(value_thumb(product, "shade", "black"))).convert("RGB")
    assert image.getpixel((10, 10)) == pytest.approx((255, 0, 0), abs=8)
