"""What a customer does with their cart, without JavaScript."""

import html
import re
from typing import Any

from django.test import Client

from configurator.wizard.models import Design
from orders.cart.models import CartItem
from tests.orders import kit


def add(client: Client, design: Design, **changes: Any) -> Any:
    """Press the button at the review."""
    return client.post(f"/cart/add/{design.pk}/", {**hidden_of(review(client, design)), **changes})


def review(client: Client, design: Design) -> str:
    return client.get(f"/d/{design.pk}/review/").content.decode()


def cart(client: Client) -> str:
    return client.get("/cart/").content.decode()


def act(client: Client, design: Design, what: str) -> Any:
    """Press a button of a line."""
    item = CartItem.objects.get(design=design)
    return client.post(f"/cart/{item.pk}/{what}/")


def hidden_of(page: str) -> dict[str, str]:
    """The hidden fields of the order form, and the way of shipping that is chosen."""
    form = re.search(r'<form[^>]*id="order-form".*?</form>', page, re.S)
    assert form, page
    fields = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form[0])
    chosen = re.search(r'name="shipping" value="(\d+)"[^>]*checked', form[0])
    known = {name: html.unescape(value) for name, value in fields}
    return {**known, "quantity": "1", **({"shipping": chosen[1]} if chosen else {})}


def filled(page: str, **changes: Any) -> dict[str, Any]:
    """The checkout's form, filled in."""
    known = hidden_of(page)
    known.pop("quantity")
    return {**known, "terms": "on", **vars(kit.CONTACT), **changes}


def agree(client: Client, page: str) -> Any:
    """Press “I agree”."""
    form = re.search(r'<form action="/cart/agree/".*?</form>', page, re.S)
    assert form, page
    fields = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', form[0])
    return client.post("/cart/agree/", dict(fields))
