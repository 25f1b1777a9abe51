"""What a rule reads of somebody, and what of it they told themselves."""

import pytest

from personalization.people.models import Person, Statement
from personalization.segments.reading import names_in, told_in

pytestmark = pytest.mark.django_db


def test_only_what_people_told_is_theirs() -> None:
    Statement.objects.create(person=Person.objects.create(), name="height", number=180, source="x")
    rule = "not (height at least 180 and orders at least 2) or country in {PL}"
    assert names_in(rule) == {"height", "orders", "country"}
    assert told_in(rule) == {"height"}
    assert told_in("") == told_in("heigth > 2") == frozenset()
