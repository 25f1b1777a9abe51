"""The catalog in the admin: every page opens, formulas are checked at their field, publishing."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from configurator.catalog.drafts import read_content
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import (
    Choice,
    Layer,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Release,
    Rule,
    Step,
)
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from tests.catalog.kit import STOOL, publish_in_admin
from tests.rows import written_once

pytestmark = pytest.mark.django_db

MODELS = (
    *("product", "step", "option", "rule", "pricerule", "part", "operation", "layer"),
    *("layerfile", "workcenter", "release"),
)


def import_stool() -> None:
    import_product(file=STOOL)


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    return Product.objects.get()


def signed_in(*permissions: str) -> Client:
    """A client of a staff member with these permissions ("catalog.view_product")."""
    user = User.objects.create_user("anna", is_staff=True)
    group = Group.objects.create(name="some")
    for name in permissions:
        app, codename = name.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in(*CATALOG_ADMIN_PERMISSIONS)


def filled(client: Client, address: str) -> dict[str, Any]:
    """The fields of an admin form as a browser would send them back."""
    response = client.get(address)
    assert response.status_code == 200
    form = response.context["adminform"].form
    data = {form.add_prefix(name): form[name].value() for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        for part in (inline.formset.management_form, *inline.formset.forms):
            data |= {part.add_prefix(name): part[name].value() for name in part.fields}
    return {
        key: "" if value is None else value for key, value in data.items() if value is not False
    }


def change(model: str, pk: Any) -> str:
    return reverse(f"admin:catalog_{model}_change", args=[pk])


@pytest.mark.parametrize("model", MODELS)
def test_every_list_and_page_opens(admin: Client, stool: Product, model: str) -> None:
    lists = reverse(f"admin:catalog_{model}_changelist")
    assert admin.get(lists).status_code == 200
    if model not in ("product", "workcenter"):
        assert admin.get(lists, {"product__id__exact": stool.pk}).status_code == 200
    if model not in ("release", "layerfile"):
        add = admin.get(reverse(f"admin:catalog_{model}_add"), {"product": stool.pk})
        assert add.status_code == 200
    rows = {
        "product": stool,
        "option": Option.objects.get(code="wood"),
        "step": Step.objects.first(),
        "rule": Rule.objects.first(),
        "release": Release.objects.get(),
        "part": Part.objects.first(),
        "pricerule": PriceRule.objects.first(),
    }
    if row := rows.get(model):
        assert admin.get(change(model, row.pk)).status_code == 200


def test_the_product_page_leads_to_its_parts(admin: Client, stool: Product) -> None:
    page = admin.get(change("product", stool.pk)).content.decode()
    assert "Options (8)" in page
    assert f"/admin/catalog/option/?product__id__exact={stool.pk}" in page
    assert reverse("admin:catalog_product_publish", args=[stool.pk]) in page


@pytest.mark.parametrize(
    ("model", "field", "text", "reason"),
    [
        ("part", "quantity", "2 * hight", "line 1, column 5: There is no option called “hight”"),
        ("part", "when", "wood = oka", "Did you mean “oak”?"),
        ("part", "cut_length", "footrest", "A number is expected here"),
        ("pricerule", "amount", "height /", "ends too early"),
        ("pricerule", "when", "height", "A condition is expected here"),
        ("operation", "run_minutes", "len(engravin)", "Did you mean “engraving”?"),
        ("rule", "text", "height >= 600 requires\n  legs = 5", "line 2, column 10"),
        ("rule", "text", "len(engraving) > 2", "cannot depend on the text"),
        ("option", "when", "fotrest", "Did you mean “footrest”?"),
    ],
)
def test_a_bad_formula_is_told_at_its_field(
    admin: Client, stool: Product, model: str, field: str, text: str, reason: str
) -> None:
    tables: dict[str, type[Model]] = {
        "part": Part,
        "pricerule": PriceRule,
        "operation": stool.operations.model,
        "rule": Rule,
        "option": Option,
    }
    table = tables[model]
    row = table._default_manager.filter(product=stool).first()
    assert row is not None
    address = change(model, row.pk)
    before = list(table._default_manager.values())
    response = admin.post(address, {**filled(admin, address), field: text})
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert reason in " ".join(errors[field]), errors
    assert list(errors) == [field]
    assert list(table._default_manager.values()) == before


def test_a_good_edit_is_saved_in_every_language(admin: Client, stool: Product) -> None:
    part = Part.objects.get(code="leg")
    address = change("part", part.pk)
    data = {
        **filled(admin, address),
        "name_pl": "Noga",
        "quantity": "if legs = 4 then 4 else 3 + 0",
    }
    assert admin.post(address, data).status_code == 302
    part = Part.objects.get(code="leg")
    assert part.quantity.endswith("+ 0")
    assert part.name_pl == "Noga"  # type: ignore[attr-defined]


def test_an_option_saved_untouched_changes_nothing(admin: Client, stool: Product) -> None:
    for option in Option.objects.all():
        address = change("option", option.pk)
        response = admin.post(address, filled(admin, address))
        assert response.status_code == 302, response.context["errors"]

    assert read_content(stool) == Release.objects.get().content


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("maximum", "250", "above the maximum"),
        ("step_size", "150", "the last one is 750"),
        ("control", "cards", "is one of: slider"),
        ("max_length", "5", "is for options of the kind text"),
        ("code", "two words", "letters, digits and _"),
        ("code", "wood", "already exists"),
        ("price", "0.1 * heigth", "Did you mean “height”?"),
    ],
)
def test_a_bad_option(admin: Client, stool: Product, field: str, value: str, reason: str) -> None:
    address = change("option", Option.objects.get(code="height").pk)
    response = admin.post(address, {**filled(admin, address), field: value})
    assert response.status_code == 200
    assert reason in str(response.context["errors"])


def test_a_new_option_may_name_itself_in_its_price(admin: Client, stool: Product) -> None:
    address = reverse("admin:catalog_option_add") + f"?product={stool.pk}"
    step = stool.steps.get(code="extras")
    data = filled(admin, address) | {
        "product": stool.pk,
        "step": step.pk,
        "code": "depth",
        "name_en": "Depth",
        "kind": "number",
        "control": "slider",
        "minimum": "1",
        "maximum": "3",
        "step_size": "1",
        "price": "2 * depth",
    }
    response = admin.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    assert Option.objects.get(code="depth").price == "2 * depth"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("choices-0-price", "oops", "no option called “oops”"),
        ("choices-0-attributes", "[1]", "it should be a map"),
        ("choices-0-attributes", '{"a b": 1}', "does not fit"),
        ("choices-0-attributes", "{", "valid JSON"),
        ("choices-0-swatch", "red", "#rrggbb"),
        ("choices-0-code", "oak", "duplicate"),
    ],
)
def test_a_bad_choice(admin: Client, stool: Product, field: str, value: str, reason: str) -> None:
    address = change("option", Option.objects.get(code="wood").pk)
    response = admin.post(address, {**filled(admin, address), field: value})
    assert response.status_code == 200
    assert reason in str(response.context["errors"])
    assert Choice.objects.get(code="pine").price == ""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"table": "wood\npine\t3"}, "2 cells for 1 options"),
        ({"table": "pine"}, "There is no option “pine”"),
        ({"table": " "}, "at least one combination"),
        ({"text": "wood = oak"}, "empty this field"),
        ({"kind": "condition", "text": "wood = oak"}, "has no combinations"),
        ({"kind": "condition", "table": ""}, "A condition is expected"),
    ],
)
def test_a_bad_table(admin: Client, stool: Product, changes: dict[str, str], reason: str) -> None:
    address = change("rule", Rule.objects.get(code="brass-is-for-oak").pk)
    response = admin.post(address, {**filled(admin, address), **changes})
    assert response.status_code == 200
    assert reason in str(response.context["errors"])


def test_a_bad_layer(admin: Client, stool: Product) -> None:
    layer = Layer.objects.create(product=stool, code="x", spec={"image": "a.png"})
    address = change("layer", layer.pk)
    for spec, reason in ((' {"imag": 1}', "not known here"), ("[1]", "a map")):
        response = admin.post(address, {**filled(admin, address), "spec": spec})
        assert response.status_code == 200
        assert reason in str(response.context["errors"])


@pytest.mark.parametrize(
    ("model", "code", "field", "value", "reason"),
    [
        (
            "part",
            "bar",
            "operation",
            "sawing",
            "There is no operation “sawing”",
        ),
        ("part", "bar", "scrap", "101", "less than or equal to 100"),
        ("part", "bar", "scrap", "-1", "greater than or equal to 0"),
        ("part", "bar", "stock", "-1", "greater than or equal to 0"),
        ("operation", "saw", "predecessors", '["engrave"]', "wait for each other"),
        ("operation", "saw", "predecessors", '["engrav"]', "Did you mean “engrave”?"),
        ("operation", "saw", "predecessors", '["saw"]', "“saw” cannot come after itself"),
        ("operation", "saw", "predecessors", '"saw"', "it should be a list"),
        ("operation", "saw", "predecessors", "[saw]", "valid JSON"),
        ("operation", "saw", "pictures", '["../saw.png"]', "below the product's own folder"),
        ("operation", "saw", "pictures", '["saw-{wod}.png"]', "no option “wod”"),
    ],
)
def test_how_it_is_made_is_checked_at_its_field(
    admin: Client, stool: Product, model: str, code: str, field: str, value: str, reason: str
) -> None:
    tables: dict[str, type[Model]] = {
        "part": Part,
        "operation": Operation,
    }
    row = tables[model]._default_manager.get(code=code)
    before = list(tables[model]._default_manager.values())
    address = change(model, row.pk)
    response = admin.post(address, {**filled(admin, address), field: value})
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert list(errors) == [field]
    assert reason in " ".join(errors[field]), errors
    assert list(tables[model]._default_manager.values()) == before


def test_how_it_is_made_is_kept_as_it_was_typed(admin: Client, stool: Product) -> None:
    engrave = Operation.objects.get(code="engrave")
    address = change("operation", engrave.pk)
    said = {"predecessors": '["saw"]', "tooling_en": "Graver", "pictures": "[]"}
    assert admin.post(address, {**filled(admin, address), **said}).status_code == 302
    engrave.refresh_from_db()
    assert (engrave.predecessors, engrave.tooling) == (["saw"], "Graver")
    assert admin.post(address, {**filled(admin, address), "predecessors": ""}).status_code == 302
    engrave.refresh_from_db()
    assert engrave.predecessors is None


def test_a_coverage_that_names_nothing_is_told_at_its_field(admin: Client, stool: Product) -> None:
    address = change("product", stool.pk)
    coverage = '[{"code": "legs", "of": ["leg", "leggs"], "at_least": 1}]'
    response = admin.post(address, {**filled(admin, address), "coverage": coverage})
    errors = response.context["adminform"].form.errors
    assert "There is no part or operation “leggs”. Did you mean “leg”?" in errors["coverage"][0]


def test_rush_costs_one_or_the_other(admin: Client, stool: Product) -> None:
    address = change("product", stool.pk)
    both = {**filled(admin, address), "rush_percent": "15", "rush_amount": "90"}
    errors = admin.post(address, both).context["adminform"].form.errors
    assert "either a percentage or an amount" in errors["rush_amount"][0]
    above = {**both, "rush_percent": "101", "rush_amount": ""}
    assert "rush_percent" in admin.post(address, above).context["adminform"].form.errors
    assert admin.post(address, {**above, "rush_percent": "15"}).status_code == 302
    stool.refresh_from_db()
    assert read_content(stool)["product"]["rush"] == {"percent": "15.00"}


def test_publishing(admin: Client, stool: Product) -> None:
    address = reverse("admin:catalog_product_publish", args=[stool.pk])
    assert "Nothing has changed since" in admin.get(address).content.decode()
    assert Release.objects.count() == 1
    Choice.objects.filter(code="oak").update(price="26")
    assert "Nothing has changed since" not in admin.get(address).content.decode()
    page = publish_in_admin(admin, stool)
    assert "Release 2 is live." in page
    assert "66 designs are possible." in page
    assert Release.objects.get(live=True).published_by == "anna"
    assert "release 2 stays live" in publish_in_admin(admin, stool)


def test_a_refusal_shows_the_reason(admin: Client, stool: Product) -> None:
    Rule.objects.create(product=stool, code="none-of-it", text="wood not in {oak, pine}")
    page = publish_in_admin(admin, stool)
    assert "This cannot be published yet" in page
    assert "No design at all can meet “none-of-it”" in page
    assert change("rule", Rule.objects.get(code="none-of-it").pk) in page
    assert Release.objects.get().live


def test_who_may_publish(stool: Product) -> None:
    address = reverse("admin:catalog_product_publish", args=[stool.pk])
    viewer = signed_in("catalog.view_product", "catalog.change_product")
    for response in (viewer.get(address), viewer.post(address)):
        assert response.status_code == 403
    assert address not in viewer.get(change("product", stool.pk)).content.decode()
    stranger = Client().post(address)
    assert stranger.status_code == 302
    assert "/login/" in stranger["Location"]
    assert Release.objects.count() == 1


def test_an_unknown_product_is_not_published(admin: Client) -> None:
    assert admin.post(reverse("admin:catalog_product_publish", args=[999])).status_code == 404


def test_releases_are_never_changed(admin: Client, stool: Product) -> None:
    release = Release.objects.get()
    assert admin.post(change("release", release.pk), {"number": 9}).status_code == 403
    delete = reverse("admin:catalog_release_delete", args=[release.pk])
    assert admin.post(delete, {"post": "yes"}).status_code == 403
    assert Release.objects.get().number == 1


def test_a_product_with_148_options_opens_at_once(
    admin: Client, bench_data: Any, django_assert_max_num_queries: Any
) -> None:
    import_product(file=bench_data / "renault_medium" / "model.xml")
    product = Product.objects.get()
    with django_assert_max_num_queries(40):
        page = admin.get(change("product", product.pk))
    assert len(page.content) < 200_000
    with django_assert_max_num_queries(30):
        admin.get(reverse("admin:catalog_option_changelist"), {"product__id__exact": product.pk})
    option = Option.objects.order_by("-pk")[0]
    address = change("option", option.pk)
    data = filled(admin, address)
    with django_assert_max_num_queries(60):
        assert admin.post(address, data).status_code == 302
