"""Pictures of designs: what a revision looks like, for good."""

import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from PIL import Image

from configurator.catalog.released import ReleasedProduct
from configurator.wizard.preview import warm_smallest
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


def test_a_revision_has_a_picture_that_may_be_kept(shop: Shop) -> None:
    shop.choose("shade", "black")
    response = shop.get("picture/1.webp", w="480")
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert Image.open(io.BytesIO(response.content)).width == 480
    again = shop.client.get(
        f"/d/{shop.design.id}/picture/1.webp?w=480", headers={"if-none-match": response["ETag"]}
    )
    assert again.status_code == 304
    assert shop.get("picture/0.webp", w="480")["ETag"] != response["ETag"]


def test_what_looks_the_same_has_the_same_tag(shop: Shop) -> None:
    shop.choose("dimmer", "yes")  # not seen on the picture
    assert shop.get("picture/0.webp")["ETag"] == shop.get("picture/1.webp")["ETag"]


def test_only_our_widths_are_made(shop: Shop) -> None:
    widths = {
        asked: Image.open(io.BytesIO(shop.get("picture/0.jpg", w=asked).content)).width
        for asked in ("1", "500", "1500", "999999", "-5", "x", "")
    }
    small = {"1": 240, "500": 720, "999999": 720, "-5": 720, "x": 720, "": 720}
    assert widths == {**small, "1500": 2160}  # looked at closely


def test_what_is_not_there_is_not_found(client: Client, shop: Shop) -> None:
    for path in ("picture/99.webp", "picture/0.svg", "picture/0.webp/x", "picture/x.webp"):
        assert shop.get(path).status_code == 404
    unknown = "/d/00000000-0000-4000-8000-000000000000/picture/0.webp"
    assert client.get(unknown).status_code == 404


def test_a_release_has_a_picture(client: Client, lamp: ReleasedProduct) -> None:
    response = client.get("/p/lamp/1/picture.webp?w=480")
    assert response.status_code == 200
    assert "public" in response["Cache-Control"]
    assert client.get("/p/lamp/2/picture.webp").status_code == 404
    assert client.get("/p/nonsense/1/picture.webp").status_code == 404


CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (CHROME, "image/webp"),
        ("*/*", "image/webp"),
        ("", "image/webp"),
        ("image/png,image/*;q=0.8", "image/webp"),
        ("image/png,image/jpeg", "image/jpeg"),
        ("image/webp;q=0,image/jpeg", "image/jpeg"),
        ("image/webp;q=0, */*", "image/jpeg"),
        ("text/html", "image/jpeg"),
    ],
)
def test_browsers_get_what_they_take(client: Client, shop: Shop, accept: str, kind: str) -> None:
    address = f"/d/{shop.design.id}/picture/0.webp?w=480"
    response = client.get(address, headers={"accept": accept})
    assert response["Content-Type"] == kind
    assert "Accept" in response["Vary"]
    found = Image.open(io.BytesIO(response.content)).format or ""
    assert f"image/{found.lower()}" == kind


def test_what_was_made_ahead_comes_smaller(client: Client, lamp: ReleasedProduct) -> None:
    address = "/p/lamp/1/picture.webp?w=480"
    before = client.get(address, headers={"accept": CHROME})
    warm_smallest(lamp, lamp.showcase, (480,))
    after = client.get(address, headers={"accept": CHROME})
    assert (before["Content-Type"], after["Content-Type"]) == ("image/webp", "image/avif")
    assert before["ETag"] != after["ETag"]
    assert len(after.content) < len(before.content)
    again = {"accept": CHROME, "if-none-match": after["ETag"]}
    assert client.get(address, headers=again).status_code == 304
    assert client.get(address, headers={"accept": "*/*"}).content == before.content
    assert client.get("/p/lamp/1/picture.avif").status_code == 404


def test_half_an_avif_is_made_anew(lamp: ReleasedProduct, settings: LazySettings) -> None:
    warm_smallest(lamp, lamp.showcase, (240,))
    (kept,) = Path(settings.PICTURES_DIR).rglob("*.avif")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-40])
    warm_smallest(lamp, lamp.showcase, (240,))
    assert kept.read_bytes() == whole
