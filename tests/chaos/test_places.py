"""No day of the workshop is sold twice, however many want it at the same moment."""

import pytest

from tests.chaos.house import House
from tests.effort import thoroughly

pytestmark = pytest.mark.chaos
THREADS = 8


@pytest.fixture(params=["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])])
def workshop(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("capacity", "demand"), [(1, 12), (7, 24), thoroughly(100, 112), (7, 5)])
def test_a_day_holds_what_it_holds(workshop: House, capacity: int, demand: int) -> None:
    told = workshop.hands("places", str(capacity), str(demand), str(THREADS))
    assert told == {"first_day": min(capacity, demand), "all": demand, "over": 0}


def test_without_the_guards_a_day_would_be_sold_twice(on_sqlite: House) -> None:
    """The control: the demand is real, and the test can see too much."""
    told = on_sqlite.hands("places", "7", "24", str(THREADS), "unguarded")
    assert told["first_day"] > 7
    assert told["over"] > 0
