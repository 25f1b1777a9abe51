"""Audiences for ads: hashes of those alone who allow it, noted, and taken back."""

import csv
import hashlib
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from personalization.feeds import audiences, hashing
from personalization.feeds.models import Export
from personalization.people import consent, contacts, joining
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose

pytestmark = pytest.mark.django_db
ADS = {"purpose": Purpose.ADS, "channel": Channel.SITE, "where": "/you/"}
URL = "/marketing/ads/audience/"


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def somebody(email: str, phone: str = "", *, allows: bool = True, proven: bool = True) -> Person:
    person = Person.objects.create()
    contacts.note(person=person, channel=Channel.MAIL, address=email, proven=proven)
    if phone:
        contacts.note(person=person, channel=Channel.SMS, address=phone, proven=proven)
    if allows:
        consent.grant(person=person, **ADS)
    return person


@pytest.fixture
def browser(db: Any) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("marketer"))
    return client


def taken(browser: Client, format: str = "google", kind: str = "audience") -> list[list[str]]:
    answer = browser.post(URL, {"format": format, "kind": kind})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return list(csv.reader(StringIO(answer.content.decode())))


@pytest.mark.parametrize(
    ("email", "google", "meta"),
    [
        (" Ana.Maria+shop@GMail.com ", "anamaria@gmail.com", "ana.maria+shop@gmail.com"),
        ("A.B@googlemail.com", "ab@googlemail.com", "a.b@googlemail.com"),
        ("Ana.Maria+shop@Example.com", "ana.maria+shop@example.com", "ana.maria+shop@example.com"),
        ("nonsense", "", ""),
        ("+x@gmail.com", "", "+x@gmail.com"),
    ],
)
def test_addresses_are_written_as_each_format_says(email: str, google: str, meta: str) -> None:
    assert hashing.email_for_google(email) == google
    assert hashing.email_for_meta(email) == meta


@pytest.mark.parametrize(
    ("phone", "google"),
    [
        ("+48 501-234 567", "+48501234567"),
        ("0048 (501) 234.567", "+48501234567"),
        ("501 234 567", ""),
        ("+48abc", ""),
        ("", ""),
    ],
)
def test_phones_have_their_country(phone: str, google: str) -> None:
    assert hashing.phone_for_google(phone) == google
    assert hashing.phone_for_meta(phone) == google.removeprefix("+")


def test_only_who_allows_it_is_in_the_list(browser: Client) -> None:
    somebody("ana@example.com", "+48 501 234 567")
    somebody("ben@example.com", allows=False)
    somebody("eva@example.com", proven=False)
    gone = somebody("ida@example.com")
    consent.withdraw(person=gone, **ADS)
    joined = somebody("joe@example.com", allows=False)
    joining.join(person=somebody("jo@example.com"), into=joined, why="test")
    rows = taken(browser)
    assert rows[0] == ["Email", "Phone"]
    assert [sha("ana@example.com"), sha("+48501234567")] in rows
    assert {row[0] for row in rows[1:]} <= {sha(f"{n}@example.com") for n in ("ana", "joe", "jo")}
    assert len(rows) == 3
    assert taken(browser, "meta")[0] == ["email", "phone"]
    assert [sha("ana@example.com"), sha("48501234567")] in taken(browser, "meta")


def test_who_took_what_is_noted(browser: Client) -> None:
    somebody("ana@example.com")
    taken(browser)
    taken(browser, "meta", "removal")
    rows = Export.objects.order_by("pk").values_list("format", "kind", "count", "by_name")
    assert list(rows) == [
        ("google", "audience", 1, "marketer"),
        ("meta", "removal", 0, "marketer"),
    ]
    assert "marketer" in browser.get("/marketing/ads/").content.decode()


def test_who_withdraws_or_is_forgotten_is_in_the_next_removal_list_once(browser: Client) -> None:
    ana, eva = somebody("ana@example.com"), somebody("eva@example.com")
    somebody("ida@example.com")
    taken(browser)
    consent.withdraw(person=ana, **ADS)
    eva.delete()
    rows = taken(browser, kind="removal")
    assert sorted(row[0] for row in rows[1:]) == sorted(
        [sha("ana@example.com"), sha("eva@example.com")]
    )
    assert taken(browser, kind="removal") == [["Email", "Phone"]]
    assert len(taken(browser)) == 2


def test_a_list_of_removals_can_be_taken_again_for_a_while(browser: Client) -> None:
    ana, eva = somebody("ana@example.com"), somebody("eva@example.com")
    taken(browser)
    for each in (ana, eva):
        consent.withdraw(person=each, **ADS)
    first = taken(browser, kind="removal")
    made = Export.objects.get(kind="removal")
    url = f"/marketing/ads/{made.pk}/again/"
    assert url in browser.get("/marketing/ads/").content.decode()
    eva.delete()
    for _time in range(2):
        answer = browser.post(url)
        assert list(csv.reader(StringIO(answer.content.decode()))) == first
        assert "no-store" in answer["Cache-Control"]
    assert Export.objects.filter(kind="again", count=2).count() == 2
    consent.grant(person=ana, **ADS)
    taken(browser)  # added again: no list takes her back
    assert sha("ana@example.com") not in browser.post(url).content.decode()
    assert audiences.forget() == 0
    Export.objects.filter(pk=made.pk).update(at=timezone.now() - audiences.KEPT - timedelta(1))
    assert audiences.forget() == 1
    assert url not in browser.get("/marketing/ads/").content.decode()
    added = Export.objects.filter(kind="audience").latest("pk")
    assert browser.post(f"/marketing/ads/{added.pk}/again/").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"format": "x", "kind": "audience"}, {"format": "meta"}])
def test_nothing_leaves_by_mistake(browser: Client, sent: dict[str, str]) -> None:
    assert browser.post(URL, sent).status_code == 422
    assert browser.get(URL).status_code == 405
    assert not Export.objects.exists()
