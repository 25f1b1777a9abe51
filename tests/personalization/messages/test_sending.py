"""A message is decided upon when it is due, carried once, and the ledger says why."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from anymail.signals import AnymailTrackingEvent
from django.contrib.auth.models import User
from django.core import mail
from django.db import IntegrityError
from django.utils import timezone

from orders.models import Job
from personalization.messages import composing, deciding, notices, services
from personalization.messages.composing import Words
from personalization.messages.models import Cap, Copy, Message, Notice, Verdict
from personalization.people import consent, contacts
from personalization.people.exchanges import Effect
from personalization.people.models import Person, Statement
from personalization.people.purposes import Channel, Purpose
from tests.personalization.messages.conftest import NOON

pytestmark = pytest.mark.django_db
MARKETING = {"purpose": Purpose.MARKETING, "channel": Channel.MAIL}


def asked(person: Person, key: str = "one", **more: Any) -> Message:
    about: dict[str, Any] = {**MARKETING, "composer": "tests.hello", **more}
    return services.ask(key=key, person=person, **about)


def run_due() -> None:
    """All jobs that are due, in the order in which they are."""
    due = Job.objects.filter(state=Job.State.DUE, kind=services.SEND, due_at__lte=timezone.now())
    for job in due.order_by("due_at", "created_at"):
        services.send(job.pk)


def why(message: Message) -> tuple[str, str]:
    last = message.verdicts.last()
    assert last is not None
    return last.outcome, last.reason


@time_machine.travel(NOON, tick=False)
def test_it_is_carried_once_with_the_way_out_in_its_head(person: Person) -> None:
    message = asked(person)
    assert asked(person) == message  # asked twice
    run_due()
    for job in Job.objects.filter(kind=services.SEND):
        services.send(job.pk)
    [sent] = mail.outbox
    assert sent.to == ["ana@example.com"]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    copy = Copy.objects.get()
    assert copy.subject == "Hola"
    for shown in (copy.text, copy.html):
        assert "/you/leave/" in shown
        assert "/you/messages/" in shown
    assert why(message) == ("sent", "allowed")
    last = message.verdicts.last()
    assert last is not None
    assert last.details["decision"] == person.decisions.get().pk


@time_machine.travel(NOON, tick=False)
def test_a_yes_taken_back_while_it_waits_counts(person: Person) -> None:
    message = asked(person)
    consent.withdraw(person=person, **MARKETING, where="/you/")
    run_due()
    message.refresh_from_db()
    assert not mail.outbox
    assert message.state == Message.State.WITHHELD
    assert why(message) == ("withheld", "no_consent")


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("channel", [Channel.MAIL, Channel.SMS, Channel.PUSH, Channel.SITE])
@pytest.mark.parametrize("purpose", [Purpose.OWN_DESIGNS, Purpose.MARKETING, Purpose.BROCHURES])
@pytest.mark.parametrize("given", [None, True, False])
def test_nothing_goes_out_that_is_not_allowed(
    channel: Channel, purpose: Purpose, given: bool | None
) -> None:
    somebody = Person.objects.create()
    contacts.note(person=somebody, channel=channel, address="a@example.com", proven=True)
    if given is not None and purpose != Purpose.BROCHURES:
        decide = consent.grant if given else consent.withdraw
        decide(person=somebody, purpose=purpose, channel=channel, where="/you/")
    asked(somebody, purpose=purpose, channel=channel)
    allowed = consent.allows(somebody, purpose, channel)
    run_due()
    assert Copy.objects.exists() is allowed


@time_machine.travel(NOON.replace(hour=20), tick=False)
def test_quiet_hours_are_by_the_readers_clock(person: Person) -> None:
    message = asked(person)  # 22:00 in Madrid
    run_due()
    assert why(message) == ("delayed", "quiet")
    message.refresh_from_db()
    assert message.due_at == NOON.replace(day=11, hour=7)  # 9:00 there
    with time_machine.travel(message.due_at, tick=False):
        run_due()
        assert why(message) == ("sent", "allowed")


@pytest.mark.parametrize(
    ("zone", "evening", "morning"),
    [
        # Nine by their clock, the night after which clocks have gone forward, and back.
        ("Europe/Madrid", (2026, 3, 28, 21), (2026, 3, 29, 7)),
        ("Europe/Warsaw", (2026, 10, 24, 21), (2026, 10, 25, 8)),
        ("Pacific/Kiritimati", (2026, 3, 28, 8), (2026, 3, 28, 19)),
        ("Etc/GMT-14", (2026, 10, 24, 8), (2026, 10, 24, 19)),
        ("Etc/GMT+12", (2026, 3, 29, 10), (2026, 3, 29, 21)),
    ],
)
def test_it_waits_for_their_morning_whatever_clocks_do(
    person: Person, zone: str, evening: tuple[int, ...], morning: tuple[int, ...]
) -> None:
    Person.objects.filter(pk=person.pk).update(time_zone=zone)
    until = datetime(*morning, tzinfo=UTC)  # type: ignore[arg-type, misc]
    with time_machine.travel(datetime(*evening, tzinfo=UTC), tick=False):  # type: ignore[arg-type, misc]
        message = asked(person)
        run_due()
        assert why(message) == ("delayed", "quiet")
        message.refresh_from_db()
        assert message.due_at == until
    with time_machine.travel(until - timedelta(minutes=1), tick=False):
        run_due()
        assert not Copy.objects.exists()
    with time_machine.travel(until, tick=False):
        run_due()
        assert why(message) == ("sent", "allowed")


@time_machine.travel(NOON, tick=False)
def test_limits_hold_over_all_channels_and_for_the_whole_person(person: Person) -> None:
    Cap.objects.create(hours=24, count=1)
    contacts.note(person=person, channel=Channel.SMS, address="+34600000000", proven=True)
    consent.grant(person=person, purpose=Purpose.MARKETING, channel=Channel.SMS, where="/you/")
    first, second = asked(person, "one"), asked(person, "two", channel=Channel.SMS)
    run_due()
    assert (why(first), why(second)) == (("sent", "allowed"), ("delayed", "cap"))
    second.refresh_from_db()
    assert second.due_at == NOON + timedelta(hours=24)
    needed = asked(person, "three", purpose=Purpose.ORDERS)
    run_due()
    assert why(needed) == ("sent", "needed")
    with time_machine.travel(second.due_at, tick=False):
        run_due()
        assert why(second) == ("sent", "allowed")


def test_a_clock_that_went_ahead_and_was_set_back_silences_nobody(person: Person) -> None:
    Cap.objects.create(hours=24, count=1)
    with time_machine.travel(NOON + timedelta(days=200), tick=False):
        asked(person, "ahead")
        run_due()
    with time_machine.travel(NOON, tick=False):
        message = asked(person, "now")
        run_due()
        message.refresh_from_db()
        assert why(message) == ("delayed", "cap")  # one was sent, whenever that was
        assert message.due_at == NOON + timedelta(hours=24)
    with time_machine.travel(message.due_at, tick=False):
        run_due()
        assert why(message) == ("sent", "allowed")


@time_machine.travel(NOON, tick=False)
def test_what_would_come_too_late_is_not_sent(person: Person) -> None:
    Cap.objects.create(hours=24, count=1)
    asked(person, "one")
    late = asked(person, "two", expires_at=NOON + timedelta(hours=5))
    run_due()
    assert why(late) == ("withheld", "cap")


@time_machine.travel(NOON, tick=False)
def test_the_more_important_one_goes_first(person: Person) -> None:
    Cap.objects.create(hours=24, count=1)
    small, great = asked(person, "small"), asked(person, "great", priority=5)
    run_due()
    assert (why(small), why(great)) == (("delayed", "later"), ("sent", "allowed"))


@time_machine.travel(NOON, tick=False)
def test_a_group_for_comparison_gets_none(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_holdouts", [lambda _person, _message: "everybody's"])
    message = asked(person)
    run_due()
    assert why(message) == ("withheld", "holdout")
    assert not mail.outbox


@time_machine.travel(NOON, tick=False)
def test_nothing_to_say_any_more_and_called_off(person: Person) -> None:
    silent = asked(person, "silent", data={"nothing": True})
    off = asked(person, "off", source="spring")
    assert services.call_off(source="spring") == 1
    run_due()
    assert (why(silent), why(off)) == (("withheld", "nothing"), ("withheld", "canceled"))
    assert not mail.outbox


@time_machine.travel(NOON, tick=False)
def test_a_killed_process_leaves_all_or_nothing(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it breaks off, the message is sent once in the end, and told of once."""
    message = asked(person, channel=Channel.SITE)
    for name in ("_carry", "_record"):
        with monkeypatch.context() as broken:
            broken.setattr(services, name, _killed)
            run_due()
        assert not Copy.objects.exists()
        assert not Verdict.objects.exists()
        Job.objects.update(due_at=timezone.now(), running_until=None)
    run_due()
    assert Copy.objects.get().message == message
    assert why(message) == ("sent", "allowed")


