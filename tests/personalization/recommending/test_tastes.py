"""What people were not happy with is recommended less, and that is said."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from configurator.catalog import opinions as port
from configurator.catalog import queries
from configurator.catalog.configuration import Configuration, value_to_json
from configurator.catalog.opinions import Opinion, Opinions
from configurator.catalog.released import ReleasedProduct
from configurator.wizard.limits import FREE
from orders.models import OrderLine
from personalization.dialogue import asking, naming, rating
from personalization.recommending import home
from personalization.recommending.advising import ADVISER, advised, finished
from personalization.recommending.tastes import Tastes, text_of, weight_of
from tests.orders import kit
from tests.personalization.recommending.test_designing import GLASS, LINEN, known, learned_of, page


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    ADVISER.forget()
    yield
    ADVISER.forget()
    port.told_by(rating.opinions)


@pytest.fixture
def lamp(db: None, settings: Any, tmp_path: Any) -> ReleasedProduct:
    settings.DATA_DIR = tmp_path
    kit.import_lamp()
    return queries.live_release("desk-lamp")


BAD = Opinion(12, 1.5, 2.2)
GOOD = Opinion(12, 4.5, 4.2)
GLASS_IS_BAD = Opinions(None, {("shade", "glass"): BAD, ("shade", "linen"): GOOD})
"""More chose glass, and are not happy with it."""
CHOSEN = [GLASS] * 9 + [LINEN] * 8


def test_a_value_that_is_rated_badly_is_passed_over_and_that_is_said(
    lamp: ReleasedProduct, client: Client
) -> None:
    known(lamp, CHOSEN)
    assert "Glass</strong> · 52% of 17" in page(kit.started({}), client)
    port.told_by(lambda _slug: GLASS_IS_BAD)
    ADVISER.forget()
    shown = page(kit.started({}), client)
    assert "Linen</strong> · 47% of 17 customers chose it" in shown
    assert "more chose “Glass”, but it has 1.5 of 5 stars from 12 customers" in shown


def test_so_is_a_whole_design(lamp: ReleasedProduct) -> None:
    learned, nothing = learned_of(lamp, CHOSEN), Configuration()
    plain = finished(learned, lamp, nothing, FREE)
    rated = finished(learned, lamp, nothing, FREE, Tastes.of(GLASS_IS_BAD))
    assert plain is not None
    assert rated is not None
    assert (plain.choices["shade"], rated.choices["shade"]) == ("glass", "linen")


def test_what_is_rated_well_is_no_more_than_it_was_chosen(lamp: ReleasedProduct) -> None:
    learned = learned_of(lamp, CHOSEN)
    liked = Tastes.of(Opinions(None, {("shade", "linen"): Opinion(40, 5.0, 5.0)}))
    advice = advised(learned, {}, "shade", ["glass", "linen"], liked)
    assert advice is not None
    assert (advice.value, advice.opinion) == ("glass", None)


def test_four_who_are_unhappy_are_too_few(lamp: ReleasedProduct) -> None:
    few = Opinions(None, {("shade", "glass"): Opinion(4, 1.0, 1.0), ("x", "y"): GOOD})
    assert Tastes.of(few).less("shade", "glass") == 1.0


@given(fair=st.floats(1, 5), usual=st.floats(1, 5))
def test_the_worse_the_less_and_never_more_than_it_was_chosen(fair: float, usual: float) -> None:
    assert 0 < weight_of(fair, usual) <= 1
    assert weight_of(fair, usual) >= weight_of(fair - 0.1, usual)
    assert weight_of(max(fair, usual), usual) == 1


@pytest.mark.parametrize("value", ["glass", True, False, 450, Decimal("12.5")])
def test_values_are_named_as_stars_name_them(value: Any) -> None:
    as_kept: Any = value_to_json(value)
    assert text_of(value) == naming.text_of(as_kept)


def test_stars_that_customers_give_count(lamp: ReleasedProduct) -> None:
    """From a customer's stars to what is recommended to another."""
    order = kit.order(kit.whole_design())
    line = OrderLine.objects.get(order=order)
    chosen = {each["option"]: each["value"] for each in line.specification.content["choices"]}
    asking.like(line=line, stars={"shade": 1, "dimmer": 5})
    found = rating.opinions("desk-lamp").values
    assert found["shade", text_of(chosen["shade"])].mean == 1
    assert found["dimmer", text_of(chosen["dimmer"])].mean == 5


def test_a_product_that_is_not_liked_comes_after_one_that_is() -> None:
    port.told_by(lambda slug: Opinions(Opinion(20, 1.5, 1.8) if slug == "bad" else None))
    assert home._liked("bad") < 0.35
    assert home._liked("good") == 1.0
