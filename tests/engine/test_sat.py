"""The fallback by search answers as enumeration does, and says what it cannot know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import (
    ArtifactError,
    BudgetError,
    ContradictionError,
    Model,
    Rule,
    Space,
    Term,
    UnavailableError,
    Variable,
)
from configurator.engine.artifact import load
from configurator.engine.sat import prover
from configurator.engine.sat.space import SatSpace
from tests.engine.oracle import Oracle, choices, examples, models
from tests.engine.test_space import check_conflict
from tests.engine.test_why import check_explanation


@examples(24)
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


@examples(12)
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


@examples(16)
@given(st.data())
def test_days_and_deadlines_equal_enumeration(data: st.DataObject) -> None:
    model = data.draw(models())
    model = replace(model, terms=tuple(term for term in model.terms if term.kind == "sum"))
    chosen, deadline = data.draw(choices(model, 2)), data.draw(st.integers(0, 6))
    oracle = Oracle(model)
    if not oracle.designs:
        return
    space = SatSpace(model)
    answer = space.answer(chosen, deadline=deadline)
    if not oracle.keeping(chosen):
        return
    timely = [design for design in oracle.keeping(chosen) if oracle.days(design) <= deadline]
    assert bool(answer.completion) == bool(timely)
    assert not timely or answer.completion in timely
    assert answer.days == min(map(oracle.days, oracle.keeping(chosen)))
    for variable in model.variables:
        others = oracle.keeping(chosen, without=variable.name)
        for value in variable.values:
            days = [oracle.days(design) for design in others if design[variable.name] == value]
            assert answer.possible[variable.name][value] == any(d <= deadline for d in days)
            assert answer.days_by_value[variable.name][value] == min(days, default=None)


@examples(12)
@given(st.data())
def test_a_loaded_space_gives_the_same_answers_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    model = data.draw(models())
    if not Oracle(model).designs:
        return
    space = SatSpace(model)
    space.note = {"why": "zażółć"}
    path = tmp_path_factory.mktemp("spaces") / "a.space"
    space.save(path)
    again = load(path)
    assert isinstance(again, SatSpace)
    assert (again.model, again.note) == (model, space.note)
    with pytest.raises(ArtifactError, match="searched"):
        Space.load(path)
    asked = [data.draw(choices(model, 2)) for _ in range(3)]
    told = [(c, space.answer(c).completion, space.random(7)) for c in asked]
    for chosen, completion, drawn in reversed(told):
        again.answer({}).completion  # noqa: B018 (another history)
        answer = again.answer(chosen)
        assert (answer.completion, again.random(7)) == (completion, drawn)
        assert dict(answer.possible) == dict(space.answer(chosen).possible)
        wished = data.draw(choices(model))
        if completion:
            assert again.complete(chosen, prefer=wished) == space.complete(chosen, prefer=wished)


def test_the_first_completion_is_the_first_of_all_in_catalog_order() -> None:
    """Cheaper values of their own come first; with equal amounts those that stand first."""
    terms = (Term("p", "5", "a = x"), Term("q", "1", "c = n and d"))
    model = Model(
        (
            Variable("a", ("x", "y", "z")),
            Variable("b", ("k", "l")),
            Variable("c", ("n", "o")),
            Variable("d", (False, True), "toggle"),
        ),
        (Rule("r", "a = y implies b = l"), Rule("s", "b = l implies c = o or d")),
        terms,
    )
    space = SatSpace(model)
    assert space.answer({}).completion == {"a": "y", "b": "l", "c": "n", "d": True}


def test_many_conflicts_leave_no_trace_in_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover, "GROWTH", 50)
    variables = tuple(Variable(f"o{n}", ("a", "b", "c")) for n in range(20))
    rules = tuple(Rule(f"r{n}", f"o{n} != o{n + 1}") for n in range(19))
    space = SatSpace(Model(variables, rules))
    chosen = {f"o{n}": "ab"[n % 2] for n in range(20)}
    found = [space.repairs(chosen, "o7", "a", limit=3) for _ in range(30)]
    assert all(ways == found[0] for ways in found)
    assert [repair.count for repair in found[0]] == [2, 3, 3]
    assert space.prover.highest < space.prover.everything + 400
    many = space.repairs(chosen, "o0", "b", limit=1)[0]  # no more than one neighbor
    assert many.changes == {"o1": "c"}


def test_a_search_that_takes_too_long_is_given_up() -> None:
    holes = 9
    names = [f"p{n}" for n in range(holes + 1)]
    variables = tuple(Variable(name, tuple(f"h{n}" for n in range(holes + 1))) for name in names)
    rules = [Rule(f"{a} {b}", f"{a} != {b}") for i, a in enumerate(names) for b in names[:i]]
    tight = "o" + str(holes)
    model = Model(
        (*variables, Variable(tight, (False, True), "toggle")),
        (*rules, *(Rule(f"t{name}", f"{tight} implies {name} != h{holes}") for name in names)),
    )
    space = SatSpace(model)
    space.prover.patience = 50
    with pytest.raises(BudgetError, match="too long"):
        space.is_valid({tight: True})
