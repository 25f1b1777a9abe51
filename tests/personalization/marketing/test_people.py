"""The marketer sees what is known of people and why, and nobody else does."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from personalization.people import consent, events
from personalization.people.models import Person
from personalization.segments.models import Segment
from project.roles import make_groups

pytestmark = pytest.mark.django_db


@pytest.fixture
def marketer(client: Client) -> Client:
    make_groups()
    user = User.objects.create_user("marketer", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client.force_login(user)
    return client


@pytest.fixture
def person() -> Person:
    made = Person.objects.create()
    events.append(person=made, kind="viewed", product="desk-lamp")
    consent.grant(person=made, purpose="marketing", channel="mail", where="/you/")
    return made


def test_people_are_listed_and_told(marketer: Client, person: Person) -> None:
    page = marketer.get("/marketing/people/").content.decode()
    assert str(person) in page
    assert "desk-lamp" in page
    assert 'aria-current="page">People' in page
    page = marketer.get(f"/marketing/people/{person.key}/").content.decode()
    for told in ("Favorite product", "Looked at a product", "News and offers", "/you/"):
        assert told in page


@pytest.mark.parametrize("asked", ["", "zz", "%", "0" * 40])
def test_a_search_finds_by_key(marketer: Client, person: Person, asked: str) -> None:
    found = marketer.get("/marketing/people/", {"q": asked}).content.decode()
    assert (str(person) in found) is (asked == "")
    found = marketer.get("/marketing/people/", {"q": str(person.key)[:8]}).content.decode()
    assert str(person) in found


def test_nobody_else_sees_them(client: Client, person: Person) -> None:
    assert client.get("/marketing/people/").status_code == 302
    client.force_login(User.objects.create_user("ana"))
    for url in ("/marketing/people/", f"/marketing/people/{person.key}/"):
        assert client.get(url).status_code == 403


def test_a_segment_shows_its_people(marketer: Client, person: Person) -> None:
    other = Person.objects.create()
    chosen = Segment.objects.create(slug="lampers", name="Lampers", kind=Segment.Kind.LIST)
    chosen.members.create(person=person)
    page = marketer.get("/marketing/people/", {"segment": "lampers"}).content.decode()
    assert str(person) in page
    assert str(other) not in page
    assert "Lampers" in marketer.get(f"/marketing/people/{person.key}/").content.decode()
    unknown = marketer.get("/marketing/people/", {"segment": "' or 1=1"}).content.decode()
    assert str(other) in unknown


def test_money_is_told_in_its_currency(marketer: Client, person: Person) -> None:
    events.append(
        person=person, kind="ordered", product="desk-lamp", amount=Decimal("577.73"), currency="EUR"
    )
    assert "€577.73" in marketer.get("/marketing/people/").content.decode()
    assert "€577.73" in marketer.get(f"/marketing/people/{person.key}/").content.decode()
