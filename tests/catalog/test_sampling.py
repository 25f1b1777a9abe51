"""Sampled designs show every pair of values that can be had together."""

from itertools import combinations, product

import pytest

from configurator.catalog.sampling import covering
from configurator.engine import Model, Rule, Value, Variable, compile_model
from configurator.engine.sat.space import SatSpace

VARIABLES = (
    Variable("color", ("red", "green", "blue")),
    Variable("size", (1, 2, 3, 4), "number"),
    Variable("lid", (False, True), "toggle"),
    Variable("metal", ("brass", "steel")),
)
RULES = (
    Rule("no-red-lid", "lid excludes color = red"),
    Rule("small-is-steel", "size = 1 requires metal = steel"),
    Rule("brass-or-blue", "metal = brass or color = blue or size < 3"),
)


def designs() -> list[dict[str, Value]]:
    """Every valid design, by trying all."""
    names = [each.name for each in VARIABLES]
    space = compile_model(Model(VARIABLES, RULES))
    rows = product(*(each.values for each in VARIABLES))
    return [d for row in rows if space.is_valid(d := dict(zip(names, row, strict=True)))]


def pairs(found: list[dict[str, Value]]) -> set[object]:
    return {
        frozenset((name, type(value), value) for name, value in pair)
        for design in found
        for pair in combinations(design.items(), 2)
    }


@pytest.mark.parametrize("searched", [False, True])
def test_every_possible_pair_is_covered_by_valid_designs(searched: bool) -> None:
    model = Model(VARIABLES, RULES)
    space = SatSpace(model) if searched else compile_model(model)
    every = designs()
    sample = covering(space)
    assert all(dict(design) in every for design in sample.designs)
    assert pairs(list(sample.designs)) == pairs(every)
    assert sample.covered == sample.pairs == len(pairs(every))
    assert len(sample.designs) < len(every)


def test_every_value_alone_takes_fewer() -> None:
    sample = covering(compile_model(Model(VARIABLES, RULES)), strength=1)
    assert len(sample.designs) <= 5
    values = {(name, value) for design in sample.designs for name, value in design.items()}
    assert values == {(name, value) for each in designs() for name, value in each.items()}


def test_a_limit_is_kept_and_told() -> None:
    sample = covering(compile_model(Model(VARIABLES, RULES)), most=2)
    assert len(sample.designs) == 2
    assert 0 < sample.covered < sample.pairs


def test_of_many_numbers_some_are_taken() -> None:
    model = Model(
        (Variable("n", tuple(range(1000)), "number"), Variable("lid", (False, True), "toggle"))
    )
    sample = covering(compile_model(model))
    numbers = {design["n"] for design in sample.designs}
    assert {0, 999} <= numbers
    assert len(numbers) == 8
