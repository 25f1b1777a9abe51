"""The model's doctor: every planted defect is found, and nothing else."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from configurator.catalog import media
from configurator.catalog.admin.places import Places
from configurator.catalog.doctor import Diagnosis, examine
from configurator.catalog.drafts import read_content
from configurator.catalog.gaps import gaps
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Layer, LayerFile, PriceRule, Product, Rule
from orders.models import Job
from tests.catalog.kit import STOOL
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL, publish=False)
    return Product.objects.get(slug="stool")


def found(product: Product) -> Diagnosis:
    return examine(read_content(product))


def told(diagnosis: Diagnosis, grade: str) -> list[str]:
    return [finding.message for finding in diagnosis.findings if finding.grade == grade]


def add_rule(product: Product, code: str, text: str) -> None:
    Rule.objects.create(product=product, code=code, kind="condition", text=text, position=50)


def test_a_sound_product_has_no_more_than_gaps(stool: Product) -> None:
    diagnosis = found(stool)
    assert {finding.grade for finding in diagnosis.findings} <= {"gap"}
    assert diagnosis.publishable
    assert diagnosis.designs == 66


def test_what_is_idle_is_told_with_its_causes(stool: Product) -> None:
    add_rule(stool, "no-oak", "wood = oak requires height > 800")
    add_rule(stool, "four", "height >= 700 requires legs = 4")
    PriceRule.objects.create(
        product=stool,
        code="pine-brass",
        label="x",
        amount="1",
        when="wood = pine and rest_metal = brass",
    )
    diagnosis = found(stool)
    assert told(diagnosis, "warning") == [
        "No design has “Wood: Oak”.",
        "No design has “Metal of the footrest: Brass”.",
        "“Wood” is never a choice: every design has Pine.",
        "The price “pine-brass” is never asked: no design meets its condition.",
    ]
    assert "The rule “four” changes nothing: “tall-stools-stand-on-four” demands it already." in (
        told(diagnosis, "hint")
    )
    brass = next(each for each in diagnosis.findings if "Brass" in each.message)
    assert brass.causes == (("rules", 2), ("rules", 3))
    assert diagnosis.publishable


def test_a_contradiction_names_the_smallest_set_of_rules(stool: Product) -> None:
    add_rule(stool, "tall", "height >= 700")
    add_rule(stool, "three", 'legs = "3"')
    diagnosis = found(stool)
    assert told(diagnosis, "error") == [
        "No design can meet these together: “tall-stools-stand-on-four”, “tall”, “three”. "
        "Without any one of them it would work."
    ]
    assert not diagnosis.publishable


def test_a_rule_that_cannot_be_read_is_an_error_at_its_place(stool: Product) -> None:
    Rule.objects.filter(code="low-stools-have-no-footrest").update(text="footrst requires height")
    diagnosis = found(stool)
    (error,) = [each for each in diagnosis.findings if each.grade == "error"]
    assert error.path == ("rules", 1, "rule")
    assert "“footrst”" in error.message


def test_missing_texts_and_pictures_are_told(stool: Product) -> None:
    oak = Choice.objects.get(option__code="wood", code="oak")
    Choice.objects.filter(pk=oak.pk).update(swatch="")
    gaps = told(found(stool), "gap")
    assert "“Wood: Oak” has no picture or color, though others have." in gaps
    assert any("texts are missing in: es." in gap for gap in gaps)


def test_the_page_links_to_what_is_to_be_mended(stool: Product, admin_client: Client) -> None:
    add_rule(stool, "no-oak", "wood = oak requires height > 800")
    page = reverse("admin:catalog_product_examine", args=[stool.pk])
    first = admin_client.get(page).content.decode()
    assert "Waiting for a worker" in first
    assert "No design has" not in first
    Job.objects.update(due_at=timezone.now())
    work_off("examine")
    rule = Rule.objects.get(code="no-oak")
    oak = Choice.objects.get(option__code="wood", code="oak")
    whole = admin_client.get(page).content.decode()
    part = admin_client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in whole
    assert "<html" not in part
    for html in (whole, part):
        assert "No design has “Wood: Oak”." in html
        assert reverse("admin:catalog_rule_change", args=[rule.pk]) in html
        assert reverse("admin:catalog_choice_change", args=[oak.pk]) in html


def test_only_who_sees_products_sees_it(stool: Product, client: Client) -> None:
    page = reverse("admin:catalog_product_examine", args=[stool.pk])
    assert client.get(page).status_code == 302


def test_a_language_without_any_text_is_told_once(stool: Product) -> None:
    content = read_content(stool)
    only = {each.message for each in examine(_in_english(content)).findings}
    assert any("texts are missing in: es." in message for message in only)
    assert any("texts are missing in: pl." in message for message in only)


def _in_english(data: Any) -> Any:
    """The content with what its texts say in English."""
    if isinstance(data, list):
        return [_in_english(each) for each in data]
    if not isinstance(data, dict):
        return data
    return {key: _in_english(each) for key, each in data.items() if key not in ("es", "pl")}


def test_a_brace_that_stands_alone_is_an_error(stool: Product) -> None:
    content = read_content(stool)
    content["operations"][0]["instructions"] = {"en": "Saw {wood to {height}."}
    (error,) = [each for each in examine(content).findings if each.grade == "error"]
    assert error.path == ("operations", 0, "instructions")
    assert "here one stands alone" in error.message


def test_a_price_and_a_part_that_are_always_nothing_are_told(stool: Product) -> None:
    add_rule(stool, "no-brass", "rest_metal != brass")
    content = read_content(stool)
    amount = "if rest_metal = brass then 5 else 0"
    price = {"code": "brass", "label": {"en": "x"}, "when": "footrest", "amount": amount}
    content["prices"].append(price)
    content["parts"][0]["quantity"] = "0 * height"
    code = content["parts"][0]["code"]
    warnings = told(examine(content), "warning")
    assert "The price “brass” is always 0: no design gives its amount another value." in warnings
    assert f"The part “{code}” is in no design: its quantity is always 0." in warnings


def test_a_language_that_lacks_most_texts_leads_to_its_translations(
    stool: Product, admin_client: Client
) -> None:
    page = reverse("admin:catalog_product_examine", args=[stool.pk])
    there = reverse("admin:catalog_product_texts", args=[stool.pk])
    assert f"{there}?missing=es" in admin_client.get(page).content.decode()


def test_operations_without_any_part_are_told(stool: Product) -> None:
    content = {**read_content(stool), "parts": [], "coverage": []}
    (warning,) = [each for each in examine(content).findings if each.path == ("parts",)]
    assert "has no parts" in warning.message


def test_what_all_parts_lack_leads_to_their_list(stool: Product) -> None:
    there = reverse("admin:catalog_product_workspace", args=[stool.pk])
    places = Places(stool, read_content(stool))
    assert places.url(("parts",)) == f"{there}?list=part#list-part"


def test_options_of_one_name_in_different_steps_are_told(stool: Product) -> None:
    content = read_content(stool)
    wood, footrest = content["steps"][0]["options"][0], content["steps"][1]["options"][0]
    footrest["name"] = {**footrest["name"], "pl": wood["name"]["pl"]}
    (warning,) = [each for each in examine(content).findings if each.grade == "warning"]
    assert warning.message.startswith("Two options are called “Drewno” (pl)")
    assert (warning.path, warning.causes) == (
        ("steps", 1, "options", 0),
        (("steps", 0, "options", 0),),
    )


def test_layers_of_another_size_are_told_however_they_came(stool: Product) -> None:
    data = io.BytesIO()
    Image.new("RGBA", (40, 30)).save(data, "PNG")
    sha = media.keep(data.getvalue(), "layers/oak.png")
    LayerFile.objects.create(product=stool, path="layers/oak.png", sha=sha)
    Layer.objects.create(product=stool, code="a", spec={"image": "layers/{wood}.png"})
    Layer.objects.create(product=stool, code="b", spec={"image": "x.png", "box": [0, 0, 9, 9]})
    Product.objects.filter(pk=stool.pk).update(picture={"width": 400, "height": 300})
    stool.refresh_from_db()
    told = [each for each in gaps(read_content(stool)) if "stretched" in each.message]
    assert [each.message for each in told] == [
        "“layers/oak.png” has 40 × 30 pixels; the picture has 400 × 300, so it is stretched."
    ]
    assert told[0].path == ("picture", "layers", 0, "image")
    Product.objects.filter(pk=stool.pk).update(picture={"width": 40, "height": 30})
    stool.refresh_from_db()
    assert not [each for each in gaps(read_content(stool)) if "stretched" in each.message]


def test_an_error_hides_nothing_else(stool: Product) -> None:
    add_rule(stool, "broken", "footrest requires (legs = 4")
    add_rule(stool, "tall", "footrest requires height > 800")
    add_rule(stool, "always", "footrest")
    add_rule(stool, "no-oak", "wood != oak")
    PriceRule.objects.create(
        product=stool, code="pine-brass", label="x", amount="1", when="wood = oak and legs = 4"
    )
    Layer.objects.create(
        product=stool, code="gone", spec={"image": "layers/gone-{wood}.png"}, position=90
    )
    diagnosis = found(stool)
    rules = [each["code"] for each in read_content(stool)["rules"]]
    errors = diagnosis.of("error")
    assert [rules[int(each.path[1])] for each in errors] == ["broken", "tall"]
    assert not diagnosis.publishable
    warnings = " ".join(told(diagnosis, "warning"))
    for words in ("“Wood: Oak”", "“pine-brass” is never asked", "layers/gone-pine.png"):
        assert words in warnings
    (question,) = diagnosis.open_questions
    assert all(f"“{code}”" in question for code in ("broken", "tall", "always"))
