"""Designing through the API: what is told, changed, refused, and merged."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from configurator.wizard.models import Design
from tests.shop_api.conftest import BASE, Program, told
from tests.wizard.conftest import picture


def option(design: dict[str, Any], code: str) -> dict[str, Any]:
    return next(each for each in design["options"] if each["code"] == code)


def value(design: dict[str, Any], code: str, wanted: Any) -> dict[str, Any]:
    return next(each for each in option(design, code)["values"] if each["value"] == wanted)


def test_products_and_all_that_can_be_decided(program: Program) -> None:
    (head,) = program.get("products", **{"accept-language": "pl"}).json()
    assert (head["slug"], head["name"], head["price_from"]["currency"]) == ("lamp", "Lampa", "EUR")
    whole = told(program.get("products/lamp"))
    assert [step["code"] for step in whole["steps"]] == ["body", "extras"]
    height = next(each for each in whole["steps"][0]["options"] if each["code"] == "height")
    assert (height["minimum"], height["maximum"], height["step"]) == ("300", "900", "100")
    assert told(program.get("products/lamp/releases/1"))["sha"] == whole["sha"]
    for nothing in ("products/chair", "products/lamp/releases/99", "nothing"):
        assert program.get(nothing).status_code == 404


def test_a_design_is_begun_and_changed(program: Program) -> None:
    design = program.begin()
    assert (design["revision"], design["price"]["amount"]) == (0, "123.00")
    brass = value(design, "shade", "brass")
    assert (brass["state"], brass["difference"]) == ("open", "49.20")
    answer = program.choose("shade", "brass")
    design = told(answer)
    assert (answer.status_code, design["choices"]) == (200, {"shade": "brass"})
    assert design["price"]["amount"] == "172.20"
    assert value(design, "cable", "textile")["state"] == "blocked"
    assert program.choose("height", 400).status_code == 200
    assert told(program.choose("dimmer", True))["choices"]["dimmer"] is True
    assert told(program.change("undo"))["choices"] == {"shade": "brass", "height": 400}
    assert told(program.change("redo"))["choices"]["dimmer"] is True
    assert "dimmer" not in told(program.change("clear", option="dimmer"))["choices"]
    assert told(program.change("finish", by="cheapest"))["steps"][0]["decided"] == 4


def test_what_is_impossible_is_explained_and_repaired(program: Program) -> None:
    program.begin()
    program.choose("shade", "brass")
    answer = program.choose("cable", "textile")
    problem = told(answer)
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert (problem["code"], problem["field"]) == ("impossible", "cable")
    assert problem["conflict"]["rules"] == ["Brass lamps come with a plain cable."]
    asked = told(program.get(f"designs/{program.id}/explain?option=cable&value=textile"))
    assert asked["conflict"] == problem["conflict"]
    way = problem["conflict"]["ways"][0]
    design = told(program.choose("cable", "textile", repair=True, changes=way["changes"]))
    assert design["choices"]["cable"] == "textile"
    assert design["choices"].get("shade") == way["changes"]["shade"]
    assert set(design["changes"]["changed"] + design["changes"]["let_go"]) == {"shade"}


def test_stale_changes_of_others_are_merged_and_of_the_same_option_are_both_shown(
    program: Program,
) -> None:
    program.begin()
    stale = program.etag
    program.choose("shade", "black")
    program.etag = stale
    merged = told(program.choose("base", "heavy"))
    assert merged["choices"] == {"shade": "black", "base": "heavy"}
    assert merged["changes"]["elsewhere"] == ["shade"]
    program.etag = stale
    answer = program.choose("shade", "linen")
    assert answer.status_code == 409
    assert told(answer)["versions"] == {"mine": "linen", "theirs": "black"}
    assert program.now()["choices"]["shade"] == "black"
    assert told(program.choose("shade", "linen", insist=True))["choices"]["shade"] == "linen"


def test_surprises_history_and_back(program: Program) -> None:
    program.begin()
    program.choose("shade", "black")
    surprised = told(program.change("surprise", anew=False))
    assert surprised["choices"]["shade"] == "black"
    assert len(surprised["choices"]) > 4
    steps = program.get(f"designs/{program.id}/history").json()
    assert [step["revision"] for step in steps] == [2, 1, 0]
    assert steps[0]["current"]
    back = told(program.change("restore", revision=1))
    assert (back["revision"], back["choices"]) == (3, {"shade": "black"})
    assert program.change("restore", revision=99).status_code == 409


@pytest.mark.parametrize(
    ("mark", "status"),
    [("", 428), ('"7"', 412), ("seven", 412), ('"-1"', 412), ('W/"0"', 200), ("*", 200)],
)
def test_a_change_says_which_revision_it_is_of(program: Program, mark: str, status: int) -> None:
    program.begin()
    program.etag = mark
    assert program.choose("shade", "black").status_code == status
    changed = Design.objects.get().state["choices"] == {"shade": "black"}
    assert changed == (status == 200)


def test_nothing_is_sent_again_that_is_known(program: Program) -> None:
    program.begin()
    path = f"designs/{program.id}"
    etag = program.get(path)["ETag"]
    again = program.get(path, **{"if-none-match": f'"x", {etag}'})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    program.choose("shade", "black")
    assert program.get(path, **{"if-none-match": etag}).status_code == 200


def test_texts_files_and_limits_are_checked_as_in_the_wizard(program: Program) -> None:
    program.begin()
    program.choose("engraved", True)
    assert told(program.change("text", option="words", text="Ana"))["texts"] == {"words": "Ana"}
    problem = told(program.change("text", option="words", text="far too long for it"))
    assert (problem["status"], problem["code"], problem["field"]) == (422, "bad_input", "words")
    limited = told(program.change("limits", "PUT", budget="150", day=None))
    assert limited["limits"] == {"budget": "150.00", "day": None}
    over = program.choose("shade", "brass")
    assert (over.status_code, told(over)["code"]) == (409, "over_limits")
    assert told(program.choose("shade", "brass", limits={}))["limits"]["budget"] is None
    past = told(program.change("limits", "PUT", day="2020-01-01"))
    assert (past["status"], past["field"]) == (422, "day")
    sent = {"file": SimpleUploadedFile("a.png", picture(), "image/png")}
    path = f"{BASE}/designs/{program.id}/files/print"
    answer = program.client.post(path, sent, headers={"if-match": program.etag})
    assert answer.status_code == 200
    assert option(answer.json(), "print")["artwork"].endswith("/artwork/print/")
    sent = {"file": SimpleUploadedFile("a.png", b"no picture", "image/png")}
    refused = program.client.post(path, sent, headers={"if-match": "*"})
    assert (refused.status_code, refused.json()["field"]) == (422, "print")


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("choose", "", 422),
        ("choose", "{", 400),
        ("choose", "[]", 422),
        ("choose", {"option": "shade"}, 422),
        ("choose", {"option": "shade", "value": None}, 422),
        ("choose", {"option": "shade", "value": "glass"}, 422),
        ("choose", {"option": "shade", "value": True}, 422),
        ("choose", {"option": "nothing", "value": "a"}, 422),
        ("choose", {"option": "words", "value": "a"}, 422),
        ("choose", {"option": "height", "value": 350}, 422),
        ("choose", {"option": "height", "value": 1e300}, 422),
        ("choose", {"option": "height", "value": float("nan")}, 422),
        ("choose", {"option": "height", "value": 9**4000}, 422),
        ("choose", {"option": "shade\0", "value": "\ud800"}, 422),
        ("choose", {"option": "shade", "value": "brass", "limits": {"budget": "1e999999999"}}, 422),
        ("choose", {"option": "shade", "value": "brass", "limits": {"budget": "-1"}}, 422),
        ("text", {"option": "words", "text": "\0"}, 422),
        ("text", {"option": "words", "text": "a" * 5000}, 422),
        ("text", {"option": "shade", "text": "a"}, 422),
        ("clear", {"option": "nothing"}, 422),
        ("finish", {"by": "magic"}, 422),
        ("undo", {}, 409),
        ("files/print", {}, 422),
    ],
)
def test_bad_input_is_a_problem_and_changes_nothing(
    program: Program, verb: str, body: Any, status: int
) -> None:
    program.begin()
    answer = program.send("POST", f"designs/{program.id}/{verb}", body, **{"if-match": "*"})
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert told(answer)["detail"]
    assert Design.objects.get().revision == 0


def test_problems_are_told_in_the_callers_language(program: Program) -> None:
    program.begin()
    program.etag = ""
    said = {
        language: told(
            program.send("POST", f"designs/{program.id}/undo", {}, **{"accept-language": language})
        )["detail"]
        for language in ("en", "es", "pl")
    }
    assert len(set(said.values())) == 3


@pytest.mark.parametrize("path", ["designs/00000000-0000-4000-8000-000000000000", "designs/x"])
def test_unknown_designs_are_not_found(program: Program, path: str) -> None:
    answer = program.get(path)
    assert answer.status_code == 404
    assert program.send("POST", "designs", {"product": "chair"}).status_code == 404


def test_who_asks_too_often_waits(program: Program, settings: LazySettings) -> None:
    settings.SHOP_API_DESIGNS = 2
    answers = [program.send("POST", "designs", {"product": "lamp"}) for _each in range(6)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert len(refused) >= 2  # a new minute may have begun in between
    assert 0 < int(refused[0]["Retry-After"]) <= 60
    assert program.get("products").status_code == 200


def test_cookies_open_and_change_nothing(program: Program) -> None:
    """The API reads none: a foreign page that sends a visitor's cookies has gained nothing."""
    program.client.cookies["django_language"] = "pl"
    answer = program.send("POST", "designs", {"product": "lamp"})
    assert answer.status_code == 201
    assert not answer.cookies


