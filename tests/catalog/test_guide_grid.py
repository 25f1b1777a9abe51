"""The guide as a table: questions × answers, points as cells; nothing lost, errors at the cell."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.admin.guiding import GuideField
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.guide_grid import flat_of, read
from configurator.catalog.modeling import schema_of
from configurator.catalog.models import Product, Revision
from configurator.engine import parse
from tests.catalog.test_admin import admin, signed_in, stool
from tests.catalog.test_guide import LINES

__all__ = ["admin", "signed_in", "stool"]  # fixtures
pytestmark = pytest.mark.django_db
INPUT = re.compile(r'<input (?:type="(\w+)" )?name="([^"]+)"(?: value="([^"]*)")?([^>]*)>')


@pytest.fixture
def guided(stool: Product) -> Product:
    stool.guide = GuideField(required=False).clean(LINES)
    stool.save()
    return stool


def address(product: Product) -> str:
    return reverse("admin:catalog_product_guide", args=[product.pk])


def fields(html: str) -> dict[str, str]:
    """The fields of the page as a browser without JavaScript would send them."""
    return {
        name: "on" if kind == "checkbox" else unescape(value)
        for kind, name, value, more in INPUT.findall(html)
        if kind != "checkbox" or "checked" in more
    }


def form(client: Client, product: Product) -> dict[str, str]:
    answer = client.get(address(product))
    assert answer.status_code == 200
    return fields(answer.content.decode())


def error(html: str, name: str) -> str:
    found = re.search(rf'id="e-{name}">([^<]*)<', html)
    return unescape(found[1]) if found else ""


def test_the_form_says_what_the_guide_says(guided: Product) -> None:
    found = read(flat_of(guided.guide), guided.guide)
    assert found.wrong == {}
    assert found.guide == guided.guide


def test_every_value_is_offered_as_a_condition_that_can_be_read(
    admin: Client, guided: Product
) -> None:
    html = admin.get(address(guided)).content.decode()
    offered = re.search(r'<datalist id="wants">(.*?)</datalist>', html, re.S)
    assert offered
    conditions = [unescape(each) for each in re.findall(r'<option value="([^"]*)">', offered[1])]
    content = read_content(guided)
    options = [option for step in content["steps"] for option in step["options"]]
    for option in options:
        for choice in option["choices"]:
            assert any(option["code"] in each and choice["code"] in each for each in conditions)
    schema = schema_of(content)
    for each in conditions:
        parse(each, schema, want="condition")
    assert re.search(r'name="q0-w0"[^>]* list="wants"', html)
    assert re.search(r'name="q0-a0-w0"[^>]* list="points"', html)


def test_saving_it_as_it_is_changes_nothing(admin: Client, guided: Product) -> None:
    before = guided.guide
    assert admin.post(address(guided), form(admin, guided)).status_code == 302
    guided.refresh_from_db()
    assert guided.guide == before  # with the texts in other languages


def test_cells_rows_and_columns_are_changed_added_and_removed(
    admin: Client, guided: Product
) -> None:
    sent = form(admin, guided)
    sent |= {"q0-a0-w0": "7", "q0-a0-w1": "", "q0-a1-remove": "on"}
    sent |= {"q0-a2-code": "kids", "q0-a2-name": "With children", "q0-a2-w3": "MUST"}
    sent |= {"q0-w3": "wood != oak"}
    assert admin.post(address(guided), sent).status_code == 302
    guided.refresh_from_db()
    bar, kids = guided.guide[0]["answers"]
    assert [want["points"] for want in bar["wants"]] == [7, -2]
    assert kids["wants"] == [{"when": "wood != oak", "points": "must"}]
    assert Revision.objects.filter(model="product", row=guided.pk).exists()


def test_more_room_without_javascript_keeps_what_was_written(
    admin: Client, guided: Product
) -> None:
    sent = form(admin, guided) | {"q0-a0-name": "At the bar", "add": "questions"}
    html = admin.post(address(guided), sent).content.decode()
    again = fields(html)
    assert again["q0-a0-name"] == "At the bar"
    assert "q1-a1-name" in again
    for what, name in (("q0-rows", "q0-a4-name"), ("q0-columns", "q0-a0-w5")):
        answer = admin.post(address(guided), {**again, "add": what})
        assert name in fields(answer.content.decode())
    guided.refresh_from_db()
    assert guided.guide[0]["answers"][0]["name"]["en"] == "At a bar"


@pytest.mark.parametrize(
    ("changed", "at", "told"),
    [
        ({"q0-a0-w0": "50"}, "q0-a0-w0", "from -10 to 10"),
        ({"q0-a0-w0": "much"}, "q0-a0-w0", "from -10 to 10"),
        ({"q0-w0": "wod = oak"}, "q0-w0", "Did you mean “wood”"),
        ({"q0-w0": ""}, "q0-w0", "Write what the points are for"),
        ({"q0-w3": "wood = birch"}, "q0-w3", "Give points"),
        ({"q0-a1-code": "bar"}, "q0-a1-code", "is there twice"),
        ({"q0-a0-name": " "}, "q0-a0-name", "needed"),
        ({"q0-a0-code": "Not a code"}, "q0-a0-code", ""),
        ({"q0-a0-remove": "on", "q0-a1-remove": "on"}, "q0-a0-name", "needs an answer"),
        ({"q0-a0-because": "x" * 5000}, "q0-a0-because", ""),
    ],
)
def test_a_mistake_is_told_at_its_cell_and_nothing_is_lost(
    admin: Client, guided: Product, changed: dict[str, str], at: str, told: str
) -> None:
    before = guided.guide
    sent = form(admin, guided) | {"q0-a1-because": "it is at home"} | changed
    answer = admin.post(address(guided), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert error(html, at)
    assert told in error(html, at)
    again = fields(html)
    assert {name: again[name] for name in (*changed, "q0-a1-because")} == {
        name: sent[name] for name in (*changed, "q0-a1-because")
    }
    guided.refresh_from_db()
    assert guided.guide == before


def test_what_another_saved_meanwhile_is_told_first(admin: Client, guided: Product) -> None:
    sent = form(admin, guided) | {"q0-a0-w0": "7"}
    Product.objects.filter(pk=guided.pk).update(guide=[])
    answer = admin.post(address(guided), sent)
    assert answer.status_code == 422
    assert "Somebody else has changed" in answer.content.decode()
    again: Any = fields(answer.content.decode())
    assert admin.post(address(guided), again).status_code == 302
    guided.refresh_from_db()
    assert guided.guide[0]["answers"][0]["wants"][0]["points"] == 7


def test_nonsense_is_no_error_of_ours(admin: Client, guided: Product) -> None:
    for sent in (
        {"questions": "x"},
        {"questions": "9999", "q0-rows": "-1"},
        {"questions": "2", "q1-name": "\x00", "q1-rows": "77"},
        {"add": "anything"},
    ):
        assert admin.post(address(guided), sent).status_code in (200, 422)


def test_who_may_not_edit_does_not_see_it(guided: Product) -> None:
    assert signed_in("catalog.view_product").get(address(guided)).status_code == 403
