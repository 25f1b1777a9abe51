"""UVL as people write it: numbers, copies, texts, and models in several files."""

from __future__ import annotations

from pathlib import Path

import pytest

from configurator.engine import FormatError, Model, compile_model
from configurator.engine.formats import load_model, save_model
from configurator.engine.formats.uvl import read_uvl
from tests.engine.oracle import Oracle
from tests.engine.test_space import SMALL

BIKE = """features
    Bike
        mandatory
            Brake {Weight 3}
            String Manufacturer
            Integer Inch
        [1..3]
            Bell {Weight 1}
            "Training Wheels" cardinality [1..5] {Manufacturer 'Wheelio', Price 5}
            "Light System"
                or
                    Front {Weight 2}
                    Back {Weight 1.5}
            Dynamo {Weight 3}

constraints
    sum(Weight) < 10
    Inch > 22 => !"Training Wheels"
    sum(Price) < 10
    Front | Back => Dynamo
    Inch == 22 => !"Training Wheels"
    Inch >= 12 & 29 >= Inch
"""
# Of the group: 8 ways without training wheels, for 12 to 29 inches; 7 with one pair, up to 21.
BIKES = 8 * 18 + 7 * 10


def test_numbers_with_bounds_and_copies_are_numbers() -> None:
    model = read_uvl(BIKE.encode())
    space = compile_model(model, budget=SMALL)
    assert space.count() == BIKES
    kinds = {variable.name: (variable.kind, len(variable.values)) for variable in model.variables}
    assert kinds["Inch"] == ("number", 1 + 18)
    assert kinds["Training Wheels"] == ("number", 1 + 5)
    assert kinds["Manufacturer"] == ("toggle", 2)
    one = {"Bike": True, "Training Wheels": 1}
    answer = space.answer(one)
    assert answer.total == 5
    possible = answer.possible["Training Wheels"]
    assert [value for value, ok in possible.items() if ok] == ["none", 1]
    assert space.explain({"Inch": 26}, "Training Wheels", 1).rules[-1] == (
        'Inch > 22 => !"Training Wheels"'
    )


