"""A rule is tried before it is saved: what it says, what it leaves, what it forbids."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Product, Rule
from tests.catalog.kit import STOOL

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL, publish=False)
    return Product.objects.get(slug="stool")


def tried(client: Client, product: Product, text: str = "", **more: Any) -> str:
    data = {"product": product.pk, "kind": "condition", "text": text, **more}
    page = reverse("admin:catalog_rule_try_new")
    answer = client.post(page, data, headers={"X-Part": "tried"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "<html" not in html
    return html


def test_it_says_what_it_understood_and_counts(stool: Product, admin_client: Client) -> None:
    html = tried(admin_client, stool, "wood = oak requires height >= 500 mm")
    assert "“Wood: Oak” requires “Height at least 500 mm”." in html
    assert "<strong>66</strong>" in html
    assert "<strong>58</strong>" in html  # 2 heights, 2 kinds of legs, engraved or not
    allowed, forbidden = html.split("Not possible any more, for example")
    assert allowed.count("<li>") == forbidden.count("<li>") == 2
    assert "Wood: Oak · Height: 300 mm" in forbidden or "Wood: Oak · Height: 400 mm" in forbidden
    assert not Rule.objects.filter(text__contains="requires height >= 500 mm", code="").exists()
    assert stool.rules.count() == 3


def test_a_table_is_tried_too(stool: Product, admin_client: Client) -> None:
    html = tried(
        admin_client,
        stool,
        kind="forbid",
        table="wood\tlegs\noak\t3",
    )
    assert "Of “Wood” and “Legs” these 1 combinations are not made." in html
    assert "Wood: Oak · Legs: Three" in html.split("Not possible any more")[1]


def test_a_rule_about_delivery_forbids_nothing(stool: Product, admin_client: Client) -> None:
    html = tried(admin_client, stool, "if engraved is on then delivery is at least 12 days later")
    assert "“Engraved: Yes” requires delivery at least 12 days later." in html
    assert "It forbids nothing: it says when such designs can be ready." in html
    assert html.count("<strong>66</strong>") == 2
    assert "Not possible any more" not in html


def test_what_cannot_be_read_is_told_at_its_place(stool: Product, admin_client: Client) -> None:
    html = tried(admin_client, stool, "wood = oka requires footrest")
    assert "line 1, column 8" in html
    assert "Did you mean “oak”?" in html
    assert "A condition is expected here." in tried(admin_client, stool, " ")


def test_a_rule_that_leaves_nothing_or_changes_nothing_is_told(
    stool: Product, admin_client: Client
) -> None:
    html = tried(admin_client, stool, 'height >= 700 and legs = "3"')
    assert "No design would be left." in html
    assert "Rule “Tall stools need four legs”, this rule." in html
    assert "It forbids nothing" in tried(admin_client, stool, "footrest requires height >= 400")


def test_a_saved_rule_is_tried_in_its_own_place(stool: Product, admin_client: Client) -> None:
    rule = Rule.objects.get(code="low-stools-have-no-footrest")
    page = reverse("admin:catalog_rule_try", args=[rule.pk])
    data = {"kind": "condition", "text": "footrest requires height >= 500", "code": rule.code}
    html = admin_client.post(page, data).content.decode()
    assert "<html" in html  # without JavaScript, a page
    assert "<strong>66</strong>" in html
    assert "<strong>90</strong>" in html  # without the rule itself


def test_the_form_names_what_rules_can_use(stool: Product, admin_client: Client) -> None:
    rule = Rule.objects.get(code="low-stools-have-no-footrest")
    html = admin_client.get(reverse("admin:catalog_rule_change", args=[rule.pk])).content.decode()
    assert "<code>rest_metal</code> Metal of the footrest" in html
    assert "<code>oak</code> Oak" in html
    assert reverse("admin:catalog_rule_try", args=[rule.pk]) in html
    new = admin_client.get(reverse("admin:catalog_rule_add"), {"product": stool.pk})
    assert "<code>height</code> Height, mm" in new.content.decode()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Oak wood requires Height ≥ 500 mm", "wood is oak requires height ≥ 500 mm"),
        ("oak requires Legs is Four", 'wood is oak requires legs is "4"'),
        ("“Wood: Oak” requires “Height” >= 500 mm.", "wood is oak requires height >= 500 mm"),
        ("Wood is one of {Oak, Pine}", "wood is in {oak, pine}"),
        ("At most one of {Footrest, oak}", "At most 1 of {footrest, wood is oak}"),
        ("Height is between 400 and 600 mm", "height in 400 mm..600 mm"),
        ("Height must be at least 500 mm", "height is at least 500 mm"),
        (
            "delivery is at least 3 days later if Engraved is on",
            "if engraved is on then delivery is at least 3 days later",
        ),
    ],
)
def test_names_are_understood_and_kept_as_codes(
    stool: Product, admin_client: Client, said: str, kept: str
) -> None:
    page = reverse("admin:catalog_rule_add")
    data = {"product": stool.pk, "kind": "condition", "text": said, "position": 9}
    assert admin_client.post(page, data).status_code == 302
    assert Rule.objects.latest("pk").text == kept


def test_what_is_not_understood_is_told_as_it_was_written(
    stool: Product, admin_client: Client
) -> None:
    html = tried(admin_client, stool, "Oak wood requires Heigth > 3")
    assert "line 1, column 5: “wood” does not fit here." in html
