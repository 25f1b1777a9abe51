"""Relay and workers as processes of their own, on Redis; everything is killed in turn."""

import random
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.house import WORKER, House
from tests.effort import often, thorough
from tests.servers import RedisServer

pytestmark = [pytest.mark.chaos, pytest.mark.servers]

ROUNDS = often(2)
ORDERS = 6  # a round


def settings_of(redis: RedisServer) -> dict[str, str]:
    return {"REDIS_URL": redis.url, "JOB_LEASE_SECONDS": "3"}


def settled(house: House) -> bool:
    return set(house.jobs()) == {"done"}


def nothing_lost_nothing_twice(house: House, numbers: list[str]) -> None:
    contents: dict[str, Any] = house.hands("contents")
    assert [number for number, _state in contents["orders"]] == sorted(numbers)
    assert sorted(order for _number, order, *_rest in contents["work orders"]) == sorted(numbers)
    confirmed = [subject for kind, _size, subject, *_ in contents["papers"] if "conf" in kind]
    assert sorted(confirmed) == sorted(numbers)
    sent = [number for number, kind, _detail in contents["events"] if kind == "confirmation_sent"]
    assert sorted(sent) == sorted(numbers)
    assert len(set(house.mails())) == len(numbers)
    for paper in house.papers():
        assert paper.read_bytes().rstrip().endswith(b"%%EOF")


@thorough
def test_all_of_it_is_killed_and_all_is_done_once(
    on_postgres: House, redis: RedisServer, tmp_path: Path
) -> None:
    """Orders are placed without a broker; then worker, relay and a forgetful Redis are killed."""
    shop, dice = on_postgres, random.Random(7)
    shop.settings |= settings_of(redis)
    redis.kill()
    numbers = shop.hands("order", str(ORDERS))

    relay = shop.start("relay")
    marker = tmp_path / "in the middle"
    workers = [shop.start(*WORKER, "-n", "slow@%h", slow=marker)]
    redis.start()
    shop.wait(marker.exists, "a paper is half written")
    shop.kill(workers.pop())
    workers += [shop.start(*WORKER, "-n", "one@%h"), shop.start(*WORKER, "-n", "two@%h")]

    for _round in range(ROUNDS):
        shop.kill(relay)
        numbers += shop.hands("order", str(ORDERS))
        relay = shop.start("relay")
        redis.kill()
        redis.forget()
        redis.start()
        shop.kill(workers.pop(dice.randrange(2)))
        workers.append(shop.start(*WORKER, "-n", f"{_round}@%h"))

    shop.wait(lambda: settled(shop), "all jobs are done")
    nothing_lost_nothing_twice(shop, numbers)

    relay.send_signal(signal.SIGTERM)
    assert relay.wait(timeout=60) == 0
