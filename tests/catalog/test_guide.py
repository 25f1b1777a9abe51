"""The guide of a product: checked, written as lines, translated, and kept through every door."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from configurator.catalog.admin.guiding import GuideField
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product
from configurator.catalog.translating.queries import Wanted, all_texts
from tests.catalog.kit import refused, spoiled
from tests.catalog.test_admin import admin, change, filled, signed_in, stool
from tests.catalog.test_translations import field, form_of, page

__all__ = ["admin", "signed_in", "stool"]  # fixtures
pytestmark = pytest.mark.django_db

GUIDE = """  position: 2
  guide:
    - code: use
      name: Where does it stand?
      answers:
        - {code: bar, name: At a bar, because: it stands at a bar, wants: [{when: WHEN, points: 5}]}
"""
LINES = """? use: Where does it stand?
pl: Gdzie stoi?
help: Roughly.
several
- bar: At a bar
because: it stands at a bar
pl: stoi przy barze
5 if wood = oak
must if engraved
-2 if wood != oak
- home: At home"""


def guided(tmp_path: Path, when: str) -> Path:
    return spoiled(tmp_path, "  position: 2\n", GUIDE.replace("WHEN", when))


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("wood = oack", "Did you mean “oak”"),
        ("wod = oak", "Did you mean “wood”"),
        ("wood = oak and engraved", "speaks of one option"),
        ("1 = 1", "speaks of one option"),
        ('"wood ="', "→ use → answers → bar → wants → no. 1 → when"),
    ],
)
def test_a_want_that_says_nothing_is_told_at_its_place(
    tmp_path: Path, when: str, told: str
) -> None:
    assert any(told in line for line in refused(guided(tmp_path, when)))


def test_a_guide_in_order_is_published(tmp_path: Path) -> None:
    import_product(file=guided(tmp_path, "wood = oak"), publish=True, by="test")
    guide = read_content(Product.objects.get())["product"]["guide"]
    assert guide[0]["answers"][0]["wants"] == [{"when": "wood = oak", "points": 5}]


def test_it_is_written_as_lines() -> None:
    form_field = GuideField(required=False)
    value = form_field.clean(LINES)
    assert value[0]["several"] is True
    assert value[0]["name"] == {"en": "Where does it stand?", "pl": "Gdzie stoi?"}
    bar, home = value[0]["answers"]
    assert bar["because"]["pl"] == "stoi przy barze"
    assert [want["points"] for want in bar["wants"]] == [5, "must", -2]
    assert home == {"code": "home", "name": {"en": "At home"}}
    assert form_field.prepare_value(value) == LINES


def test_it_is_edited_in_the_admin_and_mistakes_stand_at_it(admin: Client, stool: Product) -> None:
    address = change("product", stool.pk)
    form = filled(admin, address)
    assert admin.post(address, {**form, "guide": LINES}).status_code == 302
    stool.refresh_from_db()
    assert stool.guide[0]["answers"][0]["wants"][0] == {"when": "wood = oak", "points": 5}
    assert "? use: Where does it stand?" in filled(admin, address)["guide"]
    for wrong, told in (
        ("- bar: At a bar", "begin with a question"),
        ("? Where does it stand?", "write a code, a colon"),
        (LINES.replace("wood = oak", "wod = oak"), "Did you mean “wood”"),
        (LINES.replace("- home", "- bar"), "is there twice"),
        (LINES.replace("5 if", "50 if"), "50"),
        ("nonsense", "neither with"),
    ):
        response: Any = admin.post(address, {**form, "guide": wrong})
        errors = response.context["adminform"].form.errors["guide"]
        assert told in " ".join(errors), wrong


def test_it_is_translated_with_the_other_texts(stool: Product, admin: Client) -> None:
    stool.guide = GuideField(required=False).clean(LINES)
    stool.save()
    keys = {text.key for text in all_texts(stool, Wanted())}
    assert {"product/guide/use.name", "product/guide/use.bar.because"} <= keys
    said = {field(stool, "guide.use.bar.because", "es"): "está en un bar"}
    address = page(stool, kind="product")
    admin.post(address, form_of(admin, address) | said)
    stool.refresh_from_db()
    assert stool.guide[0]["answers"][0]["because"]["es"] == "está en un bar"
    assert stool.guide[0]["answers"][0]["because"]["pl"] == "stoi przy barze"
