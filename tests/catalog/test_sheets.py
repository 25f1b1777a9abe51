"""A product as a workbook: it comes back as it was, and every mistake is told at its cell."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from configurator.catalog.exporting.plain import data_of
from configurator.catalog.exporting.yaml import write_yaml
from configurator.catalog.importing.drafting import propose
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.loader import read_yaml
from configurator.catalog.importing.normal import content_of_file
from configurator.catalog.importing.service import import_product
from configurator.catalog.importing.sources import read_source
from configurator.catalog.models import Choice, Product
from configurator.catalog.sheets import reading
from tests.catalog.archives import pictured_files, zipped
from tests.catalog.kit import rows, written
from tests.catalog.test_admin import stool
from tests.catalog.test_exporting import DEMOS, exported, forget, put_in
from tests.catalog.workbooks import Book, Formula, found, opened, saved

__all__ = ["stool"]  # a fixture
pytestmark = pytest.mark.django_db


def differences(folder: Path, raw: bytes) -> list[str]:
    file = written(folder, raw, "product.xlsx")
    return [line for group in propose(file=file).differences for line in group.lines]


def blamed(folder: Path, raw: bytes) -> list[str]:
    """Read a workbook that must be refused; each place and reason. Nothing may have changed."""
    before = rows()
    with pytest.raises(ImportRefused) as caught:
        propose(file=written(folder, raw, "product.xlsx"))
    assert rows() == before
    return [f"{p.where}: {p.message}" if p.where else p.message for p in caught.value.problems]


@pytest.mark.parametrize("demo", DEMOS, ids=lambda path: path.parent.name)
def test_a_demo_comes_back_from_its_workbook(demo: Path, tmp_path: Path) -> None:
    product = put_in(demo, {})
    raw, text = exported(product, "xlsx"), exported(product)
    file = written(tmp_path, raw, "product.xlsx")
    forget()

    source = read_source(file)
    assert write_yaml(data_of(source.content, source.centers)).encode() == text
    told = read_yaml(written(tmp_path, text)).data
    assert content_of_file(told, {})["rules"] == source.content["rules"]


def test_nothing_differs_and_then_just_what_was_edited(stool: Product, tmp_path: Path) -> None:
    raw = exported(stool, "xlsx")
    assert differences(tmp_path, raw) == []
    book = opened(raw)
    book["Choices"][found(book, "Choices", "price", 3)] = Decimal("27.5")
    assert differences(tmp_path, saved(book)) == ["“Wood: Oak”: price is now 27.5, was 25"]
    import_product(file=tmp_path / "product.xlsx", publish=False)
    assert Choice.objects.get(code="oak").price == "27.5"


def test_many_rows_are_read_and_one_endless_row_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_INSIDE", 50)
    long = saved({"A": {f"{c}{r}": "x" for r in range(1, 40) for c in "ABCDE"}})
    assert len(opened(long)["A"]) == 195
    with pytest.raises(reading.SheetError, match="too much in it"):
        opened(saved({"A": {f"{reading.letters(c)}1": 1 for c in range(1, 60)}}))


def test_texts_that_look_like_formulas_stay_texts(stool: Product, tmp_path: Path) -> None:
    names = {"oak": "=1+1", "pine": "@SUM(A1)"}
    for code, name in names.items():
        Choice.objects.filter(code=code).update(name_en=name, help_en="-2 + 3", help_es="+48 12")
    raw = exported(stool, "xlsx")
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        sheets = [name for name in book.namelist() if "worksheets/sheet" in name]
        assert not [name for name in sheets if b"<f>" in book.read(name)]
    assert differences(tmp_path, raw) == []


def test_the_workbook_is_made_to_be_edited(stool: Product) -> None:
    raw = exported(stool, "xlsx")
    with zipfile.ZipFile(io.BytesIO(raw)) as book:
        options = book.read("xl/worksheets/sheet4.xml").decode()
        notes = book.read("xl/comments4.xml").decode()
    assert 'state="frozen"' in options
    assert "choice,toggle,number,text,file" in options
    assert "A condition in the rule language" in notes
    assert raw == exported(stool, "xlsx")


def test_order_of_columns_notes_and_trailing_spaces_do_not_matter(
    stool: Product, tmp_path: Path
) -> None:
    book = opened(exported(stool, "xlsx"))
    steps = {(cell[:-1], int(cell[-1])): value for cell, value in book["Steps"].items()}
    letters = sorted({column for column, _row in steps})
    turned = dict(zip(letters, reversed(letters), strict=True))
    book["Steps"] = {f"{turned[c]}{r}": f"{v}  " for (c, r), v in steps.items()}
    book["Help yourself"] = {"B7": "call Ania", "B8": Formula("=1")}
    assert differences(tmp_path, saved(book)) == []


def test_numbers_kept_as_texts_and_codes_kept_as_numbers_are_understood(
    stool: Product, tmp_path: Path
) -> None:
    book = opened(exported(stool, "xlsx"))
    book["Product"][found(book, "Product", "base_days", 2)] = "4"
    book["Choices"][found(book, "Choices", "code", 4)] = 3
    assert book["Choices"][found(book, "Choices", "option", 4)] == "legs"
    assert differences(tmp_path, saved(book)) == []


Spoil = Callable[[Book], None]


def _set(sheet: str, heading: str, row: int, value: Any) -> Spoil:
    def spoil(book: Book) -> None:
        book[sheet][found(book, sheet, heading, row)] = value

    return spoil


def _without(sheet: str) -> Spoil:
    def spoil(book: Book) -> None:
        del book[sheet]

    return spoil


def _more(sheet: str) -> Spoil:
    def spoil(book: Book) -> None:
        book[sheet] = {"A1": "x"}

    return spoil


@pytest.mark.parametrize(
    ("spoil", "place", "reason"),
    [
        (_set("Choices", "price", 3, Formula("=20+5")), "Choices!", "This is a formula"),
        (_set("Steps", "name [en]", 2, Formula("=A1")), "Steps!B2", "This is a formula"),
        (_set("Product", "tax_rate", 2, "much"), "Product!", "it should be a number"),
        (_set("Product", "base_days", 2, Decimal("1.5")), "Product!", "whole number"),
        (_set("Options", "required", 2, "perhaps"), "Options!", "true or false"),
        (_set("Options", "kind", 2, "coice"), "Options!", "is not one of: choice"),
        (_set("Options", "step", 2, "bdy"), "Options!A2", "There is no “bdy” in Steps. Did you"),
        (_set("Options", "code", 3, "wood"), "Options!B3", "twice; it is in Options!B2 already"),
        (_set("Choices", "option", 2, None), "Choices!A2", "A code is missing here"),
        (_set("Choices", "code", 3, "pine"), "Choices!B3", "used twice. (See also Choices!B2.)"),
        (_set("Steps", "Z1", 1, None), "", ""),
        (_set("Rules", "rule", 2, "hight > 3"), "Rules!C2", "Did you mean “height”?"),
        (_set("Rules", "kind", 2, "allow"), "Rules!", "The codes of the options, one a column."),
        (_without("Parts"), "Parts", "This sheet is missing"),
        (_more("Prizes"), "Prizes", "Did you mean “Prices”?"),
    ],
)
def test_a_mistake_is_told_at_its_cell(
    stool: Product, tmp_path: Path, spoil: Spoil, place: str, reason: str
) -> None:
    book = opened(exported(stool, "xlsx"))
    if not place:
        book["Steps"]["Z1"] = "nmae [en]"
        place, reason = "Steps!Z1", "Did you mean “name [en]”?"
    else:
        spoil(book)
    told = blamed(tmp_path, saved(book))
    assert [each for each in told if each.startswith(place) and reason in each], told


def test_merged_cells_and_dates_are_told(stool: Product, tmp_path: Path) -> None:
    def spoil(made: Any, sheets: Any) -> None:
        sheets["Steps"].merge_range("B2:C3", "Body")
        date = made.add_format({"num_format": "d mmm yyyy"})
        sheets["Choices"].write_number("B3", 45_000, date)

    told = blamed(tmp_path, saved(opened(exported(stool, "xlsx")), spoil))
    assert (
        "Steps!B2:C3: These cells are merged. Take them apart: every row stands for itself." in told
    )
    assert any(each.startswith("Choices!B3: This is a date.") for each in told)


def test_every_mistake_is_told_at_once_in_the_order_of_the_book(
    stool: Product, tmp_path: Path
) -> None:
    book = opened(exported(stool, "xlsx"))
    for sheet, row in (("Steps", 2), ("Choices", 3), ("Choices", 2), ("Parts", 2)):
        book[sheet][found(book, sheet, "code", row)] = Formula("=1")
    told = [each.split(":")[0] for each in blamed(tmp_path, saved(book)) if "formula" in each]
    assert told == ["Steps!A2", "Choices!B2", "Choices!B3", "Parts!A2"]


def test_a_formula_does_not_hide_what_else_is_wrong(stool: Product, tmp_path: Path) -> None:
    book = opened(exported(stool, "xlsx"))
    book["Choices"][found(book, "Choices", "price", 3)] = Formula("=20+5")
    book["Parts"][found(book, "Parts", "quantity", 2)] = Formula("=1")
    book["Rules"][found(book, "Rules", "rule", 3)] = "fotrest requires height >= 500 mm"
    told = blamed(tmp_path, saved(book))
    assert [each.split(":")[0] for each in told] == ["Choices!K3", "Rules!C3", "Parts!G2"]
    book["Product"][found(book, "Product", "tax_rate", 2)] = "much"
    told = blamed(tmp_path, saved(book))
    assert [each.split(":")[0] for each in told] == ["Product!L2", "Choices!K3", "Parts!G2"]
    book["Options"][found(book, "Options", "code", 3)] = "wood"
    told = [each.split(":")[0] for each in blamed(tmp_path, saved(book))]
    assert {"Options!B3", "Choices!K3", "Parts!G2"} <= set(told)


def _bomb() -> bytes:
    data = io.BytesIO()
    book = zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED)
    with book, book.open("xl/workbook.xml", "w") as part:
        for _each in range(100):
            part.write(b" " * 1024 * 1024)
    return data.getvalue()


def _entities() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as book:
        book.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return data.getvalue()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "not an XLSX workbook"),
        (b"slug;name\n1;2\n", "not an XLSX workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old Excel file (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (_bomb(), "more than 250 times as large when it is unpacked"),
        (_entities(), "document types or entities"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    (message,) = blamed(tmp_path, raw)
    assert reason in message


def test_a_workbook_cut_off_or_spoiled_anywhere_is_refused_kindly(
    stool: Product, tmp_path: Path
) -> None:
    raw = exported(stool, "xlsx")
    for at in range(100, len(raw), len(raw) // 25):
        assert blamed(tmp_path, raw[:at])
        spoiled = raw[:at] + b"\xff\x00" + raw[at + 2 :]
        with suppress(ImportRefused):  # and by nothing else
            propose(file=written(tmp_path, spoiled, "product.xlsx"))


def test_a_workbook_with_its_pictures_comes_in_a_zip(tmp_path: Path) -> None:
    files = pictured_files(tmp_path / "made")
    import_product(file=zipped(tmp_path / "first.zip", files), publish=False)
    product = Product.objects.get()
    archive = exported(product, "zip")
    files["product.xlsx"] = exported(product, "xlsx")
    del files["product.yaml"]
    forget()
    import_product(file=zipped(tmp_path / "second.zip", files), publish=False)
    assert exported(Product.objects.get(), "zip") == archive
