"""The cart: what is in it, what it costs and when it is there; nothing changes silently."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from configurator.capacity.models import Reservation
from configurator.wizard import services as wizard
from configurator.wizard.models import Design
from orders.cart import services
from orders.cart.days import ready_days
from orders.cart.models import Cart, CartItem
from orders.deals import Wish
from orders.offers import offer
from tests.cart import hands
from tests.orders import kit

pytestmark = pytest.mark.django_db


def test_a_reviewed_design_is_put_in_and_told(client: Client, design: Design) -> None:
    assert hands.add(client, design, quantity=2).headers["Location"] == "/cart/"
    page = hands.cart(client)
    for told in ("Desk lamp", "Glass", "€278.94", "Cart: 2 pieces", "It is in your cart."):
        assert told in page
    assert f"/d/{design.pk}/picture/{design.revision}.webp" in page or "cart__picture" not in page
    cookie = client.cookies["cart"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in Cart.objects.get().key


def test_put_in_twice_it_is_in_once(client: Client, design: Design) -> None:
    hands.add(client, design)
    hands.add(client, design, quantity=3)
    assert CartItem.objects.get().quantity == 3
    assert "It was in your cart already." in hands.cart(client)


def test_nobody_sees_anothers_cart(client: Client, design: Design) -> None:
    hands.add(client, design)
    item = CartItem.objects.get()
    stranger = Client()
    stranger.cookies["cart"] = Cart.objects.get().key
    assert "Your cart is empty" in hands.cart(stranger)
    for what in ("", "remove/", "later/", "duplicate/"):
        assert stranger.post(f"/cart/{item.pk}/{what}", {"quantity": 9}).status_code == 404
    item.refresh_from_db()
    assert (item.quantity, item.removed_at) == (1, None)


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\x00", "é"])
def test_a_cookie_of_nonsense_is_no_cart(client: Client, token: str) -> None:
    client.cookies["cart"] = token
    assert client.get("/cart/").status_code == 200


def test_what_is_removed_can_be_brought_back(client: Client, design: Design) -> None:
    hands.add(client, design, quantity=4)
    hands.act(client, design, "remove")
    page = hands.cart(client)
    assert "Desk lamp is out of your cart." in page
    assert "Your cart is empty" in page
    hands.act(client, design, "restore")
    page = hands.cart(client)
    assert "Cart: 4 pieces" in page
    assert "out of your cart" not in page


def test_what_is_saved_for_later_waits(client: Client, design: Design, second: Design) -> None:
    hands.add(client, design)
    hands.add(client, second)
    hands.act(client, second, "later")
    page = hands.cart(client)
    assert page.index("Saved for later</h2>") < page.index(f"/d/{second.pk}/")
    assert "€139.47" in page  # of the first alone
    hands.act(client, second, "now")
    assert "€263.50" in hands.cart(client)


def test_a_duplicate_is_a_design_of_its_own(client: Client, design: Design) -> None:
    hands.add(client, design)
    hands.act(client, design, "duplicate")
    one, two = CartItem.objects.all()
    assert one.design_id != two.design_id
    assert one.design.state == two.design.state
    page = hands.cart(client)
    assert "€278.94" in page
    assert "Something has changed" not in page


@pytest.mark.parametrize("quantity", ["0", "-1", "100", "1e9", "NaN", "", "two", "1.5"])
def test_a_quantity_that_is_none_changes_nothing(
    client: Client, design: Design, quantity: str
) -> None:
    hands.add(client, design)
    item = CartItem.objects.get()
    client.post(f"/cart/{item.pk}/", {"quantity": quantity})
    assert "from 1 to 99" in hands.cart(client)
    item.refresh_from_db()
    assert item.quantity == 1
    answer = hands.add(client, design, quantity=quantity)
    assert answer.headers["Location"] == f"/d/{design.pk}/review/"


def test_there_is_room_for_twenty(client: Client, design: Design) -> None:
    hands.add(client, design)
    cart = Cart.objects.get()
    for _each in range(services.MOST - 1):
        CartItem.objects.create(cart=cart, design=kit.started())
    hands.act(client, design, "duplicate")
    assert "holds no more than 20 designs" in hands.cart(client)
    assert cart.items.count() == services.MOST


def test_an_edit_is_shown_and_asked(client: Client, design: Design) -> None:
    hands.add(client, design)
    edit = wizard.Edit(design.pk, design.revision)
    wizard.choose(edit=edit, option="shade", value="linen")
    page = hands.cart(client)
    for told in ("Something has changed", "Glass", "Linen", "€124.03"):
        assert told in page
    assert 'href="/cart/checkout/"' not in page
    assert client.get("/cart/checkout/").headers["Location"] == "/cart/"
    hands.agree(client, page)
    page = hands.cart(client)
    assert "Something has changed" not in page
    assert 'href="/cart/checkout/"' in page


def test_only_what_was_shown_is_agreed_to(client: Client, design: Design) -> None:
    hands.add(client, design)
    edit = wizard.Edit(design.pk, design.revision)
    changed = wizard.choose(edit=edit, option="shade", value="linen").design
    page = hands.cart(client)
    edit = wizard.Edit(changed.pk, changed.revision)
    wizard.write_text(edit=edit, option="engraving", text="other")
    hands.agree(client, page)
    assert "Something has changed" in hands.cart(client)


def test_a_later_day_is_asked_an_earlier_one_is_not(client: Client, design: Design) -> None:
    hands.add(client, design)
    item = CartItem.objects.get()
    for day, asked in (("2020-01-01", True), ("2099-01-01", False), ("torn", False)):
        CartItem.objects.update(agreed={**item.agreed, "ready_on": day})
        assert ("Something has changed" in hands.cart(client)) is asked, day


def test_a_day_that_moves_by_ones_own_quantity_is_not_asked(client: Client, design: Design) -> None:
    hands.add(client, design)
    item = CartItem.objects.get()
    CartItem.objects.update(agreed={**item.agreed, "ready_on": "2020-01-01"})
    client.post(f"/cart/{item.pk}/", {"quantity": "1"})
    assert "Something has changed" in hands.cart(client), "nothing was changed by hand"
    client.post(f"/cart/{item.pk}/", {"quantity": "30"})
    page = hands.cart(client)
    assert "Something has changed" not in page
    assert "Ready: " in page


def test_an_unfinished_design_is_told_and_not_ordered(client: Client, design: Design) -> None:
    hands.add(client, design)
    edit = wizard.Edit(design.pk, design.revision)
    wizard.write_text(edit=edit, option="engraving", text="")
    page = hands.cart(client)
    assert "Not finished" in page
    assert 'href="/cart/checkout/"' not in page


def test_an_open_or_ordered_design_is_not_put_in(client: Client, design: Design) -> None:
    open_design = kit.started({"height": 450})
    answer = client.post(f"/cart/add/{open_design.pk}/", {"quantity": 1})
    assert answer.headers["Location"] == f"/d/{open_design.pk}/review/"
    kit.order(design)
    client.post(f"/cart/add/{design.pk}/", {"quantity": 1})
    assert not CartItem.objects.exists()
    assert client.post(f"/cart/add/{uuid4()}/", {"quantity": 1}).status_code == 404


def test_what_was_ordered_alone_is_told(client: Client, design: Design) -> None:
    hands.add(client, design)
    kit.order(design)
    page = hands.cart(client)
    assert "You have ordered this" in page
    assert 'href="/cart/checkout/"' not in page


def test_prices_are_those_of_the_country(client: Client, design: Design, rates: None) -> None:
    hands.add(client, design)
    client.post("/cart/country/", {"country": "DE"})
    page = hands.cart(client)
    assert "Tax 19" in page
    assert "€134.93" in page
    client.post("/cart/country/", {"country": "XX"})
    assert Cart.objects.get().country == "DE"


def test_it_speaks_the_readers_language(client: Client, design: Design) -> None:
    hands.add(client, design)
    client.cookies["django_language"] = "pl"
    page = hands.cart(client)
    assert "Twój koszyk" in page
    assert "Szkło" in page
    assert "139,47\xa0€" in page


def test_the_days_are_promised_one_after_another(design: Design, second: Design) -> None:
    wishes = [Wish(offer(design), 99), Wish(offer(second), 99)]
    together = ready_days(wishes)
    alone = [ready_days([wish])[0] for wish in wishes]
    assert together[0] == alone[0]
    assert together[1] >= alone[1]
    again = ready_days([wishes[0], wishes[0]])
    assert again[1] > again[0]  # the first has taken the minutes
    assert together == ready_days(wishes)  # trying it out books nothing
    assert not Reservation.objects.exists()


def test_old_carts_are_thrown_away(client: Client, design: Design, second: Design) -> None:
    hands.add(client, design)
    long_ago = timezone.now() - timedelta(days=91)
    Cart.objects.update(used_at=long_ago)
    hands.add(Client(), second)
    assert [item.design for item in CartItem.objects.all()] == [second]
