"""The marketer sees what is known of people and why, and nobody else does."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from personalization.people import consent, events
from personalization.people.models import Person
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
    for told in ("favorite product", "looked at a product", "News and offers", "/you/"):
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
