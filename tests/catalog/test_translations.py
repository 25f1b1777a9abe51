"""Texts beside their translations: found where they are missing, saved where they were changed."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils.html import escape

from configurator.catalog.editing.states import state_of
from configurator.catalog.models import (
    Choice,
    Operation,
    Option,
    Product,
    Revision,
    Step,
    WorkCenter,
)
from configurator.catalog.schema import forget_schema, problems_with
from configurator.catalog.translating.kinds import KINDS
from configurator.catalog.translating.queries import Wanted, all_texts, missing_counts, page_of
from tests.catalog.test_admin import admin, signed_in, stool

__all__ = ["admin", "stool"]  # fixtures
pytestmark = pytest.mark.django_db


CHECKS = ["Flat?", {"en": "Square?", "pl": "Proste?"}]


def page(product: Product, **query: str) -> str:
    told = "&".join(f"{key}={value}" for key, value in query.items())
    return f"/admin/catalog/product/{product.pk}/texts/" + (f"?{told}" if told else "")


def form_of(client: Client, address: str) -> dict[str, str]:
    """The fields of the page as a browser would send them back."""
    told = client.get(address)
    assert told.status_code == 200
    data = {}
    for line in told.context["lines"]:
        data[f"seen:{line.text.id}"] = line.text.mark
        data |= {cell.name: with_ends(cell.words) for cell in line.cells}
    return data


def with_ends(words: str) -> str:
    """The line ends of browsers."""
    return words.replace("\r\n", "\n").replace("\n", "\r\n")


def states() -> dict[tuple[str, int], Any]:
    """Every row that has texts, with all of its columns."""
    return {
        (name, row.pk): state_of(row)
        for name, kind in KINDS.items()
        for row in kind.model._default_manager.all()
    }


def field(row: Any, place: str, code: str) -> str:
    return f"words:{row._meta.model_name}-{row.pk}-{place}:{code}"


def translated(product: Product, code: str) -> None:
    """Write every text in a language."""
    for text in all_texts(product, Wanted()):
        if "." not in text.place:
            setattr(text.row, f"{text.place}_{code}", f"{text.said['en']} ({code})")
            text.row.save()


def test_every_text_is_there(stool: Product) -> None:
    Operation.objects.filter(code="saw").update(
        checks=["Flat?", {"en": "Square?", "pl": "Proste?"}]
    )
    Product.objects.update(coverage=[{"code": "legs", "of": ["leg"], "message": {"en": "Legs."}}])
    keys = {text.key for text in all_texts(Product.objects.get(), Wanted())}
    assert {
        *("product/name", "product/tagline", "steps/body/name", "options/wood/name"),
        *("choices/wood/oak/name", "rules/brass-is-for-oak/message", "prices/varnish/label"),
        *("parts/leg/name", "operations/saw/instructions", "operations/saw/checks/1"),
        *("operations/saw/checks/2", "product/coverage/legs", "work_centers/saw/name"),
    } <= keys
    assert "parts/leg/material" not in keys  # an option's code, which nobody reads


def test_what_is_missing_is_counted_and_found(stool: Product, admin: Client) -> None:
    translated(stool, "es")
    Operation.objects.update(checks=[])
    assert missing_counts(stool)["es"] == 0
    Choice.objects.filter(code="oak").update(name_es="")
    Step.objects.update(help_es="Sólo en español")
    counts = missing_counts(stool)
    assert counts["es"] == 1
    assert counts["en"] == Step.objects.count()

    shown = admin.get(page(stool, missing="es")).context["lines"]
    assert [(line.named, line.told) for line in shown] == [("Wood: Oak", "name")]
    assert (
        '?missing=es">Spanish (1)</a>'
        in admin.get(f"/admin/catalog/product/{stool.pk}/change/").content.decode()
    )


def test_texts_in_lists_are_counted_and_found(stool: Product) -> None:
    before = missing_counts(stool)["pl"]
    Operation.objects.filter(code="saw").update(
        checks=["Flat?", {"en": "Square?", "pl": "Proste?"}]
    )
    assert missing_counts(stool)["pl"] == before + 1
    found = page_of(stool, Wanted(kind="operation", missing="pl"), 1).texts
    assert "checks.1" in [text.place for text in found]
    assert "checks.2" not in [text.place for text in found]


def test_only_what_was_changed_is_saved_and_remembered(stool: Product, admin: Client) -> None:
    address = page(stool, kind="choice")
    oak: Any = Choice.objects.get(code="oak")
    before = states()
    data = form_of(admin, address) | {
        field(oak, "name", "es"): " Encina ",
        field(oak, "help", "es"): "",
    }

    answer = admin.post(address, data)

    assert answer["Location"] == address
    oak.refresh_from_db()
    assert (oak.name_es, oak.name_en) == ("Encina", "Oak")
    after = states()
    assert {key for key in after if after[key] != before[key]} == {("choice", oak.pk)}
    (revision,) = Revision.objects.filter(note="translated")
    assert (revision.row, revision.by, revision.note) == (oak.pk, "anna", "translated")
    assert LogEntry.objects.get().object_id == str(oak.pk)


def test_sending_all_back_changes_nothing(stool: Product, admin: Client) -> None:
    Option.objects.filter(code="wood").update(help_en="Two\nlines", help_es="Dos\r\nlíneas")
    before = states()
    admin.post(page(stool), form_of(admin, page(stool)))
    assert states() == before
    assert not Revision.objects.filter(note="translated").exists()


def test_checks_and_coverage_are_translated_too(stool: Product, admin: Client) -> None:
    Operation.objects.filter(code="saw").update(checks=["Flat?", {"en": "Square?"}])
    Product.objects.update(coverage=[{"code": "legs", "of": ["leg"], "message": {"en": "Legs."}}])
    saw = Operation.objects.get(code="saw")
    for kind, row, place in (("operation", saw, "checks.2"), ("product", stool, "coverage.legs")):
        address = page(stool, kind=kind)
        admin.post(address, form_of(admin, address) | {field(row, place, "pl"): "Tak"})
    saw.refresh_from_db()
    stool.refresh_from_db()
    assert saw.checks == ["Flat?", {"en": "Square?", "pl": "Tak"}]
    assert stool.coverage[0]["message"] == {"en": "Legs.", "pl": "Tak"}


@pytest.mark.parametrize(
    ("place", "code", "words", "reason"),
    [
        ("name", "pl", "x" * 121, "121 characters; 120 at most"),
        ("name", "pl", "two\nlines", "does not fit"),
        ("name", "en", "", "Write it in English first"),
        ("name", "pl", "a\u202eb", "U+202E cannot be in a catalog"),
        ("help", "pl", "only here", "Write it in English first"),
    ],
)
def test_an_error_is_told_at_its_cell_and_nothing_is_lost(
    stool: Product, admin: Client, place: str, code: str, words: str, reason: str
) -> None:
    address = page(stool, kind="choice")
    Choice.objects.update(name_pl="Coś")
    oak, pine = Choice.objects.get(code="oak"), Choice.objects.get(code="pine")
    before = states()
    wrong = field(oak, place, code)
    data = form_of(admin, address) | {wrong: words, field(pine, "name", "es"): "Pino"}

    answer = admin.post(address, data)

    assert answer.status_code == 422
    assert states() == before
    text = answer.content.decode()
    cells = {c.name: c for line in answer.context["lines"] for c in line.cells}
    assert reason in cells[wrong].error
    assert [name for name, cell in cells.items() if cell.error] == [wrong]
    assert cells[wrong].words == words
    assert cells[field(pine, "name", "es")].words == "Pino"
    assert f'id="error-{wrong}">{escape(cells[wrong].error)}' in text


def test_braces_must_name_options(stool: Product, admin: Client) -> None:
    saw = Operation.objects.get(code="saw")
    address = page(stool, kind="operation")
    data = form_of(admin, address) | {field(saw, "instructions", "es"): "Cortar {wod} a {height}."}
    answer = admin.post(address, data)
    assert (
        "There is no option “wod” for its braces. Did you mean “wood”?" in answer.content.decode()
    )


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    stool: Product, admin: Client
) -> None:
    address = page(stool, kind="choice")
    oak: Any = Choice.objects.get(code="oak")
    data = form_of(admin, address) | {field(oak, "name", "es"): "Roble"}
    Choice.objects.filter(code="oak").update(name_es="Encina", name_pl="Dąb")

    answer = admin.post(address, data)
    assert answer.status_code == 422
    assert "changed this meanwhile, to “Encina”" in answer.content.decode()

    again = {f"seen:{line.text.id}": line.text.mark for line in answer.context["lines"]}
    again |= {c.name: c.words for line in answer.context["lines"] for c in line.cells}
    assert admin.post(address, again).status_code == 302
    oak.refresh_from_db()
    assert (oak.name_es, oak.name_pl) == ("Roble", "Dąb")  # what was not touched stays theirs


def test_rows_of_other_products_and_made_up_names_are_left_alone(
    stool: Product, admin: Client
) -> None:
    other = Product.objects.create(slug="other", name_en="Other")
    step = Step.objects.create(product=other, code="s", name_en="S")
    before = states()
    names = [
        field(step, "name", "es"),
        "words:step-9" + "9" * 30 + "-name:es",
        "words:x",
        "words:-:es",
    ]
    answer = admin.post(page(stool), dict.fromkeys([*names, field(stool, "slug", "es")], "x"))
    assert answer.status_code == 302
    assert states() == before


def test_a_work_center_needs_its_own_permission(stool: Product) -> None:
    client = signed_in("catalog.change_product", "catalog.view_product")
    saw = WorkCenter.objects.get(code="saw")
    address = page(stool, kind="workcenter")
    answer = client.post(address, form_of(client, address) | {field(saw, "name", "es"): "Sierra"})
    assert "You may not change this." in answer.content.decode()
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 302


def test_words_are_searched_and_pages_turned(stool: Product, admin: Client) -> None:
    shown = admin.get(page(stool, q="OAK")).context["lines"]
    assert {line.named for line in shown} >= {"Wood: Oak"}
    wood = Option.objects.get(code="wood")
    Choice.objects.bulk_create(
        Choice(option=wood, code=f"c{n}", name_en=f"Choice {n}", position=n + 5) for n in range(70)
    )
    first = admin.get(page(stool, kind="choice"))
    assert first.context["page"].pages == 3
    assert 'rel="next"' in first.content.decode()
    last = admin.get(page(stool, kind="choice", page="999999999999"))
    assert last.context["page"].number == 3
    assert 'rel="next"' not in last.content.decode()
    for odd in ("-1", "x", "²"):
        assert admin.get(page(stool, page=odd, kind="?", missing="xx")).status_code == 200
    names = re.findall(r">Wood: (.*?)</a>", last.content.decode())
    assert names[-1] == "Choice 69"


def test_a_further_language_may_be_written_in_files(settings: Any) -> None:
    text = {"en": "Oak", "de": "Eiche"}
    assert "de" in problems_with(text, "line")[0].message
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    forget_schema()
    try:
        assert problems_with(text, "line") == []
        assert "en, es, pl and de" in problems_with({"en": "Oak", "fr": "x"}, "line")[0].message
    finally:
        forget_schema()
