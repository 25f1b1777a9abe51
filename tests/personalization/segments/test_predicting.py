"""What is likely is learned from the past, judged on others, and told as often as it comes true."""

from datetime import timedelta

import numpy as np
import pytest
from django.utils import timezone

from personalization.people.models import Event, Person
from personalization.segments import predicting, services
from personalization.segments.models import Score


def test_it_finds_the_weights_that_there_are() -> None:
    lots = np.random.default_rng(5)
    features = lots.normal(size=(20_000, 2))
    truth = 1 / (1 + np.exp(-(-1 + 1.5 * features[:, 0])))
    happened = lots.random(20_000) < truth
    ids = np.arange(20_000)
    learned = predicting.learn(features[:15_000], happened[:15_000], ids[:15_000])
    assert learned.weights == pytest.approx([-1, 1.5, 0], abs=0.1)
    likely, seen = learned.likely(features[15_000:]), happened[15_000:]
    rows = predicting.calibrated(likely, seen)
    assert max(abs(row["told"] - row["true"]) for row in rows) < 0.08
    scores = predicting.judged(likely, seen, float(happened[:15_000].mean()))
    assert scores["loss"] < scores["base_loss"]
    assert scores["auc"] > 0.75


@pytest.mark.parametrize(("people", "apart"), [(90, 0.15), (200, 0.08), (800, 0.05)])
def test_it_is_no_surer_than_those_bear_out_whom_it_has_not_seen(people: int, apart: float) -> None:
    """Fourteen of fifteen features are noise, and few people can't tell which."""
    lots = np.random.default_rng(people)
    told, came = [], []
    for _time in range(30):
        features = lots.normal(size=(people + 500, 15))
        happened = lots.random(people + 500) < 1 / (1 + np.exp(-features[:, 0] / 2))
        learned = predicting.learn(features[:people], happened[:people], np.arange(people))
        told.append(learned.likely(features[people:]))
        came.append(happened[people:])
    rows = predicting.calibrated(np.concatenate(told), np.concatenate(came))
    assert max(abs(row["told"] - row["true"]) for row in rows) < apart


@pytest.mark.django_db
def test_people_are_scored_and_the_score_is_a_name_in_rules() -> None:
    now = timezone.now()
    people = Person.objects.bulk_create([Person(stale=False) for _n in range(200)])
    rows = []
    for n, person in enumerate(people):
        days = [40, 35] if n % 2 else [45]
        rows += [Event(person=person, kind="carted", at=now - timedelta(d)) for d in days]
        if n % 2 and n % 10 != 1:
            rows.append(Event(person=person, kind="ordered", at=now - timedelta(10), amount=9))
        if n % 2:
            rows.append(Event(person=person, kind="carted", at=now - timedelta(3)))
    Event.objects.bulk_create(rows)
    made = predicting.train("likely_to_order", now)
    assert made.scores["auc"] > 0.7
    assert made.scores["loss"] < made.scores["base_loss"]
    assert Score.objects.filter(value__gte=0, value__lte=100).count() == 200
    assert 0 < len(services.people("likely_to_order > 50")) < 200


@pytest.mark.django_db
def test_of_too_little_nothing_is_told() -> None:
    Person.objects.create()
    with pytest.raises(predicting.TooFew):
        predicting.train("likely_to_order")
    assert not Score.objects.exists()


@pytest.mark.django_db
def test_who_did_as_much_but_longer_ago_is_likelier_to_have_left() -> None:
    now = timezone.now()
    stayed, of_late, left = (40, 10), (40, 20), (50,)  # seen so many days ago
    seen = [stayed, of_late, left, left] * 60
    people = Person.objects.bulk_create([Person(stale=False) for _each in seen])
    Event.objects.bulk_create(
        Event(person=person, kind="viewed", at=now - timedelta(days))
        for person, each in zip(people, seen, strict=True)
        for days in each
    )
    predicting.train("likely_to_leave", now)
    told = dict(Score.objects.filter(name="likely_to_leave").values_list("person_id", "value"))
    by_kind = [{round(told[each.pk], 6) for each in people[kind::4]} for kind in range(2)]
    assert max(by_kind[0]) + 20 < min(by_kind[1])
