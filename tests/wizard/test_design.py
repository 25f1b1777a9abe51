"""The page of a design: whole and as a fragment, at any step, always with price and progress."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from configurator.catalog.importing.service import import_product
from configurator.wizard import services
from tests.wizard.conftest import LAMP, Shop, both

pytestmark = pytest.mark.django_db


@both
def test_the_page_shows_everything_at_once(shop: Shop) -> None:
    response = shop.get()
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    for part in ("Desk lamp", "from", "€123", "incl. 23 % VAT", "Ready by", "0 of 6 chosen"):
        assert part in html
    assert html.count("<h1") == 1
    assert 'aria-current="step"' in html
    assert "style=" not in html
    assert "onclick" not in html


@both
def test_a_step_is_a_page_and_a_fragment(shop: Shop) -> None:
    page = shop.get(step="extras").content.decode()
    fragment = shop.get(step="extras", htmx=True).content.decode()
    for html in (page, fragment):
        assert 'id="o-dimmer"' in html
        assert 'id="o-shade"' not in html
    assert "<html" in page
    assert "<html" not in fragment
    assert 'id="steps"' in fragment


@both
def test_when_htmx_restores_history_it_gets_the_page(shop: Shop) -> None:
    headers = {"hx-request": "true", "hx-history-restore-request": "true"}
    response = shop.client.get(f"/d/{shop.design.id}/", headers=headers)
    assert "<html" in response.content.decode()


@both
def test_an_unknown_step_is_the_first(shop: Shop) -> None:
    for step in ("nonsense", "<b>", "x" * 5000, "\x00"):
        assert 'id="o-shade"' in shop.get(step=step).content.decode()


@both
def test_options_appear_when_they_apply(shop: Shop) -> None:
    assert 'id="o-cable_color"' not in shop.get(step="body").content.decode()
    html = shop.choose("cable", "textile", step="body").content.decode()
    assert 'id="o-cable_color"' in html
    assert "1 of 7 chosen" in html


@both
def test_what_is_not_chosen_shows_what_it_would_be(shop: Shop) -> None:
    html = shop.get(step="body").content.decode()
    assert 'value--default" value="shade:linen"' in html
    html = shop.choose("height", "700", step="body").content.decode()
    assert "follows from your choices" in html  # only the heavy foot is left
    assert 'value--blocked" value="base:clamp"' in html


@both
def test_impossible_values_can_be_asked_for(shop: Shop) -> None:
    html = shop.choose("cable", "textile", step="body").content.decode()
    assert 'value--blocked" value="shade:brass" form="why" name="about"' in html
    assert "Doesn’t fit — why?" in html


@both
def test_bar_and_receipt_tell_how_many_designs_are_possible(shop: Shop) -> None:
    for html in (shop.get().content.decode(), shop.choose("dimmer", "yes").content.decode()):
        counted = re.findall(r'still possible(?:</span>)? <strong class="numeric">(.+?)</', html)
        assert len(counted) == 2
        assert counted[0] == counted[1]


@both
def test_the_receipt_adds_up(shop: Shop) -> None:
    shop.choose("shade", "black")
    html = shop.choose("base", "heavy", step="body").content.decode()
    for amount in ("€123", "€9.84", "€24.60", "€157.44", "€29.44"):
        assert amount in html


@both
def test_prices_and_names_follow_the_language(shop: Shop) -> None:
    shop.client.cookies["django_language"] = "es"
    html = shop.get().content.decode()
    assert "Lámpara" in html
    assert "123\xa0€" in html
    shop.client.cookies["django_language"] = "pl"
    assert "Lampa" in shop.get().content.decode()


@both
def test_a_new_release_leaves_designs_on_theirs(shop: Shop, tmp_path: Path) -> None:
    shop.choose("shade", "black")
    dearer = LAMP.read_text(encoding="utf-8").replace("base_price: 100", "base_price: 200")
    file = tmp_path / "product.yaml"
    file.write_text(dearer, encoding="utf-8")
    import_product(file=file, publish=True, by="test")
    assert "€132.84" in shop.choose("base", "clamp").content.decode()
    new = services.start_design(slug="lamp")
    assert new.release_id != shop.now().release_id


@both
def test_finish_decides_everything(shop: Shop) -> None:
    shop.choose("shade", "brass")
    html = shop.post("finish", step="body").content.decode()
    assert shop.choices["shade"] == "brass"
    assert shop.choices["dimmer"] is False
    assert "cable_color" not in shop.choices
    assert "6 of 6 chosen" in html
    assert "bar__from" not in html


@both
def test_a_required_text_is_missed_until_it_is_there(shop: Shop) -> None:
    shop.choose("engraved", "yes")
    html = shop.post("finish", step="extras").content.decode()
    assert "1 open" in html
    html = shop.post("text", option="words", text="Ada", step="extras").content.decode()
    assert "1 open" not in html


@both
def test_foreign_and_malformed_ids_are_not_found(client: Client, shop: Shop) -> None:
    assert client.get("/d/00000000-0000-4000-8000-000000000000/").status_code == 404
    assert client.get("/d/nonsense/").status_code == 404
    assert client.post(f"/d/{shop.design.id}/").status_code == 405


@both
def test_a_page_needs_few_queries(
    shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shop.get()
    with django_assert_num_queries(3):  # one asks for a newer release
        shop.get(htmx=True)
    shop.choose("shade", "brass", revision="0")
    with django_assert_num_queries(11):  # readings, a transaction of four writes, the session
        shop.choose("shade", "black", revision="1")
