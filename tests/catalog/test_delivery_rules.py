"""A rule about delivery moves the day, forbids nothing, and survives export and import."""

from pathlib import Path

import pytest

from configurator.capacity.promises import promise
from configurator.catalog.configuration import Configuration
from configurator.catalog.doctor import examine
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product
from configurator.catalog.queries import live_release
from tests.catalog.kit import spoiled

pytestmark = pytest.mark.django_db
RULE = """rules:
  - code: engraving-takes-long
    rule: if engraved is on then delivery is at least 12 days later
"""


def test_it_moves_the_day_and_forbids_nothing(tmp_path: Path) -> None:
    import_product(file=spoiled(tmp_path, "rules:\n", RULE))
    stool = live_release("stool")
    assert stool.space.count() == 66
    assert stool.delays["engraved"] == {True: 12}
    plain = dict(stool.space.complete({"engraved": False}))
    engraved = {**plain, "engraved": True}
    assert stool.lead_days(engraved) - stool.base_days == 12
    assert (
        promise(stool, Configuration(engraved)).ready_on
        > promise(stool, Configuration(plain)).ready_on
    )
    assert stool.space.answer({"engraved": True}).days == 12


def test_the_doctor_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    import_product(file=spoiled(tmp_path, "rules:\n", RULE))
    found = examine(read_content(Product.objects.get(slug="stool")))
    assert not [each for each in found.findings if "engraving-takes-long" in str(each)]


def test_the_doctor_tells_one_that_never_delays(tmp_path: Path) -> None:
    rules = f"{RULE}  - {{code: plain, rule: not engraved}}\n"
    import_product(file=spoiled(tmp_path, "rules:\n", rules))
    found = examine(read_content(Product.objects.get(slug="stool")))
    assert "The rule “engraving-takes-long” never delays: no design meets its condition." in [
        each.message for each in found.findings
    ]


def test_one_or_another_delays(tmp_path: Path) -> None:
    rule = RULE.replace("engraved is on", "engraved is on or (wood is oak or height is 800 mm)")
    import_product(file=spoiled(tmp_path, "rules:\n", rule))
    stool = live_release("stool")
    assert stool.space.count() == 66
    assert stool.delays["engraved"] == {True: 12}
    assert stool.delays["wood"]["oak"] == 12
    assert stool.delays["height"] == {800: 12}
