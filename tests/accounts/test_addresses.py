"""Addresses that are kept, and begin the next order."""

import pytest
from django.test import Client

from accounts.models import Address
from orders.models import Order
from tests.accounts.hands import ADDRESS, ANA, sign_up
from tests.orders import kit

pytestmark = pytest.mark.usefixtures("folders", "lamp")


def test_addresses_are_kept_and_begin_the_order(client: Client) -> None:
    sign_up(client)
    client.post("/account/addresses/add/", ADDRESS)
    client.post(
        "/account/addresses/add/",
        {**ADDRESS, "street": "Calle 8", "country": "ES", "postal_code": "28001"},
    )
    first, second = Address.objects.order_by("pk")
    assert (first.standard, second.standard) == (True, False)
    client.post(f"/account/addresses/{second.pk}/standard/")
    page = client.get(f"/d/{kit.whole_design().pk}/review/").content.decode()
    assert 'value="Calle 8"' in page
    assert f'value="{ANA}"' in page
    assert '<option value="ES" selected>' in page
    client.post(f"/account/addresses/{second.pk}/remove/")
    first.refresh_from_db()
    assert first.standard


def test_another_address_is_taken_over_without_losing_what_was_entered(client: Client) -> None:
    sign_up(client)
    for street in ("Ulica 7", "Ulica 9"):
        client.post("/account/addresses/add/", {**ADDRESS, "street": street})
    design = kit.whole_design()
    other = Address.objects.get(street="Ulica 9")
    data = kit.form_of(design, note="Ring twice", quantity=2, fill=f"a{other.pk}")
    page = client.post(kit.place_url(design.pk), data).content.decode()
    assert 'value="Ulica 9"' in page
    assert "Ring twice" in page
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "12"), ("postal_code", "1"), ("country", "XX"), ("street", "a\nb"), ("city", "")],
)
def test_a_wrong_address_is_told_at_the_field(client: Client, field: str, value: str) -> None:
    sign_up(client)
    answer = client.post("/account/addresses/add/", {**ADDRESS, field: value})
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert not Address.objects.exists()


@pytest.mark.parametrize("act", ["", "standard/", "remove/"])
def test_anothers_address_is_not_found(client: Client, act: str) -> None:
    sign_up(client)
    client.post("/account/addresses/add/", ADDRESS)
    other = Client()
    sign_up(other, "bo@example.com")
    url = f"/account/addresses/{Address.objects.get().pk}/{act}"
    assert other.post(url, ADDRESS).status_code == 404
