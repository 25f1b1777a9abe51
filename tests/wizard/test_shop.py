"""The home page, the product page, and starting a design."""

import re

import pytest
from django.test import Client

from configurator.catalog.released import ReleasedProduct
from configurator.wizard.models import Design, DesignEvent
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


def test_home_shows_the_products_with_price_and_day(client: Client, lamp: ReleasedProduct) -> None:
    html = client.get("/").content.decode()
    assert "Desk lamp" in html
    assert "€123" in html
    assert "ready by" in html
    assert "/p/lamp/1/picture.webp" in html
    assert "Shade Linen" in html  # the picture in words


def test_home_without_products(client: Client) -> None:
    assert "Nothing is on sale yet" in client.get("/").content.decode()


def test_a_product_tells_what_can_be_decided(client: Client, lamp: ReleasedProduct) -> None:
    html = client.get("/p/lamp/").content.decode()
    for words in ("Light where you want it.", "Start designing", "Body", "Extras", "Dimmer"):
        assert words in html
    assert str(lamp.space.count()) in html.replace(",", "")


def test_unknown_products_are_not_found(client: Client, lamp: ReleasedProduct) -> None:
    assert client.get("/p/nonsense/").status_code == 404
    assert client.post("/p/nonsense/start/").status_code == 404
    assert client.get("/p/lamp/start/").status_code == 405
    assert Design.objects.count() == 0


def test_starting_makes_a_design_and_remembers_it(client: Client, lamp: ReleasedProduct) -> None:
    response = client.post("/p/lamp/start/")
    design = Design.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/d/{design.id}/"
    assert DesignEvent.objects.get().kind == "start"
    Shop(client, design).choose("shade", "brass")
    assert f"/d/{design.id}/" in client.get("/").content.decode()
    assert f"/d/{design.id}/" not in Client().get("/").content.decode()


def test_starting_needs_a_token(lamp: ReleasedProduct) -> None:
    assert Client(enforce_csrf_checks=True).post("/p/lamp/start/").status_code == 403


def test_a_forged_session_list_is_passed_over(client: Client, lamp: ReleasedProduct) -> None:
    session = client.session
    session["designs"] = ["nonsense", 5, None]
    session.save()
    assert client.get("/").status_code == 200


def test_errors_are_pages_of_the_brand(client: Client) -> None:
    html = client.get("/nonsense/").content.decode()
    assert "We can’t find this page" in html
    assert re.search(r"/css/common[\w.]*\.css", html)
