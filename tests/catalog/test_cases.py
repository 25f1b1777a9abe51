"""Test cases of a product: they must hold before a release; a design becomes one by a button."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from configurator.catalog.cases import failures
from configurator.catalog.doctor import examine
from configurator.catalog.drafts import read_content
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, DesignCase, Product, Release, Rule
from configurator.catalog.publishing import PublishRefused, publish
from configurator.wizard.models import Design
from configurator.wizard.services import start_design
from tests.catalog.kit import STOOL, publish_in_admin

pytestmark = pytest.mark.django_db
OAK: dict[str, Any] = {"wood": "oak", "height": 400, "legs": "3", "footrest": False}
WHOLE = {**OAK, "rest_metal": "none", "engraved": False}


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL)
    return Product.objects.get(slug="stool")


def case(product: Product, **fields: Any) -> DesignCase:
    return DesignCase.objects.create(product=product, **{"name": "It", "choices": OAK, **fields})


def wrong(product: Product) -> list[str]:
    from configurator.catalog.spaces import compile_content

    content = read_content(product)
    found = failures(product.cases.all(), content, compile_content(content)[1])
    return [problem.message for problem in found]


def test_what_holds_is_quiet(stool: Product) -> None:
    case(stool)
    case(stool, name="never", choices={"height": 400, "footrest": True}, possible=False)
    case(stool, name="whole", choices=WHOLE, price=Decimal("67.50"))
    assert wrong(stool) == []


def test_what_does_not_hold_is_told_precisely(stool: Product) -> None:
    Rule.objects.create(product=stool, code="no-oak", kind="condition", text="wood = pine")
    case(stool)
    case(stool, name="b", choices={"wood": "teak"})
    case(stool, name="c", choices={"color": "red"})
    case(stool, name="d", choices={"height": 600, "legs": "4"}, possible=False)
    case(stool, name="e", choices={"wood": "pine"}, price=Decimal(1))
    case(stool, name="f", choices={**WHOLE, "wood": "pine"}, price=Decimal("42.49"))
    case(stool, name="g", choices={**WHOLE, "wood": "pine"}, parts={"leg": "4"})
    told = wrong(stool)
    assert told[:6] == [
        "The test case “It” fails: “wood” cannot be oak any more, because of “no-oak”.",
        "The test case “b” fails: “wood” cannot be teak any more.",
        "The test case “c” fails: there is no option “color” any more.",
        "The test case “d” fails: it is possible now.",
        "The test case “e” fails: it is not a complete design, so it has neither price nor parts.",
        "The test case “f” fails: the price is 42.50, not 42.49.",
    ]
    assert told[6].startswith("The test case “g” fails: the parts are others (")
    assert "leg: 3, not 4" in told[6]


def test_nothing_is_published_against_a_test_case(stool: Product, admin_client: Client) -> None:
    case(stool, name="Oak", choices=WHOLE, price=Decimal("67.50"))
    Choice.objects.filter(code="oak").update(price="26")
    with pytest.raises(PublishRefused, match=r"“Oak” fails: the price is 68\.50, not 67\.50"):
        publish(product=stool)
    assert "the price is 68.50" in publish_in_admin(admin_client, stool)
    diagnosis = examine(read_content(stool), cases=stool.cases.all())
    assert [each.grade for each in diagnosis.findings if "68.50" in each.message] == ["error"]
    DesignCase.objects.update(price=Decimal("1.00"))
    with pytest.raises(ImportRefused, match=r"the price is 67\.50, not 1\.00"):
        import_product(file=STOOL)
    assert Release.objects.count() == 1


def test_the_form_refuses_what_is_not_there(stool: Product, admin_client: Client) -> None:
    page = reverse("admin:catalog_designcase_add")
    data = {"product": stool.pk, "name": "x", "texts": "{}", "parts": "", "possible": "on"}
    for choices, reason in (
        ('{"wod": "oak"}', "There is no option “wod”. Did you mean “wood”?"),
        ('{"wood": "oka"}', "“wood” has no value oka. Did you mean “oak”?"),
        ('["wood"]', "Values by code are expected here"),
    ):
        answer = admin_client.post(page, {**data, "choices": choices})
        assert answer.status_code == 200
        assert reason in answer.content.decode().replace("&quot;", '"')
    done = admin_client.post(page, {**data, "choices": '{"wood": "oak", "footrest": true}'})
    assert done.status_code == 302
    assert DesignCase.objects.get().by == "admin"


def test_a_design_becomes_a_test_case(stool: Product, client: Client) -> None:
    design = start_design(slug="stool", language="en")
    Design.objects.filter(pk=design.pk).update(state={"choices": WHOLE})
    page, button = f"/d/{design.pk}/", f"/d/{design.pk}/record/"
    assert "Record as a test case" not in client.get(page).content.decode()
    assert client.post(button).status_code == 403
    anna = User.objects.create_user("anna", is_staff=True)
    anna.user_permissions.add(Permission.objects.get(codename="add_designcase"))
    client.force_login(anna)
    assert button in client.get(page).content.decode()
    answer = client.post(button)
    kept = DesignCase.objects.get()
    assert answer["Location"] == reverse("admin:catalog_designcase_change", args=[kept.pk])
    assert (kept.price, kept.by, kept.possible) == (Decimal("67.50"), "anna", True)
    assert kept.parts is not None
    assert kept.parts["leg"] == "3"
    assert wrong(stool) == []
