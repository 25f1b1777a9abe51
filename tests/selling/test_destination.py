"""Prices before an order hold the tax of the country that the visitor chose."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from configurator.sharing.models import Entry, Share
from configurator.wizard.models import Design
from orders.selling.models import ShippingOption, TaxRate
from tests.cart import hands
from tests.orders import kit

pytestmark = pytest.mark.django_db


@pytest.fixture
def design() -> Design:
    kit.import_lamp()
    TaxRate.objects.create(country="PL", rate=Decimal(23))
    TaxRate.objects.create(country="DE", rate=Decimal(19))
    ShippingOption.objects.create(name_en="Parcel", net=Decimal(0), days=3)
    ShippingOption.objects.create(name_en="Air", net=Decimal(0), days=3, countries="US")
    return kit.whole_design()


def choose(client: Client, country: str) -> Any:
    return client.post("/country/", {"country": country, "next": "/p/desk-lamp/"})


def test_it_is_home_until_a_country_is_chosen(client: Client, design: Design) -> None:
    page = client.get("/p/desk-lamp/").text
    assert "incl. 23 % VAT" in page
    assert '<option value="PL" selected>Poland</option>' in page
    assert choose(client, "DE")["Location"] == "/p/desk-lamp/"
    page = client.get("/p/desk-lamp/").text
    assert "incl. 19 % VAT · Germany" in page
    assert '<option value="DE" selected>Germany</option>' in page
    choose(client, "PL")
    assert "incl. 23 % VAT" in client.get("/p/desk-lamp/").text


def test_wizard_review_and_cart_tell_the_same(client: Client, design: Design) -> None:
    choose(client, "DE")
    wizard = client.get(f"/d/{design.pk}/").text
    assert "€134.93" in wizard
    assert "incl. 19 % VAT · Germany" in wizard
    review = client.get(f"/d/{design.pk}/review/").text
    assert "€134.93" in review
    assert '<option value="DE" selected>' in review
    hands.add(client, design)
    assert "€134.93" in client.get("/cart/").text
    assert "€134.93" in client.get("/cart/checkout/").text


def test_what_the_cart_is_told_holds_elsewhere(client: Client, design: Design) -> None:
    hands.add(client, design)
    client.post("/cart/country/", {"country": "DE"})
    assert "incl. 19 % VAT · Germany" in client.get("/p/desk-lamp/").text


def test_where_no_tax_is_charged_it_is_said(client: Client, design: Design) -> None:
    choose(client, "US")
    page = client.get(f"/d/{design.pk}/").text
    assert "€113.39" in page
    assert "Without tax. United States may ask for duties." in page
    assert "VAT" not in page


@pytest.mark.parametrize("country", ["", "XX", "FR", "de", "\0", "D" * 99])
def test_another_country_is_not_remembered(client: Client, design: Design, country: str) -> None:
    choose(client, country)
    client.cookies["country"] = country.replace("\0", "") or "''"
    assert client.get("/p/desk-lamp/").status_code == 200
    assert client.post("/country/").status_code == 302


def test_without_rates_there_is_no_choice(client: Client, design: Design) -> None:
    TaxRate.objects.all().delete()
    client.cookies["country"] = "DE"
    page = client.get("/p/desk-lamp/").text
    assert "Prices for delivery to" not in page
    assert "incl. 23 % VAT" in page


def test_programs_are_told_home(client: Client, design: Design) -> None:
    client.cookies["country"] = "DE"
    assert client.get(f"/api/shop/v1/designs/{design.pk}").json()["price"]["amount"] == "139.47"


def test_a_shared_link_and_the_gallery_tell_it(client: Client, design: Design) -> None:
    client.post(f"/d/{design.pk}/share/link/", {"title": "Reading light", "author": "Ana"})
    share = Share.objects.get()
    assert share.price == 13947
    Entry.objects.create(
        share=share,
        product_id=design.release.product_id,
        state=Entry.State.SHOWN,
        price=share.price,
        currency="EUR",
        submitted_at=timezone.now(),
    )
    assert "€139.47" in client.get(f"/s/{share.token}/").text
    choose(client, "DE")
    page = client.get(f"/s/{share.token}/").text
    assert "€134.93" in page
    assert "139.47" not in page
    assert "19" in page
    assert "€134.93" in client.get("/gallery/").text
    for budget, found in (("134.93", True), ("134.92", False)):
        assert ("€134.93" in client.get("/gallery/", {"budget": budget}).text) is found


def test_the_shop_api_tells_it_when_asked(client: Client, design: Design) -> None:
    address = f"/api/shop/v1/designs/{design.pk}"
    assert client.get(address, {"country": "DE"}).json()["price"]["amount"] == "134.93"
    assert client.get(address, {"country": "XX"}).status_code == 422
    products = "/api/shop/v1/products/desk-lamp"
    assert Decimal(client.get(products, {"country": "de"}).json()["tax_rate"]) == 19
    assert Decimal(client.get(products).json()["tax_rate"]) == 23


def test_the_country_chosen_last_holds_for_the_cart(client: Client, design: Design) -> None:
    hands.add(client, design)
    client.post("/cart/country/", {"country": "DE"})
    choose(client, "PL")
    assert "€139.47" in client.get("/cart/").text


def test_a_typed_address_keeps_its_country(client: Client, design: Design) -> None:
    hands.add(client, design)
    typed = {"country": "DE", "street": "Hauptstr. 1", "city": "Berlin", "recalculate": "1"}
    client.post("/cart/checkout/", typed)
    choose(client, "PL")
    assert "€134.93" in client.get("/cart/").text
    assert '<option value="DE" selected>' in client.get("/cart/checkout/").text