def test_the_document_is_openapi_3_1(program: Program) -> None:
    document = told(program.get("openapi.json"))
    assert document["openapi"].startswith("3.1")
    assert "/api/shop/v1/designs/{design_id}/choose" in document["paths"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("country=XX", "country"),
        ("country=Poland", "country"),
        ("country=%00", "country"),
        ("currency=USD", "currency"),
        ("currency=%F0%9F%90%99", "currency"),
        ("currency=" + "x" * 400, "currency"),
    ],
)
def test_where_or_in_what_nothing_is_sold_is_refused(
    program: Program, asked: str, field: str
) -> None:
    program.begin()
    for address in ("products", "products/lamp", f"designs/{program.begin()['id']}"):
        answer = Client().get(f"{BASE}/{address}?{asked}")
        told = answer.json()
        assert (answer.status_code, told["code"], told["field"]) == (422, "bad_input", field)
        assert len(told["detail"]) < 200
    assert Client().get(f"{BASE}/products?country=&currency=eur").status_code == 200


def test_the_document_says_for_where_and_in_what_may_be_asked(program: Program) -> None:
    document = Client().get(f"{BASE}/openapi.json").json()
    for methods in document["paths"].values():
        for operation in methods.values():
            names = [each["name"] for each in operation["parameters"]]
            assert {"country", "currency"} <= set(names)
            assert len(names) == len(set(names))
