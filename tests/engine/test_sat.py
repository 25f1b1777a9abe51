"""The fallback by search answers as enumeration does, and says what it cannot know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import ContradictionError, Model, UnavailableError, Variable
from configurator.engine.sat.space import SatSpace
from tests.engine.oracle import Oracle, choices, examples, models
from tests.engine.test_space import check_conflict
from tests.engine.test_why import check_explanation


@examples(60)
@given(st.data())
def test_domains_reasons_and_repairs_equal_enumeration(data: st.DataObject) -> None:
    model = data.draw(models())
    chosen = data.draw(choices(model))
    oracle = Oracle(model)
    if not oracle.designs:
        with pytest.raises(ContradictionError):
            SatSpace(model)
        return
    space = SatSpace(model)
    answer = space.answer(chosen)
    for variable in model.variables:
        others = oracle.keeping(chosen, without=variable.name)
        for value in variable.values:
            having = any(design[variable.name] == value for design in others)
            assert answer.possible[variable.name][value] == having
            check_conflict(space, oracle, chosen, variable.name, value)
            check_repairs(space, oracle, chosen, variable.name, value)
    check_explanation(space, model, chosen, variable.name, value)


def check_repairs(space, oracle, chosen, name, value) -> None:  # type: ignore[no-untyped-def]
    others = {option: kept for option, kept in chosen.items() if option != name}
    expected = {
        tuple((o, design[o]) for o, kept in others.items() if design[o] != kept)
        for design in oracle.keeping({name: value})
    }
    found = space.repairs(chosen, name, value, limit=4)
    assert [repair.count for repair in found] == sorted(map(len, expected))[:4]
    listed = {tuple(repair.changes.items()) for repair in found}
    assert len(listed) == len(found)
    assert listed <= expected


@examples(30)
@given(st.data())
def test_completions_equal_enumeration(data: st.DataObject) -> None:
    model = data.draw(models())
    chosen, wished = data.draw(choices(model, 2)), data.draw(choices(model))
    oracle = Oracle(model)
    keeping = oracle.keeping(chosen)
    if not keeping:
        return
    space = SatSpace(model)
    found = space.complete(chosen, prefer=wished)
    assert found in keeping

    def changed(design: dict) -> int:  # type: ignore[type-arg]
        return sum(design[name] != value for name, value in wished.items())

    assert changed(found) == min(map(changed, keeping))
    assert space.random(3, chosen) in keeping
    assert space.term_amounts(found) == oracle.term_amounts(found)
    if all(term.kind == "sum" for term in model.terms):
        fastest = space.complete(chosen, by="fastest")
        assert oracle.days(fastest) == min(map(oracle.days, keeping))


def test_it_says_what_it_cannot_know() -> None:
    space = SatSpace(Model((Variable("a", ("x", "y")),)))
    answer = space.answer({})
    assert answer.total is None
    assert answer.totals == {"a": {"x": None, "y": None}}
    with pytest.raises(UnavailableError, match="count"):
        _ = answer.count
    with pytest.raises(UnavailableError, match="budget"):
        space.answer({}, budget=3)
