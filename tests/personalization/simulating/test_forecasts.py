"""What was told of people is held against what is true of them, by fifths."""

from dataclasses import replace
from datetime import timedelta
from math import inf

import pytest
from django.utils import timezone

from personalization.people.models import Event, Person
from personalization.simulating import forecasting
from personalization.simulating.crowd import Somebody, crowd, dice, never, visits_of
from personalization.simulating.effects import Chance, Ledger
from personalization.simulating.forecasting import LEAVE, ORDER, Forecast, Part
from personalization.simulating.run import BEGINS


def test_short_runs_foretell_nothing() -> None:
    assert forecasting.moment(BEGINS, 90) is None
    assert forecasting.moment(BEGINS, 120) == BEGINS + timedelta(days=90)


@pytest.mark.django_db
def test_who_was_told_least_comes_first_with_what_is_true_and_what_came() -> None:
    people = _people(visits=0.5, buys=0.0)
    people[10].quiet = True
    last = people[9]
    Event.objects.create(person_id=last.pk, kind="ordered", at=timezone.now())
    forecast = _forecast({who.pk: 5.0 * who.number for who in people})
    parts = forecasting.parts(ORDER, forecast, people, _met(last.pk, 0.5, 0.5))
    assert [part.people for part in parts] == [2] * 5  # who objects is nobody's business
    assert [round(part.told, 3) for part in parts] == [0.075, 0.175, 0.275, 0.375, 0.475]
    assert [part.true for part in parts] == [0, 0, 0, 0, 0.375]
    assert [part.came for part in parts] == [0, 0, 0, 0, 0.5]
    assert forecasting.parts(ORDER, None, people, Ledger()) == []
    assert forecasting.parts(LEAVE, forecast, people, Ledger()) == []  # nothing was told of it


@pytest.mark.django_db
def test_who_left_for_good_is_gone_but_for_news() -> None:
    people = _people(visits=0.5, buys=0.0)
    for who in people[8:]:
        who.habits = replace(who.habits, leaves_on=60.0)
    back = people[9]
    for who in [*people[:7], back]:  # one of those who stay does nothing either
        Event.objects.create(person_id=who.pk, kind="viewed", at=timezone.now())
    forecast = _forecast({who.pk: 5.0 * who.number for who in people[:10]}, LEAVE)
    met = _met(back.pk, 0.06)
    met.chances.append(Chance("advice", people[8].pk, timezone.now(), 0.2, fired=False))
    parts = forecasting.parts(LEAVE, forecast, people, met)
    assert [round(part.true, 3) for part in parts] == [0, 0, 0, 0, 0.97]
    assert [part.came for part in parts] == [0, 0, 0, 0.5, 0.5]


@pytest.mark.parametrize("tires", [0.0, 0.05])
def test_what_never_happens_is_as_likely_as_in_a_crowd(tires: float) -> None:
    who = crowd(1, 30, seed=1)[0]
    habits = replace(who.habits, visits=0.1, tires=tires, arrives=0.5)
    count, lot = 4_000, dice(1, "leaving")
    never_came = 0
    for number in range(count):
        leaves = lot.expovariate(tires) if tires else inf
        each = replace(who, number=number, habits=replace(habits, leaves_on=1 + leaves))
        never_came += len(list(visits_of(each, BEGINS, 31, seed=1))) == 1  # but for the first
    chance = never(replace(who, habits=replace(habits, leaves_on=9.0)), 0.1, 1, 30)
    assert never_came / count == pytest.approx(chance, abs=0.03)
    assert never(replace(who, habits=replace(habits, leaves_on=1.0)), 0.1, 1, 30) == 1


def _people(**habits: float) -> list[Somebody]:
    """Who never tires, and comes and buys so often."""
    people = crowd(11, 30, seed=1)
    for who in people:
        who.pk = Person.objects.create().pk
        stays = replace(who.habits, tires=0.0, leaves_on=inf)
        who.habits = replace(stays, visits=habits["visits"], buys=habits["buys"])
    return people


def _forecast(told: dict[int, float], name: str = ORDER) -> Forecast:
    return Forecast(timezone.now() - timedelta(days=30), 67, {name: told})


def _met(person: int, *chances: float) -> Ledger:
    """News met just now, of these chances."""
    now = timezone.now()
    return Ledger([Chance("news", person, now, chance, fired=False) for chance in chances])


def test_what_is_told_is_honest_as_far_as_what_came_is_no_surprise() -> None:
    part = Part(people=50, told=0.2, true=0.2, came=0.1)
    assert [round(share, 3) for share in part.between] == [0.031, 0.278]
    assert part.honest
    assert not replace(part, told=0.29).honest
    assert replace(part, told=0.29, unsure=0.04).honest  # learned from too few to be sure
    assert Part(people=5, told=0.5, true=0.1, came=0.0).honest  # of few, nothing is a surprise
