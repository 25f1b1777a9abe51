"""Fields that hold JSON are written as lines."""

from typing import Any

import pytest
from django import forms
from django.test import Client

from configurator.catalog.admin.fields import (
    AfterField,
    CoverageField,
    LinesField,
    PairsField,
    PartsField,
    TextsField,
)
from configurator.catalog.drafts import read_content
from configurator.catalog.models import Choice, DesignCase, Operation, Option, Product
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from tests.catalog.test_admin import change, filled, signed_in
from tests.catalog.test_workspace import import_stool
from tests.rows import written_once


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (PairsField, {"weight_g": 2600, "grain": "fine"}, "weight_g = 2600\ngrain = fine"),
        (PairsField, {"a": 2.5, "b": True, "c": "12"}, 'a = 2.5\nb = yes\nc = "12"'),
        (PairsField, {"code": "007", "said": "yes"}, 'code = 007\nsaid = "yes"'),
        (TextsField, {"engraving": "2024", "leg": "4"}, "engraving = 2024\nleg = 4"),
        (LinesField, ["Sand it", {"en": "Oil it", "es": "Aceite"}], "Sand it\nOil it\nes: Aceite"),
        (LinesField, ["a.png", "b-{wood}.png"], "a.png\nb-{wood}.png"),
        (AfterField, ["saw", "drill"], "saw, drill"),
        (AfterField, [], "-"),
        (
            CoverageField,
            [{"code": "a", "of": ["part:oil", "wax"], "at_least": 2}],
            "a: at least 2 of part:oil, wax",
        ),
        (
            CoverageField,
            [
                {
                    "code": "one",
                    "when": "wood != raw",
                    "of": ["oil"],
                    "exactly": 1,
                    "message": {"en": "So."},
                }
            ],
            "one: exactly 1 of oil when wood != raw\nen: So.",
        ),
        (AfterField, None, ""),
        (PairsField, {}, ""),
        (LinesField, [], ""),
        (PartsField, None, ""),
    ],
)
def test_what_is_written_is_read_again(field: type[forms.Field], value: Any, text: str) -> None:
    made = field(required=False)
    assert made.prepare_value(value) == text
    assert made.clean(text) == value
    assert not made.has_changed(value, text)


def test_json_is_understood_too() -> None:
    nested = {"a": {"b": 1}}
    field = PairsField(required=False)
    assert field.clean('{"a": {"b": 1}}') == nested
    assert field.clean(field.prepare_value(nested)) == nested
    assert field.prepare_value('{"a": broken') == '{"a": broken'


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("weight", "Line 1: write a name, =, and its value"),
        ("a = 1\nb =", "Line 2: write"),
        ("a = 1\na = 2", "Line 2: “a” is there already"),
        ("a = 1,234", "Line 1: “1,234” can be read in two ways"),
        ("{", "valid JSON"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(forms.ValidationError, match=reason.replace("(", r"\(")):
        PairsField(required=False).clean(text)


def test_what_no_line_can_say_stays_json() -> None:
    field = CoverageField(required=False)
    odd = [{"code": "a", "of": ["b"], "exactly": 1, "when": "x = 1\n and y = 2"}]
    assert field.clean(field.prepare_value(odd)) == odd
    with pytest.raises(forms.ValidationError, match="Line 2: write like"):
        field.clean("a: exactly 1 of b\nb: some of c")


@pytest.fixture
def stool(db: None) -> Product:
    written_once(import_stool)
    return Product.objects.get()


@pytest.fixture
def admin(db: None) -> Client:
    return signed_in(*CATALOG_ADMIN_PERMISSIONS)


def send(client: Client, model: str, pk: Any, **data: Any) -> None:
    address = change(model, pk)
    answer = client.post(address, {**filled(client, address), **data})
    assert answer.status_code == 302, answer.context["errors"]


def test_opening_and_saving_forms_changes_nothing(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    send(admin, "product", stool.pk)
    for option in Option.objects.all():
        send(admin, "option", option.pk)
    for operation in Operation.objects.all():
        send(admin, "operation", operation.pk)
    for rule in stool.rules.all():
        send(admin, "rule", rule.pk)
    assert read_content(stool) == was


def test_they_are_saved_from_the_forms(admin: Client, stool: Product) -> None:
    oak = Choice.objects.get(code="oak")
    send(admin, "choice", oak.pk, attributes="density = 0.7\norigin = Poland")
    oak.refresh_from_db()
    assert oak.attributes == {"density": 0.7, "origin": "Poland"}
    operation = Operation.objects.get(code="engrave")
    checks = "Letters are right\npl: Litery są dobre"
    send(admin, "operation", operation.pk, checks=checks, predecessors="saw", pictures="")
    operation.refresh_from_db()
    assert operation.predecessors == ["saw"]
    assert operation.checks == [{"en": "Letters are right", "pl": "Litery są dobre"}]
    send(admin, "product", stool.pk, showcase="wood = oak\nlegs = 4\nheight = 600")
    stool.refresh_from_db()
    assert stool.showcase == {"wood": "oak", "legs": "4", "height": 600}
    case = DesignCase.objects.create(product=stool, name="one")
    send(admin, "designcase", case.pk, choices="legs = 3\nfootrest = no", parts="leg = 3")
    case.refresh_from_db()
    assert case.choices == {"legs": "3", "footrest": False}
    assert case.parts == {"leg": "3"}
