"""Experiments in the shop: who is in them, what is written down, and what the results say."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from personalization.experiments import services
from personalization.experiments.models import Experiment, Exposure
from personalization.experiments.results import results
from personalization.experiments.services import ArmPlan
from personalization.people.models import Event, Person

pytestmark = pytest.mark.django_db
ARMS = [ArmPlan("as-it-is", "As it is"), ArmPlan("oak", "Oak first")]


def drafted(code: str = "oak", **more: Any) -> Experiment:
    return services.plan(experiment=Experiment(code=code, name="Oak first", **more), arms=ARMS)


def running(code: str = "oak", **more: Any) -> Experiment:
    return services.start(experiment=drafted(code, **more))


def people(count: int) -> list[Person]:
    return Person.objects.bulk_create(Person() for _ in range(count))


def bought(person: Person, amount: int, ago: timedelta) -> Event:
    return Event.objects.create(
        person=person, kind="ordered", amount=amount, currency="EUR", at=timezone.now() - ago
    )


def test_a_person_meets_the_same_arm_for_ever_and_is_written_down_once() -> None:
    running()
    (person,) = people(1)
    first = services.arm_of("oak", person)
    assert first in {"as-it-is", "oak"}
    assert not Exposure.objects.exists()
    assert {services.exposed("oak", person) for _ in range(3)} == {first}
    assert Exposure.objects.count() == 1


def test_several_experiments_are_met_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for code in ("one", "two", "three"):
        running(code)
    (person,) = people(1)
    met = services.exposed_to(["one", "two", "three", "none"], person)
    assert met.pop("none") == ""
    with django_assert_num_queries(2):
        assert services.exposed_to(["one", "two", "three"], person) == met
    with django_assert_num_queries(1):
        assert services.exposed("none", person) == ""


def test_the_cap_leaves_room_above_all_that_was_spent() -> None:
    assert services.suggested_cap("EUR") == 1000
    for amount in (3_000, 200):
        bought(people(1)[0], amount, timedelta(days=3))
    assert services.suggested_cap("EUR") == 5000
    assert services.hold_out(code="journey", name="J", percent=5).most_revenue == 5000


def test_who_turns_out_to_be_known_stays_in_the_arm_they_met() -> None:
    running()
    known = people(1)[0]
    other = next(
        each for each in people(50) if services.arm_of("oak", each) != services.arm_of("oak", known)
    )
    met = services.exposed("oak", other)
    Person.objects.filter(pk=other.pk).update(into=known)
    other.refresh_from_db()
    assert services.arm_of("oak", known) == services.arm_of("oak", other) == met


def test_nobody_is_in_what_does_not_run() -> None:
    draft = drafted()
    (person,) = people(1)
    assert services.exposed("oak", person) == services.exposed("nothing", person) == ""
    services.stop(experiment=services.start(experiment=draft), conclusion="Oak it is.")
    assert services.exposed("oak", person) == ""


def test_a_plan_that_runs_stands() -> None:
    experiment = running(metric="revenue")
    experiment.metric = "ordered"
    with pytest.raises(ValidationError):
        services.plan(experiment=experiment, arms=ARMS)
    with pytest.raises(ValidationError):
        services.start(experiment=experiment)
    Experiment.objects.update(metric="ordered", most_revenue=5)  # behind the pages
    experiment.refresh_from_db()
    found = results(experiment)
    assert found.main is not None
    assert found.main.metric.code == "revenue"
    assert found.intact
    experiment.registered["metric"] = "ordered"
    assert not results(experiment).intact


def test_a_plan_that_starts_while_it_is_changed_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = services.plan(experiment=Experiment(code="oak", name="Oak"), arms=ARMS)
    check = services._check

    def started_meanwhile(*asked: Any) -> None:
        services.start(experiment=Experiment.objects.get())
        check(*asked)

    monkeypatch.setattr(services, "_check", started_meanwhile)
    with pytest.raises(ValidationError):
        services.plan(experiment=draft, arms=ARMS)
    assert Experiment.objects.get().state == Experiment.State.RUNNING


def test_experiments_of_a_group_share_nobody_and_a_full_one_says_so() -> None:
    running("one", group="home", share=40)
    second = running("two", group="home", share=50)
    with pytest.raises(ValidationError) as told:
        running("three", group="home", share=20)
    assert "share" in told.value.message_dict
    everybody = people(150)
    both = [p for p in everybody if services.arm_of("one", p) and services.arm_of("two", p)]
    assert not both
    some = sum(bool(services.arm_of("two", person)) for person in everybody)
    assert 45 <= some <= 105
    services.stop(experiment=second)
    services.start(experiment=Experiment.objects.get(code="three"))


def test_held_out_people_are_in_no_experiment_and_nothing_is_done_for_them() -> None:
    running()
    services.hold_out(code=services.GLOBAL, name="Nothing at all", percent=30)
    services.hold_out(code="journey-left", name="No reminder", percent=50)
    for person in people(60):
        if services.is_held_out(person):
            assert services.arm_of("oak", person) == ""
            assert services.is_held_out(person, "journey-left")
            assert not services.reach(person, "journey-left")
        else:
            assert services.arm_of("oak", person)
            reached = services.reach(person, "journey-left")
            assert reached != services.is_held_out(person, "journey-left")
    assert Exposure.objects.filter(experiment__code=services.GLOBAL).count() == 60
    share = Exposure.objects.filter(arm=services.HELD_OUT, experiment__code=services.GLOBAL)
    assert 7 <= share.count() <= 30


@pytest.mark.parametrize(
    ("field", "more", "arms"),
    [
        ("arms", {}, ARMS[:1]),
        ("arms", {}, [ARMS[0], ARMS[0]]),
        ("arms", {}, [ARMS[0], ArmPlan("b", "B", 0)]),
        ("metric", {"metric": "luck"}, ARMS),
        ("share", {"share": 0}, ARMS),
        ("share", {"share": 101}, ARMS),
        ("window_days", {"window_days": 0}, ARMS),
        ("most_revenue", {"most_revenue": Decimal(0)}, ARMS),
        ("code", {"code": "no code"}, ARMS),
        ("name", {"name": "x" * 121}, ARMS),
    ],
)
def test_bad_plans_are_refused_at_the_field(
    field: str, more: dict[str, Any], arms: list[ArmPlan]
) -> None:
    values = {"code": "oak", "name": "Oak", **more}
    with pytest.raises(ValidationError) as told:
        services.plan(experiment=Experiment(**values), arms=arms)
    assert set(told.value.message_dict) == {field}
    assert not Experiment.objects.exists()


def test_results_count_whose_days_are_over_and_what_was_done_within_them() -> None:
    experiment = running(window_days=7, most_revenue=Decimal(500))
    early, late, joined = people(3)
    for person, ago in ((early, 10), (late, 3), (joined, 10)):
        Exposure.objects.create(
            experiment=experiment,
            person=person,
            arm="oak",
            at=timezone.now() - timedelta(days=ago),
        )
    bought(early, 90, timedelta(days=9))
    bought(early, 9_000, timedelta(days=8))
    bought(early, 70, timedelta(days=2))  # too late
    bought(early, 70, timedelta(days=11))  # before
    bought(late, 50, timedelta(days=1))
    part = Person.objects.create(into=joined)
    bought(part, 40, timedelta(days=8))
    found = results(experiment)
    assert (found.people, found.counted) == (3, 2)
    totals = {each.metric.code: each.arms[1].total for each in found.metrics}
    assert totals == {"ordered": 2, "orders": 3, "revenue": 540}
    assert found.metrics[0].comparisons[0].interval is not None


def test_a_true_effect_is_found_and_lies_in_its_interval() -> None:
    experiment = running(window_days=1)
    random = np.random.default_rng(1)
    everybody = people(4000)
    at = timezone.now() - timedelta(days=5)
    exposures, events = [], []
    for person in everybody:
        arm = ARMS[int(random.random() < 0.5)].code
        exposures.append(Exposure(experiment=experiment, person=person, arm=arm, at=at))
        if random.random() < (0.25 if arm == "oak" else 0.1):
            spent = int(random.integers(50, 150))
            events.append(Event(person=person, kind="ordered", amount=spent, currency="EUR", at=at))
    Exposure.objects.bulk_create(exposures)
    Event.objects.bulk_create(events)
    found = results(experiment)
    assert not found.unbalanced
    assert found.main is not None
    (told,) = found.main.comparisons
    assert told.interval is not None
    assert 0 < told.interval.low < 0.15 < told.interval.high
    assert told.p < 0.001
    assert told.decided_after is not None
    assert told.way[-1] == pytest.approx(
        (4000, told.interval.estimate, told.interval.low, told.interval.high)
    )


def test_lost_people_are_noticed() -> None:
    experiment = running()
    Exposure.objects.bulk_create(
        Exposure(experiment=experiment, person=person, arm="as-it-is") for person in people(60)
    )
    assert results(experiment).unbalanced
