"""Tables whose cells stand for several values mean what writing them out by hand would."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import Model, Rule, Table, Variable, cells, compile_model
from tests.engine.oracle import Oracle, examples

HEIGHT = Variable("height", ("none", *range(-2, 4)), "number", "mm")
WOOD = Variable("wood", ("none", "oak", "a-b", "3"))
LID = Variable("lid", (False, True), "toggle")
VARIABLES = (HEIGHT, WOOD, LID)

number = st.integers(-3, 5)
ranges = st.one_of(
    st.tuples(number, st.sampled_from(["..", " – ", "-"]), number).map(
        lambda each: (f"{each[0]}{each[1]}{each[2]}", set(range(each[0], each[2] + 1)))
    ),
    st.tuples(st.sampled_from([">=", "<", "≤", ">"]), number).map(
        lambda each: (
            f"{each[0]} {each[1]} mm",
            {n for n in range(-2, 4) if cells.TESTS[cells.SIGNS.get(each[0], each[0])](n, each[1])},  # type: ignore[arg-type]
        )
    ),
).filter(lambda each: each[1] & set(HEIGHT.values))


def single(variable: Variable) -> st.SearchStrategy[tuple[str, set[Any]]]:
    return st.sampled_from(variable.values).map(
        lambda value: (
            ("yes" if value else "no")
            if value in (True, False) and variable is LID
            else str(value),
            {value},
        )
    )


def cell(variable: Variable) -> st.SearchStrategy[tuple[Any, set[Any]]]:
    """A cell, and the values that it stands for."""
    one = single(variable) if variable is not HEIGHT else st.one_of(single(variable), ranges)
    several = st.lists(one, min_size=2, max_size=3).map(
        lambda parts: (" | ".join(text for text, _v in parts), set().union(*(v for _t, v in parts)))
    )
    plain = st.sampled_from(variable.values).map(lambda value: (value, {value}))
    some = [plain, st.just(("*", set(variable.values))), several]
    return st.one_of(*some, *([ranges] if variable is HEIGHT else []))


rows = st.lists(st.tuples(*(cell(variable) for variable in VARIABLES)), min_size=1, max_size=5)


@pytest.mark.parametrize("written_out", [cells.WRITTEN_OUT, 0])
@examples(40)
@given(rows=rows, allowed=st.booleans())
def test_a_table_means_what_writing_it_out_would(
    written_out: int, rows: Any, allowed: bool
) -> None:
    designs = set(product(*(variable.values for variable in VARIABLES)))
    inside = [
        [values & set(v.values) for (_t, values), v in zip(row, VARIABLES, strict=True)]
        for row in rows
    ]
    named = {combination for row in inside for combination in product(*row)}
    expected = named if allowed else designs - named
    texts = [[text for text, _values in row] for row in rows]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "WRITTEN_OUT", written_out)
        rule = cells.table("it", texts, VARIABLES, allowed)
    if not cells.is_written_out(texts, VARIABLES):
        assert isinstance(rule, Rule) == (not written_out and bool(named))
    found = {tuple(design.values()) for design in Oracle(Model(VARIABLES, (rule,))).designs}
    assert found == expected


def test_many_combinations_in_few_rows_are_not_written_out() -> None:
    wide = [Variable(name, tuple(range(2_000)), "number") for name in ("a", "b")]
    rule = cells.table("it", [["10..1000", ">= 1500"], ["< 5", "*"]], wide, True)
    assert isinstance(rule, Rule)
    space = compile_model(Model(tuple(wide), (rule,)))
    assert space.count() == 991 * 500 + 5 * 2_000


def test_what_is_too_large_is_known_beforehand() -> None:
    wide = [Variable(name, tuple(range(2_000)), "number") for name in ("a", "b")]
    lines = [[f">= {n}", "*"] for n in range(401)]
    assert cells.is_too_large(lines[:400], wide) == 0
    assert cells.is_too_large(lines, wide) == sum(2_000 - n for n in range(401)) * 2_000
    assert cells.is_too_large([[1, 2]] * 1_000, wide) == 0


@pytest.mark.parametrize(
    ("said", "variable", "reason"),
    [
        ("4..2", HEIGHT, "No value of “height” is in it"),
        ("> 9", HEIGHT, "No value"),
        ("1..x", HEIGHT, "“1..x” is not a value of “height”"),
        ("oak | ash", WOOD, "“wood” has no value “ash”"),
        ("1..2", WOOD, "has no value"),
        (True, HEIGHT, "is not a value"),
    ],
)
def test_cells_that_mean_nothing_are_refused(said: Any, variable: Variable, reason: str) -> None:
    with pytest.raises(cells.CellError, match=reason):
        cells.meant(said, variable)


def test_a_name_that_looks_like_a_range_is_a_name() -> None:
    named = Variable("size", ("10-20", "*", "any"))
    for value in named.values:
        assert cells.meant(value, named) == (value,)
    rule = cells.table("it", [["10-20"], ["*"]], [named], True)
    assert rule == Table("it", ("size",), (("10-20",), ("*",)))
