"""Customers who measure in inches: shown, entered, and kept in millimeters all the same."""

import re

import pytest
from django.test import Client

from configurator.catalog import measures
from configurator.wizard.models import Design
from orders.offers import offer
from orders.specifications import content_of
from tests.wizard.conftest import Shop

AMERICAN = {"accept-language": "en-US,en;q=0.9,pl-PL;q=0.8"}


@pytest.fixture
def american(design: Design) -> Shop:
    return Shop(Client(headers=AMERICAN), design)


def test_the_region_chooses_inches_and_the_customer_may_choose_otherwise(american: Shop) -> None:
    page = american.get().content.decode()
    assert 'name="inches"' in page
    assert "11 3/4″" in page
    assert "In mm" in page
    answer = american.client.post("/measures/", {"measures": "mm", "next": "/p/lamp/"})
    assert answer["Location"] == "/p/lamp/"
    page = american.get().content.decode()
    assert 'name="inches"' not in page
    assert "In inches" in page


@pytest.mark.parametrize("region", ["en", "en-GB", "es-ES,en-US;q=0.5", "pl", ""])
def test_elsewhere_it_is_the_unit_of_the_catalog(design: Design, region: str) -> None:
    page = Shop(Client(headers={"accept-language": region}), design).get().content.decode()
    assert 'name="inches"' not in page


@pytest.mark.parametrize(
    ("written", "kept"), [("15 3/4", 400), ("15¾", 400), ("16", 400), ("400 mm", 400), ("1'", 300)]
)
def test_what_is_written_in_inches_is_kept_in_millimeters(
    american: Shop, written: str, kept: int
) -> None:
    answer = american.post("choose", option="height", inches=written)
    assert answer.status_code == 200
    assert american.choices == {"height": kept}
    assert f"({kept} mm)" in answer.content.decode()


@pytest.mark.parametrize("written", ["99", "5", "tall", "350 mm", "1/0", '12" 3'])
def test_what_can_not_be_is_told_in_inches(american: Shop, written: str) -> None:
    answer = american.post("choose", option="height", inches=written)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert american.choices == {}
    assert re.search(r"from 11 3/4 to 35 3/8″|like 33 1/2 or 850 mm|Steps of", page)


def test_buttons_and_programs_speak_the_catalogs_unit(american: Shop) -> None:
    assert american.choose("height", "400").status_code == 200
    assert american.choices == {"height": 400}


def test_what_is_ordered_is_the_same_however_it_is_measured(design: Design) -> None:
    plain = content_of(offer(design))
    with measures.using("in"):
        assert content_of(offer(design)) == plain


def test_the_review_shows_both(american: Shop) -> None:
    american.choose("height", "400")
    assert "(400 mm)" in american.get("review/").content.decode()


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example", "javascript:x", "-1", "wizard:home", "no"]
)
def test_the_switch_leads_nowhere_else(client: Client, there: str, db: None) -> None:
    answer = client.post("/measures/", {"measures": "in", "next": there})
    assert answer["Location"] == "/"
