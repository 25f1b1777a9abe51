"""Ordering all of the cart: once, as it was shown, or a clear answer with everything kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from configurator.capacity.models import Reservation
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.cart.models import CartItem
from orders.factory.services import release_work_orders
from orders.models import Job, Order
from orders.selling.models import ShippingOption
from tests.cart import hands

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, design: Design, second: Design) -> str:
    """The checkout of two designs."""
    hands.add(client, design)
    hands.add(client, second, quantity=2)
    return client.get("/cart/checkout/").content.decode()


def test_it_orders_all_of_it_at_once(client: Client, page: str) -> None:
    answer = client.post("/cart/checkout/", hands.filled(page))
    order = Order.objects.get()
    assert answer.headers["Location"] == f"/o/{order.token}/"
    assert [line.quantity for line in order.lines.all()] == [1, 2]
    assert order.total == Decimal("387.54")
    assert not CartItem.objects.exists()
    assert len(release_work_orders(order_id=order.pk)) == 2
    told = client.get(answer.headers["Location"]).content.decode()
    for said in ("1 × Desk lamp", "2 × Desk lamp", "€387.54", "Glass", "Linen"):
        assert said in told


def test_places_are_held_for_all_of_it(client: Client, page: str) -> None:
    assert "We keep these places" in page
    held = Reservation.objects.filter(state="held")
    assert held.count() == 2
    client.post("/cart/checkout/", hands.filled(page))
    assert set(Reservation.objects.values_list("state", flat=True)) == {"firm"}


def test_sent_twice_from_two_tabs_it_is_one_order(client: Client, page: str) -> None:
    form = hands.filled(page)
    places = {client.post("/cart/checkout/", form).headers["Location"] for _each in range(3)}
    assert places == {f"/o/{Order.objects.get().token}/"}
    assert Job.objects.filter(kind="orders.send_confirmation").count() == 1


def test_a_change_in_another_tab_is_asked_and_the_address_kept(
    client: Client, page: str, second: Design
) -> None:
    edit = wizard.Edit(second.pk, second.revision)
    wizard.choose(edit=edit, option="shade", value="glass")
    answer = client.post("/cart/checkout/", hands.filled(page))
    told = answer.content.decode()
    assert answer.status_code == 409
    for said in ("Nothing is ordered yet", "Linen", "Glass", "€387.54", 'value="Zofia Núñez"'):
        assert said in told
    assert not Order.objects.exists()
    assert client.post("/cart/checkout/", hands.filled(told)).status_code == 302


@pytest.mark.parametrize("what", ["remove", "later", "quantity"])
def test_a_cart_that_is_another_by_now_is_asked(
    client: Client, page: str, second: Design, what: str
) -> None:
    if what == "quantity":
        item = CartItem.objects.get(design=second)
        client.post(f"/cart/{item.pk}/", {"quantity": 5})
    else:
        hands.act(client, second, what)
    answer = client.post("/cart/checkout/", hands.filled(page))
    assert answer.status_code == 409
    assert "Nothing is ordered yet" in answer.content.decode()
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("total", "0.01"),
        ("total", "NaN"),
        ("lines", ""),
        ("lines", "[]"),
        ("lines", "null"),
        ("lines", '{"a": 1}'),
        ("lines", "[" * 10_000),
        ("lines", '[{"design": "x"}]'),
        ("lines", '[{"design": "12345678123456781234567812345678", "revision": 1e400}]'),
        ("lines", "x" * 100_000),
        ("terms_version", "1999-01"),
        ("arrives_on", "2020-01-01"),
    ],
)
def test_tampering_only_asks_again(client: Client, page: str, field: str, value: str) -> None:
    answer = client.post("/cart/checkout/", hands.filled(page, **{field: value}))
    assert answer.status_code == 409
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"name": ""}, "name", "required"),
        ({"postal_code": "1"}, "postal_code", "31-008"),
        ({"country": "GB", "postal_code": "31-008"}, "postal_code", "SW1A 1AA"),
        ({"vat_number": "PL5260001245"}, "vat_number", "check digits"),
        ({"vat_number": "PL5260001246"}, "company", "whose VAT number"),
        ({"billing_name": "Firma"}, "billing_city", "Complete the address"),
        ({"billing_street": "x\x00"}, "billing_street", "U+0000"),
        ({"terms": ""}, "terms", "accept the terms"),
    ],
)
def test_bad_input_is_told_at_its_field(
    client: Client, page: str, changes: dict[str, Any], field: str, told: str
) -> None:
    answer = client.post("/cart/checkout/", hands.filled(page, **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert told in text.split(f'id="id_{field}_error"', 1)[1].split("</p>", 1)[0]
    assert "zofia@example.com" in text
    assert not Order.objects.exists()


def test_a_bill_to_elsewhere_is_kept(client: Client, page: str) -> None:
    bill = {
        "billing_name": "Biuro",
        "billing_street": "Prosta 1",
        "billing_postal_code": "00-001",
        "billing_city": "Warszawa",
        "billing_country": "PL",
    }
    answer = client.post("/cart/checkout/", hands.filled(page, **bill))
    assert "Prosta 1" in client.get(answer.headers["Location"]).content.decode()
    order = Order.objects.get()
    assert {name: getattr(order, name) for name in bill} == bill


def test_a_country_without_postal_codes_asks_for_none(client: Client, page: str) -> None:
    answer = client.post("/cart/checkout/", hands.filled(page, country="HK", postal_code=""))
    assert answer.status_code == 302


def test_the_parcels_way_is_chosen(client: Client, page: str) -> None:
    ShippingOption.objects.create(name_en="Slow", net=4, days=5)
    fast = ShippingOption.objects.create(name_en="Fast", net=20, days=1)
    first = client.get("/cart/checkout/").content.decode()
    assert "Slow" in first
    form = hands.filled(first, shipping=str(fast.pk))
    asked = client.post("/cart/checkout/", form)  # its price was not shown in the total
    assert asked.status_code == 409
    again = client.post("/cart/checkout/", {**form, "recalculate": "1"}).content.decode()
    form = hands.filled(again)
    assert form["shipping"] == str(fast.pk)
    assert client.post("/cart/checkout/", form).status_code == 302
    order = Order.objects.get()
    assert (order.shipping["name"], order.shipping_net) == ({"en": "Fast"}, Decimal(20))


def test_where_nothing_is_shipped_is_told_at_the_country(client: Client, page: str) -> None:
    ShippingOption.objects.create(name_en="Parcel", net=4, countries="PL")
    form = hands.filled(client.get("/cart/checkout/").content.decode(), country="FR")
    answer = client.post("/cart/checkout/", {**form, "postal_code": "75001"})
    assert answer.status_code == 422
    assert "We don’t ship there yet" in answer.content.decode()
    assert not Order.objects.exists()


def test_an_empty_cart_leads_back(client: Client) -> None:
    assert client.get("/cart/checkout/").headers["Location"] == "/cart/"
    assert client.post("/cart/checkout/", {}).headers["Location"] == "/cart/"


def test_a_stranger_with_the_links_gets_no_order_of_others(client: Client, page: str) -> None:
    form = hands.filled(page)
    token = client.post("/cart/checkout/", form).headers["Location"]
    stranger = Client()
    answer = stranger.post("/cart/checkout/", {**form, "email": "eve@example.com"})
    assert answer.headers.get("Location") != token


def test_seven_designs_go_together(client: Client, design: Design) -> None:
    hands.add(client, design)
    for _each in range(6):
        hands.act(client, design, "duplicate")
    page = client.get("/cart/checkout/").content.decode()
    assert client.post("/cart/checkout/", hands.filled(page)).status_code == 302
    assert Order.objects.get().lines.count() == 7
    assert Reservation.objects.filter(state="firm").count() == 7
