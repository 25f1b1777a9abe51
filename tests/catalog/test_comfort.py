"""What a person who knows saddles need not know: codes, JSON, and which names there are."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.models import (
    Choice,
    Layer,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
    Step,
    WorkCenter,
)
from tests.catalog.forms import Page
from tests.catalog.test_admin import admin, stool

__all__ = ["admin", "stool"]  # fixtures
pytestmark = pytest.mark.django_db


def add(client: Client, kind: str, product: Product | None, **entered: Any) -> str:
    """Save a new row by the labels of its form; the page's errors, "" if it is saved."""
    address = reverse(f"admin:catalog_{kind}_add")
    address += f"?product={product.pk}" if product else ""
    page = Page(client.get(address).content.decode(), address)
    button = page.button("Save")
    labels = {label.replace("_", " "): value for label, value in entered.items()}
    answer = client.post(page.action(button), page.filled(button, labels))
    return "" if answer.status_code == 302 else answer.content.decode()


RULE = {"Rule": "footrest requires height >= 500 mm"}


def test_codes_are_made_from_names_and_sentences(admin: Client, stool: Product) -> None:
    client = admin
    step = stool.steps.get(code="body")
    assert not add(client, "rule", stool, **RULE)
    assert not add(client, "rule", stool, **RULE)
    assert not add(client, "pricerule", stool, **{"Label [en]": "Öl & Wachs", "Amount, net": "3"})
    assert not add(client, "part", stool, **{"Name [en]": "Łącznik, stalowy"})
    center = {"Name [en]": "Wood shop"}
    assert not add(client, "workcenter", None, **center)
    assert not add(client, "workcenter", None, **center)
    entered = {"Name [en]": "Saw and sand", "Work center": "Saw"}
    assert not add(client, "operation", stool, **entered)
    assert not add(client, "step", stool, **{"Name [en]": "Last touch"})
    entered = {"Name [en]": "Wood", "Step": step.name, "Kind": "yes or no", "Control": "switch"}
    assert not add(client, "option", stool, **entered)
    codes = {
        model: set(model._default_manager.values_list("code", flat=True))
        for model in (Rule, PriceRule, Part, WorkCenter, Operation, Step, Option)
    }
    assert {"footrest-requires-height-500-mm", "footrest-requires-height-500-mm-2"} <= codes[Rule]
    assert "ol-wachs" in codes[PriceRule]
    assert "lacznik-stalowy" in codes[Part]
    assert {"wood-shop", "wood-shop-2"} <= codes[WorkCenter]
    assert "saw-and-sand" in codes[Operation]
    assert "last_touch" in codes[Step]
    assert "wood_2" in codes[Option]


def test_a_code_is_kept_and_a_written_one_taken(admin: Client, stool: Product) -> None:
    client = admin
    assert not add(client, "rule", stool, Code="mine", **RULE)
    rule = Rule.objects.get(code="mine")
    address = reverse("admin:catalog_rule_change", args=[rule.pk])
    page = Page(client.get(address).content.decode(), address)
    button = page.button("Save")
    changed = {"Code": "", "Rule": "footrest requires height >= 600 mm"}
    assert client.post(address, page.filled(button, changed)).status_code == 302
    rule.refresh_from_db()
    assert (rule.code, rule.text[-6:]) == ("mine", "600 mm")
    assert "Use letters, digits" in add(client, "rule", stool, Code="a b", **RULE)


def test_two_new_choices_of_one_name_get_two_codes(admin: Client, stool: Product) -> None:
    client = admin
    wood = Option.objects.get(code="wood")
    address = reverse("admin:catalog_option_change", args=[wood.pk])
    page = Page(client.get(address).content.decode(), address)
    data = page.filled(page.button("Save"), {})
    data["choices-TOTAL_FORMS"] = ["4"]
    for number in (2, 3):
        data |= {f"choices-{number}-{field}": ["0"] for field in ("lead_days", "position")}
        data |= {f"choices-{number}-name_en": ["Rosé gold"], f"choices-{number}-option": [wood.pk]}
    assert client.post(address, data).status_code == 302
    codes = Choice.objects.filter(option=wood).values_list("code", flat=True)
    assert {"rose_gold", "rose_gold_2"} <= set(codes)


