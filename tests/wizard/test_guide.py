"""Guided selling: answers about needs lead to designs, which say why they are as they are."""

from typing import Any

import pytest
from django.test import Client

from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE
from configurator.wizard.guiding import BEST, VALUE, given, points_of, proposals
from configurator.wizard.limits import Limits
from configurator.wizard.models import Design
from tests.wizard.conftest import Shop, both

pytestmark = pytest.mark.django_db
GUIDE = "/p/lamp/guide/"


def page(client: Client, query: str = "", **headers: str) -> str:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response: Any = client.get(GUIDE + query, headers=named)
    assert response.status_code == 200
    return str(response.content.decode())


def all_designs(product: ReleasedProduct) -> list[dict[str, Any]]:
    """Every design of the lamp, found by walking through what is possible."""
    found: list[dict[str, Any]] = [{}]
    for code in product.space.answer({}).possible:
        found = [
            {**design, code: value}
            for design in found
            for value, able in product.space.answer(design).possible[code].items()
            if able
        ]
    return found


def test_the_best_proposal_has_the_most_points_of_all_designs(lamp: ReleasedProduct) -> None:
    designs = all_designs(lamp)
    for asked in (
        {"place": ["desk"]},
        {"place": ["edge"], "taste": ["tall", "warm"]},
        {"taste": ["brass", "warm"]},
    ):
        answers = given(lamp, asked)
        points = points_of(lamp, answers)

        def worth(design: dict[str, Any], points: Any = points) -> int:
            return sum(mine.get(design.get(code, NONE), 0) for code, mine in points.items())

        best = proposals(lamp, answers, Limits())[0]
        assert best.kind == BEST
        assert worth(dict(best.choices)) == max(map(worth, designs))
        equal = [design for design in designs if worth(design) == worth(dict(best.choices))]
        totals = [sum(lamp.space.term_amounts(each, {}).values()) for each in equal]
        assert best.total == min(totals)


def test_a_second_one_costs_less(lamp: ReleasedProduct) -> None:
    answers = given(lamp, {"place": ["desk"], "taste": ["warm", "brass"]})
    kinds = {each.kind: each for each in proposals(lamp, answers, Limits())}
    assert kinds[VALUE].total < kinds[BEST].total


@both
def test_proposals_can_be_made_and_say_why(lamp: ReleasedProduct) -> None:
    for asked in ({"place": ["desk"]}, {"place": ["edge"], "taste": ["tall"]}):
        found = proposals(lamp, given(lamp, asked), Limits())
        assert found
        for each in found:
            assert lamp.space.is_valid(each.choices)
            assert each.reasons


def test_what_is_demanded_and_cannot_be_is_told(client: Client, lamp: ReleasedProduct) -> None:
    html = page(client, "?n-place=edge&n-taste=tall")
    assert "Because you clamp it" in html or "Because you like it tall" in html
    assert "not to be had together with the rest" in html


def test_the_questions_stand_in_any_language(client: Client, lamp: ReleasedProduct) -> None:
    html = page(client, "?n-place=desk", accept_language="pl")
    assert "Gdzie stanie?" in html
    assert "stoi na biurku" in html


def test_without_an_answer_nothing_is_proposed_yet(client: Client, lamp: ReleasedProduct) -> None:
    html = page(client)
    assert "Where does it stand?" in html
    assert 'name="take"' not in html


def test_htmx_gets_the_proposals_only(client: Client, lamp: ReleasedProduct) -> None:
    html = page(client, "?n-place=desk", hx_request="true")
    assert "<html" not in html
    assert 'value="best"' in html


def test_a_budget_is_kept(client: Client, lamp: ReleasedProduct) -> None:
    for each in proposals(lamp, given(lamp, {"taste": ["brass", "warm"]}), Limits(budget=14_500)):
        assert each.total * 123 // 100 <= 14_500
    html = page(client, "?n-taste=brass&budget=10")
    assert "Nothing is within this budget and date" in html


@pytest.mark.parametrize(
    "query",
    [
        *("?budget=x&day=2020-01-01", "?n-place=nowhere", "?n-nothing=1", "?design=", "?n-=1"),
        *("?n-place=desk&n-place=edge", "?budget=" + "9" * 90, "?day=%00", "?n-taste=%F0%9F%98%80"),
    ],
)
def test_bad_input_is_passed_over_or_told(
    client: Client, lamp: ReleasedProduct, query: str
) -> None:
    html = page(client, query)
    assert ("field__error" in html) is ("budget=x" in query or "999" in query or "%00" in query)


def test_a_proposal_begins_a_design(client: Client, lamp: ReleasedProduct) -> None:
    form = {"n-place": "desk", "n-taste": ["warm", "brass"], "budget": "400", "take": "best"}
    response = client.post(GUIDE, form)
    assert response.status_code == 302
    design = Design.objects.get()
    assert response["Location"] == f"/d/{design.id}/"
    assert design.state["choices"]["shade"] == "brass"
    assert design.state["choices"]["dimmer"] is True
    assert design.limits == {"budget": 40_000}


def test_it_is_taken_over_into_a_design_and_undone(client: Client, shop: Shop) -> None:
    shop.choose("shade", "black")
    shop.choose("base", "heavy")
    mine = {"design": str(shop.design.id), "n-place": "edge", "take": "best"}
    client.post(GUIDE, mine)
    assert shop.choices["base"] == "clamp"
    assert shop.choices["shade"] == "linen"  # the least expensive
    shop.post("undo")
    assert shop.choices == {"shade": "black", "base": "heavy"}
    client.post(GUIDE, {**mine, "keep": "1"})
    assert shop.choices["shade"] == "black"
    assert shop.choices["base"] == "heavy"


def test_a_proposal_that_is_not_there_is_not_taken(client: Client, lamp: ReleasedProduct) -> None:
    response = client.post(GUIDE, {"n-place": "desk", "take": "nothing"})
    assert response.status_code == 302
    assert response["Location"].startswith(GUIDE)
    assert not Design.objects.exists()


def test_its_picture_follows_from_the_answers(client: Client, lamp: ReleasedProduct) -> None:
    html = page(client, "?n-place=desk")
    assert f"{GUIDE}best.webp?n-place=desk" in html
    response = client.get(f"{GUIDE}best.webp?n-place=desk&w=480")
    assert response["Content-Type"] == "image/webp"
    assert client.get(f"{GUIDE}best.webp").status_code == 404
    assert client.get(f"{GUIDE}other.webp?n-place=desk").status_code == 404


def test_products_without_a_guide_have_no_such_page(client: Client, lamp: ReleasedProduct) -> None:
    assert client.get("/p/none/guide/").status_code == 404
    assert GUIDE in client.get("/p/lamp/").content.decode()
