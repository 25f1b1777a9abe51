"""Every change keeps what a row was; the history tells it, and brings any earlier state back."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.drafts import read_content, write_content
from configurator.catalog.editing.changes import changing
from configurator.catalog.editing.states import row_of, state_of
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Option, Part, Product, Revision, Rule, Step
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from tests.catalog.kit import STOOL, spoiled
from tests.catalog.test_admin import change, filled, signed_in
from tests.catalog.test_workspace import import_stool
from tests.rows import written_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    Revision.objects.all().delete()  # of its import
    return Product.objects.get()


@pytest.fixture
def admin() -> Client:
    return signed_in(*CATALOG_ADMIN_PERMISSIONS)


def restore(client: Client, revision: Revision, **data: str) -> str:
    """What is told when a revision is undone."""
    name = f"admin:catalog_{revision.model}_restore"
    answer = client.post(reverse(name, args=[revision.row, revision.pk]), data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def history(client: Client, row: Any) -> str:
    address = reverse(f"admin:catalog_{row._meta.model_name}_history", args=[row.pk])
    return client.get(address).content.decode()


def test_a_form_of_the_admin_keeps_what_the_row_was(admin: Client, stool: Product) -> None:
    part = Part.objects.first()
    assert part is not None
    old, was = part.quantity, read_content(stool)
    address = change("part", part.pk)
    admin.post(address, {**filled(admin, address), "quantity": "7", "bin": "Z9"})
    revision = Revision.objects.get(model="part", row=part.pk)
    assert revision.before is not None
    assert revision.after is not None
    assert (revision.before["quantity"], revision.after["quantity"]) == (old, "7")
    assert revision.by == "anna"
    page = history(admin, part)
    assert "<del>" in page
    assert "Z9" in page
    assert "anna" in page
    assert "is as it was" in restore(admin, revision)
    assert read_content(stool) == was
    assert Revision.objects.filter(model="part", row=part.pk).count() == 2


def test_the_choices_of_an_option_are_kept_too(admin: Client, stool: Product) -> None:
    option = Option.objects.get(code="wood")
    address = change("option", option.pk)
    form = filled(admin, address)
    prefix = next(name.removesuffix("-code") for name in form if form[name] == "oak")
    changed = {**form, f"{prefix}-price": "26.5"}
    assert admin.post(address, changed).status_code == 302
    oak = option.choices.get(code="oak")
    revision = Revision.objects.get()
    assert (revision.model, revision.row, revision.product_key) == ("choice", oak.pk, stool.pk)
    assert "26.5" in history(admin, stool)


def test_a_deleted_option_comes_back_with_its_choices(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    option = Option.objects.get(code="wood")
    key = option.pk
    admin.post(reverse("admin:catalog_option_delete", args=[key]), {"post": "yes"})
    assert read_content(stool) != was
    gone = Revision.objects.get(model="option", row=key, after__isnull=True)
    restore(admin, gone)
    assert read_content(stool) == was
    assert Option.objects.get(code="wood").pk == key


def test_a_deleted_step_comes_back_with_all_it_held(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    step = Step.objects.get(code="body")
    with changing() as done:
        done.delete(step)
    restore(admin, Revision.objects.get(model="step", row=step.pk))
    assert read_content(stool) == was


def test_what_no_longer_fits_is_refused_kindly(admin: Client, stool: Product) -> None:
    option = Option.objects.get(code="wood")
    oak = option.choices.get(code="oak")
    with changing() as done:
        done.delete(oak)
    gone = Revision.objects.get(model="choice", row=oak.pk)
    with changing() as done:
        done.add(Choice(option=option, code="oak", name="Oak", name_en="Oak"))
    assert "cannot be restored" in restore(admin, gone)
    with changing() as done:
        done.delete(option)
    before = Choice.objects.count()
    told = restore(admin, gone)
    assert "cannot be restored" in told
    assert "option" in told
    assert Choice.objects.count() == before
    added = Revision.objects.filter(before__isnull=True).latest("pk")
    assert "nothing then" in restore(admin, added)


def test_only_who_may_change_a_row_restores_it(stool: Product) -> None:
    rule = Rule.objects.first()
    assert rule is not None
    rule.position += 5
    with changing() as done:
        done.save(rule)
    revision = Revision.objects.get()
    client = signed_in("catalog.view_rule", "catalog.change_part")
    address = reverse("admin:catalog_rule_restore", args=[rule.pk, revision.pk])
    assert client.post(address).status_code == 403
    assert client.get(address).status_code == 405
    assert "Restore the state" not in history(client, rule)


def test_a_state_is_everything_that_a_row_says(stool: Product) -> None:
    for model in (Step, Option, Choice, Rule, Part):
        for row in model._default_manager.all():
            again = row_of(model, row.pk, state_of(row))
            assert state_of(again) == state_of(row)
            assert str(again) == str(row)


def test_what_does_not_change_leaves_no_trace(stool: Product) -> None:
    with changing() as done:
        assert done.save_all(Option.objects.all()) == 0
    assert not Revision.objects.exists()


def test_an_import_changes_rows_and_keeps_what_they_were(
    admin: Client, stool: Product, tmp_path: Path
) -> None:
    was = read_content(stool)
    keys = {row.code: row.pk for row in Option.objects.all()}
    other = spoiled(tmp_path, "name: Footrest", "name: Foot rest")
    import_product(file=other, by="ci")
    option = Option.objects.get(code="footrest")
    assert {row.code: row.pk for row in Option.objects.all()} == keys
    revision = Revision.objects.get()
    assert (revision.model, revision.row, revision.by) == ("option", option.pk, "ci")
    page = history(admin, option)
    assert "Foot rest" in page
    assert "imported" in page
    restore(admin, revision)
    assert read_content(stool) == was


def test_what_an_import_leaves_out_comes_back(admin: Client, stool: Product) -> None:
    was = read_content(stool)
    first, *others = was["steps"]
    shorter = {**first, "options": first["options"][1:]}
    files = dict(stool.layer_files.values_list("path", "sha"))
    write_content(content={**was, "rules": [], "steps": [shorter, *others]}, files=files)
    assert read_content(stool)["rules"] == []
    code = first["options"][0]["code"]
    assert not Option.objects.filter(code=code).exists()
    for revision in Revision.objects.filter(after__isnull=True).exclude(model="choice"):
        restore(admin, revision)
    for revision in Revision.objects.filter(note="imported", after__isnull=False):
        restore(admin, revision)  # the others' places
    assert read_content(stool) == was


def test_a_new_product_begins_with_one_revision(db: None) -> None:
    import_product(file=STOOL, by="ci")
    kinds = Revision.objects.exclude(model="workcenter").values_list("model", "by")
    assert list(kinds) == [("product", "ci")]