def test_a_layer_is_called_by_its_file(admin: Client, stool: Product) -> None:
    spec = '{"image": "layers/leg-{wood}.png"}'
    assert not add(admin, "layer", stool, Description=spec)
    assert Layer.objects.filter(product=stool, code="leg-wood").exists()


def test_instructions_with_a_wrong_name_are_refused_at_once(admin: Client, stool: Product) -> None:
    entered = {"Name [en]": "Sand", "Work center": "Saw"}
    wrong = {**entered, "Instructions [en]": "Sand {wod}."}
    told = add(admin, "operation", stool, **wrong)
    assert "There is no option “wod” for {wod}. Did you mean “wood”?" in told
    wrong = {**entered, "Tooling [pl]": "Papier {x}"}
    assert "There are: wood, height, legs" in add(admin, "operation", stool, **wrong)
    assert "Braces hold one option" in add(
        admin, "operation", stool, **{**entered, "Checks": "Look {"}
    )
    assert not add(admin, "operation", stool, **{**entered, "Checks": "Legs {height}"})


def test_operations_are_chosen_by_their_names(admin: Client, stool: Product) -> None:
    client = admin
    entered = {"Name [en]": "Screw", "Used by the operation": "Engrave"}
    assert not add(client, "part", stool, **entered)
    assert Part.objects.get(code="screw").operation == "engrave"
    entered = {"Name [en]": "Pack", "Work center": "Saw", "After": "Saw, engrave"}
    assert not add(client, "operation", stool, **entered)
    assert Operation.objects.get(code="pack").predecessors == ["saw", "engrave"]


def save(client: Client, product: Product, **entered: Any) -> str:
    address = reverse("admin:catalog_product_change", args=[product.pk])
    page = Page(client.get(address).content.decode(), address)
    button = page.button("Save")
    answer = client.post(address, page.filled(button, entered))
    return "" if answer.status_code == 302 else answer.content.decode()


def test_the_picture_is_ordinary_fields(admin: Client, stool: Product) -> None:
    client = admin
    picture = {
        "width": 900,
        "height": 600,
        "ground": {"top": "#f0f0f0", "horizon": 0.655, "shadow": {"strength": 0.5, "x": "a * 2"}},
        "define": {"s": "900 / height", "n": 3},
        "views": [{"code": "front", "name": {"en": "Front", "es": "Frente"}}],
    }
    Product.objects.update(picture=picture)
    assert not save(client, stool)
    stool.refresh_from_db()
    assert stool.picture == picture
    entered = {
        "Height, pixels": "800",
        "Color of the wall": "",
        "Color of the floor": "#ffffff",
        "Where the floor begins, % from the top": "70",
        "Shadow on the floor": "",
        "Views": "front = Front\nback = Back\npl: Tył",
    }
    assert not save(client, stool, **entered)
    stool.refresh_from_db()
    assert stool.picture == {
        "width": 900,
        "height": 800,
        "ground": {"bottom": "#ffffff", "horizon": 0.7},
        "define": {"s": "900 / height", "n": 3},
        "views": [
            {"code": "front", "name": {"en": "Front"}},
            {"code": "back", "name": {"en": "Back", "pl": "Tył"}},
        ],
    }
    for field, value, reason in (
        ("Width, pixels", "5", "greater than or equal to 10"),
        ("Color of the wall", "red", "Write a color as #rrggbb"),
        ("Views", "front", "View 1: write a code"),
        ("Views", "a b = Front", "code: “a b” does not fit"),
        ("Names for the formulas of layers", "s", "Line 1: write a name"),
    ):
        assert reason in save(client, stool, **{field: value}), field


def test_fields_in_lists_are_called_by_their_row(admin: Client, stool: Product) -> None:
    page = admin.get(reverse("admin:catalog_option_changelist")).content.decode()
    assert 'aria-label="Position: Wood"' in page
