"""Why a value is impossible, and what it would take."""

import pytest

from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


def test_it_names_the_choices_the_rule_and_a_way(shop: Shop) -> None:
    shop.choose("cable", "textile")
    shop.choose("dimmer", "yes")
    html = shop.get("ask/", htmx=True, about="shade:brass", step="body").content.decode()
    assert "Brass doesn’t fit what you chose" in html
    assert "<span>Cable</span> <strong>Textile</strong>" in html
    assert "Dimmer" not in html
    assert "Brass lamps come with a plain cable." in html
    assert 'name="gone" value="cable"' in html
    assert "Plain" in html
    assert "<html" not in html


def test_it_is_a_page_without_javascript(shop: Shop) -> None:
    shop.choose("cable", "textile")
    html = shop.get("ask/", option="shade", value="brass", step="body").content.decode()
    assert "<html" in html
    assert "Brass lamps come with a plain cable." in html
    assert 'id="o-shade"' in html


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


def test_every_way_that_is_offered_works(shop: Shop) -> None:
    shop.choose("base", "clamp")
    shop.choose("dimmer", "yes")
    html = shop.get("ask/", htmx=True, about="height:900").content.decode()
    gone = html.split('name="gone" value="')[1].split('"')[0]
    response = shop.post("choose", option="height", value="900", repair="1", gone=gone)
    assert response.status_code == 200
    assert shop.choices["height"] == 900


def test_a_possible_value_needs_no_reason(shop: Shop) -> None:
    response = shop.get("ask/", about="shade:brass")
    assert response.status_code == 200
    assert 'id="ask-title"' not in response.content.decode()
    assert shop.get("ask/", htmx=True, about="shade:brass")["HX-Retarget"] == "#panel"


def test_what_the_product_does_not_have_is_not_found(shop: Shop) -> None:
    for about in ("shade:plain", "nonsense:x", "words:x", "", ":", "height:5", "shade"):
        assert shop.get("ask/", about=about).status_code == 404
    assert shop.post("ask").status_code == 405
