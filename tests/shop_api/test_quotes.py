"""Quotes through the API: made, read, accepted once as they were seen, declined."""

from typing import Any

import pytest

from orders.models import Job, Order
from orders.promo.models import Promotion
from orders.quotes.models import Quote
from tests.promo.kit import promotion
from tests.shop_api.conftest import Program, told
from tests.shop_api.test_ordering import ADDRESS, BUYER, finished, several


def asked(program: Program, **more: Any) -> dict[str, Any]:
    finished(program)
    answer = program.send("POST", f"designs/{program.id}/quote", {**ADDRESS, **more})
    assert answer.status_code == 201, answer.content
    made = told(answer)
    assert answer["Location"].endswith(made["token"])
    return made


def accept(program: Program, quote: dict[str, Any], **more: Any) -> Any:
    body = {"buyer": BUYER, "seen": quote["seen"], "terms": True, **more}
    return program.send("POST", f"quotes/{quote['token']}/accept", body)


def test_it_is_made_read_and_ordered_once(program: Program) -> None:
    quote = asked(program, quantity=2)
    assert (quote["state"], quote["lines"][0]["quantity"]) == ("open", 2)
    assert not Order.objects.exists()
    assert Job.objects.filter(kind="quotes.send").count() == 1
    assert program.client.get(quote["paper"]).content.startswith(b"%PDF")
    assert told(program.get(f"quotes/{quote['token']}")) == quote
    first, again = accept(program, quote), accept(program, quote)
    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert told(first)["token"] == told(again)["token"]
    assert told(first)["receipt"]["total"] == quote["receipt"]["total"]
    now = told(program.get(f"quotes/{quote['token']}"))
    assert (now["state"], now["seen"], now["order"]) == ("accepted", None, told(first)["token"])


def test_a_code_that_is_gone_is_told(program: Program) -> None:
    promotion("SPRING", limit=1)
    quote = asked(program, promo="spring")
    assert quote["promo"] == [{"code": "SPRING", "works": True, "said": "Spring"}]
    Promotion.objects.update(used=1)
    answer = accept(program, quote)
    now = told(answer)["quote"]
    assert (answer.status_code, told(answer)["code"]) == (409, "changed")
    assert (now["promo"][0]["works"], now["seen"]["without"]) == (False, ["SPRING"])
    assert float(now["total"]) > float(quote["total"])
    assert accept(program, now).status_code == 201


def test_a_code_that_does_not_work_is_not_quoted(program: Program) -> None:
    finished(program)
    body = {**ADDRESS, "promo": "WINTER"}
    answer = program.send("POST", f"designs/{program.id}/quote", body)
    assert (answer.status_code, told(answer)["code"]) == (409, "promo")
    assert not Quote.objects.exists()


def test_several_are_quoted_together(program: Program) -> None:
    answer = program.send("POST", "quotes", {**ADDRESS, "lines": several(program)})
    quote = told(answer)
    assert (answer.status_code, len(quote["lines"]), len(quote["seen"]["days"])) == (201, 2, 2)
    assert accept(program, quote).status_code == 201


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"terms": False}, "terms"),
        ({"paying": "shells"}, "paying"),
        ({"buyer": "x"}, "buyer"),
        ({"seen": {"days": ["soon"], "terms": "x"}}, "seen"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    program: Program, change: dict[str, Any], field: str
) -> None:
    quote = asked(program)
    answer = accept(program, quote, **change)
    assert (answer.status_code, told(answer)["field"].split(".")[0]) == (422, field)
    assert not Order.objects.exists()


def test_another_day_or_term_is_asked_about(program: Program) -> None:
    quote = asked(program)
    changes: list[dict[str, Any]] = [{"days": ["2026-01-01"]}, {"days": []}, {"terms": "x"}]
    for change in changes:
        answer = accept(program, quote, seen={**quote["seen"], **change})
        assert (answer.status_code, told(answer)["code"]) == (409, "changed")
        assert told(answer)["quote"]["seen"] == quote["seen"]
    assert not Order.objects.exists()


def test_declined_it_can_not_be_accepted(program: Program) -> None:
    quote = asked(program)
    assert told(program.send("POST", f"quotes/{quote['token']}/decline", {}))["state"] == "declined"
    answer = accept(program, quote)
    assert (answer.status_code, told(answer)["code"]) == (409, "too_late")


@pytest.mark.parametrize("token", ["x", "%00", "x" * 99])
def test_unknown_quotes(program: Program, token: str) -> None:
    assert program.get(f"quotes/{token}").status_code == 404
    assert program.send("POST", f"quotes/{token}/decline", {}).status_code == 404
