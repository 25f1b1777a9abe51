"""Why a value is impossible, and what it would take."""

import re

import pytest

from tests.wizard.conftest import Shop, both

pytestmark = pytest.mark.django_db


@both
def test_it_names_the_choices_the_rule_and_a_way(shop: Shop) -> None:
    shop.choose("cable", "textile")
    shop.choose("dimmer", "yes")
    html = shop.get("ask/", htmx=True, about="shade:brass", step="body").content.decode()
    assert "Brass doesn’t fit what you chose" in html
    assert "<span>Cable</span> <strong>Textile</strong>" in html
    assert "Dimmer" not in html
    assert "Brass lamps come with a plain cable." in html
    assert 'name="change" value="cable:plain"' in html
    assert "Plain" in html
    assert "<html" not in html


@both
def test_it_is_a_page_without_javascript(shop: Shop) -> None:
    shop.choose("cable", "textile")
    html = shop.get("ask/", option="shade", value="brass", step="body").content.decode()
    assert "<html" in html
    assert "Brass lamps come with a plain cable." in html
    assert 'id="o-shade"' in html


@both
def test_the_smallest_conflict_is_named(shop: Shop) -> None:
    shop.choose("base", "clamp")
    shop.choose("dimmer", "yes")
    shop.choose("shade", "black")
    html = shop.get("ask/", htmx=True, about="height:900").content.decode()
    because = html.split("ask__because")[1].split("</ul>")[0]
    assert because.count("<li>") == 1
    assert "Black" not in html
    assert "<li>Base: <s>Clamp</s>" in html
    assert "<li>Dimmer: <s>Yes</s>" in html


@both
def test_every_way_that_is_offered_works(shop: Shop) -> None:
    shop.choose("base", "clamp")
    shop.choose("dimmer", "yes")
    html = shop.get("ask/", htmx=True, about="height:900").content.decode()
    changes = re.findall(r'name="change" value="([^"]*)"', html)
    assert changes == ["base:heavy", "dimmer:no"]
    response = shop.post("choose", option="height", value="900", repair="1", change=changes)
    assert response.status_code == 200
    assert shop.choices == {"height": 900, "base": "heavy", "dimmer": False}


def test_two_ways_where_there_are_two_the_cheaper_first(shop: Shop) -> None:
    shop.choose("shade", "brass")
    html = shop.get("ask/", htmx=True, about="cable:textile").content.decode()
    assert re.findall(r'name="change" value="([^"]*)"', html) == ["shade:linen", "shade:black"]
    prices = re.findall(r'ask__price numeric">([^<]*)<', html)
    assert prices == ["\u2212€41.82", "\u2212€31.98"]  # 6 - 40 and 6 + 8 - 40, with tax


@both
def test_a_rule_without_a_message_is_told_by_its_options(shop: Shop) -> None:
    shop.choose("engraved", "no")
    html = shop.get("ask/", htmx=True, about="typeface:sans").content.decode()
    assert "“Typeface” is there only with: “Engraved”." in html


@both
def test_a_possible_value_needs_no_reason(shop: Shop) -> None:
    response = shop.get("ask/", about="shade:brass")
    assert response.status_code == 200
    assert 'id="ask-title"' not in response.content.decode()
    assert shop.get("ask/", htmx=True, about="shade:brass")["HX-Retarget"] == "#panel"


@both
def test_what_the_product_does_not_have_is_not_found(shop: Shop) -> None:
    for about in ("shade:plain", "nonsense:x", "words:x", "", ":", "height:5", "shade"):
        assert shop.get("ask/", about=about).status_code == 404
    assert shop.post("ask").status_code == 405
