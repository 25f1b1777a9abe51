"""Formulas of pictures compute what the engine says exactly, and say so when they cannot."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import Schema, Variable, parse
from configurator.wizard.preview.formulas import Formulas

SCHEMA = Schema(
    (
        Variable("wood", ("oak", "ash"), attributes={"shade": {"oak": 3}}),
        Variable("doors", (False, True), "toggle"),
        Variable("width", (400, 450, 1200, "none"), "number", "mm"),
    ),
    ["words"],
)
OWN = ("x", "y")

values = st.fixed_dictionaries(
    {
        "wood": st.sampled_from(("oak", "ash")),
        "doors": st.booleans(),
        "width": st.sampled_from((400, 450, 1200, "none")),
        "words": st.text(max_size=5),
        "x": st.integers(-4, 9),
        "y": st.integers(1, 9),
    }
)
leaves = st.sampled_from(("x", "y", "width", "wood.shade", "len(words)", "2", "0.5", "-3"))


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    tests = st.one_of(
        two.flatmap(
            lambda pair: st.sampled_from(("<", "<=", "=", "!=", ">", ">=")).map(
                lambda sign: f"{pair[0]} {sign} {pair[1]}"
            )
        ),
        st.sampled_from(("doors", "wood = oak", "wood in {oak, ash} and not doors")),
    )
    return st.one_of(
        two.map(lambda pair: f"({pair[0]} + {pair[1]} - 1)"),
        two.map(lambda pair: f"({pair[0]} * {pair[1]})"),
        inner.map(lambda one: f"({one} / y)"),
        two.map(lambda pair: f"max({pair[0]}, min(3, {pair[1]}))"),
        inner.map(lambda one: f"abs({one})"),
        st.tuples(tests, tests, inner, inner).map(
            lambda four: f"(if ({four[0]}) or ({four[1]}) then {four[2]} else {four[3]})"
        ),
        st.tuples(tests, tests).map(lambda pair: f"count({pair[0]}, {pair[1]})"),
    )


numbers = st.recursive(leaves, _grown, max_leaves=8)


def _exactly(text: str, given: dict[str, Any]) -> float:
    own = Schema(SCHEMA.variables, SCHEMA.texts, {**SCHEMA.names, "x": int, "y": int})
    exact = parse(text, own, want="number").evaluate(given)
    assert isinstance(exact, Fraction | int)
    return float(exact)


@given(text=numbers, given=values)
def test_a_formula_computes_what_the_engine_computes(text: str, given: dict[str, Any]) -> None:
    assert Formulas(SCHEMA, OWN).number(text)(given) == pytest.approx(_exactly(text, given))


def test_long_sums_and_products_are_computed_as_short_ones() -> None:
    formulas = Formulas(SCHEMA, OWN)
    assert formulas.number(" + ".join(["x"] * 400))({"x": 2}) == 800
    assert formulas.number(" * ".join(["x"] * 30))({"x": 2}) == 2**30


def test_many_numbers_at_once_are_those_one_by_one() -> None:
    together = Formulas(SCHEMA, OWN).together([[["x", 1], [2.5, "y * 2"]], "x / y", []])
    assert together({"x": 3, "y": 4}) == (((3, 1), (2.5, 8)), 0.75, ())


def test_what_has_no_value_cannot_be_computed() -> None:
    formulas = Formulas(SCHEMA, OWN)
    with pytest.raises(KeyError):
        formulas.number("x + 1")({})
    with pytest.raises(ArithmeticError):
        formulas.number("1 / x")({"x": 0})


@pytest.mark.parametrize("text", ["<", "<=", "=", "!=", ">", ">="])
@pytest.mark.parametrize(("x", "y"), [(2, 2), (2, 3), (3, 2)])
def test_equal_numbers_are_told_from_greater_ones(text: str, x: int, y: int) -> None:
    values = {"x": x, "y": y}
    written = f"if x {text} y then 1 else 0"
    assert Formulas(SCHEMA, OWN).number(written)(values) == _exactly(written, values)


def test_what_does_not_apply_counts_nothing_and_equals_nothing() -> None:
    formulas, none = Formulas(SCHEMA, OWN), {"width": "none"}
    assert formulas.number("width + 2")(none) == 2
    assert formulas.number("if width = 0 then 1 else 0")(none) == 0
