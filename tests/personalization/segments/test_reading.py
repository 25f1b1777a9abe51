"""What a rule reads of somebody, and what of it they told themselves."""

import pytest

from orders.models import Job
from personalization.people.models import Person, Statement
from personalization.segments import services
from personalization.segments.models import Segment
from personalization.segments.reading import names_in, told_in

pytestmark = pytest.mark.django_db


def test_only_what_people_told_is_theirs() -> None:
    Statement.objects.create(person=Person.objects.create(), name="height", number=180, source="x")
    rule = "not (height at least 180 and orders at least 2) or country in {PL}"
    assert names_in(rule) == {"height", "orders", "country"}
    assert told_in(rule) == {"height"}
    assert told_in("") == told_in("heigth > 2") == frozenset()


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
