"""What people are asked: published by marketers, and only what was read is allowed."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from personalization.people import consent, wordings
from personalization.people.models import Person, Wording
from personalization.people.purposes import Channel, Purpose
from project.roles import make_groups

pytestmark = pytest.mark.django_db
URL = "/marketing/wordings/"
WORDS = {"text_en": "Write to me <b>now</b>.", "text_es": "Escríbanme.", "text_pl": "  "}


@pytest.fixture
def marketer() -> Client:
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client = Client()
    client.force_login(user)
    return client


def allows(person: Person) -> bool:
    return consent.allows(person, Purpose.MARKETING, Channel.MAIL)


def test_new_words_are_asked_and_earlier_yeses_count_or_not(marketer: Client) -> None:
    person = Person.objects.create()
    facts = {"purpose": Purpose.MARKETING, "channel": Channel.MAIL, "where": "/you/"}
    consent.grant(person=person, **facts)
    assert "1 person has said yes" in marketer.get(f"{URL}marketing/").content.decode()
    assert marketer.post(f"{URL}marketing/", WORDS).status_code == 302
    row = wordings.current(Purpose.MARKETING)
    assert (row.version, row.texts["es"], "pl" in row.texts) == (2, "Escríbanme.", False)
    assert allows(person)
    again = {**WORDS, "asks_again": "on"}
    assert marketer.post(f"{URL}marketing/", again).status_code == 302
    assert not allows(person)
    page = marketer.get(URL).content.decode()
    assert "Write to me &lt;b&gt;now" in page
    assert "0 people have said yes" in marketer.get(f"{URL}marketing/").content.decode()


def test_bad_words_are_told_at_the_field_and_nothing_is_published(marketer: Client) -> None:
    before = wordings.current(Purpose.MARKETING)
    same = {f"text_{code}": text for code, text in before.texts.items()}
    for wrong in ({}, {**WORDS, "text_en": " "}, {**WORDS, "text_en": "x" * 301}, same):
        assert marketer.post(f"{URL}marketing/", wrong).status_code == 422
    assert marketer.post(f"{URL}orders/", WORDS).status_code == 404
    assert marketer.get(f"{URL}nothing/").status_code == 404
    assert Wording.objects.filter(purpose=Purpose.MARKETING).count() == 1


def test_nobody_allows_what_they_have_not_read(client: Client) -> None:
    page = client.get("/you/").content.decode()
    assert 'name="read" value="marketing:1"' in page
    wordings.publish(purpose=Purpose.MARKETING, texts={"en": "Anything."})
    sent = {"allow": ["marketing:mail", "research:mail"], "read": ["marketing:1", "research:1"]}
    client.post("/you/decide/", sent)
    person = Person.objects.get()
    assert not allows(person)
    assert consent.allows(person, Purpose.RESEARCH, Channel.MAIL)
    assert "has changed meanwhile" in client.get("/you/").content.decode()
    client.post("/you/decide/", {**sent, "read": ["marketing:2", "research:1", "x", "y:z:0"]})
    assert allows(person)
