"""Controls: what is broken is seen; the report does not just say zero."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from orders.models import Job
from personalization.journeys.asking import COMPOSER
from personalization.messages.models import Copy, Message, Verdict
from personalization.people.models import Event, Person
from personalization.simulating.checking import checks
from personalization.simulating.crowd import Somebody, crowd
from personalization.simulating.effects import Bought, Ledger
from personalization.simulating.run import BEGINS, Asked, Outcome
from personalization.simulating.world import NEWS

pytestmark = pytest.mark.django_db
NOON = BEGINS + timedelta(hours=12)
ABOUT = ("marketing", "mail")


@pytest.fixture
def who() -> Somebody:
    """In Warsaw or thereabouts, reached by mail, allows news from the beginning."""
    found = next(
        each for each in crowd(50, 5, 1) if each.habits.proves and each.zone == "Europe/Warsaw"
    )
    found.pk = Person.objects.create(time_zone=found.zone).pk
    found.allowed[ABOUT] = [(BEGINS, True)]
    return found


def sent(who: Somebody, key: str = "one", at: datetime = NOON, **more: Any) -> Message:
    """A message that was sent as it should be."""
    about = {"composer": "news", "source": NEWS, "due_at": at, "asked_at": at, **more}
    message = Message.objects.create(
        key=key, person_id=who.pk, purpose=ABOUT[0], channel=ABOUT[1], sent_at=at,
        state=Message.State.SENT, **about,
    )  # fmt: skip
    Copy.objects.create(message=message, provider="kept")
    Verdict.objects.create(message=message, outcome="sent", reason="allowed")
    told = {"option": message.source, "value": message.channel, "at": at}
    Event.objects.create(person_id=who.pk, kind=Event.Kind.RECEIVED, **told)
    return message


def broken(who: Somebody, asked_for: int = 0, ledger: Ledger | None = None) -> set[str]:
    """The promises that are told to be broken."""
    outcome = Outcome(
        Asked(1, 5), [who], ledger or Ledger(), {}, BEGINS + timedelta(days=5), asked_for
    )
    return {name for name, count in checks(outcome).broken.items() if count}


def test_what_is_as_it_should_be_is_not_complained_of(who: Somebody) -> None:
    sent(who)
    assert broken(who, asked_for=1) == set()


def test_a_message_after_a_no_is_seen_by_the_clock(who: Somebody) -> None:
    who.allowed[ABOUT].append((NOON - timedelta(seconds=1), False))
    sent(who)
    assert broken(who) == {"messages without consent"}


def test_a_message_after_a_no_is_seen_by_the_order_of_events(who: Somebody) -> None:
    Event.objects.create(person_id=who.pk, kind="refused", option=ABOUT[0], value=ABOUT[1])
    sent(who)
    assert broken(who) == {"messages without consent"}


def test_too_many_and_at_night_and_to_nobodys_address(who: Somebody) -> None:
    sent(who)
    sent(who, "two", NOON + timedelta(hours=8, minutes=1))
    assert broken(who) == {"messages over a limit", "messages in quiet hours"}


def test_what_was_received_twice_and_what_is_lost(who: Somebody) -> None:
    message = sent(who)
    Event.objects.create(person_id=who.pk, kind=Event.Kind.RECEIVED, value="mail")
    assert broken(who) == {"messages twice"}
    assert broken(who, asked_for=2) == {"messages twice", "messages lost"}
    Event.objects.all().delete()
    Message.objects.filter(pk=message.pk).update(state=Message.State.WAITING)
    assert broken(who) == {"messages lost"}


def test_a_job_that_was_given_up_and_an_order_that_nobody_has(who: Somebody) -> None:
    Job.objects.create(kind="messages.send", queue="mail", state=Job.State.PARKED)
    ledger = Ledger(bought=[Bought(who.pk, NOON, 1.0, 1.0, None, True)])
    assert broken(who, ledger=ledger) == {"messages lost", "orders lost or twice"}


def test_a_step_of_a_journey_without_its_passage(who: Somebody) -> None:
    sent(who, composer=COMPOSER, data={"place": 1, "step": "s2"})
    assert broken(who) == {"steps of journeys lost or twice"}
