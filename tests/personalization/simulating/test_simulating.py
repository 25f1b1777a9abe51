"""The simulated customers: reports find the truth, promises hold, and what is broken is seen."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction

from personalization.people import consent
from personalization.simulating import diary, report
from personalization.simulating.report import Report
from personalization.simulating.run import Asked, simulate
from tests.effort import often, thorough
from tests.orders import kit


@pytest.fixture(autouse=True)
def lamp(db: Any) -> None:
    """Lamps only: the shop of the tests."""
    kit.import_lamp()


def run(people: int, days: int, seed: int = 1) -> Report:
    return simulate(Asked(people, days, seed), report.report)


def test_a_small_crowd_is_served_and_no_promise_is_broken() -> None:
    told = run(people=20, days=4)
    assert told.checks.broken
    assert told.checks.kept
    assert told.checks.sent > 3
    assert told.outcome.ledger.bought
    assert not told.outcome.turned_away
    assert told.told
    assert all(row.covered for row in told.told)
    printed = "\n".join(report.lines(told))
    assert "of 18 intervals hold the truth" in printed
    days = [line for who in told.outcome.people for line in diary.lines(told.outcome, who.number)]
    assert any("looks at desk-lamp" in line for line in days)
    for words in (
        "is to be said (by mail",
        "is sent: it was allowed; “News”. Yes on",
        "of the experiment “Ten percent”",
        "“A design was left” waits whether they leave this design",
        "Known of them in the end: ",
        "What they said: ",
    ):
        assert any(words in line for line in days), words


@thorough
def test_what_is_sent_without_consent_is_seen(monkeypatch: Any) -> None:
    """A control: the report does not just say zero."""
    monkeypatch.setattr(consent, "word", lambda *_about: (True, None))
    told = run(people=15, days=3)
    assert told.checks.broken["messages without consent"] > 0


@thorough
def test_a_seed_says_everything() -> None:
    def once() -> tuple[Any, ...]:
        told = run(people=25, days=4, seed=7)
        orders = [(each.person, each.at, each.amount) for each in told.outcome.ledger.bought]
        first = min(who.pk for who in told.outcome.people if who.pk)
        people = [(pk - first, at, amount) for pk, at, amount in orders]
        return (
            people,
            [
                (row.trial, row.metric, round(row.truth, 6), round(row.estimate, 6))
                for row in told.told
            ],
            told.checks,
        )

    found = []
    for _time in range(2):
        cache.clear()  # of what was rolled back
        with transaction.atomic():
            found.append(once())
            transaction.set_rollback(True)
    for one, other in zip(*found, strict=True):
        assert one == other


@thorough
@pytest.mark.parametrize("seed", range(2, 2 + often(2)))
def test_intervals_hold_the_truth_with_other_seeds(seed: int) -> None:
    told = run(people=120, days=10, seed=seed)
    assert told.checks.kept
    assert all(row.covered for row in told.told)


@pytest.mark.parametrize(
    "words",
    [["--people", "0"], ["--days", "-1"], ["--seed", "-1"], ["--follow", "0"], ["--follow", "201"]],
)
def test_absurd_numbers_are_refused(words: list[str]) -> None:
    with pytest.raises(CommandError, match=words[0]):
        call_command("simulate_customers", *words)


@thorough
def test_no_promise_is_broken_while_workers_are_killed(tmp_path: Path) -> None:
    words = ["--people", "30", "--days", "5", "--kill", "--data", str(tmp_path / "kept")]
    done = subprocess.run(
        [sys.executable, "manage.py", "simulate_customers", *words],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    killed = next(line for line in done.stdout.splitlines() if line.startswith("workers killed"))
    assert int(killed.split()[-1]) > 3


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "db.sqlite3").touch()
    with pytest.raises(CommandError, match="there is something in it"):
        call_command("simulate_customers", "--data", str(tmp_path))


def test_what_is_no_folder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="that is a file; name a new folder"):
        call_command("simulate_customers", "--data", str(tmp_path / "file"))
    with pytest.raises(CommandError, match="name a new folder"):
        call_command("simulate_customers", "--data", str(tmp_path / "file" / "below"))


@pytest.mark.parametrize("address", ["nonsense", "mysql://a@b/c", "postgres://me:secret@here:x/c"])
def test_what_is_no_address_of_a_database_is_told_of_without_its_password(address: str) -> None:
    with pytest.raises(CommandError, match="write the address as postgres://") as told:
        call_command("simulate_customers", "--database", address)
    assert "secret" not in str(told.value)


def test_there_are_only_so_many_to_follow() -> None:
    with pytest.raises(CommandError, match="there is only one person"):
        call_command("simulate_customers", "--people", "1", "--follow", "2")
