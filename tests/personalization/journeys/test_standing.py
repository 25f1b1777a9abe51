"""Where people stand in journeys: on their page and on the journey's; somebody is taken out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client

from personalization.journeys import places
from personalization.journeys.models import Passage, Place, Tally
from personalization.journeys.plan import NEXT
from personalization.messages.explaining import explain
from personalization.messages.models import Message, Verdict
from personalization.people import joining
from personalization.people.models import Person
from project.roles import make_groups
from tests.personalization.journeys.conftest import Running, message, somebody, wait
from tests.personalization.journeys.test_going_on import DAY, NOON, at, save

ROOM = "/marketing/journeys/care/"


@pytest.fixture
def marketer(db: Any) -> Client:
    make_groups()
    user = User.objects.create_user("mo")
    user.groups.add(Group.objects.get(name="marketer"))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_it_tells_where_somebody_is_and_what_is_next(person: Person, running: Running) -> None:
    running(message("s1"), wait("s2"), message("s3"))
    save(person)
    at(NOON)
    [here] = places.of_person(person)
    assert here.at == "2. Wait 1 day"
    assert here.since == NOON
    assert here.next.startswith("3. Mail: “Hello”")
    assert here.due == NOON + DAY
    at(NOON + DAY)
    [over] = places.of_person(person)
    assert (over.due, over.ended) == (None, "came to the end")


def test_who_waits_for_something_goes_on_another_way_once_it_comes(
    person: Person, running: Running
) -> None:
    awaits = wait("s1", how="event", event="clicked", to="s3")
    running(awaits, message("s2"), message("s3", texts={"en": {"subject": "Bo", "text": "B"}}))
    save(person)
    at(NOON)
    [here] = places.of_person(person)
    assert here.next.startswith("3.")  # it does not come
    assert here.sooner == "followed a message"


def test_who_is_one_with_somebody_is_shown_with_them(person: Person, running: Running) -> None:
    running(wait("s1"), message("s2"))
    browser = Person.objects.create()
    save(browser)
    at(NOON)
    joining.join(person=browser, into=person, why="signed in")
    person.refresh_from_db()
    assert [each.place.person for each in places.of_person(person)] == [browser]


def test_taken_out_nothing_more_is_said_and_it_is_told(
    person: Person, running: Running, marketer: Client
) -> None:
    journey = running(message("s1"), wait("s2"), message("s3"))
    other = somebody("bo@example.com")
    save(person)
    save(other)
    at(NOON)
    place = Place.objects.get(person=person)
    page = marketer.get(f"/marketing/people/{person.key}/").content.decode()
    assert "2. Wait 1 day" in page
    assert f"{ROOM}people/{place.pk}/take-out/" in page
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        answer = marketer.post(f"{ROOM}people/{place.pk}/take-out/")
        assert answer.headers["location"] == f"/marketing/people/{person.key}/"
        assert marketer.post(f"{ROOM}people/{place.pk}/take-out/").status_code == 302  # twice
    at(NOON + 2 * DAY)
    place.refresh_from_db()
    assert (place.state, place.why) == (Place.State.LEFT, "taken")
    assert Passage.objects.filter(place=place, outcome="taken").count() == 1
    assert Tally.objects.get(version=journey.live, outcome="taken").count == 1
    assert Message.objects.filter(person=person).count() == 1
    verdict = Verdict.objects.get(message__person=person)
    assert (verdict.reason, verdict.details) == ("canceled", {"called_off_by": "mo"})
    [told] = explain([verdict])
    assert told.because == ("One of the firm’s people did it.",)
    assert told.facts == ()
    assert (
        "Were taken out (mo)" in marketer.get(f"/marketing/people/{person.key}/").content.decode()
    )
    assert Message.objects.filter(person=other).count() == 2


def test_a_journey_leads_to_who_is_in_it(
    person: Person, running: Running, marketer: Client
) -> None:
    running(wait("s1"), message("s2"), wait("s3"), goal="ordered")
    save(person)
    at(NOON)
    assert f"{ROOM}people/?step=s1" in marketer.get(ROOM).content.decode()
    for query, there in (("", True), ("?step=s1", True), ("?step=s3", False), ("?step=<b>", True)):
        page = marketer.get(f"{ROOM}people/{query}").content.decode()
        assert (f"/marketing/people/{person.key}/" in page) is there
    place = Place.objects.get()
    answer = marketer.post(f"{ROOM}people/{place.pk}/take-out/", {"back": "journey"})
    assert answer.headers["location"] == f"{ROOM}people/"
    assert "Nobody is on the way" in marketer.get(f"{ROOM}people/").content.decode()
    other = running(wait("s1"), message("s2"), slug="other")
    assert (
        marketer.post(f"/marketing/journeys/{other.slug}/people/{place.pk}/take-out/").status_code
        == 404
    )


def test_only_marketers_see_and_take_out(client: Client, person: Person, running: Running) -> None:
    running(wait("s1", to=NEXT), message("s2"))
    save(person)
    at(NOON)
    place = Place.objects.get()
    assert client.get(f"{ROOM}people/").status_code == 302
    client.post(f"{ROOM}people/{place.pk}/take-out/")
    place.refresh_from_db()
    assert place.state == Place.State.WAITING
