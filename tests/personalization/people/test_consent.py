"""Nothing reaches out without a yes; a no counts at once, and is one click."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from personalization.people import consent, contacts, events, leaving, profiles, reaching, wordings
from personalization.people.models import Contact, Decision, Event, Person, Wording
from personalization.people.purposes import ASKED, UNASKED, Channel, Purpose
from tests.accounts.hands import design_begun

pytestmark = pytest.mark.django_db
MARKETING = {"purpose": Purpose.MARKETING, "channel": Channel.MAIL}


@pytest.fixture
def person() -> Person:
    return Person.objects.create()


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("channel", Channel)
def test_what_is_allowed_at_first_and_after_a_yes_and_a_no(
    person: Person, purpose: Purpose, channel: Channel
) -> None:
    first = (purpose, channel) in UNASKED
    assert consent.allows(person, purpose, channel) is first
    assert consent.allows(None, purpose, channel) is first
    about: Any = {"person": person, "purpose": purpose, "channel": channel, "where": "/you/"}
    if channel not in ASKED.get(purpose, ()):
        with pytest.raises(ValueError, match="nobody is asked"):
            consent.grant(**about)
        return
    consent.grant(**about)
    assert consent.allows(person, purpose, channel)
    consent.withdraw(**about)
    assert not consent.allows(person, purpose, channel)


def test_a_decision_holds_its_proof(person: Person) -> None:
    made = consent.grant(person=person, **MARKETING, where="/you/", how="page", language="pl")
    assert made.wording is not None
    assert wordings.text_of(made.wording, made.language).startswith("Wysyłajcie mi")
    assert (made.where, made.how, made.granted) == ("/you/", "page", True)
    assert kinds_of(person) == ["allowed"]


def kinds_of(person: Person) -> list[str]:
    return list(Event.objects.filter(person=person).values_list("kind", flat=True))


def test_new_words_ask_again_only_where_they_say_so(person: Person) -> None:
    consent.grant(person=person, **MARKETING, where="/you/")
    wordings.publish(purpose=Purpose.MARKETING, texts={"en": "Clearer."})
    assert consent.allows(person, **MARKETING)
    wordings.publish(purpose=Purpose.MARKETING, texts={"en": "More."}, asks_again=True)
    assert not consent.allows(person, **MARKETING)
    consent.grant(person=person, **MARKETING, where="/you/")
    assert consent.allows(person, **MARKETING)
    assert Wording.objects.filter(purpose=Purpose.MARKETING).count() == 3


def test_parts_of_one_person_decide_for_the_whole(person: Person) -> None:
    from personalization.people import joining

    other = Person.objects.create()
    consent.grant(person=other, **MARKETING, where="/you/")
    joining.join(person=other, into=person, why="test")
    other.refresh_from_db()
    assert consent.allows(person, **MARKETING)
    consent.withdraw(person=other, **MARKETING, where="/you/")
    assert not consent.allows(person, **MARKETING)


def test_who_objects_is_forgotten_and_written_down_no_more(client: Client, lamp: None) -> None:
    design_begun(client)
    person = Person.objects.get()
    assert profiles.facts_of(person)["choices"].value == 1
    for kind in ("took", "entered", "left"):  # what others chose, and segments, tell it as well
        events.append(person=person, kind=kind, product="desk-lamp", option="shade", value="brass")
    client.post("/you/decide/", {"allow": []})
    assert kinds_of(person) == []
    assert profiles.facts_of(person) == {}
    design_begun(client)
    assert kinds_of(person) == []
    client.post("/you/decide/", {"allow": ["personalization:site"]})
    design_begun(client)
    assert "chose" in kinds_of(person)


# The page


def test_the_page_changes_what_is_ticked_and_nothing_else(client: Client) -> None:
    assert "News and offers" in client.get("/you/").content.decode()
    assert not Person.objects.exists()
    kept = [f"{purpose}:{channel}" for purpose, channel in UNASKED if purpose != Purpose.ORDERS]
    client.post("/you/decide/", {"allow": [*kept, "marketing:mail", "nonsense:mail"]})
    made = Decision.objects.get()
    assert (made.purpose, made.channel, made.granted) == ("marketing", "mail", True)
    client.post("/you/decide/", {"allow": kept})
    assert [each.granted for each in Decision.objects.all()] == [False, True]


def test_others_are_not_touched(client: Client) -> None:
    client.post("/you/decide/", {"allow": ["marketing:mail"]})
    page = Client().get("/you/").content.decode()
    assert 'value="marketing:mail" checked' not in page


# Leaving


def leave_url(person: Person) -> str:
    token = leaving.token_for(person, Purpose.MARKETING, Channel.MAIL)
    return f"/you/leave/{token}/"


def test_looking_changes_nothing_and_one_post_leaves(person: Person) -> None:
    consent.grant(person=person, **MARKETING, where="/you/")
    program = Client(enforce_csrf_checks=True)
    assert "Leave?" in program.get(leave_url(person)).content.decode()
    assert consent.allows(person, **MARKETING)
    answer = program.post(leave_url(person), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert not consent.allows(person, **MARKETING)
    assert Decision.objects.first() is not None
    assert Decision.objects.latest("id").how == "one click"


def test_the_head_of_a_mail_says_how(person: Person) -> None:
    found = leaving.headers(person, Purpose.MARKETING, Channel.MAIL)
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["List-Unsubscribe"].startswith("<http")


def test_forged_and_foreign_words_are_refused(person: Person, client: Client) -> None:
    consent.grant(person=person, **MARKETING, where="/you/")
    good = leaving.token_for(person, Purpose.MARKETING, Channel.MAIL)
    said = [person.key.hex, "marketing", "mail"]
    forged = (
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        signing.dumps(said),
        signing.dumps(said, salt="accounts.data"),
        signing.dumps([person.key.hex, "orders", "mail"], salt=leaving.SALT),
        signing.dumps("x", salt=leaving.SALT),
        "x" * 2_000,
    )
    for token in forged:
        assert client.post(f"/you/leave/{token}/").status_code == 404
    assert consent.allows(person, **MARKETING)


def test_somebody_forgotten_has_left(person: Person, client: Client) -> None:
    url = leave_url(person)
    person.delete()
    assert "You have left" in client.post(url).content.decode()


# Addresses


def arrive(browser: Client, contact: Contact) -> None:
    link = reaching.link_for(contact).split("/you/", 1)[1]
    assert browser.get(f"/you/{link}").status_code == 200
    assert browser.post(f"/you/{link}").status_code == 302


def test_an_address_counts_once_it_is_shown_to_be_theirs(client: Client) -> None:
    client.post("/you/decide/", {"allow": ["marketing:mail"]})
    client.post("/you/reach/", {"email": "Ana@example.com"})
    person = Person.objects.get(pk=client.session["person"])
    assert contacts.address_of(person, Channel.MAIL) == ""
    arrive(client, Contact.objects.get())
    assert contacts.address_of(person, Channel.MAIL) == "ana@example.com"


def test_a_link_that_somebody_else_had_mailed_shows_them_nothing(client: Client) -> None:
    client.post("/you/decide/", {"allow": ["marketing:mail"]})
    client.post("/you/reach/", {"email": "ana@example.com"})
    ana = Client()
    arrive(ana, Contact.objects.get())
    mine, theirs = (Person.objects.get(pk=each.session["person"]) for each in (ana, client))
    assert mine.whole_id != theirs.whole_id
    assert contacts.address_of(mine, Channel.MAIL) == "ana@example.com"
    assert contacts.address_of(theirs, Channel.MAIL) == ""
    assert consent.allows(mine, **MARKETING)  # as the page said


def test_two_browsers_that_show_the_same_address_are_one(client: Client) -> None:
    other = Client()
    for browser in (client, other):
        browser.post("/you/reach/", {"email": "ana@example.com"})
        arrive(browser, Contact.objects.latest("pk"))
    wholes = {Person.objects.get(pk=each.session["person"]).whole_id for each in (client, other)}
    assert len(wholes) == 1


def test_an_old_or_altered_link_works_no_more(client: Client) -> None:
    assert client.get("/you/mailed/nonsense/").status_code == 410
