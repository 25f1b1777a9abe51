"""Experiments in the marketer's room."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from personalization.experiments import services
from personalization.experiments.models import Experiment, Exposure
from personalization.people.models import Event, Person
from project.roles import make_groups

pytestmark = pytest.mark.django_db
URL = "/marketing/experiments/"
PLAN = {
    "name": "Oak <b>first",
    "code": "oak",
    "question": "More order.",
    "arms": "as-it-is 1 As it is\noak 1 Oak first\n",
    "metric": "revenue",
    "window_days": "7",
    "most_revenue": "500",
    "currency": "EUR",
    "share": "50",
    "group": "home",
}


@pytest.fixture
def marketer(client: Client) -> Client:
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


def planned(marketer: Client, **more: str) -> Experiment:
    assert marketer.post(f"{URL}new/", {**PLAN, **more}).status_code == 302
    return Experiment.objects.latest("pk")


def test_one_is_planned_changed_started_and_stands(marketer: Client) -> None:
    found = planned(marketer)
    page = marketer.get(f"{URL}{found.pk}/").content.decode()
    assert "Oak &lt;b&gt;first" in page
    assert "Start it" in page
    marketer.post(f"{URL}{found.pk}/plan/", {**PLAN, "arms": "a 1 A\nb 3 B"})
    assert [arm.weight for arm in found.arms.all()] == [1, 3]
    marketer.post(f"{URL}{found.pk}/start/")
    found.refresh_from_db()
    assert found.state == "running"
    assert marketer.get(f"{URL}{found.pk}/plan/").status_code == 302
    marketer.post(f"{URL}{found.pk}/plan/", {**PLAN, "metric": "ordered"})
    found.refresh_from_db()
    assert (found.metric, found.registered["metric"]) == ("revenue", "revenue")
    marketer.post(f"{URL}{found.pk}/stop/", {"conclusion": "Oak <i>it is"})
    assert "Oak &lt;i&gt;it is" in marketer.get(f"{URL}{found.pk}/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("arms", text) for text in ("", "one", "a 1 A", "a x A\nb 1 B", "a 1 A\na 1 A")),
        *(("arms", text) for text in ("a 0 A\nb 1 B", "<b> 1 A\nb 1 B", "x" * 200_000)),
        *(("metric", text) for text in ("", "luck")),
        *(("window_days", text) for text in ("", "0", "-1", "NaN", "1e9", "99999")),
        *(("most_revenue", text) for text in ("", "0", "-1", "NaN", "Infinity", "1e99")),
        *(("share", text) for text in ("0", "101", "½")),
        *(("code", text) for text in ("", "a b", "x" * 61, "<b>")),
        *(("name", text) for text in ("", "x" * 121)),
        ("question", "x" * 2001),
        ("group", "a b"),
        ("currency", "EURO"),
    ],
)
def test_bad_plans_are_told_at_the_field(marketer: Client, field: str, value: str) -> None:
    response = marketer.post(f"{URL}new/", {**PLAN, field: value})
    assert response.status_code == 422
    assert f'id="{field}_error"' in response.content.decode()
    assert not Experiment.objects.exists()


def test_a_full_group_is_told_when_it_should_start(marketer: Client) -> None:
    services.start(experiment=planned(marketer, code="one", share="60"))
    second = planned(marketer, code="two", share="50")
    assert marketer.post(f"{URL}{second.pk}/start/").status_code == 422
    assert marketer.post(f"{URL}new/", {**PLAN, "code": "one"}).status_code == 422


@pytest.mark.parametrize("language", ["en", "es", "pl"])
def test_results_are_a_table_a_plot_and_a_sentence(marketer: Client, language: str) -> None:
    found = services.start(experiment=planned(marketer))
    at = timezone.now() - timedelta(days=20)
    people = Person.objects.bulk_create(Person() for _ in range(240))
    Exposure.objects.bulk_create(
        Exposure(experiment=found, person=person, arm=("as-it-is", "oak")[n % 2], at=at)
        for n, person in enumerate(people)
    )
    Event.objects.bulk_create(
        Event(person=person, kind="ordered", amount=100, currency="EUR", at=at)
        for n, person in enumerate(people)
        if n % 2 or n % 20 == 0
    )
    marketer.cookies["django_language"] = language
    page = marketer.get(f"{URL}{found.pk}/").content.decode()
    assert page.count('<svg class="trial-plot"') == 3
    assert 'role="img" aria-labelledby="revenue-oak-title revenue-oak-desc"' in page
    if language == "en":
        assert "“Oak first” brings more than “As it is”" in page
        assert "€12,000.00" in page
        assert "“Oak first”, all together: +€1" in page


def test_lost_people_are_told_first(marketer: Client) -> None:
    found = services.start(experiment=planned(marketer))
    Exposure.objects.bulk_create(
        Exposure(experiment=found, person=person, arm="oak")
        for person in Person.objects.bulk_create(Person() for _ in range(50))
    )
    page = marketer.get(f"{URL}{found.pk}/").content.decode()
    assert "The arms do not get people as they should." in page


@pytest.mark.parametrize(("percent", "made"), [("5", 1), ("0", 0), ("51", 0), ("x", 0), ("", 0)])
def test_some_are_held_out_of_everything(marketer: Client, percent: str, made: int) -> None:
    assert marketer.post(f"{URL}hold-out/", {"percent": percent}).status_code == 302
    assert Experiment.objects.filter(kind="holdout").count() == made


def test_who_may_not_sees_nothing(client: Client, settings: Any) -> None:
    make_groups()
    assert client.get(URL).status_code == 302
    user = User.objects.create_user("ole")
    user.groups.add(Group.objects.get(name="catalog admin"))
    client.force_login(user)
    assert client.get(URL).status_code == 403
    assert client.post(f"{URL}new/", PLAN).status_code == 403
