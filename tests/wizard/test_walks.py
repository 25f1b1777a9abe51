"""Random walks through offered values never meet a dead end, and every state is valid."""

import random
from pathlib import Path

import pytest

from configurator.catalog.configuration import Configuration
from configurator.catalog.importing.service import import_product
from configurator.catalog.queries import live_release
from configurator.catalog.released import ReleasedProduct
from configurator.wizard import reach, services
from configurator.wizard.answers import answer_of
from configurator.wizard.entering import read_value, write_value
from configurator.wizard.models import Design
from configurator.wizard.screen import Screen
from configurator.wizard.services import Edit
from tests.effort import often
from tests.wizard.conftest import both

pytestmark = pytest.mark.django_db


def walk(product: ReleasedProduct, dice: random.Random) -> Configuration:
    """Choose offered values at random, as the services do, until everything is decided."""
    state = Configuration()
    for _turn in range(4 * len(product.options)):
        answer = answer_of(product, state)
        open_options = [
            code
            for code, values in answer.possible.items()
            if code not in state.choices and sum(values.values()) > 1
        ]
        if not open_options:
            assert product.space.is_valid(answer.completion)
            return state
        code = dice.choice(open_options)
        offered = [value for value, able in answer.possible[code].items() if able]
        value = dice.choice(offered)
        if value == "none":
            continue  # decided by other options
        choices, gone = reach.with_value(product, state, code, value)
        assert not gone
        assert product.space.is_valid(choices)
        state = Configuration(choices)
    raise AssertionError(f"no end: {state.choices}")


@both
def test_a_thousand_walks_find_no_dead_end(lamp: ReleasedProduct) -> None:
    for seed in range(1000):
        walk(lamp, random.Random(seed))


@both
def test_walks_with_changes_of_mind_stay_valid(design: Design, lamp: ReleasedProduct) -> None:
    """Choosing, repairing, clearing, undoing in any order: the state is always completable."""
    dice = random.Random(11)
    for _turn in range(150):
        edit = Edit(design.id, design.revision)
        screen = Screen(design)
        codes = [c for c, o in lamp.options.items() if o.kind in ("choice", "toggle", "number")]
        code = dice.choice(codes)
        value = dice.choice([v for v in screen.answer.possible[code] if v != "none"])
        again = read_value(lamp, code, write_value(value), "en")
        assert again == value
        if dice.random() < 0.2:
            design = services.clear(edit=edit, option=code).design
        else:
            design = services.repair(edit=edit, option=code, value=value).design
            assert Configuration.from_json(design.state).choices[code] == value
        state = Configuration.from_json(design.state)
        assert lamp.space.is_valid(state.choices)
        assert answer_of(lamp, state).completion


def test_the_car_line_has_no_dead_end(bench_data: Path) -> None:
    """A hundred walks here (tests/effort.py)."""
    import_product(file=bench_data / "renault_medium" / "model.xml", publish=True, by="test")
    product = live_release("renault-medium")
    for seed in range(often(100)):
        walk(product, random.Random(seed))


def test_repairs_are_valid_different_and_the_best_first(lamp: ReleasedProduct) -> None:
    dice, tried = random.Random(5), 0
    while tried < 40:
        state = Configuration(lamp.space.random(dice.randrange(10**6)))
        chosen = {code: v for code, v in state.choices.items() if v != "none"}
        state = Configuration(dict(dice.sample(sorted(chosen.items()), 5)))
        blocked = [
            (code, value)
            for code, values in answer_of(lamp, state).possible.items()
            for value, able in values.items()
            if not able and value != "none" and lamp.space.is_valid({code: value})
        ]
        if not blocked:
            continue
        tried += 1
        code, value = dice.choice(blocked)
        rest = {name: v for name, v in state.choices.items() if name != code}
        ways = reach.repairs(lamp, state, code, value)
        best = lamp.space.repairs(rest, code, value, limit=1)[0]
        assert (len(ways[0].changes), ways[0].total) == (best.count, best.total)
        ranks = [(len(way.changes), way.total or 0) for way in ways]
        assert ranks == sorted(ranks)
        assert len({tuple(way.changes.items()) for way in ways}) == len(ways)
        for way in ways:
            assert way.choices[code] == value
            assert lamp.space.is_valid(way.choices)
