"""No code is used more often than it may be, however many buyers have seen that it works."""

import pytest

from tests.chaos.house import House
from tests.effort import thoroughly

pytestmark = pytest.mark.chaos


@pytest.fixture(params=["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])])
def shop(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(
    ("limit", "buyers"), [(1, 6), thoroughly(7, 16), thoroughly(100, 24), thoroughly(7, 5)]
)
def test_so_many_get_it_as_it_may_be_used(shop: House, limit: int, buyers: int) -> None:
    sold = min(limit, buyers)
    told = shop.hands("promo", str(limit), str(buyers))
    assert told == {"sold": sold, "used": sold, "asked": buyers - sold}


def test_without_the_guards_more_would_get_it(on_sqlite: House) -> None:
    """The control: the race is real, and the test can see too much."""
    assert on_sqlite.hands("promo", "1", "6", "unguarded")["sold"] > 1
