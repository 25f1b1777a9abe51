"""Links of messages: only of who allows it, only to our pages, followed once."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import signing
from django.test import Client
from django.utils import timezone

from personalization.messages import codes, composing, deciding, links, services
from personalization.messages.composing import Words
from personalization.messages.models import Copy, Link, Message
from personalization.messages.own_site import whole_url
from personalization.people import consent
from personalization.people.models import Event, Person
from personalization.people.purposes import Channel, Purpose
from tests.personalization.messages.conftest import NOON
from tests.personalization.messages.test_sending import run_due

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def compose() -> None:
    gallery = whole_url("/gallery/?a=1&b=2")
    words = f"Look: {gallery}. Or {gallery}, https://evil.example/x"
    composing.register("tests.links", lambda _message, _to: Words(words, "Oak", gallery))


def sent(person: Person, key: str = "one", **more: Any) -> Message:
    about: dict[str, Any] = {"purpose": Purpose.MARKETING, "channel": Channel.MAIL, **more}
    made = services.ask(key=key, person=person, composer="tests.links", **about)
    run_due()
    return made


def counting(person: Person) -> None:
    consent.grant(person=person, purpose=Purpose.CLICKS, channel=Channel.MAIL, where="/you/")


def clicks(person: Person) -> int:
    return Event.objects.filter(person=person, kind=Event.Kind.CLICKED).count()


@time_machine.travel(NOON, tick=False)
def test_without_a_yes_links_are_as_they_are(person: Person) -> None:
    copy = Copy.objects.get(message=sent(person))
    assert "/gallery/?a=1&b=2" in copy.text
    assert not Link.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_a_followed_link_counts_once_and_leads_where_it_did(client: Client, person: Person) -> None:
    counting(person)
    message = sent(person)
    link = Link.objects.get()  # all three lead there
    assert link.target == "/gallery/?a=1&b=2"
    way = f"/l/{codes.sign(links.KIND, link.pk)}/"
    copy = Copy.objects.get(message=message)
    assert copy.text.count(way) == 3  # twice in the words, once below them
    assert copy.html.count(f'href="{whole_url(way)}"') >= 1
    assert "https://evil.example/x" in copy.text
    assert "/you/leave/" in copy.text
    for _time in range(3):
        answer = client.get(f"{way}?next=https://evil.example/")
        assert answer.status_code == 302
        assert answer["Location"] == "/gallery/?a=1&b=2"
        assert "no-store" in answer["Cache-Control"]
    assert clicks(person) == 1
    event = Event.objects.get(kind=Event.Kind.CLICKED)
    assert event.value == Channel.MAIL


@time_machine.travel(NOON, tick=False)
def test_forged_foreign_and_old_links_lead_nowhere(client: Client, person: Person) -> None:
    counting(person)
    message = sent(person)
    link = Link.objects.get()
    word = codes.sign(links.KIND, link.pk)
    number, mac = word.split("-", 1)
    other = codes.sign(links.KIND, link.pk + 1)
    forged = [
        *(word[:-1], word + "A", f"0{word}", word.upper(), f"{number}-", number, "-", "x"),
        *(f"{link.pk}-{other.split('-', 1)[1]}", other, codes.sign("out", link.pk)),
        *(signing.dumps([link.pk]), "9" * 30 + f"-{mac}", "é-ü", "1" * 300),
    ]
    for each in forged:
        assert client.get(f"/l/{each}/").status_code == 404, each
    assert client.get(f"/n/{word}/").status_code == 404
    assert clicks(person) == 0
    with time_machine.travel(NOON + links.HOLDS + timedelta(days=1), tick=False):
        assert client.get(f"/l/{word}/").status_code == 404
    Link.objects.filter(pk=link.pk).update(target="//evil.example/")  # whoever writes to the base
    assert client.get(f"/l/{word}/").status_code == 404
    message.delete()
    assert client.get(f"/l/{word}/").status_code == 404


@time_machine.travel(NOON, tick=False)
def test_only_the_reader_counts(client: Client, person: Person) -> None:
    counting(person)
    sent(person)
    way = f"/l/{codes.sign(links.KIND, Link.objects.get().pk)}/"
    client.head(way)
    client.get(way, headers={"sec-purpose": "prefetch;prerender"})
    client.get(way, headers={"sec-gpc": "1"})
    stranger = User.objects.create_user("bo")
    Person.objects.create(user=stranger)
    marketer = User.objects.create_user("mia", is_staff=True)
    marketer.groups.add(Group.objects.get_or_create(name="marketer")[0])
    for somebody in (stranger, marketer):
        other = Client()
        other.force_login(somebody)
        assert other.get(way)["Location"] == "/gallery/?a=1&b=2"
    assert clicks(person) == 0
    assert client.post(way).status_code == 405


@time_machine.travel(NOON, tick=False)
def test_a_no_counts_at_once_and_takes_back_what_was_noted(client: Client, person: Person) -> None:
    counting(person)
    sent(person)
    link = Link.objects.get()
    way = f"/l/{codes.sign(links.KIND, link.pk)}/"
    client.get(way)
    assert clicks(person) == 1
    consent.withdraw(person=person, purpose=Purpose.CLICKS, channel=Channel.MAIL, where="/you/")
    assert clicks(person) == 0
    link.refresh_from_db()
    assert link.clicked_at is None
    assert client.get(way).status_code == 302  # it leads there still
    assert clicks(person) == 0


@time_machine.travel(NOON, tick=False)
def test_what_an_order_needs_is_never_counted(person: Person) -> None:
    counting(person)
    sent(person, purpose=Purpose.ORDERS)
    assert not Link.objects.exists()


@time_machine.travel(NOON, tick=False)
def test_on_our_pages_it_counts_until_somebody_objects(client: Client, person: Person) -> None:
    message = sent(person, channel=Channel.SITE)
    [shown] = services.on_pages(person)
    assert shown == message
    way = Copy.objects.get(message=message).url
    assert client.get(way)["Location"] == "/gallery/?a=1&b=2"
    assert clicks(person) == 1
    site = {"purpose": Purpose.PERSONALIZATION, "channel": Channel.SITE}
    consent.withdraw(person=person, **site, where="/you/")
    assert clicks(person) == 0
    assert deciding.of_whole(person).exists()
    sent(person, "two", channel=Channel.SITE)
    assert Copy.objects.get(message__key="two").url == "/gallery/?a=1&b=2"


@time_machine.travel(NOON, tick=False)
def test_the_short_way_out_asks_before_it_leaves(client: Client, person: Person) -> None:
    message = sent(person)
    way = f"/n/{codes.sign('out', message.pk)}/"
    asked = client.get(way)
    assert asked["Location"].startswith("/you/leave/")
    assert client.get(asked["Location"]).status_code == 200
    assert consent.allows(person, Purpose.MARKETING, Channel.MAIL)
    client.post(asked["Location"])
    assert not consent.allows(person, Purpose.MARKETING, Channel.MAIL)
    needed = sent(person, "needed", purpose=Purpose.ORDERS)
    assert client.get(f"/n/{codes.sign('out', needed.pk)}/").status_code == 404
    assert timezone.now() == NOON
