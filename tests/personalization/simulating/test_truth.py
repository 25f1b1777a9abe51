"""What is true of a treatment is a sum over chances, whatever luck somebody had."""

from datetime import timedelta

import pytest

from personalization.simulating.effects import Bought, Chance
from personalization.simulating.run import BEGINS
from personalization.simulating.truth import _gain, _within, _worth

A = Chance("offer", 1, BEGINS, 0.25, True, seen=True)
B = Chance("offer", 1, BEGINS, 0.5, False, seen=True)
ANYWAY = Bought(1, BEGINS, 100.0, 100.0, None, True)
FOR_IT = Bought(1, BEGINS, 90.0, 100.0, A, True)


def test_the_gain_counts_chances_and_not_what_came_true() -> None:
    worth = {"offer": [90.0]}
    assert _gain("orders", [A, B], [FOR_IT], worth, 5) == 0.75
    assert _gain("revenue", [A, B], [FOR_IT], worth, 1000) == 0.75 * 90
    assert _gain("ordered", [A, B], [FOR_IT], worth, 1) == pytest.approx(1 - 0.75 * 0.5)


def test_who_orders_anyway_is_no_gain_in_people() -> None:
    assert _gain("ordered", [A], [FOR_IT, ANYWAY], {}, 1) == 0
    assert _gain("orders", [A], [FOR_IT, ANYWAY], {}, 5) == 0.25


def test_what_is_above_the_cap_is_no_gain() -> None:
    worth = {"offer": [90.0]}
    assert _gain("revenue", [A], [], worth, 60) == 0.25 * 60
    assert _gain("revenue", [A], [ANYWAY], worth, 120) == 0.25 * 20
    assert _gain("revenue", [A, B], [], worth, 90) == pytest.approx(0.625 * 90)


def test_an_order_for_a_code_is_worth_less() -> None:
    assert set(_worth([ANYWAY, FOR_IT], "offer")) == {90}
    assert set(_worth([ANYWAY, FOR_IT], "welcome")) == {100}


def test_dear_orders_are_cut_off_by_the_cap_and_cheap_ones_are_not() -> None:
    assert _gain("revenue", [A], [], {"offer": [50.0, 150.0]}, 100) == 0.25 * 75


def test_only_what_falls_into_the_days_counts() -> None:
    week = timedelta(days=7)
    assert _within(A, {1: BEGINS}, week)
    assert not _within(A, {1: BEGINS - week}, week)
    assert not _within(A, {1: BEGINS + timedelta(seconds=1)}, week)
    assert not _within(A, {}, week)
