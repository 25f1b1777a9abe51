"""A stool exploded: price lines, parts, operations, days; all exact."""

from decimal import Decimal

import pytest

from configurator.catalog import queries
from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.released import ReleasedProduct
from tests.catalog.kit import STOOL, chosen

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> ReleasedProduct:
    import_product(file=STOOL)
    return queries.live_release("stool")


def test_price_lines(stool: ReleasedProduct) -> None:
    lines = {line.code: line.amount for line in stool.price_lines(chosen())}
    assert lines == {
        "base": Decimal("40.50"),
        "wood.oak": Decimal("25.00"),
        "legs.4": Decimal("6.00"),
        "footrest": Decimal("12.25"),
        "rest_metal.brass": Decimal("9.99"),
        "engraving": Decimal("3.00"),
        "price:varnish": Decimal("3.00"),
        "price:letters": Decimal("6.00"),
    }
    labels = {line.code: line.label for line in stool.price_lines(chosen())}
    assert labels["base"]["pl"] == "Taboret"
    assert labels["wood.oak"]["pl"] == "Drewno: Dąb"
    assert labels["wood.oak"]["es"] == "Madera: Oak"


def test_price_lines_sum_to_the_total_of_the_space(stool: ReleasedProduct) -> None:
    for seed in range(60):
        design = Configuration(stool.space.random(seed), {"engraving": "x" * (seed % 9)}, {})
        total = stool.space.answer(design.choices, stool.texts_of(design)).total
        assert total is not None
        assert sum(line.amount for line in stool.price_lines(design)) == Decimal(total) / 100


def test_a_text_that_does_not_apply_costs_nothing(stool: ReleasedProduct) -> None:
    design = chosen(engraved=False)
    codes = [line.code for line in stool.price_lines(design)]
    assert "engraving" not in codes
    assert "price:letters" not in codes
    totals = {
        stool.space.answer(design.choices, texts).total for texts in ({}, {"engraving": "Long"})
    }
    assert len(totals) == 1


def test_parts(stool: ReleasedProduct) -> None:
    lines = {line.code: line for line in stool.bom(chosen())}
    assert list(lines) == ["seat", "leg", "bar", "glue", "plate"]
    leg = lines["leg"]
    assert (leg.number, leg.quantity, leg.unit) == ("P-2", Decimal("4.000"), "pcs")
    assert leg.cut == (Decimal("570.0"), None, None)
    assert lines["seat"].cut == (Decimal("350.0"), Decimal("350.0"), Decimal("30.0"))
    assert lines["seat"].bin == "A-1"
    assert lines["seat"].material["pl"] == "Dąb"
    assert lines["bar"].quantity == Decimal("1.050")
    assert lines["glue"].quantity == Decimal("85.714")
    assert lines["glue"].material == {"en": "Bone glue", "pl": "Klej kostny"}
    assert lines["glue"].cut is None


def test_parts_that_are_not_needed_are_left_out(stool: ReleasedProduct) -> None:
    plain = chosen(footrest=False, rest_metal="none", engraved=False, legs="3", height=400)
    lines = {line.code: line for line in stool.bom(plain)}
    assert list(lines) == ["seat", "leg", "glue"]
    assert lines["leg"].quantity == Decimal("3.000")


def test_operations(stool: ReleasedProduct) -> None:
    saw, engrave = stool.operations(chosen())
    assert (saw.setup_minutes, saw.run_minutes) == (Decimal("5.0"), Decimal("3.0"))
    assert saw.work_center_name == {"en": "Saw", "pl": "Piła"}
    assert saw.instructions["en"] == "Saw Oak, legs 600 mm."
    assert saw.instructions["pl"] == "Pociąć Dąb, nogi 600 mm."
    assert saw.checks[0]["pl"] == "Nogi 600 mm"
    assert engrave.run_minutes == Decimal("4.0")
    assert engrave.instructions["en"] == "Engrave “Żółw”."
    assert [each.code for each in stool.operations(chosen(engraved=False))] == ["saw"]


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 9),
        ({"rest_metal": "steel"}, 7),
        ({"wood": "pine", "rest_metal": "steel"}, 5),
        ({"wood": "pine", "footrest": False, "rest_metal": "none"}, 4),
    ],
)
def test_the_slowest_choice_decides(
    stool: ReleasedProduct, changes: dict[str, str], days: int
) -> None:
    assert stool.lead_days(chosen(**changes).choices) == days
