"""What is said to be paid by several at once is paid once; what two take over becomes one's."""

import pytest

from tests.chaos.house import House
from tests.effort import thorough, thoroughly

pytestmark = pytest.mark.chaos
ROUNDS = 5
ON_BOTH = pytest.mark.parametrize(
    "house", ["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])]
)


@ON_BOTH
def test_a_payment_is_paid_once(request: pytest.FixtureRequest, house: str) -> None:
    shop: House = request.getfixturevalue(house)
    rounds = shop.hands("pay", str(ROUNDS))
    assert len(rounds) == ROUNDS
    for one in rounds:
        assert (one["paid"], one["events"]) == (1, 1)
        assert set(one["others"]) <= {"paid", "nothing new", "another amount"}


@ON_BOTH
def test_an_order_is_taken_over_by_one(request: pytest.FixtureRequest, house: str) -> None:
    shop: House = request.getfixturevalue(house)
    rounds = shop.hands("take", str(ROUNDS))
    assert rounds == [{"said": ["0", "0", "0", "1"], "owned": True}] * ROUNDS


@thorough
@pytest.mark.servers
@pytest.mark.parametrize("what", ["pay", "take"])
def test_without_the_guards_there_would_be_more(on_postgres: House, what: str) -> None:
    """The control: the race is real where transactions run side by side."""
    rounds = on_postgres.hands(what, str(ROUNDS), "unguarded")
    counts = [one["paid"] if what == "pay" else one["said"].count("1") for one in rounds]
    assert max(counts) > 1
