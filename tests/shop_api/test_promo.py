"""Promo codes through the API: told at the review, used by the order, not found by trying."""

from typing import Any

from orders.models import Order
from orders.promo.models import Floor, Promotion
from tests.promo.kit import promotion
from tests.shop_api.conftest import Program, told
from tests.shop_api.test_ordering import ADDRESS, BUYER, finished, order, review, several


def test_a_code_is_told_and_used(program: Program) -> None:
    promotion("SPRING", limit=1)
    finished(program)
    plain = review(program, buyer=BUYER)
    page = review(program, buyer=BUYER, promo="spring winter")
    works, unknown = page["promo"]
    assert (works["code"], works["works"], works["said"]) == ("SPRING", True, "Spring")
    assert (unknown["code"], unknown["works"]) == ("WINTER", False)
    assert "check how it is written" in unknown["said"]
    assert page["seen"]["codes"] == ["SPRING"]
    assert page["seen"]["total"] < plain["seen"]["total"]
    made = order(program, page["seen"], promo="spring")
    assert made.status_code == 201, made.content
    assert told(made)["receipt"]["total"] == page["receipt"]["total"]
    assert Promotion.objects.get().used == 1


def test_less_than_it_says_is_said(program: Program) -> None:
    promotion("HALF", percent=50)
    Floor.objects.create(unknown=10)
    finished(program)
    (told_of,) = review(program, buyer=BUYER, promo="HALF")["promo"]
    assert told_of["works"]
    assert "so much the price can bear" in told_of["said"]


def test_one_that_is_gone_meanwhile_is_asked_about(program: Program) -> None:
    promotion("SPRING", limit=1)
    finished(program)
    page = review(program, buyer=BUYER, promo="SPRING")
    Promotion.objects.update(used=1)
    answer = order(program, page["seen"], promo="SPRING")
    problem = told(answer)
    assert (answer.status_code, problem["code"]) == (409, "changed")
    assert not problem["review"]["promo"][0]["works"]
    assert order(program, problem["review"]["seen"]).status_code == 201


def test_a_code_that_nobody_showed_takes_nothing_off(program: Program) -> None:
    promotion("SPRING")
    finished(program)
    seen = review(program, buyer=BUYER)["seen"]
    assert order(program, {**seen, "codes": ["SPRING"]}).status_code == 409
    assert order(program, {**seen, "codes": ["X"] * 9}).status_code == 422


def test_a_code_is_for_several_designs(program: Program) -> None:
    promotion("SPRING")
    asked: dict[str, Any] = {"lines": several(program), "country": "PL", "buyer": BUYER}
    plain = told(program.send("POST", "orders/review", asked))
    page = told(program.send("POST", "orders/review", {**asked, "promo": "SPRING"}))
    assert page["seen"]["total"] < plain["seen"]["total"]
    body = {**asked, "promo": "SPRING", "seen": page["seen"], "terms": True, **ADDRESS}
    assert program.send("POST", "orders", body).status_code == 201
    assert Order.objects.get().discounts[0]["code"] == "SPRING"


def test_codes_are_not_found_by_trying(program: Program, settings: Any) -> None:
    promotion("SPRING")
    settings.PROMO_TRIES = 3
    finished(program)
    for number in range(3):
        assert not review(program, buyer=BUYER, promo=f"GUESS{number}")["promo_slowed"]
    page = review(program, buyer=BUYER, promo="SPRING")
    assert page["promo"] == []
    assert "quarter of an hour" in page["promo_slowed"]
    assert review(program, buyer="another-buyer-of-it", promo="SPRING")["promo"][0]["works"]
