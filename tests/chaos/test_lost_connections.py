"""A database connection that is cut leaves no half order."""

import pytest

from tests.chaos.house import House
from tests.effort import thorough

pytestmark = [pytest.mark.chaos, pytest.mark.servers]

COUNT = 25


@thorough
def test_cut_connections_leave_whole_orders(on_postgres: House) -> None:
    told = on_postgres.hands("order_under_fire", str(COUNT))
    assert told["cut"] > 0
    assert told["orders"] == COUNT
    assert told["lines"] == [1] * COUNT
    assert (told["events"], told["jobs"]) == (COUNT, 2 * COUNT)
    assert told["numbers"] == list(range(1, COUNT + 1))
