"""One order a reviewed revision, whatever is sent at the same time."""

import pytest

from tests.chaos.house import House
from tests.effort import thorough, thoroughly

pytestmark = pytest.mark.chaos

CARTS, THREADS = 6, 8


@pytest.fixture(params=["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])])
def shop(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found


def test_everybody_lands_on_one_order(shop: House) -> None:
    told = shop.hands("race", str(CARTS), str(THREADS))
    assert told["orders"] == CARTS
    assert told["places"] == [1] * CARTS
    assert told["statuses"] == {"302": CARTS * THREADS}
    assert told["numbers"] == list(range(1, CARTS + 1))


def test_a_cart_is_ordered_once(shop: House) -> None:
    told = shop.hands("race_carts", "3", str(THREADS))
    assert told == {
        "orders": 3,
        "lines": [3, 3, 3],
        "places": [1, 1, 1],
        "statuses": {"302": 3 * THREADS},
    }


@thorough
def test_without_the_guards_there_would_be_more(on_sqlite: House) -> None:
    """The control: the race is real."""
    told = on_sqlite.hands("race", "2", str(THREADS), "unguarded")
    assert told["orders"] > 2
