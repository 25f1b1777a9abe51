"""What advice is worth: how much oftener it is right than what most have ordered, and how sure."""

import pytest

from personalization.simulating.advised import Saying, worth


def said(person: int, right: bool, usual: bool) -> Saying:
    return Saying(person, right, usual, best=0.75)


def test_where_nothing_was_said_nothing_is_told() -> None:
    assert worth([]) is None


def test_advice_is_held_against_what_most_have_ordered() -> None:
    found = worth([said(1, True, False), said(1, True, True), said(2, False, False)] * 20)
    assert found is not None
    assert (found.said, found.people) == (60, 2)
    assert found.right == pytest.approx(2 / 3)
    assert found.usual == pytest.approx(1 / 3)
    assert found.best == 0.75
    assert found.better == pytest.approx(1 / 3)
    assert found.low < found.better < found.high


def test_saying_the_same_to_one_person_again_makes_nothing_surer() -> None:
    once = [said(person, person % 3 > 0, person % 2 > 0) for person in range(30)]
    first, second = worth(once), worth([*once, *once, *once])
    assert first is not None
    assert second is not None
    assert (second.low, second.high) == pytest.approx((first.low, first.high))


def test_one_person_says_nothing_of_others() -> None:
    found = worth([said(1, True, False)] * 50)
    assert found is not None
    assert found.low <= 0
