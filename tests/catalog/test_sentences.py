"""Rules read aloud, with the labels of the catalog."""

from pathlib import Path

import pytest

from configurator.catalog import queries
from configurator.catalog.importing.service import import_product
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.sentences import sentence
from configurator.wizard.ruling import rule_words
from tests.catalog.kit import STOOL, spoiled

pytestmark = pytest.mark.django_db

SAID = {
    "wood = oak": "“Wood: Oak”.",
    "wood != oak": "“Wood: anything but Oak”.",
    "wood in {oak, pine}": "“Wood: Oak or Pine”.",
    "oak = wood or wood not in {pine}": "“Wood: Oak” or “Wood: anything but Pine”.",
    "rest_metal = none": "“no Metal of the footrest”.",
    'legs = "3"': "“Legs: Three”.",
    "footrest": "“Footrest”.",
    "footrest = no": "“Footrest: No”.",
    "not footrest": "“Footrest: No”.",
    "footrest = engraved": "“Footrest” exactly where “Engraved”.",
    "height >= 500": "“Height at least 500 mm”.",
    "0.6 m < height": "“Height more than 0.6 m”.",
    "height in 400..700": "“Height from 400 to 700 mm”.",
    "height in {400, 500}": "“Height: 400 mm or 500 mm”.",
    "height / 2 - 1 != 199": "“Height ÷ 2 − 1 other than 199”.",
    "2 * (height + 3) <= wood.weight_g": "“2 × (Height + 3) at most Wood, weight (g)”.",
    "wood.grade = soft": "“Wood, grade: soft”.",
    "wood = oak requires height > 400": "“Wood: Oak” requires “Height more than 400 mm”.",
    "if footrest then wood = oak": "“Footrest” requires “Wood: Oak”.",
    "wood = oak and footrest requires engraved": "“Wood: Oak” and “Footrest” only with “Engraved”.",
    "if footrest is on then delivery is at least 3 days later": (
        "“Footrest: Yes” requires delivery at least 3 days later."
    ),
    "footrest excludes wood = pine": "“Footrest” and “Wood: Pine” do not go together.",
    "not (footrest and engraved)": "“Footrest” and “Engraved” do not go together.",
    "footrest iff (wood = oak and engraved)": (
        "“Footrest” exactly where “Wood: Oak” and “Engraved”."
    ),
    "footrest and (wood = oak or engraved)": "“Footrest” and (“Wood: Oak” or “Engraved”).",
    "at most 1 of {footrest, engraved}": "At most 1 of “Footrest”, “Engraved”.",
    "count(footrest, engraved) * 2 < 3": "“(how many of “Footrest”, “Engraved”) × 2 less than 3”.",
    "height > (if footrest then 500 else 300)": (
        "“Height more than 500 with “Footrest”, else 300”."
    ),
    "ceil(height / 300) = max(1, 2)": "“Height ÷ 300 rounded up: the most of (1, 2)”.",
}


@pytest.fixture
def stool() -> ReleasedProduct:
    import_product(file=STOOL)
    return queries.live_release("stool")


def test_rules_are_read_aloud(stool: ReleasedProduct) -> None:
    assert {text: sentence(stool, text, "en") for text in SAID} == SAID


def test_in_every_language(stool: ReleasedProduct) -> None:
    text = "wood = oak requires height >= 550.5"
    assert sentence(stool, text, "pl") == "„Drewno: Dąb” wymaga: „Height: co najmniej 550,5 mm”."
    assert sentence(stool, text, "es") == "«Madera: Oak» requiere «Height: al menos 550,5 mm»."


def test_a_rule_without_a_message_speaks_for_itself(tmp_path: Path) -> None:
    import_product(file=spoiled(tmp_path, "    message: Brass is for oak.\n", ""))
    product = queries.live_release("stool")

    def told(name: str, **chosen: str) -> str:
        return rule_words(product, name, "en", dict(chosen))

    assert told("brass-is-for-oak", wood="pine") == (
        "With “Wood: Pine” there is “Metal of the footrest” only as Steel."
    )
    assert told("brass-is-for-oak") == "“Wood”, “Metal of the footrest” have to go together."
    assert told("low-stools-have-no-footrest") == "A footrest would touch the floor."
    assert told("rest_metal: when") == "“Metal of the footrest” is there only with: “Footrest”."
