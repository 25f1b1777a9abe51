"""Text messages and letters: what they are made of, what they cost, whom they reach."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from personalization.messages import composing, printing, services, sms
from personalization.messages.composing import Words
from personalization.messages.models import Copy, Message, Verdict
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from project.roles import make_groups
from tests.personalization.messages.conftest import NOON
from tests.personalization.messages.test_sending import run_due, why

SAID = "Your satchel is still here, 41 × 30 cm."


@pytest.fixture(autouse=True)
def compose() -> None:
    composing.register("tests.oak", lambda _message, _to: Words(SAID, "Zażółć gęślą", "/gallery/"))


def said(person: Person, channel: str, key: str = "one") -> Message:
    purpose = Purpose.BROCHURES if channel == Channel.PRINT else Purpose.MARKETING
    consent.grant(person=person, purpose=purpose, channel=channel, where="/you/")
    about: dict[str, Any] = {"purpose": purpose, "channel": channel, "composer": "tests.oak"}
    made = services.ask(key=key, person=person, **about)
    run_due()
    return made


@pytest.mark.parametrize(
    ("text", "encoding", "length", "segments"),
    [
        ("", "GSM-7", 0, 1),
        ("x" * 160, "GSM-7", 160, 1),
        ("x" * 161, "GSM-7", 161, 2),
        ("x" * 306, "GSM-7", 306, 2),
        ("x" * 307, "GSM-7", 307, 3),
        ("€" * 80, "GSM-7", 160, 1),
        ("x" * 152 + "€" + "x" * 10, "GSM-7", 164, 2),
        ("€" * 153, "GSM-7", 306, 3),  # 76 in each of two, one is left
        ("à la carte ñ", "GSM-7", 12, 1),
        ("ą" * 70, "UCS-2", 70, 1),
        ("ą" * 71, "UCS-2", 71, 2),
        ("🚲" * 35, "UCS-2", 70, 1),
        ("🚲" * 67, "UCS-2", 134, 3),  # 33 in each of two
    ],
)
def test_a_text_is_measured_as_networks_do(
    text: str, encoding: str, length: int, segments: int
) -> None:
    assert sms.measure(text) == sms.Measured(encoding, length, segments)


@given(st.text(max_size=900), st.integers(1, 4))
def test_a_text_has_its_way_out_within_its_segments(text: str, most: int) -> None:
    out = "Stop: https://shop.example/n/1-abcdefgh1234/"
    whole = sms.written(text, "", out, at_most=most)
    assert whole.endswith(out)
    assert sms.measure(whole).segments <= most or whole.strip(". \n") == out


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_text_leads_on_and_out_in_few_letters(person: Person) -> None:
    contacts.note(person=person, channel=Channel.SMS, address="+34600000000", proven=True)
    copy = Copy.objects.get(message=said(person, Channel.SMS))
    assert copy.text.startswith("Your satchel is still here, 41 x 30 cm.\nhttp")
    assert "/gallery/" in copy.text
    assert "/n/" in copy.text
    assert copy.details == {"encoding": "GSM-7", "length": len(copy.text), "segments": 1}
    assert (copy.provider, copy.address) == ("sms", "+34600000000")


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_who_can_not_be_reached_is_told_so(person: Person) -> None:
    for number, channel in enumerate((Channel.SMS, Channel.PUSH, Channel.PRINT)):
        assert why(said(person, channel, str(number))) == ("withheld", "no_address")


@pytest.mark.django_db
@time_machine.travel(NOON.replace(hour=23), tick=False)
def test_a_letter_tells_the_firms_day(
    person: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TIME_ZONE = "Europe/Madrid"
    contacts.note(person=person, channel=Channel.PRINT, address="Ana\nMadrid", proven=True)
    told: list[date] = []

    def long_date(day: date, _language: str) -> str:
        told.append(day)
        return "day"

    monkeypatch.setattr(printing, "long_date", long_date)
    said(person, Channel.PRINT)
    assert set(told) == {NOON.date() + timedelta(days=1)}


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_letter_is_the_same_each_time_and_asks_for_consent_again(person: Person) -> None:
    address = "Ana Ñíguez\nCalle Mayor 5\n28013 Madrid"
    contacts.note(person=person, channel=Channel.PRINT, address=address, proven=True)
    made = said(person, Channel.PRINT)
    copy = Copy.objects.get(message=made)
    assert (copy.address, copy.details) == (address, {"pages": 1})
    assert printing.letter([copy], "es") == printing.letter([copy], "es")
    make_groups()
    user = User.objects.create_user("mia", is_staff=True)
    user.groups.add(Group.objects.get(name="marketer"))
    client = Client()
    client.force_login(user)
    page, paper = (f"/marketing/messages/{made.pk}/{end}" for end in ("", "letter.pdf"))
    assert client.get(paper).content.startswith(b"%PDF-")
    assert paper in client.get(page).content.decode()
    all_of_them = "/marketing/messages/letters.pdf?channel=print"
    assert client.get(all_of_them).content.startswith(b"%PDF-")
    consent.withdraw(person=person, purpose=Purpose.BROCHURES, channel=Channel.PRINT, where="/you/")
    assert [client.get(each).status_code for each in (all_of_them, paper)] == [404, 404]
    told = client.get(page).content.decode()
    assert "don’t send it" in told
    assert paper not in told
    assert Verdict.objects.filter(message=made, outcome="sent").count() == 1
