"""What belongs to whole persons is looked up, not searched for among everybody's."""

from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory

from personalization.people import joining, visitors, wholes
from personalization.people.models import Decision, Event, Person

pytestmark = pytest.mark.django_db


def test_parts_belong_to_their_whole_and_others_do_not() -> None:
    whole, other = Person.objects.create(), Person.objects.create()
    part = Person.objects.create(into=whole)
    for person in (whole, part, other):
        Event.objects.create(person=person, kind=Event.Kind.VIEWED)
    mine = Event.objects.filter(wholes.of(whole.pk))
    assert set(mine.values_list("person", flat=True)) == {whole.pk, part.pk}
    assert Event.objects.filter(wholes.of([whole.pk, other.pk])).count() == 3
    assert not Event.objects.filter(wholes.of([])).exists()


@pytest.mark.parametrize("model", [Decision, Event])
def test_no_table_is_read_from_end_to_end(model: type[Decision] | type[Event]) -> None:
    plan = model._default_manager.filter(wholes.of(1)).explain()
    assert "SEARCH" in plan
    assert f"SCAN {model._meta.db_table}" not in plan


def test_a_look_at_a_page_reads_all_that_a_visitor_is(rf: RequestFactory) -> None:
    user = User.objects.create_user("kept")
    whole, browser = Person.objects.create(user=user), Person.objects.create()
    joining.join(person=browser, into=whole, why="test")
    for known, who in ((whole.pk, user), (browser.pk, user), (browser.pk, AnonymousUser())):
        request = rf.get("/")
        request.user, request.session = who, cast("Any", {visitors.KEY: known})
        found = visitors.known_to(request)
        assert found == whole
        if known == whole.pk:
            assert wholes.known(whole if found is None else found) == [whole.pk, browser.pk]
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), cast("Any", {visitors.KEY: whole.pk})
    assert visitors.known_to(request) is None
