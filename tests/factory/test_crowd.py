"""Many scanners on one work order, on real databases."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.chaos.house import ROOT, House
from tests.effort import thorough, thoroughly
from tests.factory.hands import SCANNERS

pytestmark = pytest.mark.chaos


def scanned_together(house: House, *words: str) -> Any:
    house.hands("order", "1")
    done = subprocess.run(
        [sys.executable, "-m", "tests.factory.hands", *words],
        cwd=ROOT,
        env=house.environment,
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout.splitlines()[-1])


ON_BOTH = pytest.mark.parametrize(
    "name", ["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])]
)


@ON_BOTH
def test_one_of_twenty_scanners_moves_it(name: str, request: pytest.FixtureRequest) -> None:
    told = scanned_together(request.getfixturevalue(name))
    assert told["outcomes"] == ["counted"] + ["refused"] * (SCANNERS - 1)
    assert (told["moves"], told["events"], told["version"]) == (1, 1, 1)


@ON_BOTH
def test_twenty_taps_with_two_keys_start_an_operation_once(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Ten times the same tap counts once; the other ten, of another hand, come too late."""
    told = scanned_together(request.getfixturevalue(name), "operation")
    assert told["outcomes"] == ["counted"] * (SCANNERS // 2) + ["refused"] * (SCANNERS // 2)
    assert (told["steps"], told["moves"], told["events"]) == (1, 1, 1)


@thorough
@pytest.mark.servers
def test_without_the_guard_several_would(request: pytest.FixtureRequest) -> None:
    """The control: the race is real where transactions run side by side."""
    told = scanned_together(request.getfixturevalue("on_postgres"), "order", "unguarded")
    assert told["moves"] > 1
