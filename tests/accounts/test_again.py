"""The same once more; a cart of two browsers; links by mail."""

from typing import Any

import pytest
from django.test import Client

from configurator.catalog.models import Release
from configurator.wizard.models import Design
from orders.cart.models import Cart, CartItem
from orders.models import Order
from tests.accounts.hands import ANA, design_begun, order_in, post_mails, sign_in, sign_up
from tests.orders import kit

pytestmark = pytest.mark.usefixtures("lamp")


def again(client: Client, order: Order, **data: Any) -> Any:
    return client.post(f"/o/{order.token}/1/again/", data)


def test_the_same_is_ordered_again_as_a_design_of_its_own(client: Client) -> None:
    order = order_in(client)
    answer = again(client, order)
    made = Design.objects.latest("created_at")
    assert answer.headers["Location"] == f"/d/{made.pk}/review/"
    assert made.state["choices"]["shade"] == "glass"
    assert made.state["texts"] == {"engraving": kit.TEXT}
    client.post(kit.place_url(made.pk), kit.form_of(made))
    assert Order.objects.count() == 2
    assert (
        order.lines.get().specification_id
        == Order.objects.latest("placed_at").lines.get().specification_id
    )


def test_with_a_change_it_opens_the_wizard(client: Client) -> None:
    order = order_in(client)
    answer = again(client, order, change="1")
    made = Design.objects.latest("created_at")
    assert answer.headers["Location"] == f"/d/{made.pk}/"
    assert str(made.pk) in client.get("/account/designs/").content.decode()


def test_what_is_not_sold_any_more_is_told(client: Client) -> None:
    order = order_in(client)
    Release.objects.update(live=False)
    page = client.post(f"/o/{order.token}/1/again/", follow=True).content.decode()
    assert "not sold any more" in page
    assert Design.objects.count() == 1


def test_what_has_changed_since_is_asked(client: Client, monkeypatch: Any) -> None:
    order = order_in(client)
    monkeypatch.setattr("accounts.reordering.renewal", lambda _design: object())
    live = Release.objects.get()
    Release.objects.filter(pk=live.pk).update(live=False)
    Release.objects.create(
        product=live.product,
        number=2,
        sha=live.sha,
        content=live.content,
        space=live.space,
        live=True,
    )
    answer = again(client, order)
    made = Design.objects.latest("created_at")
    assert answer.headers["Location"] == f"/d/{made.pk}/"
    assert made.release_id == live.pk


def test_what_has_not_changed_is_made_with_todays_release(client: Client) -> None:
    order = order_in(client)
    live = Release.objects.get()
    Release.objects.filter(pk=live.pk).update(live=False)
    today = Release.objects.create(
        product=live.product,
        number=2,
        sha=live.sha,
        content=live.content,
        space=live.space,
        live=True,
    )
    again(client, order)
    assert Design.objects.latest("created_at").release_id == today.pk


def in_cart(client: Client) -> Design:
    design = kit.whole_design()
    client.post(f"/cart/add/{design.pk}/", {"quantity": 1})
    return design


def cart_ids(client: Client) -> set[str]:
    page = client.get("/cart/").content.decode()
    return {str(item.pk) for item in CartItem.objects.all() if str(item.pk) in page}


def test_carts_of_two_browsers_are_one(client: Client) -> None:
    kit_design = in_cart(client)
    sign_up(client)
    other = Client()
    in_cart(other)
    CartItem.objects.create(cart=Cart.objects.get(user=None), design=kit_design)  # the same, too
    assert CartItem.objects.count() == 3
    sign_in(other)
    assert CartItem.objects.count() == 2
    assert len(cart_ids(client)) == len(cart_ids(other)) == 2


def test_a_signed_out_browser_shows_no_cart_of_the_account(client: Client) -> None:
    in_cart(client)
    sign_up(client)
    client.post("/account/logout/")
    assert cart_ids(client) == set()
    in_cart(client)
    assert len(cart_ids(client)) == 1


def test_links_to_all_of_it_are_mailed_to_a_guest(client: Client) -> None:
    design, order = design_begun(client), order_in(client)
    client.post("/account/links/", {"email": ANA})
    (sent,) = [each for each in post_mails() if each.to == [ANA]]
    assert f"/d/{design.pk}/" in sent.body
    assert f"/o/{order.token}/" in sent.body


def test_nothing_is_mailed_where_nothing_is(client: Client) -> None:
    assert client.post("/account/links/", {"email": ANA}).status_code == 302
    assert client.post("/account/links/", {"email": "no"}).status_code == 422
    assert post_mails() == []
