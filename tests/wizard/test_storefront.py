"""Designs to begin with, on the shop's first page and on the product's."""

from pathlib import Path

import pytest
from django.test import Client

from configurator.catalog.importing.service import import_product
from configurator.wizard.models import Design
from tests.wizard.conftest import LAMP

pytestmark = pytest.mark.django_db

BEGINNINGS = """
inspirations:
  - code: desk
    name: {en: By the desk, es: Junto a la mesa, pl: Przy biurku}
    text: {en: Brass and dark., es: Latón y oscuro., pl: Mosiądz i ciemność.}
    design: {shade: brass, dimmer: true}
"""


@pytest.fixture
def lamp(db: None, tmp_path: Path) -> None:
    file = tmp_path / "lamp.yaml"
    file.write_text(LAMP.read_text(encoding="utf-8") + BEGINNINGS, encoding="utf-8")
    import_product(file=file)


def test_pages_show_them_with_name_price_and_picture(client: Client, lamp: None) -> None:
    home = client.get("/").content.decode()
    assert "/p/lamp/#design-desk" in home
    assert "By the desk" in home
    page = client.get("/p/lamp/", headers={"accept-language": "pl"}).content.decode()
    assert 'id="design-desk"' in page
    assert "Mosiądz i ciemność." in page
    assert "190,65" in page  # (100 + 40 + 15) and 23 % of it
    picture = client.get("/p/lamp/1/designs/desk.webp?w=480")
    assert picture.headers["Content-Type"].startswith("image/")
    assert "public" in picture.headers["Cache-Control"]


def test_customers_begin_with_one(client: Client, lamp: None) -> None:
    client.post("/p/lamp/start/", {"begin": "desk"})
    assert Design.objects.get().state["choices"] == {"shade": "brass", "dimmer": True}


def test_one_that_is_gone_begins_an_empty_design(client: Client, lamp: None) -> None:
    client.post("/p/lamp/start/", {"begin": "nothing"})
    assert Design.objects.get().state["choices"] == {}
    assert client.get("/p/lamp/1/designs/nothing.webp").status_code == 404
    assert client.get("/p/lamp/9/designs/desk.webp").status_code == 404
    assert client.get("/p/lamp/1/designs/desk.exe").status_code == 404


def test_a_shop_without_pictures_has_a_plain_opening(client: Client, db: None) -> None:
    page = client.get("/").content.decode()
    assert "opening--plain" in page
    assert "opening__picture" not in page
