"""One person has one code of an offer, uses it once, and not when what earned it is taken back."""

import pytest

from tests.chaos.house import House
from tests.chaos.test_promo import shop
from tests.effort import thoroughly

__all__ = ["shop"]  # a fixture
pytestmark = pytest.mark.chaos


@pytest.mark.parametrize("people", [4, thoroughly(16)])
def test_there_is_one_and_it_goes_once_or_is_taken_back(shop: House, people: int) -> None:
    told = shop.hands("own_codes", str(people))
    assert told == {"given": 1, "sold": 1, "torn": 0}


def test_without_the_guards_there_would_be_more(on_sqlite: House) -> None:
    """The control: the race is real, and the test can see too much."""
    assert on_sqlite.hands("own_codes", "4", "unguarded")["given"] > 1
