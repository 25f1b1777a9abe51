"""Prices charged in a second currency: one amount from the shop to the paper, never two in one."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from configurator.shops.models import Rate
from configurator.wizard.models import Design
from orders import confirmations
from orders.cart.models import CartItem
from orders.changes import changing
from orders.models import Job, Order
from orders.quotes.models import Quote
from orders.selling.models import ShippingOption
from tests.cart import hands
from tests.factory import reading
from tests.orders import kit

pytestmark = pytest.mark.django_db
D = Decimal
# €113.39 net; 1.2 times that is 136.068, charged 135.90; with 23 % 167.16.
TOTAL = "$167.16"


@pytest.fixture
def design() -> Design:
    kit.import_lamp()
    Rate.objects.create(base="EUR", currency="USD", rate=D("1.2"), rounding="0.90", charged=True)
    return kit.whole_design()


@pytest.fixture
def american() -> Client:
    return Client(headers={"accept-language": "en-US"})


def reprice(rate: str) -> None:
    Rate.objects.update(rate=D(rate))


def ordered(client: Client, design: Design) -> Order:
    page = hands.review(client, design)
    sent = {**hands.filled(page), "quantity": 1}
    answer = client.post(f"/d/{design.pk}/order/", sent)
    assert answer.status_code == 302, answer.text
    return Order.objects.get()


def test_shop_wizard_and_review_tell_one_price(american: Client, design: Design) -> None:
    for address in (f"/d/{design.pk}/", f"/d/{design.pk}/review/"):
        page = american.get(address).text
        assert TOTAL in page
        assert "€" not in page.replace("€-", "")
        assert "≈" not in page
    assert "$" in american.get("/p/desk-lamp/").text
    assert "€" in Client().get("/p/desk-lamp/").text


def test_the_lines_and_differences_add_up(american: Client, design: Design) -> None:
    screen = american.get(f"/d/{design.pk}/").context["screen"]
    lines = [D(each.amount.replace("$", "").replace("−", "-")) for each in screen.receipt]
    assert sum(lines) == D(screen.price_plain) == D("167.16")
    other_value = next(
        v for v in screen.builder.view(screen.product.options["shade"]).values if v.difference
    )
    answer = american.post(
        f"/d/{design.pk}/choose/", {"set": f"shade:{other_value.post}", "revision": design.revision}
    )
    assert answer.status_code == 303
    after = american.get(f"/d/{design.pk}/").context["screen"]
    more = D(other_value.difference.replace("$", "").replace("−", "-").replace("+", ""))
    assert D(after.price_plain) - D(screen.price_plain) == more


def test_an_order_is_agreed_on_and_paid_in_it(american: Client, design: Design) -> None:
    order = ordered(american, design)
    assert (order.currency, order.net, order.total) == ("USD", D("135.90"), D("167.16"))
    line = order.lines.get()
    assert line.unit_net == line.net == D("135.90")
    content = line.specification.content
    assert content["product"]["currency"] == "USD"
    assert sum(D(each["amount"]) for each in content["prices"]) == D("135.90")
    reprice("9")
    page = american.get(f"/o/{order.token}/").text
    assert TOTAL in page
    assert confirmations.send_confirmation(Job.objects.get(kind="orders.send_confirmation").pk)
    paper = american.get(f"/o/{order.token}/confirmation.pdf")
    assert paper.status_code == 200
    assert "$167.16" in reading.text(paper.content)


def test_a_new_rate_asks_again(american: Client, design: Design) -> None:
    page = hands.review(american, design)
    reprice("1.3")
    answer = american.post(f"/d/{design.pk}/order/", {**hands.filled(page), "quantity": 1})
    assert not Order.objects.exists()
    assert "$167.16" in answer.text
    assert "$181.92" in answer.text  # 147.407, charged 147.90


def test_a_cart_keeps_its_currency_and_its_rate(american: Client, design: Design) -> None:
    hands.add(american, design)
    reprice("9")
    american.cookies["currency"] = "-"
    assert TOTAL in hands.cart(american)
    second = kit.started({**kit.CHOICES, "shade": "linen"}, "two")
    hands.add(american, second)
    kept = {item.design.charge["currency"] for item in CartItem.objects.select_related("design")}
    assert kept == {"USD"}
    hands.agree(american, hands.cart(american))  # it was seen in euros at its review
    page = american.get("/cart/checkout/").text
    assert "€" not in page
    american.post("/cart/checkout/", hands.filled(page))
    order = Order.objects.get()
    assert order.currency == "USD"
    assert sum(line.net for line in order.lines.all()) == order.net


def test_another_currency_is_chosen_for_all_of_a_cart(american: Client, design: Design) -> None:
    hands.add(american, design)
    american.post("/currency/", {"currency": "-"})
    assert "€139.47" in hands.cart(american)
    american.post("/currency/", {"currency": "USD"})
    assert TOTAL in hands.cart(american)


def test_a_quote_holds_in_it(american: Client, design: Design) -> None:
    page = hands.review(american, design)
    sent = {**hands.filled(page), "quantity": 1}
    american.post(f"/d/{design.pk}/quote/", sent)
    quote = Quote.objects.get()
    assert (quote.currency, quote.total) == ("USD", D("167.16"))
    reprice("9")
    european = Client()
    shown = european.get(f"/q/{quote.token}/")
    assert TOTAL in shown.text
    european.post(
        f"/q/{quote.token}/accept/",
        {"terms": "on", "days": shown.context["days"], "terms_version": "2026-11"},
    )
    order = Order.objects.get()
    assert (order.currency, order.total) == ("USD", D("167.16"))


def test_a_quote_asked_for_again_is_at_todays_rate(american: Client, design: Design) -> None:
    page = hands.review(american, design)
    american.post(f"/d/{design.pk}/quote/", {**hands.filled(page), "quantity": 1})
    Quote.objects.update(valid_until=timezone.localdate() - timedelta(days=1))
    reprice("1.3")
    Client().post(f"/q/{Quote.objects.get().token}/again/")
    made = Quote.objects.latest("made_at")
    assert (made.currency, made.net) == ("USD", D("147.90"))


def test_a_change_of_an_order_stays_in_it(american: Client, design: Design) -> None:
    order = ordered(american, design)
    reprice("9")
    change = changing.begin(order_id=order.pk, position=1)
    proposal = changing.propose(change)
    assert proposal.difference == 0
    assert proposal.same
    page = Client().get(f"/d/{change.design_id}/").text
    assert TOTAL in page


def test_shipping_is_charged_in_it(american: Client, design: Design) -> None:
    ShippingOption.objects.create(name_en="Parcel", net=D(10), days=3, free_above=D(113))
    page = hands.review(american, design)
    assert "Free" in page or "free" in page
    ShippingOption.objects.update(free_above=D(115))
    order = ordered(american, design)
    assert order.shipping_net == D("11.90")  # 12.00, to .90
    ShippingOption.objects.create(name_en="Air", net=D(20), days=3, currency="USD")
    again = hands.review(american, kit.started({**kit.CHOICES, "shade": "linen"}, "two"))
    assert "Air" in again
    assert "Parcel" not in again


def test_a_budget_is_entered_in_it(american: Client, design: Design) -> None:
    sent = {"budget": "167.16", "revision": design.revision}
    american.post(f"/d/{design.pk}/limit/", sent)
    assert american.get(f"/d/{design.pk}/").context["screen"].fits
    fresh = Design.objects.get(pk=design.pk)
    assert fresh.limits["charge"]["currency"] == "USD"
    assert "€139" in Client().get(f"/d/{design.pk}/").text
    american.post(f"/d/{design.pk}/limit/", {"budget": "167.15", "revision": fresh.revision})
    assert not american.get(f"/d/{design.pk}/").context["screen"].fits


def test_the_shop_api_says_its_currency(client: Client, design: Design) -> None:
    found = client.get("/api/shop/v1/products/desk-lamp?currency=usd").json()
    assert found["currency"] == found["price_from"]["currency"] == "USD"
    record = client.get(f"/api/shop/v1/designs/{design.pk}?currency=USD").json()
    assert record["price"] == {"amount": "167.16", "currency": "USD", "text": TOTAL}
    assert client.get("/api/shop/v1/products/desk-lamp").json()["currency"] == "EUR"


def test_a_currency_that_is_only_told_is_not_charged(design: Design) -> None:
    Rate.objects.update(charged=False)
    page: Any = Client(headers={"accept-language": "en-US"}).get(f"/d/{design.pk}/").text
    assert "€139.47" in page
    assert "≈" in page
