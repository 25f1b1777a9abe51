"""The showcase: the design that the shop shows, and customers may begin with."""

from pathlib import Path
from typing import Any

import pytest
from django.forms import modelform_factory

from configurator.catalog.admin.forms import ProductForm
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product
from configurator.catalog.publishing import PublishRefused, publish
from configurator.catalog.queries import live_release
from tests.catalog.kit import STOOL, refused_at, spoiled

pytestmark = pytest.mark.django_db

SHOWCASE = """  position: 2
  showcase:
    wood: oak
    legs: 4
    height: 600
    footrest: yes
    engraved: true
    engraving: "Ania"
"""


def shown(folder: Path, old: str = "", new: str = "") -> Path:
    assert SHOWCASE.count(old) == 1 or not old
    return spoiled(folder, "  position: 2\n", SHOWCASE.replace(old, new) if old else SHOWCASE)


def test_the_showcase_is_completed_as_cheaply_as_can_be(tmp_path: Path) -> None:
    import_product(file=shown(tmp_path))
    product = live_release("stool")
    assert product.begun.choices == {
        "wood": "oak", "legs": "4", "height": 600, "footrest": True, "engraved": True
    }  # fmt: skip
    whole = product.showcase
    assert whole.choices == {**product.begun.choices, "rest_metal": "steel"}
    assert whole.texts == product.begun.texts == {"engraving": "Ania"}
    assert product.space.is_valid(whole.choices)


def test_without_a_showcase_a_design_of_good_size_is_shown() -> None:
    import_product(file=STOOL)
    product = live_release("stool")
    assert not product.begun.choices
    assert product.showcase.choices["height"] == 600
    assert product.showcase.choices["wood"] == "pine"


def test_releases_from_before_there_were_showcases(tmp_path: Path) -> None:
    import_product(file=STOOL)
    product = live_release("stool")
    del product.content["product"]["showcase"]
    assert not product.begun.choices
    assert product.showcase.choices["wood"] == "pine"


CASES: dict[str, tuple[str, str, str, str]] = {
    "unknown option": ("wood: oak", "wod: oak", "wod: oak", "Did you mean “wood”?"),
    "unknown choice": ("wood: oak", "wood: oka", "wood: oka", "Did you mean “oak”?"),
    "no such number": ("height: 600", "height: 650", "height: 650", "in steps of 100"),
    "no toggle": ("footrest: yes", "footrest: maybe", "footrest: maybe", "yes or no"),
    "a file": ("legs: 4", "legs: 4\n    logo: a.png", "logo: a.png", "is a file"),
    "a list": ("wood: oak", "wood: [oak]", "wood: [oak]", "A choice's code"),
    "long text": ('"Ania"', '"Anna Maria Z"', "Anna", "12 characters; 10 at most"),
    "strange letter": ('"Ania"', '"A<b"', "A<b", "The character “<” is not allowed"),
    "together": ("height: 600", "height: 400", "footrest: yes", "footrest = yes together with"),
    "text that does not apply": ("engraved: true", "engraved: false", "Ania", "does not apply"),
}


@pytest.mark.parametrize("case", CASES)
def test_refused(tmp_path: Path, case: str) -> None:
    old, new, words, reason = CASES[case]
    file = shown(tmp_path, old, new)
    text = file.read_text(encoding="utf-8")
    assert text.count(words) >= 1
    assert reason in refused_at(file, words)
    assert not Product.objects.exists()


def errors_at(showcase: str) -> list[str]:
    """What the admin's form says at the field."""
    form = modelform_factory(Product, form=ProductForm, fields=["picture", "showcase"])
    data = {"picture": "{}", "showcase": showcase}
    errors: dict[str, Any] = form(data, instance=Product.objects.get()).errors
    return list(errors.get("showcase", []))


def test_an_admin_is_told_at_the_field() -> None:
    import_product(file=STOOL)
    assert "Did you mean “wood”?" in errors_at('{"wod": "oak"}')[0]
    assert "a map" in errors_at('["oak"]')[0]
    assert "JSON" in errors_at("{wood: oak}")[0]
    assert errors_at('{"wood": "oak", "legs": "4"}') == errors_at("") == []


def test_publishing_refuses_an_impossible_showcase() -> None:
    import_product(file=STOOL)
    Product.objects.update(showcase={"height": 400, "footrest": True})
    with pytest.raises(PublishRefused, match="footrest = yes together with height = 400"):
        publish(product=Product.objects.get())
