"""What a rule reads of somebody, and what of it they told themselves."""

import pytest
from pytest_django import DjangoAssertNumQueries

from orders.models import Job
from personalization.people.exchanges import Exchange, Question
from personalization.people.models import Event, Person, Statement
from personalization.segments import services
from personalization.segments.models import Segment
from personalization.segments.reading import names_in, told_in

pytestmark = pytest.mark.django_db


def test_only_what_people_told_is_theirs() -> None:
    Statement.objects.create(person=Person.objects.create(), name="height", number=180, source="x")
    rule = "not (height at least 180 and orders at least 2) or country in {PL}"
    assert names_in(rule) == {"height", "orders", "country"}
    assert told_in(rule) == {"height"}
    assert told_in("") == frozenset()


def test_of_a_rule_that_names_what_is_asked_no_more_it_is_still_told() -> None:
    assert told_in("height > 180 and orders > 2") >= {"height"}
    assert "orders" not in told_in("height > 180 and orders > 2")


def test_a_rule_may_name_what_is_asked_before_anybody_has_answered() -> None:
    exchange = Exchange.objects.create(code="fit", name="Fit", text="")
    Question.objects.create(exchange=exchange, code="height", label="Height", kind="number")
    Question.objects.create(exchange=exchange, code="hand", label="Hand", kind="choice")
    assert names_in("height > 180 and hand = left") == {"height", "hand"}


def test_a_segment_by_a_fact_that_nobody_tells_any_more_is_empty() -> None:
    """Its members leave, and it is counted on: a fact may be told again."""
    person = Person.objects.create()
    told = Statement.objects.create(person=person, name="height", number=180, source="x")
    segment = services.save(segment=Segment(slug="tall", name="Tall", rule="height at least 150"))
    assert services.refresh_job(Job.objects.get(kind=services.REFRESH).pk)
    assert services.is_in(person, segment)
    told.delete()
    Person.objects.update(stale=True)
    assert services.refresh_job(Job.objects.get(state=Job.State.DUE).pk)
    assert not segment.members.exists()
    assert not services.is_in(person, segment)
    assert Job.objects.filter(kind=services.REFRESH, state=Job.State.DUE).count() == 1


def test_many_come_and_leave_with_as_few_queries_as_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    people = Person.objects.bulk_create(Person(stale=False) for _n in range(40))
    Person.objects.filter(pk=people[0].pk).update(quiet=True)
    segment = Segment.objects.create(slug="all", name="All", kind=Segment.Kind.LIST)
    with django_assert_max_num_queries(12):
        assert services.put(segment=segment, persons=people) == 40
    came = Event.objects.filter(kind=Event.Kind.ENTERED, option="all", source="segments")
    assert set(came.values_list("person", flat=True)) == {each.pk for each in people[1:]}
    assert Person.objects.filter(stale=True).count() == 39
