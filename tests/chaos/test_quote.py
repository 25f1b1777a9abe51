"""A quote is one order, however many accept it at the same moment."""

import pytest

from tests.chaos.house import House
from tests.effort import thoroughly

pytestmark = pytest.mark.chaos


@pytest.mark.parametrize(
    "house", ["on_sqlite", thoroughly("on_postgres", also=[pytest.mark.servers])]
)
def test_many_accept_one_quote(request: pytest.FixtureRequest, house: str) -> None:
    shop: House = request.getfixturevalue(house)
    assert shop.hands("quote", "6") == {"orders": 1, "all": 1, "answered": 6}


def test_without_the_guards_there_would_be_more(on_sqlite: House) -> None:
    """The control: the race is real, and the test can see too many."""
    assert on_sqlite.hands("quote", "4", "unguarded")["all"] > 1
