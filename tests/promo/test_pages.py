"""Writing a code at the review: told kindly, ordered as seen, and not found by trying."""

from typing import Any

import pytest
from django.test import Client

from configurator.wizard.models import Design
from orders.models import Order
from orders.promo.models import PromoCode, Promotion
from tests.orders import kit
from tests.promo.kit import promotion


def post(client: Client, design: Design, **fields: Any) -> Any:
    return client.post(kit.place_url(design.pk), kit.form_of(design, **fields))


def test_nobody_is_asked_for_codes_where_there_are_none(client: Client, design: Design) -> None:
    page = f"/d/{design.pk}/review/"
    assert "Promo code" not in client.get(page).text
    promotion("SPRING")
    assert "Promo code" in client.get(page).text


def test_a_code_that_works_is_seen_and_ordered(client: Client, design: Design) -> None:
    promotion("SPRING")
    shown = post(client, design, promo="spring", recalculate="1")
    assert shown.status_code == 200
    assert "−€11.34" in shown.text.replace("-€", "−€")
    total = shown.context["page"].seen.total
    sent = {"promo": "spring", "promo_shown": "SPRING", "promo_works": "SPRING", "total": total}
    assert post(client, design, **sent).status_code == 302
    assert Order.objects.get().total == total


def test_one_that_was_written_last_is_shown_first(client: Client, design: Design) -> None:
    promotion("SPRING")
    asked = post(client, design, promo="SPRING")
    assert asked.status_code == 409
    assert "Total with tax" in asked.text
    assert not Order.objects.exists()


def test_one_that_does_not_work_says_why_and_stops_nobody(client: Client, design: Design) -> None:
    promotion("SPRING", active=False)
    shown = post(client, design, promo="<b>SPRING</b>", recalculate="1")
    assert "BSPRINGB: We don’t know this code" in shown.text.replace("<bdi>", "").replace(
        "</bdi>", ""
    )
    assert post(client, design, promo="nope", promo_shown="NOPE").status_code == 302
    assert Order.objects.get().discounts == []


@pytest.mark.parametrize("text", ["", " , ", "\x00", "é" * 290, "a," * 150, "🙂", "x" * 5000])
def test_whatever_is_written_is_answered(client: Client, design: Design, text: str) -> None:
    promotion("SPRING")
    assert post(client, design, promo=text, recalculate="1").status_code == 200


def test_codes_are_not_found_by_trying(client: Client, design: Design, settings: Any) -> None:
    settings.PROMO_TRIES = 3
    promotion("SPRING")
    client.get(f"/d/{design.pk}/review/")  # has a cookie now
    for number in range(4):
        post(client, design, promo=f"TRY{number}", recalculate="1")
    shown = post(client, design, promo="SPRING", recalculate="1")
    assert "try again in a quarter of an hour" in shown.text
    assert not shown.context["page"].promo.applied.codes
    sent = {"promo": "SPRING", "promo_shown": "SPRING", "promo_works": "SPRING"}
    post(client, design, **sent)
    assert not Order.objects.exclude(discounts=[]).exists()


def test_an_address_may_not_try_forever_either(design: Design, settings: Any) -> None:
    settings.PROMO_TRIES_PER_ADDRESS = 3
    promotion("SPRING")
    for number in range(3):
        post(Client(), design, promo=f"TRY{number}", recalculate="1")
    assert "quarter of an hour" in post(Client(), design, promo="SPRING", recalculate="1").text


def test_marketers_make_batches(admin_client: Client, db: Any) -> None:
    fields = {"name_en": "Friends", "kind": "percent", "percent": "15", "currency": "EUR"}
    sent = {**fields, "active": "on", "new_code": "best-friends", "batch": "40", "batch_start": "F"}
    assert admin_client.post("/admin/promo/promotion/add/", sent).status_code == 302
    made = Promotion.objects.get()
    assert made.codes.filter(code="BESTFRIENDS", limit=None).count() == 1
    assert made.codes.filter(limit=1, code__startswith="F").count() == 40
    again = admin_client.post("/admin/promo/promotion/add/", sent)
    assert "There is this code already." in again.text
    listed = {"action": "download", "_selected_action": [made.pk]}
    assert admin_client.post("/admin/promo/promotion/", listed).text.count("\n") == 42
    assert PromoCode.objects.count() == 41
