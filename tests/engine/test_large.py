"""Larger models against search by SAT, which shares nothing with the sweeps."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import numpy as np
import pytest

from configurator.engine import Model, Space, Value, compile_model
from configurator.engine.formats import load_model
from configurator.engine.prices import with_prices
from tests.bench.engine_models import car_line, feature_model
from tests.effort import often

HERE = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("CUSTOMERIZE_BENCH_DATA", HERE.parent / "shared" / "bench"))
KNOWN = {
    "renault_medium/model.xml": 278_744,
    "feature_models/pc-richmond.dimacs": 3_326_549_945_784_326_553_600,
}


def bench_model(name: str) -> Model:
    if not (DATA / name).exists():
        pytest.skip(f"the model {name} is not at {DATA}; CUSTOMERIZE_BENCH_DATA tells where")
    return load_model(DATA / name)


@pytest.mark.parametrize("name", list(KNOWN))
def test_real_models_have_their_published_number_of_products(name: str) -> None:
    assert compile_model(bench_model(name)).count() == KNOWN[name]


def check_walk(space: Space, seed: int, checks: int) -> None:
    """A walk through offered values; at some of the steps some answers are compared."""
    random = Random(seed)
    names = random.sample(space.numbering.names, len(space.numbering.names))
    compared = set(random.sample(names, min(len(names), often(40))))
    chosen: dict[str, Value] = {}
    for name in names:
        answer = space.answer(chosen)
        assert answer.total is not None
        offered = [value for value, possible in answer.possible[name].items() if possible]
        assert offered, f"a dead end at {name} after {len(chosen)} choices"
        for other in random.sample(names, min(checks, len(names)) * (name in compared)):
            for value, possible in answer.possible[other].items():
                kept = {o: v for o, v in chosen.items() if o != other}
                wanted = space.numbering.numbers({**kept, other: value})
                assert possible == (space.prover.solve(wanted) is not None)
                if possible:
                    total = answer.totals[other][value]
                    assert total is not None
                    assert total == space.answer({**kept, other: value}).total
        chosen[name] = random.choice(offered)
    assert space.count(chosen) == 1


@pytest.mark.parametrize(
    "name", ["renault_medium/model.xml", "feature_models/pc-richmond.dimacs", "features", "cars"]
)
def test_walks_agree_with_search_and_meet_no_dead_end(name: str) -> None:
    made = {"features": lambda: feature_model(90, 25), "cars": lambda: car_line(40, 6_000)}
    model = made[name]() if name in made else bench_model(name)
    space = compile_model(model)
    prices = np.random.default_rng(5).integers(0, 99, space.numbering.offsets[-1])
    space = with_prices(space, {number: int(price) for number, price in enumerate(prices)})
    check_walk(space, seed=1, checks=1)


def test_random_designs_of_a_large_model_are_valid_and_differ() -> None:
    space = compile_model(feature_model(300, 80))
    designs = [space.random(seed) for seed in range(5)]
    assert all(space.is_valid(design) for design in designs)
    assert len({tuple(design.values()) for design in designs}) == 5
    completion = space.answer({}).completion
    assert space.is_valid(completion)
