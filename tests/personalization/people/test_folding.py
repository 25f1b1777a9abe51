"""A profile folded little by little is the one that is folded anew."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from personalization.people import events, joining, profiles
from personalization.people.models import Event, Fact, Join, Person, Statement
from tests.effort import EFFORT

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
KINDS = [kind.value for kind in Event.Kind]
happened = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "product": st.sampled_from(["", "lamp", "bike"]),
        "amount": st.none() | st.decimals(-5, 900, places=2),
        "currency": st.sampled_from(["", "EUR", "PLN"]),
        "number": st.none() | st.integers(1, 5),
        "country": st.sampled_from(["", "PL", "ES"]),
        "at": st.integers(0, 9_999).map(lambda hours: FIRST + timedelta(hours=hours)),
    }
)
step = st.one_of(
    st.tuples(st.integers(0, 3), happened),
    st.tuples(st.integers(0, 3), st.sampled_from(["refresh", "join", "part", "state"])),
)


def rows(person: Person) -> list[tuple[Any, ...]]:
    names = ("name", *profiles.FIELDS)
    return sorted(Fact.objects.filter(person_id=person.whole_id).values_list(*names), key=str)


def told(person: Person) -> list[tuple[Any, ...]]:
    """What a page would be told of a whole person, without its being written."""
    ids = profiles.members(person.pk)
    found = {**profiles.done_by(person.pk, ids), **profiles.told_by(ids)}
    names = ("name", *profiles.FIELDS)
    return sorted(
        (tuple(getattr(each, name) for name in names) for each in found.values()), key=str
    )


def do(persons: list[Person], who: int, what: Any) -> None:
    person = persons[who]
    person.refresh_from_db()
    if isinstance(what, dict):
        events.append(person=person, **what)
    elif what == "refresh":
        profiles.refresh(person)
    elif what == "join":
        joining.join(person=person, into=persons[(who + 1) % 4], why="test")
    elif what == "part" and (found := Join.objects.filter(undone_at=None).last()):
        joining.part(found)
    elif what == "state":
        Statement.objects.update_or_create(
            person=person, name="height", defaults={"number": who, "source": "test"}
        )
        Person.objects.filter(pk=person.pk).update(stale=True)


class Folding(TestCase):
    @settings(max_examples=200 if EFFORT >= 1 else 12, deadline=None)
    @given(st.lists(step, max_size=14))
    def test_little_by_little_is_as_anew(self, steps: list[tuple[int, Any]]) -> None:
        persons = [Person.objects.create() for _n in range(4)]
        for who, what in steps:
            do(persons, who, what)
        wholes = Person.objects.filter(into=None)
        looked_at = {person.pk: told(person) for person in wholes}
        profiles.refresh_all()
        assert looked_at == {person.pk: rows(person) for person in wholes}
        before = {person.pk: rows(person) for person in Person.objects.all()}
        for person in Person.objects.all():
            profiles.rebuild(person)
        assert {person.pk: rows(person) for person in Person.objects.all()} == before


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "kept"), [(3, 0), (4, 4)])
def test_much_that_is_new_is_folded_once_for_all(
    monkeypatch: pytest.MonkeyPatch, count: int, kept: int
) -> None:
    monkeypatch.setattr(profiles, "MANY", 3)
    person = Person.objects.create()
    for _n in range(count):
        events.append(person=person, kind=Event.Kind.SAVED)
    assert profiles.done_by(person.pk, [person.pk])["saved"].number == count
    numbers = Fact.objects.filter(person=person, name="saved").values_list("number", flat=True)
    assert list(numbers) == ([kept] if kept else [])


@pytest.mark.django_db
def test_every_fact_says_where_from_and_what_for() -> None:
    person = Person.objects.create()
    for n, kind in enumerate(KINDS):
        facts: dict[str, Any] = {
            "product": "lamp",
            "amount": Decimal("10"),
            "currency": "EUR",
            "number": 4,
        }
        events.append(person=person, kind=kind, country="PL", at=FIRST + timedelta(n), **facts)
    found = profiles.facts_of(person)
    assert {fact.kind for fact in found.values()} >= {"transactional", "behavioral", "demographic"}
    assert all(fact.source and fact.purpose and fact.since for fact in found.values())
    assert found["favorite_product"].value == "lamp"
    assert found["stars"].value == 4
    assert found["first_seen"].value == FIRST
