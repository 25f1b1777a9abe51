"""A customer and the bench at the same moment, on real databases."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.changes.hands import ROUNDS
from tests.chaos.house import ROOT, House
from tests.effort import EFFORT, thorough, thoroughly

pytestmark = pytest.mark.chaos

ON_BOTH = pytest.mark.parametrize(
    "name", ["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])]
)


def happened(house: House, *words: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.changes.hands", *words],
        cwd=ROOT,
        env={**house.environment, "CUSTOMERIZE_EFFORT": str(EFFORT)},  # as many rounds as here
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.splitlines()[-1])


STARTED = {
    **{"order": "in_production", "work_order": "started"},
    **{"started": 1, "canceled": 0, "events": 1},
}
CANCELED = {
    **{"order": "canceled", "work_order": "canceled"},
    **{"started": 0, "canceled": 1, "events": 1},
}


@thorough
@ON_BOTH
def test_never_both_started_and_canceled(name: str, request: pytest.FixtureRequest) -> None:
    rounds = happened(request.getfixturevalue(name), "cancel_and_start")["rounds"]
    assert len(rounds) == ROUNDS
    assert [r for r in rounds if r not in (STARTED, CANCELED)] == []


@ON_BOTH
def test_wood_that_is_being_sawn_is_never_changed(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Changed once and then sawn, or sawn as it was ordered; the order and the bench agree."""
    rounds = happened(request.getfixturevalue(name), "change_and_start")["rounds"]
    outcomes = [set(round_.pop("outcomes")) for round_ in rounds]
    changed = {"events": ["change", "start"], "revision": 2, "told": 1, "leg": "Ash", "line": True}
    sawn = {"events": ["start"], "revision": 1, "told": 0, "leg": "Oak", "line": True}
    assert [r for r in rounds if r not in (changed, sawn)] == []
    assert all(told <= {"", "NoChange", "CutOff", "Nothing", "NotPossible"} for told in outcomes)


@thorough
@pytest.mark.servers
def test_without_the_guard_both_would_happen(request: pytest.FixtureRequest) -> None:
    """The control: the race is real where transactions run side by side."""
    house = request.getfixturevalue("on_postgres")
    rounds = happened(house, "cancel_and_start", "unguarded")["rounds"]
    assert [r for r in rounds if r not in (STARTED, CANCELED)]
