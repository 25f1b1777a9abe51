"""Duplicate and late deliveries are harmless."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.house import House
from tests.effort import thorough

pytestmark = pytest.mark.chaos


@thorough
def test_three_shuffled_deliveries_equal_one(on_sqlite: House, tmp_path: Path) -> None:
    numbers = on_sqlite.hands("order", "3")
    shutil.copytree(on_sqlite.data, tmp_path / "twin")
    twin = House(tmp_path / "twin", port=on_sqlite.port)

    on_sqlite.hands("deliver", "1")
    twin.hands("deliver", "3", "42")

    once, thrice = on_sqlite.hands("contents"), twin.hands("contents")
    assert thrice == once
    assert [order for order, _state in once["orders"]] == numbers
    assert sorted(order for _number, order, *_rest in once["work orders"]) == numbers
    assert {state for _kind, state in once["jobs"]} == {"done"}
    assert kinds_of(once) == {"build_sheet", "confirmation"}
    assert len(twin.mails()) == len(set(twin.mails())) == len(numbers)


def kinds_of(contents: dict[str, Any]) -> set[str]:
    return {kind for kind, *_rest in contents["papers"]}
