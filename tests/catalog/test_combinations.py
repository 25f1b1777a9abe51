"""Tables of combinations are read by code or name, and told wrong at their cells."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.drafts import read_content
from configurator.catalog.editing.combinations import read, written
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import import_product
from configurator.catalog.modeling import model_of
from configurator.catalog.models import Option, Product, Rule
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from configurator.catalog.spaces import compile_content
from configurator.engine import Table
from tests.catalog.kit import spoiled
from tests.catalog.kit import written as written_file
from tests.catalog.test_admin import change, filled, signed_in
from tests.catalog.test_exporting import exported
from tests.catalog.test_workspace import import_stool
from tests.rows import written_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def stool() -> Product:
    written_once(import_stool)
    return Product.objects.get()


@pytest.fixture
def admin() -> Client:
    return signed_in(*CATALOG_ADMIN_PERMISSIONS)


def test_codes_and_names_say_the_same(stool: Product) -> None:
    by_code = read("wood\tfootrest\theight\noak\tyes\t600\npine\tno\t300", stool)
    by_name = read('Wood\tFootrest\tHEIGHT\r\n"Oak"\tTak\t600 mm\r\nPine\toff\t300,0\r\n', stool)
    assert by_code.problems == by_name.problems == []
    assert by_code.columns == by_name.columns == ["wood", "footrest", "height"]
    assert by_code.rows == by_name.rows == [["oak", True, 600], ["pine", False, 300]]


def test_what_is_read_is_written_the_same(stool: Product) -> None:
    for rule in Rule.objects.exclude(kind="condition"):
        again = read(written(rule.columns, rule.rows), stool)
        assert (again.columns, again.rows, again.problems) == (rule.columns, rule.rows, [])
    assert read("", stool).rows == read(" \n\t\n", stool).rows == []
    assert written([], []) == ""


def test_any_several_and_between(stool: Product) -> None:
    found = read("wood\theight\n*\t300..450\noak | pine\t800", stool)
    assert found.problems == []
    assert found.rows == [["*", "300..450"], ["oak | pine", 800]]
    again = read("height\tlegs\n300 mm – 450 mm\tThree | 4\n≥ 700\t4|4\n", stool)
    assert again.problems == []
    assert again.rows == [["300..450", "3 | 4"], [">= 700", "4"]]
    assert written(again.columns, again.rows) == "height\tlegs\n300..450\t3 | 4\n>= 700\t4"


def test_they_are_worked_out_for_the_engine(stool: Product) -> None:
    for table, rows in (
        ("wood\theight\n*\t300..450", {(w, h) for w in ("pine", "oak") for h in (300, 400)}),
        ("rest_metal\nany", {("none",), ("steel",), ("brass",)}),
        ("height\tfootrest\n> 700\tyes | no", {(800, True), (800, False)}),
    ):
        found = read(table, stool)
        rule = {"columns": found.columns, "rows": found.rows, "kind": "allow", "text": ""}
        Rule.objects.filter(code="brass-is-for-oak").update(**rule)
        model = model_of(read_content(stool))
        (made,) = (each for each in model.rules if each.name == "brass-is-for-oak")
        assert isinstance(made, Table)
        assert set(made.rows) == rows


@pytest.mark.parametrize(
    ("text", "row", "column", "reason"),
    [
        ("wod\noak", -1, 0, "Did you mean “wood”?"),
        ("wood\twood\noak\toak", -1, 1, "a column already"),
        ("wood\tengraving\noak\tx", -1, 1, "written freely"),
        ("wood\tlegs\noak\t3\noka\t3", 1, 0, "Did you mean “oak”?"),
        ("wood\tlegs\noak\t5", 0, 1, "has no choice “5”"),
        ("wood\tlegs\noak", 0, 1, "Choose a value"),
        ("wood\noak\t3", 0, 1, "2 cells for 1 options"),
        ("footrest\nmaybe", 0, 0, "yes or no"),
        ("height\n650", 0, 0, "300 to 800 in steps of 100"),
        ("height\n10..20", 0, 0, "No value"),
        ("height\n1,234", 0, 0, "300 to 800"),
        ("wood\nnone", 0, 0, "has no choice “none”"),
        ("wood\tlegs\noak\t3\npine\t3\noak\t3", 2, None, "the same combination as row 1"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    stool: Product, text: str, row: int, column: int | None, reason: str
) -> None:
    (problem,) = read(text, stool).problems
    assert (problem.row, problem.column) == (row, column)
    assert reason in problem.message


def test_too_many_combinations_are_refused(stool: Product) -> None:
    number = Option.objects.get(code="height")
    Option.objects.filter(pk=number.pk).update(step_size=1, maximum=2000)
    found = read("height\twood\tlegs\n*\t*\t*", stool)
    assert found.problems == []  # in few rows it is a condition
    many = "".join(f"{300 + n}..1900\t*\t*\n" for n in range(401))
    found = read(f"height\twood\tlegs\n{many}", stool)
    assert "combinations in more than 400 rows: that is too many" in found.problems[0].message
    assert "paste 20,000 at most" in read("wood\n" + "oak\n" * 20_001, stool).problems[0].message


def test_a_rule_is_edited_as_a_text_without_scripts(admin: Client, stool: Product) -> None:
    rule = Rule.objects.get(code="brass-is-for-oak")
    address = change("rule", rule.pk)
    form = filled(admin, address)
    assert form["table"].splitlines()[0] == "wood\trest_metal"
    table = "Wood\tLegs\nOak\t3\nPine | Oak\t4"
    assert admin.post(address, {**form, "table": table}).status_code == 302
    rule.refresh_from_db()
    assert (rule.columns, rule.rows) == (
        ["wood", "legs"],
        [["oak", "3"], ["pine | oak", "4"]],
    )


def test_a_wrong_cell_is_kept_and_marked(admin: Client, stool: Product) -> None:
    rule = Rule.objects.get(code="brass-is-for-oak")
    address = change("rule", rule.pk)
    answer = admin.post(address, {**filled(admin, address), "table": "wood\tlegs\noka\t3"})
    page = answer.content.decode()
    assert "Row 1, column 1" in page
    assert "oka\t3" in page
    assert answer.context["wrong_cells"][0]["column"] == 0
    rule.refresh_from_db()
    assert rule.columns == ["wood", "rest_metal"]


def test_the_values_of_an_option_are_told(admin: Client, stool: Product) -> None:
    option = Option.objects.get(code="legs")
    answer = admin.get(reverse("admin:catalog_rule_values", args=[option.pk]))
    codes = [value["code"] for value in answer.json()["values"]]
    assert codes == list(option.choices.values_list("code", flat=True))


def test_files_keep_what_stands_for_several(stool: Product, tmp_path: Path) -> None:
    rows = [["*", ">= 500"], ["oak | pine", "300..400"], ["oak", 500]]
    changed = {"kind": "allow", "columns": ["wood", "height"], "rows": rows}
    Rule.objects.filter(code="brass-is-for-oak").update(**changed)
    text = exported(stool)
    for kind in ("yaml", "xlsx"):
        raw = exported(stool, kind)
        Rule.objects.filter(code="brass-is-for-oak").update(rows=[["oak", 300]])
        import_product(file=written_file(tmp_path, raw, f"product.{kind}"), publish=False)
        assert Rule.objects.get(code="brass-is-for-oak").rows == rows
        assert exported(stool) == text
    space = compile_content(read_content(stool))[1]
    assert space.is_valid({"wood": "pine", "height": 400})
    Rule.objects.filter(code="brass-is-for-oak").update(rows=[["oak", ">= 300"]])
    assert not compile_content(read_content(stool))[1].is_valid({"wood": "pine"})


def test_what_a_file_says_in_a_cell_is_told_wrong_at_it(stool: Product, tmp_path: Path) -> None:
    for cell, reason in (
        ("10..20", "No value of “height” is in it."),
        ("300..x", "“300..x” is not a value of height: 300 to 800 in steps of 100."),
        (">= tall", "is not a value of height"),
    ):
        table = f"allow: {{options: [wood, height], rows: [[oak, '{cell}']]}}"
        file = spoiled(
            tmp_path, "forbid: {options: [wood, rest_metal], rows: [[pine, brass]]}", table
        )
        with pytest.raises(ImportRefused) as caught:
            import_product(file=file)
        assert reason in caught.value.messages[0]
