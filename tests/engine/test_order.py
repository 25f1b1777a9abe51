"""The search for an order: repeatable, never worse than its start, and right about sizes."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from configurator.engine import Model, Rule, Space, Table, Term, Variable, compile_model
from configurator.engine.compile import compiler
from configurator.engine.compile.cuts import Combinations, Cuts, Listed
from configurator.engine.compile.order import elimination_order
from configurator.engine.compile.search import better_orders, improve, parts_of


def ring(count: int, seed: int = 1) -> Model:
    """Options of which neighbors on a ring must not be equal, listed in any order."""
    numbers = list(range(count))
    Random(seed).shuffle(numbers)
    variables = tuple(Variable(f"o{number}", ("a", "b", "c")) for number in numbers)
    rules = tuple(Rule(f"r{i}", f"not (o{i} = a and o{(i + 1) % count} = a)") for i in range(count))
    terms = (Term("joint", f"if o0 = a and o{count // 2} = b then 5 else 2"),)
    return Model(variables, rules, terms)


def estimates(model: Model) -> tuple[Cuts, list[int]]:
    parsed = compiler.read(model)
    layers = compiler.arrange(model, parsed)
    parts = parts_of(model, parsed.rules, parsed.terms, layers)
    return Cuts(layers.sizes.tolist(), parts), list(range(len(layers.sizes)))


def names(space: Space) -> list[str]:
    return [variable.name for variable in space.layers.variables]


def test_remainders_are_counted_exactly() -> None:
    truth = np.array([[True, False, True], [True, False, True], [False, True, True]])
    part = Combinations((0, 1), truth)
    assert part.bits(0b01) == pytest.approx(1.0)  # two different rows
    assert part.bits(0b10) == pytest.approx(np.log2(3))  # three different columns


@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize("share", [0, 0.2, 0.8, 1])
def test_listed_rows_have_the_remainders_of_all_combinations(allowed: bool, share: float) -> None:
    random = Random(f"{allowed} {share}")
    for sizes in ((2, 3), (3, 1, 4), (2, 2, 2, 3)):
        places = [place for place in np.ndindex(*sizes) if random.random() < share]
        rows = np.array(places, np.int64).reshape(-1, len(sizes))
        truth = np.full(sizes, not allowed)
        truth[tuple(rows.T)] = allowed
        scope = tuple(range(len(sizes)))
        listed, dense = Listed(scope, rows, sizes, allowed), Combinations(scope, truth)
        for above in range(1, 2 ** len(sizes) - 1):
            assert listed.bits(above) == dense.bits(above)


def test_a_group_of_twenty_features_is_looked_at_by_its_rows() -> None:
    features = tuple(Variable(f"f{number}", (False, True), "toggle") for number in range(20))
    rows = tuple(tuple(place == one for place in range(20)) for one in range(20))
    columns = tuple(feature.name for feature in features)
    cuts, given = estimates(Model(features, (Table("one of twenty", columns, rows),)))
    improve(cuts, given)
    assert sum(part.work for _, part in cuts.parts) < 100_000 < 2**20


def test_what_every_value_costs_is_paid_above_the_cut() -> None:
    additive = np.add.outer(np.arange(4), np.arange(3) * 10)
    assert Combinations((0, 1), additive).bits(0b01) == 0.0
    joint = np.multiply.outer(np.arange(4), np.arange(3))
    assert Combinations((0, 1), joint).bits(0b01) == pytest.approx(2.0)


def test_the_cost_of_every_place_is_the_cost_of_that_order() -> None:
    cuts, given = estimates(ring(9))
    rest = given[:4] + given[5:]
    costs = cuts.costs_of_places(rest, given[4])
    orders = [[*rest[:place], given[4], *rest[place:]] for place in range(len(given))]
    assert costs == pytest.approx([cuts.cost(order) for order in orders])


@pytest.mark.parametrize("seed", range(5))
def test_improving_never_makes_an_order_worse(seed: int) -> None:
    cuts, given = estimates(ring(12, seed))
    Random(seed).shuffle(given)
    order, cost = improve(cuts, given)
    assert sorted(order) == sorted(given)
    assert cost <= cuts.cost(given)
    assert cost == pytest.approx(cuts.cost(order))


def test_found_orders_beat_the_elimination_order() -> None:
    model = ring(14)
    parsed = compiler.read(model)
    given = compiler.arrange(model, parsed)
    cuts, start = estimates(model)
    number = {variable.name: layer for layer, variable in enumerate(given.variables)}
    for layers in better_orders(model, parsed.rules, parsed.terms, given, 3):
        order = [number[variable.name] for variable in layers.variables]
        assert cuts.cost(order) < cuts.cost(start)


def test_the_same_model_has_the_same_order() -> None:
    assert names(compile_model(ring(16))) == names(compile_model(ring(16)))


def test_answers_do_not_depend_on_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    searched = compile_model(ring(10))
    monkeypatch.setattr(compiler, "better_orders", lambda *_: [])
    plain = compile_model(ring(10))
    for choices in ({}, {"o3": "a"}, {"o0": "a", "o5": "b"}):
        one, two = searched.answer(choices), plain.answer(choices)
        assert (one.count, one.total) == (two.count, two.total)
        assert one.totals == two.totals


def test_large_models_are_not_searched() -> None:
    variables = tuple(Variable(f"o{i}", (False, True), "toggle") for i in range(200))
    rules = tuple(Rule(f"r{i}", f"o{i} implies o{i + 1}") for i in range(199))
    model = Model(variables, rules)
    parsed = compiler.read(model)
    assert better_orders(model, parsed.rules, {}, compiler.arrange(model, parsed), 3) == []


def test_an_option_without_rules_beside_a_group() -> None:
    items = [[0, 1, 2, 3]]
    for count in (5, 6, 9):
        order = elimination_order(count, items, [2] * count, [[1, 2, 3]])
        assert sorted(order) == list(range(count))