@pytest.mark.parametrize(
    ("tree", "constraints", "count"),
    [
        ("optional\n\t\t\tInteger n", "n >= 2 & n <= 4", 3),  # at 0 it would break the bounds
        ("optional\n\t\t\tInteger n", "n > -2\n\t1 + 1 > n", 4),
        ("optional\n\t\t\tInteger n", "n => n > 3\n\tn <= 5 & n >= 0", 3),
        ("optional\n\t\t\tInteger n\n\t\t\tb {w 2}", "n == b.w * 2 & n <= 9 & n >= 0", 3),
        ("alternative\n\t\t\tInteger n {constraint n < 3 & n >= 0}\n\t\t\tb", "a", 4),
        ("or\n\t\t\tb cardinality [1..2]\n\t\t\tc", "a", 5),
        ("mandatory\n\t\t\tb cardinality [0..3]", "b | !b", 4),
        ("mandatory\n\t\t\tb cardinality [2..3] {w 4}", "sum(w) < 12", 1),
        ("optional\n\t\t\tb cardinality [3]", "a", 2),
        ("[1..2]\n\t\t\tb cardinality [1..2]\n\t\t\tc\n\t\t\td", "a", 2 + 2 + 2 * 2 + 1),
        ("optional\n\t\t\tString t\n\t\t\tReal r\n\t\t\tInteger i", "t => r", 6),
    ],
)
def test_what_numbers_and_copies_mean(tree: str, constraints: str, count: int) -> None:
    text = f"features\n\ta\n\t\t{tree}\nconstraints\n\t{constraints}\n"
    model = read_uvl(text.encode())
    assert compile_model(model, budget=SMALL).count() == count == len(Oracle(model).designs)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Integer n\nconstraints\n\tn > 3", "line 4: the Integer “n” has no bounds"),
        ("Integer n\nconstraints\n\tn > 3 & n < 99999", "95,... values|99,... values"),
        ("Real n\nconstraints\n\tn > 3 & n < 9", "line 4: .*Real “n”"),
        ("String n\nconstraints\n\tn == 'x'", "line 4: .*String “n”"),
        ("String n\nconstraints\n\tlen(n) < 3", "line 4: .*String “n”"),
        ("b cardinality [1..*]", "line 4: .*any number"),
        ("b cardinality [3..2]", "line 4: .*cannot be met"),
        ("b cardinality [0]", "line 4: .*cannot be met"),
        ("b cardinality [1..99999]", "line 4: .*copies"),
        ("b cardinality [1..2]\n\t\t\t\tor\n\t\t\t\t\tc", "line 4: .*name every copy"),
        ("b cardinality [1..2] {w 1}\nconstraints\n\tavg(w) > 1", "line 6: avg"),
    ],
)
def test_what_has_no_finite_list_is_refused(text: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        read_uvl(f"features\n\ta\n\t\tmandatory\n\t\t\t{text}\n".encode())


@pytest.fixture
def pizzas(tmp_path: Path) -> Path:
    """A model in four files: 7 toppings, 2 doughs, and 3 sizes with or without a crust."""
    (tmp_path / "sub").mkdir()
    files = {
        "pizzas.uvl": "imports\n\ttopping as top\n\tdough\n\tsub.size as size\nfeatures\n\tPizza"
        "\n\t\tmandatory\n\t\t\ttop.Topping\n\t\t\tsize.Size\n\t\t\tdough.Dough {price 1}\n"
        "\t\toptional\n\t\t\tCrust\nconstraints\n\tCrust => size.Big\n"
        "\tsize.Big.price == 5 | !Crust",
        "topping.uvl": "features\n\tTopping\n\t\tor\n\t\t\tSalami\n\t\t\tHam\n\t\t\tOlive",
        "dough.uvl": "features\n\tDough\n\t\talternative\n\t\t\tThin\n\t\t\tThick",
        "sub/size.uvl": "features\n\tSize\n\t\talternative\n\t\t\tNormal {price 3}\n\t\t\tBig"
        " {price 5}\n\t\t\tHuge {price 99}\nconstraints\n\t!(Huge.price > 50)",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_a_model_may_be_in_several_files(pizzas: Path) -> None:
    model = load_model(pizzas / "pizzas.uvl")
    space = compile_model(model, budget=SMALL)
    assert space.count() == 7 * 2 * 3
    assert "top.Salami" in space.numbering.names
    assert space.answer({"size.Big": True}).total == 6
    assert space.explain({}, "size.Huge", True).rules == ("!(Huge.price > 50)",)
    save_model(model, pizzas / "one.uvl")
    assert compile_model(load_model(pizzas / "one.uvl"), budget=SMALL).count() == 7 * 2 * 3


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("dough", "features\n\tDough\n\t\toptional\n\t\t\t3", "line 3: dough.uvl: line 4: a name"),
        ("dough", "features\n\tOther", "line 10: .*not the root"),
        (
            "dough",
            "features\n\tDough\nconstraints\n\tNo",
            "line 4 of dough.uvl: there is no feature",
        ),
        (
            "dough",
            "imports\n\tpizzas\nfeatures\n\tDough\n\t\tor\n\t\t\tpizzas.Pizza",
            "imports itself",
        ),
        ("dough", None, "line 3: dough.uvl: No such file"),
    ],
)
def test_files_that_do_not_fit_are_told(
    pizzas: Path, name: str, text: str | None, words: str
) -> None:
    path = pizzas / f"{name}.uvl"
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(FormatError, match=words):
        load_model(pizzas / "pizzas.uvl")


def test_imports_stay_below_the_folder_of_the_model(pizzas: Path) -> None:
    (pizzas / "sub" / "link.uvl").symlink_to(pizzas / "topping.uvl")
    main = pizzas / "sub" / "main.uvl"
    main.write_text("imports\n\tlink\nfeatures\n\tA\n\t\toptional\n\t\t\tlink.Topping\n")
    with pytest.raises(FormatError, match="line 2: imports stand below"):
        load_model(main)
    with pytest.raises(FormatError, match="line 2: imports are read beside a file"):
        read_uvl(main.read_bytes())


def test_every_file_of_numbers_survives_a_round_trip(tmp_path: Path) -> None:
    model = read_uvl(BIKE.encode())
    for name in ("bike.yaml", "bike.uvl"):
        save_model(model, tmp_path / name)
        again: Model = load_model(tmp_path / name)
        assert compile_model(again, budget=SMALL).count() == BIKES
