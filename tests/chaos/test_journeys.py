"""Everybody passes each step once, and is spoken to once at each, however often workers die."""

import random
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.chaos.house import ROOT, House
from tests.effort import often, thoroughly

pytestmark = pytest.mark.chaos

PEOPLE, KILLINGS = 240, often(5)
PASSED = "SELECT count(*) FROM journeys_passage"


@pytest.fixture(
    params=[thoroughly("on_sqlite"), thoroughly("on_postgres", also=[pytest.mark.servers])]
)
def place(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found


def walker(house: House) -> "subprocess.Popen[bytes]":
    with (house.data / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.walkers"],
            cwd=ROOT,
            env=house.environment,
            stdout=log,
            stderr=log,
        )
    house.running.append(process)
    return process


def _more_than(house: House, before: int) -> Callable[[], bool]:
    return lambda: passed(house) > before


def passed(house: House) -> int:
    return int(house.rows(PASSED)[0][0])


def test_nobody_is_spoken_to_twice_and_nobody_is_forgotten(place: House) -> None:
    house, dice = place, random.Random(5)
    at_work = 0
    assert house.hands("begin_walks", str(PEOPLE)) == PEOPLE
    for _killing in range(KILLINGS):
        # Two at a time: they would also take each other's people.
        both, before = [walker(house), walker(house)], passed(house)
        house.wait(_more_than(house, before), "somebody goes on")
        time.sleep(dice.uniform(0, 0.1))
        for process in both:
            house.kill(process)
        if passed(house) == PEOPLE * 7:
            break  # a quick machine: nobody is left to be killed over
        at_work += 1
    assert at_work, "all was done before the first of them was killed"
    last = walker(house)
    house.wait(lambda: last.poll() == 0, "everybody is through")
    each = {f"s{n}": PEOPLE for n in range(1, 7)}
    said = {f"journey:walk:s{n}": PEOPLE for n in (1, 4, 6)}
    assert house.hands("walks") == {
        "places": {"done": PEOPLE},
        "passed": {"": PEOPLE, **each},
        "passed twice": 0,
        "said": said,
        "said twice": 0,
        "to be sent": 3 * PEOPLE,
        "counted": each,
    }
