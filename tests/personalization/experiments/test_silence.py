"""Whoever is held out of everything hears nothing that no order needs."""

from typing import Any

import pytest

from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment
from personalization.messages import deciding
from personalization.messages import services as messages
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("purpose", "arm", "reason"),
    [
        (Purpose.MARKETING, experiments.HELD_OUT, "holdout"),
        (Purpose.MARKETING, experiments.REACHED, "allowed"),
        (Purpose.ORDERS, experiments.HELD_OUT, "needed"),
    ],
)
def test_news_are_kept_from_them_and_what_an_order_needs_is_not(
    settings: Any, monkeypatch: Any, purpose: Purpose, arm: str, reason: str
) -> None:
    experiments.hold_out(code=experiments.GLOBAL, name="Nothing", percent=10)
    monkeypatch.setattr(experiments, "drawn", lambda _experiment, _person: arm)
    monkeypatch.setattr(deciding, "_quiet", lambda *_about: None)
    person = Person.objects.create()
    contacts.note(person=person, channel=Channel.MAIL, address="ana@example.com", proven=True)
    consent.grant(person=person, purpose=Purpose.MARKETING, channel=Channel.MAIL, where="/you/")
    message = messages.ask(
        key="one", person=person, purpose=purpose, channel=Channel.MAIL, composer="tests"
    )
    assert deciding.rule(message, "ana@example.com", message.due_at).reason == reason
    assert Experiment.objects.get().kind == "holdout"
