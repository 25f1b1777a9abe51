"""Who is in what: the same for ever, as weighted, and independent of everything else."""

from collections import Counter

import pytest

from personalization.experiments.drawing_lots import Slot, arm_by_weight, held_out, lot

PEOPLE = [f"person-{n}" for n in range(4000)]


def test_lots_are_the_same_after_every_restart() -> None:
    assert lot("welcome", "person-1") == 0.3381087156876252
    assert [lot("a", each) for each in PEOPLE[:5]] == [lot("a", each) for each in PEOPLE[:5]]


def test_arms_come_as_weighted() -> None:
    count = Counter(arm_by_weight("welcome", each, [1, 0, 3]) for each in PEOPLE)
    assert count[1] == 0
    assert count[0] / len(PEOPLE) == pytest.approx(0.25, abs=0.03)


def test_experiments_draw_independently() -> None:
    both = Counter(
        (arm_by_weight("one", each, [1, 1]), arm_by_weight("two", each, [1, 1])) for each in PEOPLE
    )
    for count in both.values():
        assert count / len(PEOPLE) == pytest.approx(0.25, abs=0.03)


def test_parts_of_a_group_share_nobody_and_leave_nobody_out() -> None:
    parts = [Slot("home", 0, 0.2), Slot("home", 0.2, 0.7), Slot("home", 0.7, 1)]
    assert all(sum(part.holds(each) for part in parts) == 1 for each in PEOPLE)


def test_a_greater_holdout_keeps_who_was_in_it() -> None:
    few = {each for each in PEOPLE if held_out("", each, 0.05)}
    more = {each for each in PEOPLE if held_out("", each, 0.1)}
    assert few < more
    assert len(few) / len(PEOPLE) == pytest.approx(0.05, abs=0.015)
    assert not any(held_out("", each, 0) for each in PEOPLE)
    assert all(held_out("", each, 1) for each in PEOPLE)
