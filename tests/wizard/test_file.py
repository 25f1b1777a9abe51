"""Uploading artwork: cleaned and stored once; anything else is refused at the field."""

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from PIL import Image

from configurator.wizard import uploads
from configurator.wizard.models import Artwork
from configurator.wizard.preview import artwork_path
from tests.wizard.conftest import Shop, picture

pytestmark = pytest.mark.django_db


def send(shop: Shop, data: bytes | None, name: str = "x.png", htmx: bool = True) -> HttpResponse:
    form = {} if data is None else {"file": SimpleUploadedFile(name, data)}
    return shop.post("file", htmx=htmx, option="print", step="extras", **form)


def files(shop: Shop) -> dict[str, str]:
    return dict(shop.now().state["files"])


def test_a_picture_is_stored_and_shown_small(shop: Shop) -> None:
    response = send(shop, picture())
    assert response.status_code == 200
    sha = files(shop)["print"]
    stored = Artwork.objects.get(sha=sha)
    assert (stored.width, stored.height) == (64, 48)
    assert artwork_path(sha).read_bytes()
    assert f"artwork/print/?v={sha[:12]}" in response.content.decode()
    thumb = shop.get("artwork/print/")
    assert Image.open(io.BytesIO(thumb.content)).size == (64, 48)


def test_without_javascript_it_returns_to_the_field(shop: Shop) -> None:
    response = send(shop, picture(), htmx=False)
    assert response.status_code == 303
    assert response["Location"].endswith("#o-print")


def test_the_same_picture_is_stored_once(shop: Shop) -> None:
    send(shop, picture())
    send(shop, picture())
    assert Artwork.objects.count() == 1


def test_it_can_be_removed_and_comes_back_with_undo(shop: Shop) -> None:
    send(shop, picture())
    shop.post("choose", clear="print", step="extras")
    assert files(shop) == {}
    assert shop.get("artwork/print/").status_code == 404
    shop.post("undo")
    assert "print" in files(shop)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (None, "", "Choose a picture file first."),
        (b"", "x.png", "empty"),
        (b"%PDF-1.7 nonsense", "x.png", "PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "x.png", "SVG"),
        (picture()[:60], "x.png", "damaged"),
        (picture((10, 10)), "x.png", "20"),
        (picture(kind="WEBP"), "x.png", "WEBP"),
        (b"x" * (1024 * 1024 + 1), "x.png", "1 MB"),
        (b"\x00" * 100, "../../x.png", "not a picture"),
    ],
)
def test_what_is_not_artwork_is_refused_at_the_field(
    shop: Shop, data: bytes | None, name: str, words: str
) -> None:
    send(shop, picture())
    before = files(shop)
    for htmx in (True, False):
        response = send(shop, data, name, htmx)
        assert response.status_code == 422
        html = response.content.decode()
        assert words.lower() in html.lower()
        assert 'id="e-print"' in html
    assert files(shop) == before
    assert Artwork.objects.count() == 1


def test_uploads_of_a_design_are_bounded(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "UPLOADS_A_DESIGN", 2)
    for width in (30, 31):
        assert send(shop, picture((width, 30))).status_code == 200
    response = send(shop, picture((33, 30)))
    assert response.status_code == 422
    assert "2 uploads" in response.content.decode()
    assert Artwork.objects.count() == 2


def test_uploads_of_a_visitor_are_bounded(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    data = picture()
    monkeypatch.setattr(uploads, "BYTES_A_DAY", len(data) + 1)
    assert send(shop, data).status_code == 200
    assert send(shop, data).status_code == 422


def test_a_file_for_another_kind_of_option_is_refused(shop: Shop) -> None:
    for option in ("shade", "words", "nonsense"):
        file = SimpleUploadedFile("x.png", picture())
        assert shop.post("file", option=option, file=file).status_code == 422


def test_an_unknown_hash_is_not_attached(shop: Shop) -> None:
    for sha in ("0" * 64, "../../etc/passwd", "x"):
        assert shop.post("file", option="print", value=sha).status_code == 422
    assert files(shop) == {}


def test_an_address_has_so_many_uploads_a_day(shop: Shop, settings: Any) -> None:
    cache.clear()
    settings.UPLOADS_A_DAY = 1
    send(shop, picture())
    shop.client.cookies.clear()  # who forgets the session does not begin anew
    assert "enough for today" in send(shop, picture((65, 48))).content.decode()
    settings.UPLOADS_A_DAY, settings.UPLOAD_MB_A_DAY = 0, 0
    assert "enough for today" not in send(shop, picture((66, 48))).content.decode()
    cache.clear()
