"""Messages: each exactly once while processes are killed, none after a no, none above a limit."""

import random
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes

import pytest

from tests.chaos.house import ROOT, House
from tests.chaos.speaking import CHANNELS, LIMIT
from tests.effort import often, thorough, thoroughly

pytestmark = [pytest.mark.chaos, thorough]

PEOPLE, KILLINGS = 12, often(8)
DONE = "SELECT count(*) FROM letters_copy"


@pytest.fixture(params=["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])])
def shop(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found


def speaker(house: House) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.chaos.hands", "speak", "60"]
    with (house.data / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=house.environment, stdout=log, stderr=log)
    house.running.append(process)
    return process


def test_each_is_said_once_whoever_is_killed(shop: House) -> None:
    dice = random.Random(5)
    shop.settings |= {"JOB_LEASE_SECONDS": "1", "JOB_MAX_ATTEMPTS": "100"}
    shop.hands("ask_to_speak", str(PEOPLE))
    speakers = [speaker(shop), speaker(shop)]
    killed = 0
    while killed < KILLINGS:
        _more_is_said(shop)
        time.sleep(dice.uniform(0, 0.1))
        if shop.rows(DONE)[0][0] >= PEOPLE * (LIMIT + 1):
            break
        shop.kill(speakers.pop(dice.randrange(2)))
        speakers.append(speaker(shop))
        killed += 1
    assert killed, "all was said before anybody was killed"
    for process in speakers:
        assert process.wait(timeout=120) == 0, shop.log[-2000:]
    told = shop.hands("come_of_speaking")
    each = PEOPLE * (LIMIT + 1)
    assert told == {
        **{"sent": each, "copies": each, "sent decisions": each, "events": each},
        "decided more than once": [],
        "put off": PEOPLE * (len(CHANNELS) - 1 - LIMIT),
        "a person": [LIMIT],
        "site": PEOPLE,
    }
    # A mail that left before its process died leaves again, and is the same mail.
    assert {row[0] for row in shop.rows(MAILED)} <= set(mails(shop))


def _more_is_said(shop: House) -> None:
    before = shop.rows(DONE)[0][0]
    shop.wait(lambda: shop.rows(DONE)[0][0] > before, "something is said", 20)


MAILED = (
    "SELECT m.key FROM letters_message m JOIN letters_copy c ON c.message_id = m.id"
    " WHERE m.channel = 'mail'"
)


def mails(house: House) -> Counter[str]:
    """The keys of the mails that left, as their subjects say them."""
    found = Counter[str]()
    for file in (house.data / "mails").glob("*"):
        for text in file.read_bytes().split(b"-" * 79):
            letter = message_from_bytes(text.strip())
            if letter["Message-ID"]:
                found[str(letter["Subject"])] += 1
    return found


def test_a_no_at_the_worst_moment_counts(shop: House) -> None:
    told = shop.hands("take_back_while_speaking", str(often(8)))
    assert told["carried after a no"] == 0


def test_without_the_guard_a_no_would_come_too_late(on_sqlite: House) -> None:
    """The control: asked only before, messages are carried after the no."""
    assert on_sqlite.hands("take_back_while_speaking", "6", "unguarded")["carried after a no"] > 0
