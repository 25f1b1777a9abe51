"""Tables of combinations are read by code or name, and told wrong at their cells."""

import pytest
from django.test import Client
from django.urls import reverse

from configurator.catalog.editing.combinations import read, written
from configurator.catalog.models import Option, Product, Rule
from configurator.catalog.roles import CATALOG_ADMIN_PERMISSIONS
from tests.catalog.test_admin import change, filled, signed_in
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
    woods = list(Option.objects.get(code="wood").choices.values_list("code", flat=True))
    found = read("wood\theight\n*\t300..450\noak | pine\t800", stool)
    assert found.problems == []
    assert found.rows == [
        *([w, h] for w in woods for h in (300, 400)),
        *([w, 800] for w in ("oak", "pine")),
    ]
    applies = read("rest_metal\nany", stool)
    assert ["none"] in applies.rows  # it has a condition
    assert ["none"] not in read("wood\nany", stool).rows


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
    found = read("height\twood\tlegs\tfootrest\trest_metal\n*\t*\t*\t*\t*", stool)
    assert "more than 20,000" in found.problems[0].message
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
        [["oak", "3"], ["pine", "4"], ["oak", "4"]],
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
