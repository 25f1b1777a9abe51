"""The best design for weighted wishes, and designs drawn at random: against brute force."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import Model, ModelError, Rule, Term, Variable, compile_model
from configurator.engine.drawing import draw
from configurator.engine.model import Value
from configurator.engine.wishes import Met, Wishes
from tests.engine.oracle import Design, Oracle, choices, examples, models
from tests.engine.test_space import TEXTS, compiled

BUDGETS = st.none() | st.integers(-500, 3000)
DEADLINES = st.none() | st.integers(0, 8)


@st.composite
def wishes(drawn: st.DrawFn, model: Model) -> dict[str, dict[Value, int]]:
    return {
        variable.name: {value: drawn(st.integers(-4, 5)) for value in variable.values}
        for variable in model.variables
        if drawn(st.booleans())
    }


def within(
    oracle: Oracle, chosen: Design, budget: int | None, deadline: int | None
) -> list[Design]:
    return [
        design
        for design in oracle.keeping(chosen)
        if (budget is None or oracle.total(design) <= budget)
        and (deadline is None or oracle.days(design) <= deadline)
    ]


@examples(80)
@given(st.data())
def test_nothing_meets_more_wishes_and_nothing_cheaper_meets_as_many(data: st.DataObject) -> None:
    model, texts = data.draw(models()), data.draw(TEXTS)
    wished, chosen = data.draw(wishes(model)), data.draw(choices(model, 2))
    budget, deadline = data.draw(BUDGETS), data.draw(DEADLINES)
    oracle = Oracle(model, texts)
    space = compiled(model, oracle)
    if space is None:
        return

    def met(design: Design) -> int:
        return sum(values.get(design[name], 0) for name, values in wished.items())

    found = Wishes(space, wished, chosen, texts, budget=budget, deadline=deadline)
    costs: dict[int, int] = {}
    for design in within(oracle, chosen, budget, deadline):
        costs[met(design)] = min(costs.get(met(design), 10**9), oracle.total(design))
    front: list[Met] = []
    for points in sorted(costs, reverse=True):
        if not front or costs[points] < front[-1].total:
            front.append(Met(points, costs[points]))
    assert list(found.front) == front
    for each in front:
        design = found.design(each)
        assert design in within(oracle, chosen, budget, deadline)
        assert (met(design), oracle.total(design)) == (each.points, each.total)


@examples(60)
@given(st.data())
def test_what_is_drawn_keeps_choices_budget_and_deadline(data: st.DataObject) -> None:
    model, texts = data.draw(models()), data.draw(TEXTS)
    chosen = data.draw(choices(model, 2))
    budget, deadline = data.draw(BUDGETS), data.draw(DEADLINES)
    oracle = Oracle(model, texts)
    space = compiled(model, oracle)
    if space is None:
        return
    able = within(oracle, chosen, budget, deadline)
    for seed in range(3):
        if able:
            drawn = draw(space, seed, chosen, texts, budget=budget, deadline=deadline)
            assert drawn in able
        else:
            with pytest.raises(ModelError):
                draw(space, seed, chosen, texts, budget=budget, deadline=deadline)


def test_every_design_is_drawn_equally_often() -> None:
    model = Model(
        (
            Variable("a", ("x", "y", "z"), attributes={"price": {"z": 9}}),
            Variable("b", ("x", "y")),
            Variable("c", (False, True), "toggle"),
        ),
        (Rule("r", "a = x requires b = y"),),
        (Term("parts", "a.price"),),
    )
    space = compile_model(model)
    times = Counter(tuple(draw(space, seed, {}, budget=500).values()) for seed in range(1200))
    assert len(times) == 6  # of 12: without z, and x only with y
    assert min(times.values()) > 140
    assert len({tuple(draw(space, seed, {}).values()) for seed in range(200)}) == 10
