"""Texts for a translator: a table that is taken along and brought back."""

import csv
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from configurator.catalog.models import Choice, Product
from tests.catalog.test_admin import admin, stool
from tests.catalog.test_translations import page, states
from tests.catalog.workbooks import Formula, opened, saved

__all__ = ["admin", "stool"]  # fixtures
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: object, tmp_path: Path) -> None:
    settings.IMPORTS_DIR = tmp_path / "imports"  # type: ignore[attr-defined]


def taken(client: Client, product: Product, kind: str, **query: str) -> bytes:
    answer = client.get(page(product, format=kind, **query))
    assert f'filename="stool-texts.{kind}"' in answer["Content-Disposition"]
    return b"".join(answer)


def brought(client: Client, product: Product, data: bytes, name: str) -> str:
    answer = client.post(f"{page(product)}import/", {"file": SimpleUploadedFile(name, data)})
    return str(answer["Location"])


def table(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def told(lines: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_same_brought_back_changes_nothing(stool: Product, admin: Client, kind: str) -> None:
    Choice.objects.filter(code="oak").update(name_es="=1+1", help_en="'-x", help_es="+48\n@home")
    before = states()
    address = brought(admin, stool, taken(admin, stool, kind), f"stool-texts.{kind}")
    assert "There is nothing to change" in admin.get(address).content.decode()
    assert states() == before


def test_formulas_do_not_run_in_a_spreadsheet(stool: Product, admin: Client) -> None:
    Choice.objects.filter(code="oak").update(name_es="=1+1")
    cells = [cell for row in table(taken(admin, stool, "csv")) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_translations_are_shown_then_saved(stool: Product, admin: Client, delimiter: str) -> None:
    lines = table(taken(admin, stool, "csv", missing="es"))
    assert lines[0] == ["key", "text", "en", "es", "pl"]
    (leg,) = [line for line in lines if line[0] == "parts/leg/name"]
    leg[3] = "Pata"
    before = states()
    address = brought(admin, stool, told(lines, delimiter), "texts.csv")
    shown = admin.get(address)
    assert ">Pata</ins>" in shown.content.decode()
    assert states() == before

    admin.post(address, {"base": shown.context["proposal"].base})

    part = stool.parts.get(code="leg")
    assert vars(part)["name_es"] == "Pata"


def test_empty_cells_change_nothing_and_english_is_only_read(stool: Product, admin: Client) -> None:
    lines = table(taken(admin, stool, "csv"))
    for line in lines[1:]:
        line[3] = ""
        line[4] = ""
    assert (
        "There is nothing to change"
        in admin.get(brought(admin, stool, told(lines), "t.csv")).content.decode()
    )
    (oak,) = [line for line in lines if line[0] == "choices/wood/oak/name"]
    oak[2:] = ["Old oak", "Encina", ""]
    before = states()
    shown = admin.get(brought(admin, stool, told(lines), "t.csv"))
    assert [each.after for each in shown.context["changes"]] == ["Encina"]
    assert [text.key for text in shown.context["moved"]] == ["choices/wood/oak/name"]
    assert states() == before


def test_mistakes_are_told_at_their_line_and_nothing_is_saved(
    stool: Product, admin: Client
) -> None:
    lines = [
        *(["key", "es"], ["choices/wood/oak/name", "x" * 121], ["choices/wood/oka/name", "y"]),
        *(["parts/leg/name", "a"], ["parts/leg/name", "b"]),
    ]
    before = states()
    answer = admin.get(brought(admin, stool, told(lines), "t.csv"))
    assert answer.status_code == 422
    assert "line 5, column 1</strong>: “parts/leg/name” is here twice" in answer.content.decode()
    answer = admin.get(brought(admin, stool, told(lines[:4]), "t.csv"))
    text = answer.content.decode()
    assert "line 2, column 2</strong>: This text has 121 characters; 120 at most." in text
    assert "line 3, column 1</strong>: There is no text “choices/wood/oka/name”." in text
    assert states() == before


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"\xff\xff\xff", "t.csv", "not UTF-8"),
        (b'key,es\n"a,b\n', "t.csv", "not valid CSV"),
        (b"kee,es\n", "t.csv", "Did you mean “key”?"),
        (b"key,es,es\n", "t.csv", "is here twice"),
        (b"es\nx\n", "t.csv", "The column “key” is missing"),
        (b"key,es\n,x\n", "t.csv", "The key is missing in this row"),
        (b"PK", "t.xlsx", "not an XLSX workbook"),
    ],
)
def test_other_files_are_refused(
    stool: Product, admin: Client, data: bytes, name: str, reason: str
) -> None:
    answer = admin.get(brought(admin, stool, data, name))
    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_a_formula_in_a_workbook_is_told_at_its_cell(stool: Product, admin: Client) -> None:
    book = opened(taken(admin, stool, "xlsx"))
    book["Texts"]["D3"] = Formula("=A1")
    answer = admin.get(brought(admin, stool, saved(book), "t.xlsx"))
    assert "Texts!D3</strong>: This is a formula" in answer.content.decode()


def test_wrong_uploads_lead_back(stool: Product, admin: Client) -> None:
    for data in ({}, {"file": SimpleUploadedFile("t.doc", b"x")}):
        assert admin.post(f"{page(stool)}import/", data)["Location"] == page(stool)
    assert admin.get(page(stool, format="doc")).status_code == 404


def test_an_edit_meanwhile_is_told(stool: Product, admin: Client) -> None:
    address = brought(admin, stool, b"key,es\nchoices/wood/oak/name,Encina\n", "t.csv")
    base = admin.get(address).context["proposal"].base
    Choice.objects.filter(code="oak").update(name_es="Carvallo")
    answer = admin.post(address, {"base": base})
    assert answer.status_code == 409
    assert ">Carvallo</del>" in answer.content.decode()
