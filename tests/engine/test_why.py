"""Explanations, repairs and filters against enumeration."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from configurator.engine import Model, Rule, Space, Value, Variable, compile_model
from configurator.engine.sat.space import SatSpace
from tests.engine.oracle import Design, Oracle, choices, examples, models
from tests.engine.test_space import SMALL, TEXTS, compiled


@examples(24)
@given(st.data())
def test_explanations_are_true_and_minimal(data: st.DataObject) -> None:
    model = data.draw(models(terms=False))
    chosen = data.draw(choices(model))
    oracle = Oracle(model)
    space = compiled(model, oracle)
    if space is None:
        return
    variable = data.draw(st.sampled_from(model.variables))
    for value in variable.values:
        check_explanation(space, model, chosen, variable.name, value)


def check_explanation(
    space: Space | SatSpace, model: Model, chosen: Design, name: str, value: Value
) -> None:
    found = space.explain(chosen, name, value)
    others = {option: kept for option, kept in chosen.items() if option != name}

    def exists(kept: Design, rules: tuple[str, ...]) -> bool:
        fewer = tuple(rule for rule in model.rules if rule.name in rules)
        return bool(Oracle(Model(model.variables, fewer)).keeping({**kept, name: value}))

    everything = tuple(rule.name for rule in model.rules)
    assert found.blocked == (not exists(others, everything))
    if not found.blocked:
        assert found.choices == found.rules == ()
        return
    guilty = {option: others[option] for option in found.choices}
    assert not exists(guilty, found.rules)
    for option in found.choices:
        assert exists({o: kept for o, kept in guilty.items() if o != option}, found.rules)
    for rule in found.rules:
        assert exists(guilty, tuple(other for other in found.rules if other != rule))


@examples(24)
@given(st.data())
def test_repairs_are_the_best_different_ones(data: st.DataObject) -> None:
    model, texts = data.draw(models()), data.draw(TEXTS)
    chosen = data.draw(choices(model))
    oracle = Oracle(model, texts)
    space = compiled(model, oracle)
    if space is None:
        return
    variable = data.draw(st.sampled_from(model.variables))
    value = data.draw(st.sampled_from(variable.values))
    others = {option: kept for option, kept in chosen.items() if option != variable.name}
    best: dict[tuple[tuple[str, Value], ...], int] = {}
    for design in oracle.keeping({variable.name: value}):
        changes = tuple((o, design[o]) for o, kept in others.items() if design[o] != kept)
        total = oracle.total(design)
        best[changes] = min(total, best.get(changes, total))
    expected = sorted((len(changes), total) for changes, total in best.items())
    found = space.repairs(chosen, variable.name, value, limit=5, texts=texts)
    assert [(repair.count, repair.total) for repair in found] == expected[:5]
    listed = [tuple(sorted(repair.changes.items())) for repair in found]
    assert len(set(listed)) == len(listed)
    by_changes = {tuple(sorted(changes)): total for changes, total in best.items()}
    for repair, changes in zip(found, listed, strict=True):
        assert by_changes[changes] == repair.total


@examples(32)
@given(st.data())
def test_budget_and_deadline_are_exact_for_the_pair(data: st.DataObject) -> None:
    model, texts = data.draw(models()), data.draw(TEXTS)
    chosen = data.draw(choices(model))
    oracle = Oracle(model, texts)
    space = compiled(model, oracle)
    if space is None:
        return
    budget = data.draw(st.one_of(st.none(), st.integers(-500, 3000)))
    deadline = data.draw(st.one_of(st.none(), st.integers(0, 4)))
    answer = space.answer(chosen, texts, budget=budget, deadline=deadline)

    def within(design: Design) -> bool:
        in_time = deadline is None or oracle.days(design) <= deadline
        return in_time and (budget is None or oracle.total(design) <= budget)

    for variable in model.variables:
        others = [d for d in oracle.keeping(chosen, without=variable.name) if within(d)]
        for value in variable.values:
            having = [design for design in others if design[variable.name] == value]
            cheapest = min(map(oracle.total, having), default=None)
            assert answer.totals[variable.name][value] == cheapest
            assert answer.possible[variable.name][value] == bool(having)
    keeping = list(filter(within, oracle.keeping(chosen)))
    assert answer.total == min(map(oracle.total, keeping), default=None)
    if keeping:
        assert answer.completion in keeping
    if budget is None:
        assert answer.count == len(keeping)


@examples(12)
@given(st.data())
def test_the_fastest_completion_is_fastest_and_then_cheapest(data: st.DataObject) -> None:
    model = data.draw(models())
    oracle = Oracle(model)
    space = compiled(model, oracle)
    if space is None:
        return
    found = space.complete({}, by="fastest")

    def rank(design: Design) -> tuple[int, int]:
        return oracle.days(design), oracle.total(design)

    assert rank(found) == min(map(rank, oracle.designs))


def test_a_repair_names_the_price_after_it() -> None:
    frame = Variable("frame", ("steel", "titanium"), attributes={"price": {"titanium": 900}})
    brakes = Variable("brakes", ("rim", "disc", "drum"))
    model = Model((frame, brakes), (Rule("r", "frame = titanium requires brakes = disc"),))
    space = compile_model(model, budget=SMALL)
    (repair,) = space.repairs({"brakes": "rim"}, "frame", "titanium")
    assert repair.changes == {"brakes": "disc"}
    assert space.explain({"brakes": "rim"}, "frame", "titanium").choices == ("brakes",)
    assert space.explain({"brakes": "rim"}, "frame", "titanium").rules == ("r",)
