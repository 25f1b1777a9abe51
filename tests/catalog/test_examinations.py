"""The doctor looks by itself: in a job, at the last state, and keeps what it found."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from configurator.catalog import doctor, examinations
from configurator.catalog.children import ask, watched
from configurator.catalog.editing.changes import changing
from configurator.catalog.examinations import Edited, look, look_again
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import Choice, Examination, Product, Rule
from configurator.engine.words import rebuilt
from orders.models import Job
from tests.catalog.kit import STOOL
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    import_product(file=STOOL, publish=False)
    return Product.objects.get(slug="stool")


def edit(product: Product, code: str, text: str) -> None:
    with changing(by="ann") as change:
        rule = Rule(product=product, code=code, kind="condition", text=text, position=50)
        change.add(rule)


def told(row: Examination) -> list[str]:
    return [rebuilt(each["message"]) for each in row.findings]


def due() -> int:
    return Job.objects.filter(kind=examinations.EXAMINE, state=Job.State.DUE).count()


def settle(product: Product) -> Examination:
    Job.objects.filter(kind=examinations.EXAMINE).update(due_at="2020-01-01T00:00Z")
    work_off("examine")
    return Examination.objects.get(product=product)


def test_several_edits_come_to_one_examination_of_the_last_state(stool: Product) -> None:
    for number in range(3):
        edit(stool, f"rule-{number}", "wood = oak requires height > 800")
        look(stool)
    assert due() == 1
    row = settle(stool)
    assert due() == 0
    assert row.found_at == row.wanted == examinations.state_of(stool.pk)
    assert "No design has “Wood: Oak”." in told(row)


def test_what_is_known_of_a_content_is_not_examined_again(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(stool)
    settle(stool)
    monkeypatch.setattr(examinations, "examine", None)
    with changing(by="ann") as change:  # there and back again
        change.save(Product(**{**_columns(stool), "base_days": 9}))
        change.save(stool)
    look(stool)
    row = settle(stool)
    assert row.found_at == examinations.state_of(stool.pk)
    assert row.stage == Examination.Stage.IDLE


def _columns(row: Product) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_an_edit_ends_the_examination_that_is_under_way(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examinations, "PAUSE", examinations.PAUSE * 0)
    seen: list[object] = []

    def asked(*args: object, **named: object) -> object:
        if not seen:
            edit(stool, "late", "wood = oak requires height > 800")
        seen.append(args)
        return ask(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(doctor, "ask", asked)
    monkeypatch.setattr("configurator.catalog.children.LOOK_EVERY", 0.05)
    look(stool)
    row = settle(stool)
    assert len(seen) == 2
    assert "No design has “Wood: Oak”." in told(row)


def test_a_child_ends_with_what_its_watch_raises() -> None:
    def look() -> None:
        raise Edited

    with pytest.raises(Edited), watched(look):
        ask("timeit", {}, "-n", "1", "-r", "1", "import time; time.sleep(60)", seconds=60)


def test_the_panel_tells_at_a_glance_and_then_what_was_compiled(
    stool: Product, admin_client: Client
) -> None:
    page = reverse("admin:catalog_product_workspace", args=[stool.pk])
    panel = reverse("admin:catalog_product_doctor", args=[stool.pk])
    edit(stool, "no-oak", "wood = oak requires height > 800")
    first = admin_client.get(page).content.decode()
    assert "texts are missing in: es." in first
    assert "Waiting for a worker" in first
    assert "No design has" not in first
    settle(stool)
    second = admin_client.get(page).content.decode()
    rule, oak = Rule.objects.get(code="no-oak"), Choice.objects.get(code="oak")
    assert "No design has “Wood: Oak”." in second
    assert f'data-at="choice-{oak.pk}"' in second
    assert f'data-cause="rule-{rule.pk}"' in second
    edit(stool, "other", "footrest requires height > 500")
    third = admin_client.get(panel, headers={"HX-Request": "true"}).content.decode()
    assert "No design has “Wood: Oak”. <small>(of an earlier state)</small>" in third


def test_findings_are_told_in_the_language_of_who_reads_them(
    stool: Product, admin_client: Client
) -> None:
    edit(stool, "no-oak", "wood = oak requires height > 800")
    look(stool)
    settle(stool)
    page = reverse("admin:catalog_product_workspace", args=[stool.pk])
    with translation.override("pl"):
        html = admin_client.get(page, headers={"Accept-Language": "pl"}).content.decode()
    assert "Żaden projekt nie ma „Drewno: Dąb”." in html


def test_look_again_works_without_scripts(stool: Product, admin_client: Client) -> None:
    look(stool)
    settle(stool)
    panel = reverse("admin:catalog_product_doctor", args=[stool.pk])
    assert admin_client.post(panel)["Location"].endswith("/workspace/#doctor")
    assert due() == 1


def test_an_examination_that_falls_over_is_told(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(examinations, "examine", fall)
    look_again(stool)
    for _attempt in range(10):
        row = settle(stool)
    assert told(row) == ["The product could not be examined (ZeroDivisionError: oh)."]
    assert look(stool).stage == Examination.Stage.IDLE


def test_many_choices_are_glanced_at_by_the_job(
    stool: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examinations, "GLANCED", 1)
    assert look(stool).seen == -1
    assert settle(stool).quick
