"""What is found out about one person at once is what a segment would say of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from configurator.catalog import places
from personalization.people import events, profiles
from personalization.people.exchanges import Effect
from personalization.people.models import Event, Join, Person, Statement
from personalization.segments import services as segments
from personalization.slots import crediting
from personalization.slots.composing import Composition
from personalization.slots.standing import Standing
from personalization.slots.visiting import Visitor
from tests.personalization.slots.conftest import variant

pytestmark = pytest.mark.django_db
RULES = (
    *("orders at least 1", "orders at least 2", "orders > 0 and not spent > 100", "spent >= 99.5"),
    *("last_order within 3 days", "last_order not within 3 days", "first_seen within 1 days"),
    *("country in {PL, ES}", "country = DE", "not country = PL", "language = pl", "account"),
    *("count(viewed, 30 days) >= 2", "did(ordered, 1 days)", "likely_to_order > 50"),
    *("height at least 180", "height < 180", "taste = warm", "stars + 2 * ratings = 0"),
)


@pytest.fixture
def person(db: None) -> Person:
    """Known by two browsers, with an order four days ago."""
    whole, part = Person.objects.create(language="pl"), Person.objects.create()
    Person.objects.filter(pk=part.pk).update(into=whole)
    Join.objects.create(person=part, into=whole, why="test")
    ago = timezone.now() - timedelta(days=4)
    facts: dict[str, Any] = {"amount": 100, "currency": "EUR", "country": "PL"}
    events.append(person=whole, kind=Event.Kind.ORDERED, at=ago, **facts)
    for one in (whole, part):
        events.append(person=one, kind=Event.Kind.VIEWED, product="lamp")
    told = {"person": whole, "source": "exchange"}
    Statement.objects.create(name="height", number=190, **told)
    Statement.objects.create(name="taste", text="warm", **told)
    return Person.objects.get(pk=whole.pk)


def test_rules_say_the_same_as_segments(person: Person) -> None:
    found = Standing(person).rules(RULES)
    assert found == {rule: segments.matches(rule, person) for rule in RULES}
    assert set(found.values()) == {True, False}


def test_nothing_known_is_what_a_segment_takes_for_nothing(db: None) -> None:
    nobody = Person.objects.create()
    rules = [rule for rule in RULES if "height" not in rule and "taste" not in rule]
    assert Standing(nobody).rules(rules) == {rule: segments.matches(rule, nobody) for rule in rules}


def test_what_they_told_and_what_it_changed_is_noted_once_a_day(person: Person) -> None:
    rule = "height at least 180 and (taste = warm or orders at least 1)"
    for place, what in ((places.HOME, "page"), (places.DESIGNS, "design")):
        variant(place, whom="rule", rule=rule, items=["lamp/desk"])
        for _time in range(2):
            assert Composition(Visitor(person)).choose(place) is not None
        rows = Effect.objects.filter(person=person, what=what)
        assert {(row.fact, row.times) for row in rows} == {("height", 1), ("taste", 1)}
    assert crediting.told_names("orders at least 1") == []


def test_who_objects_is_in_nothing(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(quiet=True)
    person.refresh_from_db()
    assert not any(Standing(person).rules(RULES).values())


def test_what_is_known_of_them_is_kept_until_they_do_something(
    person: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rule = "count(viewed, 30 days) >= 3"
    assert Standing(person).rules([rule]) == {rule: False}
    with django_assert_num_queries(0):
        assert Standing(person).rules([rule]) == {rule: False}
    events.append(person=person, kind=Event.Kind.VIEWED, product="lamp")
    profiles.refresh_all()  # nobody would know by the profile that it is newer
    person.refresh_from_db()
    assert Standing(person).rules([rule]) == {rule: True}


def test_what_is_done_to_them_counts_at_once(person: Person) -> None:
    profiles.refresh_all()
    person.refresh_from_db()
    rule = "returned at least 1"
    assert Standing(person).rules([rule]) == {rule: False}
    events.append(person=person, kind=Event.Kind.RETURNED, seen=False)
    person.refresh_from_db()
    assert Standing(person).rules([rule]) == {rule: True}


def test_a_page_writes_no_profile(person: Person) -> None:
    assert Standing(person).rules(["orders at least 1"]) == {"orders at least 1": True}
    person.refresh_from_db()
    assert person.stale
