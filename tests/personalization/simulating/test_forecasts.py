"""What was told of people is held against what is true of them, by fifths."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from personalization.people.models import Event, Person
from personalization.simulating import forecasting
from personalization.simulating.crowd import crowd
from personalization.simulating.forecasting import Forecast, Part
from personalization.simulating.run import BEGINS


def test_short_runs_foretell_nothing() -> None:
    assert forecasting.moment(BEGINS, 90) is None
    assert forecasting.moment(BEGINS, 120) == BEGINS + timedelta(days=90)


@pytest.mark.django_db
def test_who_was_told_least_comes_first_with_what_is_true_and_what_came() -> None:
    people = crowd(11, 30, seed=1)
    for who in people:
        who.pk = Person.objects.create().pk
        who.habits = replace(who.habits, visits=0.5, buys=0.0)
    people[10].quiet = True
    last = people[9]
    Event.objects.create(person_id=last.pk, kind="ordered", at=timezone.now())
    told = {who.pk: 5.0 * who.number for who in people}
    forecast = Forecast(timezone.now() - timedelta(days=30), told)
    parts = forecasting.parts(forecast, people, {last.pk: [0.5, 0.5]})
    assert [part.people for part in parts] == [2] * 5  # who objects is nobody's business
    assert [round(part.told, 3) for part in parts] == [0.075, 0.175, 0.275, 0.375, 0.475]
    assert [part.true for part in parts] == [0, 0, 0, 0, 0.375]
    assert [part.came for part in parts] == [0, 0, 0, 0, 0.5]
    assert forecasting.parts(None, people, {}) == []


def test_what_is_told_is_honest_as_far_as_what_came_is_no_surprise() -> None:
    part = Part(people=50, told=0.2, true=0.2, came=0.1)
    assert [round(share, 3) for share in part.between] == [0.034, 0.26]
    assert part.honest
    assert not replace(part, told=0.27).honest
    assert Part(people=5, told=0.5, true=0.1, came=0.0).honest  # of few, nothing is a surprise
