"""A code that is changed is changed wherever the product speaks of it, and only there."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.checks import problems
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.changes import changing
from configurator.catalog.editing.renaming import Renaming, Words, rename, renaming_of
from configurator.catalog.importing.service import import_product
from configurator.catalog.modeling import model_of, schema_of
from configurator.catalog.models import (
    Choice,
    DesignCase,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
)
from configurator.engine import compile_model
from tests.catalog.kit import STOOL
from tests.catalog.test_admin import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL)
    return Product.objects.get(slug="stool")


def renamed(row: Any, new: str) -> Product:
    old, row.code = row.code, new
    product = row.option.product if isinstance(row, Choice) else row.product
    with changing(by="ann") as change:
        change.save(row)
        renaming = renaming_of(row, old)
        assert renaming is not None
        rename(change, product, renaming)
    return Product.objects.get(pk=product.pk)


def designs(product: Product) -> int:
    model = model_of(read_content(product))
    return int(compile_model(model).count() or 0)


@pytest.mark.parametrize("code", ["wood", "height", "legs", "footrest", "rest_metal", "engraved"])
def test_an_option_is_renamed_everywhere(stool: Product, code: str) -> None:
    before = designs(stool)
    after = renamed(Option.objects.get(product=stool, code=code), "quite_other")
    assert problems(read_content(after)) == []
    assert designs(after) == before
    assert f'"{code}"' not in str(after.showcase)


@pytest.mark.parametrize(
    ("option", "code", "new"),
    [("wood", "oak", "ash"), ("legs", "4", "5"), ("rest_metal", "brass", "red-brass")],
)
def test_a_choice_is_renamed_everywhere(stool: Product, option: str, code: str, new: str) -> None:
    before = designs(stool)
    after = renamed(Choice.objects.get(option__code=option, code=code), new)
    assert problems(read_content(after)) == []
    assert designs(after) == before


def test_operations_and_parts_are_renamed(stool: Product) -> None:
    for model in (Operation, Part):
        for row in model.objects.filter(product=stool):
            after = renamed(row, f"new-{row.code}")
    assert problems(read_content(after)) == []


def test_only_what_is_meant_is_renamed(stool: Product) -> None:
    schema = schema_of(read_content(stool))
    oak = Words(schema, Renaming(Choice, "oak", "ash", "wood"))
    assert oak.formula('wood = oak or wood in {pine, "oak"}') == (
        'wood = ash or wood in {pine, "ash"}'
    )
    assert oak.formula("rest_metal = brass") == "rest_metal = brass"
    height = Words(schema, Renaming(Option, "height", "tall"))
    assert height.formula("0.01 * height + len(engraving)") == "0.01 * tall + len(engraving)"
    assert height.braces("Saw {height} of {wood}; height.") == "Saw {tall} of {wood}; height."


def test_test_cases_are_renamed(stool: Product) -> None:
    DesignCase.objects.create(product=stool, name="Oak", choices={"wood": "oak", "footrest": True})
    renamed(Choice.objects.get(code="oak"), "ash")
    renamed(Option.objects.get(code="wood"), "timber")
    assert DesignCase.objects.get().choices == {"timber": "ash", "footrest": True}


def test_the_page_tells_first_what_will_change(stool: Product, admin_client: Client) -> None:
    option = Option.objects.get(code="height")
    address = reverse("admin:catalog_option_change", args=[option.pk])
    data = {**filled(admin_client, address), "code": "tall"}
    html = admin_client.post(address, data).content.decode()
    assert "These speak of “height”, and will say “tall”." in html
    assert "tall-stools-stand-on-four" in html
    assert Option.objects.get(pk=option.pk).code == "height"
    assert admin_client.post(address, {**data, "renamed": "tall"}).status_code == 302
    assert "tall" in Rule.objects.get(code="tall-stools-stand-on-four").text
    assert not PriceRule.objects.filter(amount__contains="height").exists()
    assert problems(read_content(stool)) == []
