"""Codes at the checkout of several designs."""

from typing import Any

from django.test import Client

from configurator.wizard.models import Design
from orders.models import Order
from orders.promo.models import Promotion
from tests.cart import hands
from tests.orders import kit
from tests.promo.kit import promotion


def write(client: Client, page: str, code: str) -> Any:
    sent = {**hands.filled(page), "promo": code, "recalculate": "1"}
    return client.post("/cart/checkout/", sent)


def test_a_code_is_for_all_of_the_cart(client: Client, design: Design) -> None:
    promotion("SPRING")
    for each in (design, kit.started({**kit.CHOICES, "shade": "linen"}, "two")):
        hands.add(client, each)
    page = client.get("/cart/checkout/").text
    shown = write(client, page, "spring").text
    assert "SPRING" in shown
    sent = {**hands.filled(shown), "promo": "spring"}
    assert client.post("/cart/checkout/", sent).status_code == 302
    order = Order.objects.get()
    assert order.discounts[0]["net"] == "21.42"
    assert client.get(f"/o/{order.token}/").text.count("Spring")


def test_one_that_is_gone_meanwhile_is_asked_about(client: Client, design: Design) -> None:
    promotion("SPRING", limit=1)
    hands.add(client, design)
    shown = write(client, client.get("/cart/checkout/").text, "SPRING").text
    Promotion.objects.update(used=1)
    asked = client.post("/cart/checkout/", {**hands.filled(shown), "promo": "SPRING"})
    assert asked.status_code == 409
    assert "as often as it could be" in asked.text
    assert not Order.objects.exists()
    again = client.post("/cart/checkout/", {**hands.filled(asked.text), "promo": "SPRING"})
    assert again.status_code == 302  # agreed to, without it


def test_a_code_of_the_review_comes_along_into_the_cart(client: Client, design: Design) -> None:
    promotion("SPRING")
    hands.add(client, design, promo="spring")
    shown = client.get("/cart/checkout/").text
    assert "SPRING" in shown
    assert "€125.52" in shown
    gone = client.post("/cart/checkout/", {**hands.filled(shown), "promo": "", "recalculate": "1"})
    assert "€139.47" in gone.text
    assert 'value="SPRING"' not in client.get("/cart/checkout/").text  # taken back for good
