"""What a guest has goes with them into the account; nothing is lost, nobody else's comes along."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from configurator.wizard.models import OwnedDesign
from tests.accounts.hands import ANA, design_begun, order_in, sign_in, sign_up

pytestmark = pytest.mark.usefixtures("lamp")


def names_on(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_guest_sees_what_the_browser_owns_without_an_account(client: Client) -> None:
    design, order = design_begun(client), order_in(client)
    page = names_on(client, "/account/")
    assert str(design.pk) in page
    assert order.number in page
    assert str(design.pk) not in names_on(Client(), "/account/")


def test_signing_up_takes_designs_and_orders_over(client: Client) -> None:
    design, order = design_begun(client), order_in(client)
    page = sign_up(client).content.decode()
    assert "of this browser" in page
    order.refresh_from_db()
    user = User.objects.get(email=ANA)
    assert order.customer == user
    assert OwnedDesign.objects.filter(user=user, design=design).exists()


def test_two_browsers_are_joined(client: Client) -> None:
    first, ordered = design_begun(client), order_in(client)
    sign_up(client)
    other = Client()
    second = design_begun(other)
    sign_in(other)
    for browser in (client, other):
        designs, orders = (
            names_on(browser, "/account/designs/"),
            names_on(browser, "/account/orders/"),
        )
        assert str(first.pk) in designs
        assert str(second.pk) in designs
        assert ordered.number in orders


def test_what_is_begun_while_signed_in_is_on_the_other_device(client: Client) -> None:
    sign_up(client)
    design, order = design_begun(client), order_in(client)
    other = Client()
    sign_in(other)
    assert str(design.pk) in names_on(other, "/account/designs/")
    assert order.number in names_on(other, "/account/orders/")


def test_orders_confirmed_to_a_proven_address_are_its_accounts(client: Client) -> None:
    order = order_in(Client(), email="Ana@Example.com")
    sign_up(client)
    assert order.number in names_on(client, "/account/orders/")


def test_an_order_that_has_an_account_is_not_taken(client: Client) -> None:
    order = order_in(client)
    sign_up(client)
    other = Client()
    other.cookies["csrftoken"] = client.cookies["csrftoken"].value
    other.get(f"/o/{order.token}/1/change/")  # has its address
    sign_up(other, "bo@example.com")
    order.refresh_from_db()
    assert order.customer == User.objects.get(email=ANA)


def test_signing_out_leaves_nothing_in_the_browser(client: Client) -> None:
    design = design_begun(client)
    sign_up(client)
    client.post("/account/logout/")
    assert str(design.pk) not in names_on(client, "/account/")
    sign_in(client)
    assert str(design.pk) in names_on(client, "/account/")


def test_another_account_in_the_same_browser_gets_nothing(client: Client) -> None:
    design = design_begun(client)
    sign_up(client)
    client.post("/account/logout/")
    sign_up(client, "bo@example.com")
    assert str(design.pk) not in names_on(client, "/account/")
