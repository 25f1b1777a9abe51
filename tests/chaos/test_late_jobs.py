"""Invoices, exports, erasures, mails, the doctor: while workers are killed at random."""

import contextlib
import random
import time
from pathlib import Path

import pytest

from tests.chaos.house import WORKER, House
from tests.chaos.late_jobs import letters
from tests.effort import often, thorough
from tests.servers import RedisServer

pytestmark = [pytest.mark.chaos, pytest.mark.servers]

COUNT, KILLINGS = 6, often(6)
WAITING = (
    "SELECT count(*) FROM orders_job WHERE state = 'due' AND due_at < datetime('now', '+1 minute')"
)


def left(house: House) -> int:
    """How many jobs are to be done now or soon."""
    return int(house.rows(WAITING)[0][0])


@thorough
def test_none_is_lost_and_none_doubled(on_sqlite: House, redis: RedisServer) -> None:
    house, dice = on_sqlite, random.Random(11)
    at_work = 0
    house.settings |= {"REDIS_URL": redis.url, "JOB_LEASE_SECONDS": "3"}
    house.hands("ask_for_all", str(COUNT))
    house.start("relay")
    for number in range(KILLINGS):
        worker = house.start(*WORKER, "-n", f"{number}@%h")
        _a_job_is_done(house)
        time.sleep(dice.uniform(0, 0.3))
        house.kill(worker)
        if not left(house):
            break  # a quick machine: nothing is left to be killed over
        at_work += 1
    assert at_work, "all was done before the first worker was killed"
    house.start(*WORKER, "-n", "last@%h")
    with contextlib.suppress(AssertionError):  # then those that are left are told
        house.wait(lambda: not left(house), "all jobs are done")
    assert house.rows(WAITING.replace("count(*)", "kind, attempts, due_at, error")) == []
    _all_is_there_once(house)


def _a_job_is_done(house: House) -> None:
    before = left(house)
    house.wait(lambda: left(house) < before or not before, "a job is done")


def _all_is_there_once(house: House) -> None:
    made = house.hands("come_of_all")
    numbers = made.pop("invoices")
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, COUNT + 1))
    assert made == {
        "invoiced": COUNT,
        "exports": COUNT,
        "ready": COUNT,
        "still to be erased": 0,
        "finished before they are forgotten": COUNT,
        "still to be mailed": 0,
        "looked at": True,
        "parked": [],
    }
    sent = letters(Path(house.data / "mails"))
    assert {subject: sent[subject] for subject in SUBJECTS} == dict.fromkeys(SUBJECTS, COUNT)


SUBJECTS = ("Invoice", "Your data is ready", "Your data is deleted", "Note")
