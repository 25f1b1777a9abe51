"""Quotes with promo codes: what they take off holds, what is used up meanwhile is told."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from configurator.catalog.models import Part, WorkCenter
from configurator.wizard.models import Design
from orders.models import Order
from orders.promo.models import Promotion
from orders.quotes.models import Quote
from tests.orders import kit
from tests.promo.kit import promotion
from tests.quotes.test_quotes import accepted, page

D = Decimal
EMAIL = kit.CONTACT.email


def quoted(client: Client, design: Design, **changes: str) -> Quote:
    """Asked for at the review, where SPRING was seen to work."""
    seen = {"promo": "spring", "promo_shown": "SPRING", "promo_works": "SPRING", **changes}
    sent = {**kit.form_of(design), **seen}
    del sent["terms"]
    assert client.post(f"/d/{design.pk}/quote/", sent).status_code == 302
    return Quote.objects.latest("made_at")


def test_what_it_takes_off_is_quoted_and_used_up_with_the_order(
    client: Client, design: Design
) -> None:
    promotion("SPRING", limit=1)
    quote = quoted(client, design)
    assert quote.total == D("125.52")
    assert Promotion.objects.get().used == 0
    assert "Spring" in page(client, quote).text
    Promotion.objects.update(ends_at=timezone.now(), percent=D(50))  # what was promised holds
    assert accepted(client, quote).status_code == 302
    order = Order.objects.get()
    assert (order.total, order.discounts[0]["code"]) == (D("125.52"), "SPRING")
    assert Promotion.objects.get().used == 1


def test_a_quote_goes_no_lower_than_the_design_can_bear(client: Client, design: Design) -> None:
    Part.objects.filter(code="pole").update(cost="30")
    Part.objects.filter(code="shade").update(cost="45")
    WorkCenter.objects.update(hourly_cost=60)
    promotion("SPRING", percent=D(50))
    quote = quoted(client, design, total="111.93")
    assert quote.net == D(91)  # of 113.39
    Part.objects.filter(code="pole").update(cost="60")  # what was promised holds
    assert accepted(client, quote).status_code == 302
    order = Order.objects.get()
    assert order.net == D(91)
    assert order.discounts == quote.discounts
    assert order.discounts[0]["shares"] == ["22.39"]  # a change of it shrinks the line's own


@pytest.mark.parametrize("change", [{"used": 1}, {"active": False}])
def test_a_code_that_is_gone_is_told_and_it_costs_more(
    client: Client, design: Design, change: dict[str, int]
) -> None:
    promotion("SPRING", limit=1)
    quote = quoted(client, design)
    days = page(client, quote).context["days"]
    Promotion.objects.update(**change)
    answer = accepted(client, quote, days=days)
    assert answer.status_code == 409
    assert "the price has changed" in answer.text
    assert "The price below is without it." in answer.text
    assert "€139.47" in answer.text
    assert not Order.objects.exists()
    assert accepted(client, quote, without="SPRING").status_code == 302
    assert Order.objects.get().total == D("139.47")
    assert Order.objects.get().discounts == []


def test_only_what_was_seen_to_work_is_quoted(client: Client, design: Design) -> None:
    promotion("SPRING")
    sent = {**kit.form_of(design), "promo": "SPRING"}
    answer = client.post(f"/d/{design.pk}/quote/", sent)
    assert answer.status_code == 409
    assert "Spring" in answer.text
    assert not Quote.objects.exists()


def test_asked_anew_it_has_the_codes_that_still_work(client: Client, design: Design) -> None:
    promotion("SPRING", limit=1)
    quote = quoted(client, design)
    for used, total in ((0, D("125.52")), (1, D("139.47"))):
        Promotion.objects.update(used=used)
        Quote.objects.filter(pk=quote.pk).update(state="declined")
        assert client.post(f"/q/{quote.token}/again/").status_code == 302
        assert Quote.objects.latest("made_at").total == total


def test_once_a_person_holds_for_two_quotes(client: Client, design: Design) -> None:
    promotion("SPRING", once_per_person=True)
    first, second = (quoted(client, each) for each in (design, kit.started(kit.CHOICES, "two")))
    assert accepted(client, first).status_code == 302
    answer = accepted(client, second)
    assert answer.status_code == 302 if answer.context is None else 409
    assert "You have used this code already" in page(client, second).text
