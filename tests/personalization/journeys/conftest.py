"""People and journeys for the tests of journeys."""

from collections.abc import Callable
from typing import Any

import pytest

from personalization.journeys import services
from personalization.journeys.models import Journey
from personalization.journeys.plan import MESSAGE, WAIT, Plan, Step, Trigger
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from tests.orders import kit

TEXTS = {"en": {"subject": "Your {product}", "text": "Hello,\n\nit costs {price}."}}
HELLO = {"en": {"subject": "Hello", "text": "Hello from {firm}."}}


@pytest.fixture
def lamp(db: Any) -> None:
    """The desk lamp, published."""
    kit.import_lamp()


def somebody(address: str = "ana@example.com", **about: Any) -> Person:
    """Somebody whose address is proven, and who wants to hear about their designs and news."""
    made = Person.objects.create(**{"time_zone": "Europe/Madrid", **about})
    contacts.note(person=made, channel=Channel.MAIL, address=address, proven=True)
    for purpose in (Purpose.OWN_DESIGNS, Purpose.MARKETING):
        consent.grant(person=made, purpose=purpose, channel=Channel.MAIL, where="/you/")
    return made


@pytest.fixture
def person(db: Any) -> Person:
    return somebody()


def message(step_id: str = "s2", **about: Any) -> Step:
    usual: dict[str, Any] = {"purpose": "own_designs", "texts": HELLO}
    return Step(id=step_id, kind=MESSAGE, **{**usual, **about})


def wait(step_id: str = "s1", **about: Any) -> Step:
    return Step(id=step_id, kind=WAIT, **{"amount": 1, "unit": "days", **about})


Running = Callable[..., Journey]


@pytest.fixture
def running(db: Any) -> Running:
    """Makes a journey that is live: `running(step, …, trigger=…, again=…)`."""

    def run(*steps: Step, slug: str = "care", **about: Any) -> Journey:
        usual = {"trigger": Trigger(kind="event", event="saved"), "again": "every"}
        plan = Plan(steps=steps, **{**usual, **about})
        journey = services.begin(slug=slug, name=slug.title(), plan=plan)
        services.go_live(journey=journey, by="mo")
        return journey

    return run
