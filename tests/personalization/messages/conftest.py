from datetime import UTC, datetime
from typing import Any

import pytest

from personalization.messages import composing
from personalization.messages.composing import Words
from personalization.messages.models import Message
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def person(db: Any) -> Person:
    """Somebody in Madrid whose address is proven, and who wants news by mail."""
    made = Person.objects.create(time_zone="Europe/Madrid", language="es")
    contacts.note(person=made, channel=Channel.MAIL, address="ana@example.com", proven=True)
    consent.grant(person=made, purpose=Purpose.MARKETING, channel=Channel.MAIL, where="/you/")
    return made


@pytest.fixture(autouse=True)
def composer() -> None:
    composing.register("tests.hello", hello)


def hello(message: Message, address: str) -> Words | None:
    if message.data.get("nothing"):
        return None
    return Words(text=f"Hola, {address}", subject="Hola")
