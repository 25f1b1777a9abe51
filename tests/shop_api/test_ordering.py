"""From a design to an order through the API: as it was seen, once, and by its buyer."""

from typing import Any

import pytest

from orders.models import Job, Order
from tests.orders.kit import CONTACT
from tests.shop_api.conftest import Program, told

BUYER = "a-buyer-of-the-brand"
ADDRESS = {
    name: getattr(CONTACT, name)
    for name in ("name", "email", "street", "postal_code", "city", "country")
}


def finished(program: Program) -> None:
    program.begin()
    program.choose("engraved", False)
    program.change("finish", by="cheapest")


def review(program: Program, **asked: Any) -> dict[str, Any]:
    answer = program.send("POST", f"designs/{program.id}/review", {"country": "PL", **asked})
    assert answer.status_code == 200, answer.content
    return told(answer)


def order(program: Program, seen: Any, **entries: Any) -> Any:
    body = {"buyer": BUYER, "seen": seen, "terms": True, **ADDRESS, **entries}
    return program.send("POST", f"designs/{program.id}/order", body)


def test_what_was_seen_is_ordered_once(program: Program) -> None:
    finished(program)
    page = review(program, quantity=2, buyer=BUYER)
    assert page["complete"]
    assert page["held_until"]
    answer = order(program, page["seen"], quantity=2)
    made = told(answer)
    assert answer.status_code == 201, made
    assert made["receipt"]["total"] == page["receipt"]["total"]
    assert made["lines"][0]["quantity"] == 2
    again = order(program, page["seen"], quantity=2)
    assert (again.status_code, told(again)["number"]) == (200, made["number"])
    assert Order.objects.count() == 1
    assert Job.objects.filter(kind="factory.release_work_orders").count() == 1
    story = told(program.get(f"orders/{made['token']}"))
    assert (story["number"], story["state"]) == (made["number"], "placed")
    assert story["story"][0]["kind"] == "placed"


def test_another_buyer_learns_nothing_of_the_order(program: Program) -> None:
    finished(program)
    page = review(program, buyer=BUYER)
    assert order(program, page["seen"]).status_code == 201
    stranger = {"buyer": "somebody-else-entirely", "street": "Elsewhere 1"}
    answer = order(program, page["seen"], **stranger)
    assert answer.status_code == 409
    assert told(answer)["code"] == "ordered_by_another"
    assert CONTACT.city not in answer.content.decode()


@pytest.mark.parametrize(
    "change",
    [{"total": "1.00"}, {"ready_on": "2020-01-01"}, {"specification": "0"}, {"terms": "x"}],
)
def test_what_is_not_as_it_was_seen_is_asked_again(program: Program, change: Any) -> None:
    finished(program)
    page = review(program, buyer=BUYER)
    answer = order(program, {**page["seen"], **change})
    problem = told(answer)
    assert (answer.status_code, problem["code"]) == (409, "changed")
    assert problem["review"]["seen"] == page["seen"]
    assert not Order.objects.exists()


def test_an_open_design_tells_what_is_open(program: Program) -> None:
    program.begin()
    page = review(program)
    assert not page["complete"]
    assert page["seen"] is None
    assert "shade" in page["undecided"]


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"name": "  "}, "name"),
        ({"email": "nobody"}, "email"),
        ({"postal_code": "1"}, "postal_code"),
        ({"country": "XX"}, "country"),
        ({"terms": False}, "terms"),
        ({"quantity": 100}, "quantity"),
        ({"vat_number": "PL1"}, "vat_number"),
        ({"name": "\0"}, "name"),
        ({"buyer": "short"}, "buyer"),
        ({"seen": None}, "seen"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(program: Program, entries: Any, field: str) -> None:
    finished(program)
    seen = review(program)["seen"]
    answer = order(program, seen, **entries) if "seen" not in entries else order(program, None)
    problem = told(answer)
    assert (answer.status_code, problem["field"].split(".")[0]) == (422, field)
    assert not Order.objects.exists()


@pytest.mark.parametrize("token", ["x", "%00", "x" * 99])
def test_unknown_orders(program: Program, token: str) -> None:
    assert program.get(f"orders/{token}").status_code == 404


def several(program: Program) -> list[dict[str, Any]]:
    lines = []
    for quantity in (1, 3):
        finished(program)
        lines.append({"design": program.id, "quantity": quantity})
    return lines


def test_several_designs_are_ordered_together(program: Program) -> None:
    lines = several(program)
    asked = {"lines": lines, "country": "PL", "buyer": BUYER}
    page = told(program.send("POST", "orders/review", asked))
    body = {**asked, "seen": page["seen"], "terms": True, **ADDRESS}
    answer = program.send("POST", "orders", body)
    made = told(answer)
    assert answer.status_code == 201, made
    assert [line["quantity"] for line in made["lines"]] == [1, 3]
    assert made["receipt"]["total"] == page["receipt"]["total"]
    again = program.send("POST", "orders", body)
    assert (again.status_code, told(again)["number"]) == (200, made["number"])
    assert Order.objects.count() == 1


def test_several_are_asked_again_if_they_are_not_as_they_were_seen(program: Program) -> None:
    lines = several(program)
    asked = {"lines": lines, "country": "PL", "buyer": BUYER}
    seen = told(program.send("POST", "orders/review", asked))["seen"]
    body = {**asked, "terms": True, **ADDRESS}
    for change in ({"total": "1.00"}, {"lines": seen["lines"][:1]}, {"terms": "x"}):
        answer = program.send("POST", "orders", {**body, "seen": {**seen, **change}})
        assert (answer.status_code, told(answer)["code"]) == (409, "changed")
        assert told(answer)["several"]["seen"] == seen
    assert not Order.objects.exists()


def test_open_designs_and_doubles_are_refused(program: Program) -> None:
    (line, _other) = several(program)
    answer = program.send("POST", "orders/review", {"lines": [line, line]})
    assert (answer.status_code, told(answer)["code"]) == (422, "twice")
    program.begin()
    answer = program.send("POST", "orders/review", {"lines": [line, {"design": program.id}]})
    assert (answer.status_code, told(answer)["field"]) == (409, "lines.1.design")
    assert program.send("POST", "orders/review", {"lines": []}).status_code == 422
