"""The compiled space against brute force on small random models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import ContradictionError, Model, Space, Value, compile_model, scratch
from configurator.engine.compile import contract
from configurator.engine.model import Budget
from configurator.engine.sat.space import SatSpace
from tests.engine.oracle import Design, Oracle, choices, examples, models

SMALL = Budget(nodes=20_000)
TEXTS = st.sampled_from(({}, {"note": "x"}, {"note": "Zażółć"}))


@pytest.fixture(scope="module", autouse=True)
def _as_for_large_models() -> Iterator[None]:
    """Join nodes and use buffers, which small models are not worth."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contract, "ROUND", 0)
        patch.setattr(contract, "LEVEL", 1_000_000)
        patch.setattr(scratch, "SMALL", 1)
        yield


def compiled(model: Model, oracle: Oracle) -> Space | None:
    """The space, or None for a contradiction that really is one."""
    if oracle.designs:
        return compile_model(model, budget=SMALL)
    with pytest.raises(ContradictionError) as caught:
        compile_model(model, budget=SMALL)
    named = set(caught.value.rules)
    kept = tuple(rule for rule in model.rules if rule.name in named)
    assert not Oracle(Model(model.variables, kept)).designs
    for dropped in kept:
        fewer = tuple(rule for rule in kept if rule is not dropped)
        assert Oracle(Model(model.variables, fewer)).designs
    return None


@examples(40)
@given(st.data())
def test_answers_equal_enumeration(data: st.DataObject) -> None:
    model = data.draw(models())
    texts = data.draw(TEXTS)
    chosen = data.draw(choices(model))
    oracle = Oracle(model, texts)
    space = compiled(model, oracle)
    if space is None:
        return
    answer = space.answer(chosen, texts)
    keeping = oracle.keeping(chosen)
    assert answer.count == space.count(chosen) == len(keeping)
    assert space.is_valid(chosen) == bool(keeping)
    assert answer.total == min(map(oracle.total, keeping), default=None)
    assert answer.days == min(map(oracle.days, keeping), default=None)
    for variable in model.variables:
        others = oracle.keeping(chosen, without=variable.name)
        for value in variable.values:
            having = [design for design in others if design[variable.name] == value]
            assert answer.possible[variable.name][value] == bool(having)
            cheapest = min(map(oracle.total, having), default=None)
            assert answer.totals[variable.name][value] == cheapest
            fastest = min(map(oracle.days, having), default=None)
            assert answer.days_by_value[variable.name][value] == fastest
    if keeping:
        assert oracle.total(answer.completion) == answer.total
        assert answer.completion in keeping
    else:
        assert answer.completion == {}


@examples(24)
@given(st.data())
def test_completion_random_conflict_and_terms_equal_enumeration(data: st.DataObject) -> None:
    model = data.draw(models())
    texts = data.draw(TEXTS)
    chosen, wished = data.draw(choices(model, 2)), data.draw(choices(model))
    oracle = Oracle(model, texts)
    space = compiled(model, oracle)
    if space is None:
        return
    keeping = oracle.keeping(chosen)
    if keeping:
        found = space.complete(chosen, prefer=wished, texts=texts)

        def rank(design: Design) -> tuple[int, int]:
            changed = sum(design[name] != value for name, value in wished.items())
            return changed, oracle.total(design)

        assert found in keeping
        assert rank(found) == min(map(rank, keeping))
        assert space.term_amounts(found, texts) == oracle.term_amounts(found)
        assert space.random(data.draw(st.integers(0, 9)), chosen) in keeping
    for variable in model.variables:
        for value in variable.values:
            check_conflict(space, oracle, chosen, variable.name, value)


def check_conflict(
    space: Space | SatSpace, oracle: Oracle, chosen: Design, name: str, value: Value
) -> None:
    members = space.conflict(chosen, name, value)

    def exists(kept: Design) -> bool:
        return bool(oracle.keeping({**kept, name: value}))

    others = {option: kept for option, kept in chosen.items() if option != name}
    if exists(others) or not exists({}):
        assert members == ()
        return
    guilty = {option: others[option] for option in members}
    assert not exists(guilty)
    for option in members:
        assert exists({other: kept for other, kept in guilty.items() if other != option})


@examples(16)
@given(st.data())
def test_a_walk_through_offered_values_never_meets_a_dead_end(data: st.DataObject) -> None:
    model = data.draw(models(terms=False))
    oracle = Oracle(model)
    space = compiled(model, oracle)
    if space is None:
        return
    chosen: Design = {}
    for name in data.draw(st.permutations([variable.name for variable in model.variables])):
        offered = [v for v, ok in space.answer(chosen).possible[name].items() if ok]
        assert offered
        chosen[name] = data.draw(st.sampled_from(offered))
    assert oracle.valid(chosen)
