"""Feature models (UVL and DIMACS) as products: switches, prices, and the right designs."""

from decimal import Decimal
from pathlib import Path

import pytest

from configurator.catalog import queries
from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.engine import compile_model
from configurator.engine.formats import load_model
from tests.catalog.kit import refused, refused_at, written

pytestmark = pytest.mark.django_db

UVL = """features
\t"My Sandwich"
\t\tmandatory
\t\t\tBread {price 2}
\t\t\t\talternative
\t\t\t\t\t"Full Grain"
\t\t\t\t\tToast {price 0.5}
\t\toptional
\t\t\t"Sauce.x" {price 1, hot true}
\t\t\t\tor
\t\t\t\t\tKetchup
\t\t\t\t\tMayo {price 0.75, kcal 90}
\t\t\tif {kcal 50}
constraints
\tKetchup => Toast
\t"Sauce.x".hot => !if
\tsum(kcal) < 120
"""
CNF = "c 1 hello world\nc 2 requires\np cnf 3 2\n1 -2 0\n-1 3 0\n"


def test_features_are_switches_that_cost_what_the_model_says(tmp_path: Path) -> None:
    file = written(tmp_path, UVL, "lunch.uvl")
    done = import_product(file=file)
    assert done.designs == compile_model(load_model(file)).count() > 1
    product = queries.live_release("lunch")
    assert {code: option.kind for code, option in product.options.items()} == dict.fromkeys(
        ("My_Sandwich", "Bread", "Full_Grain", "Toast", "Sauce_x", "Ketchup", "Mayo", "if_"),
        "toggle",
    )
    answer = product.space.answer({"Ketchup": True})
    assert answer.completion["Toast"] is True
    assert answer.possible["if_"] == {False: True, True: False}
    lines = product.price_lines(Configuration(dict(answer.completion)))
    assert sum(line.amount for line in lines) == Decimal("3.50")
    assert answer.total == 350
    assert product.picture is not None


def test_clauses_of_dimacs(tmp_path: Path) -> None:
    assert import_product(file=written(tmp_path, CNF, "bits.cnf")).designs == 4
    options = queries.live_release("bits").options
    names = {code: option.name["en"] for code, option in options.items()}
    assert names == {"hello_world": "hello world", "requires_": "requires", "x3": "3"}


@pytest.mark.parametrize(
    ("name", "text", "words", "reason"),
    [
        ("a.uvl", UVL.replace("=> Toast", "=> Tost"), "Tost", "Did you mean “Toast”?"),
        ("a.uvl", UVL.replace("< 120", "< -5"), "< -5", "No design"),
        ("a.cnf", CNF.replace("3 2\n1", "3 2\n9"), "9 -2 0", "not a literal"),
        ("a.dimacs", "p cnf 2 2\n1 0\n-1 0\n", "1 0", "(See also line 3.)"),
    ],
)  # fmt: skip
def test_the_line_of_what_is_wrong(
    tmp_path: Path, name: str, text: str, words: str, reason: str
) -> None:
    assert reason in refused_at(written(tmp_path, text, name), words)


def test_no_model_at_all(tmp_path: Path) -> None:
    for name in ("a.uvl", "a.cnf"):
        for data in (b"", b"\xff\xfe", b"nonsense"):
            assert "Traceback" not in refused(written(tmp_path, data, name))[0]


def test_devices_and_folders_are_not_read(tmp_path: Path) -> None:
    endless = tmp_path / "endless.uvl"
    endless.symlink_to("/dev/zero")
    assert refused(endless) == [f"{endless}: This is not a file."]
    folder = tmp_path / "folder.cnf"
    folder.mkdir()
    assert "This is a folder" in refused(folder)[0]
