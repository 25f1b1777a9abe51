"""Measures are seen: on the picture, beside the slider, and in words."""

import pytest

from configurator.catalog import measures
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Value
from configurator.wizard.dimensions import dimensions_of
from configurator.wizard.gaps import ranges_words
from tests.wizard.conftest import Shop

pytestmark = pytest.mark.django_db


def test_a_line_runs_where_the_catalog_says(lamp: ReleasedProduct) -> None:
    whole = Configuration({**lamp.showcase.choices, "height": 500})
    (line,) = dimensions_of(lamp, whole, ["height", "shade", "nothing"], "en")
    assert (line.x1, line.y1, line.x2, line.y2) == (100, 260, 100, 160)
    assert (line.words, line.upright) == ("500 mm", True)
    with measures.using("in"):
        (line,) = dimensions_of(lamp, whole, ["height"], "en")
        assert line.words == "19 5/8\u2033"


def test_it_follows_the_choice(shop: Shop) -> None:
    html = shop.choose("height", "700", step="body").content.decode()
    assert 'data-dimension="height"' in html
    assert "L100 120" in html
    assert "700 mm</text>" in html
    html = shop.get(step="extras").content.decode()
    assert "data-dimension" not in html


def test_what_is_possible_is_told_where_not_all_is(shop: Shop) -> None:
    html = shop.get(step="body").content.decode()
    assert "Possible now" not in html
    html = shop.choose("base", "clamp", step="body").content.decode()
    assert "Possible now: 300\u2013600 mm" in html


def test_gaps_are_left_out_and_many_are_shortened(lamp: ReleasedProduct) -> None:
    option = lamp.options["height"]
    able: dict[Value, bool] = {300: True, 400: False, 500: True, 600: True, 700: False, 900: True}
    assert ranges_words(option, able, "en") == "300 · 500\u2013600 · 900 mm"
    assert ranges_words(option, dict.fromkeys(able, True), "en") == ""
    assert ranges_words(option, dict.fromkeys(able, False), "en") == ""
    comb: dict[Value, bool] = {number: number % 2 == 0 for number in range(40)}
    assert ranges_words(option, comb, "en") == "0 · 2 · 4 · 6 · … · 38 mm"
