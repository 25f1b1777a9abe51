"""Test cases in files: they come and go with the product, are told, and are run at import."""

from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from configurator.catalog.importing.drafting import accept, propose
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import import_product
from configurator.catalog.models import DesignCase, Product, Release, Revision
from tests.catalog.kit import STOOL, line_of, refused_at, written
from tests.catalog.test_admin import stool
from tests.catalog.test_exporting import exported, forget
from tests.catalog.test_sheets import blamed
from tests.catalog.workbooks import found, opened, saved

__all__ = ["stool"]  # a fixture
pytestmark = pytest.mark.django_db

CASES = """cases:
- name: "Oak, low"
  price: 67.5
  choices:
    engraved: false
    footrest: false
    height: 400
    legs: "3"
    rest_metal: "none"
    wood: oak
- name: low with a rest
  possible: false
  choices:
    footrest: true
    height: 400
"""


def with_cases(folder: Path, cases: str = CASES) -> Path:
    return written(folder, STOOL.read_text(encoding="utf-8") + cases)


def told(file: Path) -> list[str]:
    return [line for group in propose(file=file).differences for line in group.lines]


def kept() -> list[dict[str, Any]]:
    fields = ("name", "choices", "texts", "possible", "price", "parts")
    return [dict(row) for row in DesignCase.objects.values(*fields)]


def test_they_come_with_a_file_and_go_out_in_the_same_words(tmp_path: Path) -> None:
    import_product(file=with_cases(tmp_path), by="ci")
    low, rest = DesignCase.objects.order_by("name")[::-1]
    assert (low.name, low.choices, low.possible) == (
        "low with a rest",
        {"footrest": True, "height": 400},
        False,
    )
    assert (rest.price, rest.parts, rest.choices["legs"], rest.by) == (
        Decimal("67.50"),
        None,
        "3",
        "ci",
    )
    product = Product.objects.get()
    text = exported(product)
    assert text.decode().endswith(CASES)
    for kind in ("yaml", "xlsx", "zip"):
        raw, before = exported(product, kind), kept()
        forget()
        import_product(file=written(tmp_path, raw, f"product.{kind}"))
        product = Product.objects.get()
        assert kept() == before
        assert exported(product) == text


def test_a_file_that_says_nothing_leaves_them_and_an_empty_list_takes_them(
    stool: Product, tmp_path: Path
) -> None:
    case = DesignCase.objects.create(product=stool, name="Oak", choices={"wood": "oak"}, by="anna")
    import_product(file=STOOL)
    assert DesignCase.objects.get() == case
    file = with_cases(tmp_path, "cases:\n- {name: Oak, choices: {wood: pine}}\n")
    import_product(file=file, by="ci")
    case.refresh_from_db()
    assert (case.choices, case.by) == ({"wood": "pine"}, "anna")
    assert Revision.objects.filter(model="designcase", row=case.pk, by="ci").exists()
    import_product(file=with_cases(tmp_path, "cases: []\n"))
    assert not DesignCase.objects.exists()
    assert Release.objects.count() == 1  # they are no part of a release


def test_the_differences_are_told_in_words(stool: Product, tmp_path: Path) -> None:
    case = {"choices": {"wood": "oak", "footrest": True}, "price": "67.50", "parts": {"leg": "3"}}
    DesignCase.objects.create(product=stool, name="Oak, low", **case)
    DesignCase.objects.create(product=stool, name="old")
    assert told(STOOL) == []
    cases = """cases:
- name: Oak, low
  possible: false
  choices: {wood: pine, footrest: false}
  parts: {leg: 4}
- {name: new, choices: {legs: 3}}
"""
    file = with_cases(tmp_path, cases)
    assert told(file) == [
        "“Oak, low”: possible is now no, was yes",
        "“Oak, low”: price is empty now, was 67.50",
        "“Oak, low”: footrest is now no, was yes",
        "“Oak, low”: wood is now pine, was oak",
        "“Oak, low”: part leg is now 4, was 3",
        "“new” is new.",
        "“old” is gone.",
    ]
    proposal = propose(file=file)
    accept(proposal=proposal, base=proposal.base)
    assert DesignCase.objects.get(name="new").choices == {"legs": "3"}
    assert told(file) == []


def test_one_that_fails_refuses_with_its_name_and_place(tmp_path: Path) -> None:
    import_product(file=STOOL)
    file = with_cases(tmp_path, CASES.replace("67.5", "68"))
    message = refused_at(file, 'name: "Oak, low"')
    assert message.endswith("The test case “Oak, low” fails: the price is 67.50, not 68.00.")
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was imported; one thing to mend"):
        call_command("import_product", file, "--publish", stdout=StringIO(), stderr=errors)
    line = line_of(file, 'name: "Oak, low"')
    assert f"{file}:{line}: The test case “Oak, low” fails" in errors.getvalue()
    assert not DesignCase.objects.exists()


def test_what_they_speak_of_must_be_there(tmp_path: Path) -> None:
    import_product(file=STOOL)
    for case, reason in (
        ("choices: {wod: oak}", "there is no option “wod” with values. Did you mean"),
        ("choices: {wood: teak}", "“wood” has no value teak."),
        ("texts: {wood: teak}", "there is no text “wood”. There are: engraving."),
        ("parts: {leg: 3, lag: 1}", "there is no part “lag”. Did you mean “leg”?"),
        ("price: -1", "-1 is too small"),
        ("name: two\n- name: two", "Two test cases are called “two”."),
    ):
        text = f"cases:\n- {case}\n" if "name" in case else f"cases:\n- name: x\n  {case}\n"
        file = with_cases(tmp_path, text)
        with pytest.raises(ImportRefused) as caught:
            propose(file=file)
        assert reason in caught.value.messages[0], case


def test_in_a_workbook_they_are_a_row_each(tmp_path: Path) -> None:
    import_product(file=with_cases(tmp_path))
    raw = exported(Product.objects.get(), "xlsx")
    book = opened(raw)
    sheet = book["Test cases"]
    assert sheet[found(book, "Test cases", "option height", 2)] == 400
    sheet[found(book, "Test cases", "option wood", 2)] = "teak"
    assert blamed(tmp_path, saved(book)) == [
        f"Test cases!{found(book, 'Test cases', 'option wood', 2)}: "
        "The test case “Oak, low”: “wood” has no value teak. There are: pine, oak."
    ]
    sheet[found(book, "Test cases", "option wood", 2)] = "oak"
    sheet[found(book, "Test cases", "price", 2)] = 60
    with pytest.raises(ImportRefused, match=r"Test cases!A2: The test case “Oak, low” fails"):
        import_product(file=written(tmp_path, saved(book), "product.xlsx"))
    del book["Test cases"]  # a workbook from before there were any
    import_product(file=written(tmp_path, saved(book), "product.xlsx"))
    assert DesignCase.objects.count() == 2