def _killed(*_args: Any) -> None:
    raise MemoryError


@time_machine.travel(NOON, tick=False)
def test_a_complaint_is_a_no_and_a_notice_counts_once(person: Person) -> None:
    asked(person)
    run_due()
    notice = {"provider": "Mailgun", "key": "abc", "address": "Ana@example.com"}
    assert notices.take(kind="complained", **notice)
    assert not consent.allows(person, **MARKETING)
    consent.grant(person=person, **MARKETING, where="/you/")
    assert not notices.take(kind="complained", **notice)  # told again
    assert consent.allows(person, **MARKETING)
    assert Notice.objects.count() == 1


def test_a_complaint_about_a_mail_of_an_order_is_a_no_of_its_account() -> None:
    user = User.objects.create_user("eva")
    EmailAddress.objects.create(user=user, email="Eva@example.com", verified=True, primary=True)
    owner = Person.objects.create(user=user)
    consent.grant(person=owner, **MARKETING, where="/you/")
    notices.take(provider="Mailgun", key="c", kind="complained", address="eva@example.com")
    assert not consent.allows(owner, **MARKETING)


def test_a_notice_whose_effect_fails_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not taken for one that came before: the service repeats it."""

    def fails(**_about: Any) -> None:
        raise IntegrityError

    told = {"provider": "test", "key": "1", "kind": "bounced", "address": "a@example.com"}
    with monkeypatch.context() as broken:
        broken.setattr(contacts, "fail", fails)
        with pytest.raises(IntegrityError):
            notices.take(**told)
    assert notices.take(**told)
    assert not notices.take(**told)


def test_a_bounced_address_is_written_to_no_more(person: Person) -> None:
    notices.take(provider="Mailgun", key="b", kind="bounced", address="ana@example.com")
    assert contacts.address_of(person, Channel.MAIL) == ""


def test_an_address_of_an_account_that_bounced_is_written_to_no_more(person: Person) -> None:
    user = User.objects.create_user("ana")
    EmailAddress.objects.create(user=user, email="Ana2@example.com", verified=True, primary=True)
    owner = Person.objects.create(user=user)
    assert contacts.address_of(owner, Channel.MAIL) == "Ana2@example.com"
    for _time in range(2):  # told twice
        told = {"key": "b2", "kind": "bounced", "address": "ana2@EXAMPLE.com"}
        notices.take(provider="Mailgun", **told)
    assert contacts.address_of(owner, Channel.MAIL) == ""
    assert contacts.address_of(person, Channel.MAIL) == "ana@example.com"
    contacts.note(person=owner, channel=Channel.MAIL, address="ana2@example.com", proven=True)
    assert not notices.take(provider="Mailgun", **told)  # told a third time, late
    assert contacts.address_of(owner, Channel.MAIL) == "ana2@example.com"


def test_notices_keep_no_address(person: Person) -> None:
    event = AnymailTrackingEvent(
        event_type="bounced", message_id="<1>", recipient="ana@example.com", event_id=None
    )
    for _time in range(2):
        notices.tell(None, event, "Mailgun")
    assert Notice.objects.count() == 1
    assert "ana" not in Notice.objects.get().key


@time_machine.travel(NOON, tick=False)
def test_what_was_told_and_brought_a_message_about_stands_on_the_receipt(person: Person) -> None:
    words = Words("Frames of your size are here.", "Oak", told=("height", "shoe_size"))
    composing.register("tests.told", lambda _message, _to: words)
    about = {"source": "exchange size", "number": 180}
    Statement.objects.create(person=person, name="height", **about)
    asked(person, composer="tests.told")
    run_due()
    [effect] = Effect.objects.filter(person=person)
    assert (effect.fact, effect.what, effect.times) == ("height", "message", 1)
