"""Files of models: what is read, what is written, what is refused."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import FormatError, Model, Rule, Variable, compile_model
from configurator.engine.formats import load_model, save_model
from configurator.engine.formats.dimacs import read_dimacs
from configurator.engine.formats.uvl import read_uvl
from configurator.engine.formats.uvl_write import write_uvl
from configurator.engine.formats.xcsp import read_xcsp
from configurator.engine.formats.xcsp_write import write_xcsp
from configurator.engine.formats.yaml import read_yaml, write_yaml
from tests.engine.oracle import Oracle, examples, models
from tests.engine.test_space import SMALL

PIZZA = b"""namespace Pizza
include
\tArithmetic.*
features
\tPizza {City 'Omashu', abstract}
\t\tmandatory
\t\t\tBase {Price 2.0}
\t\t\tSauce
\t\t\t\talternative
\t\t\t\t\tTomato {Price 0.8}
\t\t\t\t\t"Creme Fraiche" {Price 1.1, constraint !Onion}
\t\toptional
\t\t\tCheese // the best part
\t\t\t\tor
\t\t\t\t\tMozarella {Price 0.4}
\t\t\t\t\tCheddar {Price 0.6}
\t\t\tToppings
\t\t\t\t[1..3]
\t\t\t\t\tMushrooms {Price 0.5}
\t\t\t\t\tOnion {Price 0.3}
\t\t\t\t\tOlive {Price 0.3}
\t\t\t\t\tPineapple {Price 0.8}
constraints
\tCheddar => !"Creme Fraiche"
\tsum(Price) < 4 & (Olive | !Pineapple)
"""


def test_a_feature_model_has_the_products_that_enumeration_finds() -> None:
    model = read_uvl(PIZZA)
    oracle = Oracle(model)
    space = compile_model(model, budget=SMALL)
    assert space.count() == len(oracle.designs) > 10
    assert space.answer({}).total == min(map(oracle.total, oracle.designs)) == 280
    fewer = {"Pizza": True, "Toppings": True, "Onion": True, "Tomato": False}
    assert not space.is_valid(fewer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"features\n\ta\n\t\toptional\n\t\t\tb\nconstraints\n\tc => a\n", "no feature “c”"),
        (b"features\n\ta\n\t\toptional\n\t\t\ta\n", "already on line 2"),
        (b"features\n\ta {b [1, 2}\n", "not closed"),
        (b"features\n\ta {b [1, 2}]\n", "expected"),
        (b"features\n\ta\n\t\t[3..2]\n\t\t\tb\n", "cannot be met"),
        (b"features\n\ta\n\t\toptional\n\t\t\tb\n      c\n", "indentation"),
        (b"constraints\n\ta\n", "features"),
        (b"features\n\ta\nconstraints\n\t" + b"(" * 5000 + b"a\n", "bracket"),
        (b"features\n\ta\nconstraints\n\t" + b"(" * 500 + b"a" + b")" * 500, "nested"),
        (b"\xff\xfe", "UTF-8"),
        (b"features\n\ta {Price " + b"9" * 5000 + b"}\n", "line 2: .* more than 40 digits"),
        (b"features\n\ta {p 1}\nconstraints\n\ta.p < " + b"9" * 5000, "line 4: .* digits"),
        (b"features\n\ta {t 'x'}\nconstraints\n\ta.t < 'y'\n", "line 4: texts"),
        (b"features\n\ta {t 'x', p 1}\nconstraints\n\ta.t == a.p\n", "line 4: a text"),
    ],
)
def test_bad_feature_models_are_refused_with_a_reason(text: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        read_uvl(text)


@pytest.mark.parametrize(
    ("constraint", "count"),
    [
        ("b.city == c.city", 1),
        ("b.city != c.city", 3),
        ("!(b.city == d.city)", 4),
        ("'x' == b.city", 2),
        ("b => b.city != 'x'", 2),
        ("'x' == 'x'", 4),
        ("b.weight / c.weight >= 2", 1),
        ("!(b.weight / c.weight >= 2)", 3),
        ("c => b.weight / c.weight >= 0.5 * 4", 3),
    ],
)
def test_attributes_are_compared_where_their_features_are_chosen(
    constraint: str, count: int
) -> None:
    text = (
        "features\n\ta\n\t\tmandatory\n\t\t\td cardinality [1] {city 'y'}\n\t\toptional\n"
        "\t\t\tb {city 'x', weight 4}\n\t\t\tc {city 'x', weight 2}\nconstraints\n\t"
    )
    model = read_uvl((text + constraint).encode())
    assert compile_model(model, budget=SMALL).count() == count


def test_dimacs_names_and_counts() -> None:
    model = read_dimacs(b"c 1 door\nc 2 left side\np cnf 3 2\n1 -2 0\n2 3\n0\n")
    assert [variable.name for variable in model.variables] == ["door", "left side", "3"]
    assert compile_model(model, budget=SMALL).count() == 4


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"1 2 0\n",
        b"p cnf 2 1\n1 3 0\n",
        b"p cnf 2 1\n1 x 0\n",
        b"p cnf 2 1\n1 2\n",
        b"p cnf 2 2\n1 2 0\n",
        b"p cnf 99999999999 1\n1 0\n",
        b"p sat 2 1\n",
    ],
)
def test_bad_dimacs_is_refused(text: bytes) -> None:
    with pytest.raises(FormatError):
        read_dimacs(text)


XML = """<instance><domains><domain name="d" nbValues="3">1..3</domain></domains>
<variables><variable name="x" domain="d"/><variable name="y" domain="d"/></variables>
<relations><relation name="r" arity="2" nbTuples="3" semantics="{}">1 1|2 2|3 3</relation>
</relations><constraints><constraint name="c" arity="2" scope="y x" reference="{}"/></constraints>
</instance>"""


def test_xcsp_supports_and_conflicts() -> None:
    assert compile_model(read_xcsp(XML.format("supports", "r").encode()), budget=SMALL).count() == 3
    found = read_xcsp(XML.format("conflicts", "r").encode())
    assert compile_model(found, budget=SMALL).count() == 6
    outside = XML.format("supports", "r").replace("2 2", "2 9|02 2")
    assert compile_model(read_xcsp(outside.encode()), budget=SMALL).count() == 3


DOUBLED = '<relation name="r" arity="2" semantics="conflicts">1 1</relation>'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (XML.format("supports", "q"), "not a relation"),
        (XML.format("maybe", "r"), "semantics"),
        (XML.format("supports", "r").replace('scope="y x"', 'scope="y z"'), "unknown variable"),
        (XML.format("supports", "r").replace("2 2", "2 x"), "not a tuple"),
        (XML.format("supports", "r").replace("2 2", "2 2 2"), "3 values"),
        (XML.format("supports", "r").replace('domain="d"', 'domain="e"'), "unknown domain"),
        (XML.format("supports", "r").replace("1..3", ""), "no values"),
        (XML.format("supports", "r").replace("1..3", "1..999999999"), "more than"),
        (XML.format("supports", "r")[:200], "well-formed"),
        (XML.format("supports", "r").replace("1..3", "1_0"), "has the value"),
        (XML.format("supports", "r").replace("<relations>", "<relations>" + DOUBLED), "twice"),
        ("<a/>", "instance"),
        ('<?xml version="1.0" encoding="klingon"?><instance/>', "klingon"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><instance>&b;</instance>', "entities"),
    ],
)
def test_bad_xcsp_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        read_xcsp(text.encode())


def test_dimacs_ends_at_a_percent_sign_as_in_satlib() -> None:
    assert len(read_dimacs(b"p cnf 3 1\n1 -2 0\n%\n0\n\n").rules) == 1
    with pytest.raises(FormatError, match="announces 2"):
        read_dimacs(b"p cnf 3 2\n1 -2 0\n%\n0\n")
    for text in (b"p cnf 20 1\n1_0 0\n", "p cnf ² 1\n1 0\n".encode()):
        with pytest.raises(FormatError, match="line"):
            read_dimacs(text)


@examples(16)
@given(st.data())
def test_yaml_keeps_the_model(data: st.DataObject) -> None:
    model = data.draw(models())
    assert read_yaml(write_yaml(model)) == model


@examples(12)
@given(st.data())
def test_uvl_keeps_the_number_of_products(data: st.DataObject) -> None:
    model = data.draw(models(terms=False))
    oracle = Oracle(model)
    if not oracle.designs:
        return
    again = read_uvl(write_uvl(model))
    assert compile_model(again, budget=SMALL).count() == len(oracle.designs)


@examples(12)
@given(st.data())
def test_xcsp_keeps_the_number_of_products(data: st.DataObject) -> None:
    model = data.draw(models(terms=False))
    oracle = Oracle(model)
    if not oracle.designs:
        return
    again = read_xcsp(write_xcsp(model))
    assert compile_model(again, budget=SMALL).count() == len(oracle.designs)


def test_xcsp_tells_what_its_numbers_stand_for() -> None:
    wood = Variable("a wood", ("oak--x", "pine-"))
    width = Variable("width", (300, 600), "number")
    model = Model(
        (wood, width), (Rule("r", "width = 300 or width = 600"), Rule("s", "width > 300"))
    )
    text = write_xcsp(model).decode()
    assert "<!-- a_wood: 0 = oak- -x, 1 = pine- -->" in text
    assert '<domain name="D_width" nbValues="2">300 600</domain>' in text
    assert 'nbConstraints="1"' in text  # what always holds is left out
    assert [v.values for v in read_xcsp(text.encode()).variables] == [("0", "1"), ("300", "600")]


def test_xcsp_refuses_a_rule_with_too_many_combinations() -> None:
    wide = tuple(Variable(name, tuple(range(100)), "number") for name in "abc")
    with pytest.raises(FormatError, match="the rule “r” has too many combinations of “a”, “b”"):
        write_xcsp(Model(wide, (Rule("r", "a + b < c"),)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"[1, 2]", "mapping"),
        (b"variables: []", "no variables"),
        (b"variables: 3", "list of entries"),
        (b"nonsense: 1", "nonsense"),
        (b"variables: [{name: a, values: []}]", "no values"),
        (b"variables: [{name: a, values: [x]}, {name: a, values: [x]}]", "twice"),
        (b"variables: [{name: a, kind: odd, values: [x]}]", "kind"),
        (b"a: &a [x]\nb: [*a, *a]", "alias"),
        (b"a: " + b"[" * 100_000, "nested"),
        (b"a: b: c", "not YAML"),
        (b"variables:\n- {name: a, name: b, values: [x]}", "line 2: the key “name” is there twice"),
        (b"variables: [{name: a, kind: number, values: [1.0e+999999999]}]", "40 digits"),
        (b"variables: [{name: a, kind: number, values: [1.0e-999]}]", "40 digits"),
        (b"variables: [{name: a, kind: number, values: [" + b"9" * 5000 + b"]}]", "40 digits"),
        (b"variables: [{name: a, kind: number, minimum: 1, maximum: x}]", "needs numbers"),
        (b"variables: [{name: a, kind: number, minimum: 3, maximum: 1}]", "no sensible range"),
        (b"variables: [{name: a, kind: number, minimum: 1}]", "needs numbers"),
        (
            b"variables:\n- {name: a, values: [x]} #" + b"." * 1_000_001,
            "line 2 has 1,000,0",
        ),
        (b"steps: [{code: a}]", "not a complete product"),
    ],
)
def test_bad_yaml_is_refused_with_a_reason(text: bytes, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        read_yaml(text)


def test_numbers_may_be_a_range_with_a_step() -> None:
    text = b"variables: [{name: a, kind: number, unit: mm, minimum: -1, maximum: 1.2, step: 0.5}]"
    assert read_yaml(text).variables[0].values == (-1, Decimal("-0.5"), 0, Decimal("0.5"), 1)
    text = b"variables: [{name: a, kind: number, minimum: 1, maximum: 3}]"
    assert read_yaml(text).variables[0].values == (1, 2, 3)


def test_files_are_known_by_their_suffix(tmp_path: Path) -> None:
    model = Model((Variable("a", ("x", "y")),))
    save_model(model, tmp_path / "model.yaml")
    assert load_model(tmp_path / "model.yaml") == model
    for name in ("model.txt", "missing.yaml"):
        with pytest.raises(FormatError):
            load_model(tmp_path / name)
    with pytest.raises(FormatError):
        save_model(model, tmp_path / "model.cnf")


def test_only_plain_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for name, words in (("pipe.yaml", "no plain file"), ("folder.yaml", "a directory")):
        with pytest.raises(FormatError, match=f"{name}: this is {words}"):
            load_model(tmp_path / name)


def test_the_demo_products_are_models() -> None:
    folder = Path(__file__).resolve().parents[2] / "configurator" / "catalog" / "demo"
    paths = sorted(folder.glob("*/product.yaml"))
    for path in paths:
        assert len(load_model(path).variables) > 5
