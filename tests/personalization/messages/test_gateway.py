"""Texts through a gateway: posted as its settings say, carried once, and heard of afterwards."""

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core.checks import run_checks
from django.test import Client
from django.utils import timezone

from orders.models import Job
from personalization.messages import callbacks, codes, posting, services
from personalization.messages.models import Copy, Message, Notice
from personalization.people import consent, contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel, Purpose
from tests.personalization.messages.conftest import NOON
from tests.personalization.messages.servers import Server, serving
from tests.personalization.messages.test_sending import run_due, why

NUMBER = "+34600000000"
HOOK = "/hooks/sms/"


@pytest.fixture
def gateway(settings: Any) -> Iterator[Server]:
    with serving(Server()) as server:
        settings.MESSAGE_PROVIDERS = {"sms": "personalization.messages.gateway.Gateway"}
        settings.SMS_URL = f"{server.url}/v1/texts"
        settings.SMS_TOKEN, settings.SMS_FROM = "s3cret", "Oak&Co"
        settings.SMS_CALLBACK_SECRET = "whisper"
        yield server


def said(person: Person, key: str = "journey:care:1") -> Message:
    contacts.note(person=person, channel=Channel.SMS, address=NUMBER, proven=True)
    consent.grant(person=person, purpose=Purpose.MARKETING, channel=Channel.SMS, where="/you/")
    about: dict[str, Any] = {"purpose": Purpose.MARKETING, "channel": Channel.SMS}
    made = services.ask(key=key, person=person, composer="tests.hello", **about)
    run_due()
    made.refresh_from_db()
    return made


def later(message: Message) -> None:
    """The job comes back, as it does after a failure."""
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        Job.objects.filter(kind=services.SEND, payload__message=message.pk).update(
            leased_until=None
        )
        run_due()
    message.refresh_from_db()


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_text_is_posted_as_the_settings_say(person: Person, gateway: Server) -> None:
    message = said(person)
    [(path, heads, body)] = gateway.asked
    told = json.loads(body)
    copy = Copy.objects.get()
    assert (path, heads["authorization"]) == ("/v1/texts", "Bearer s3cret")
    assert told["to"] == NUMBER
    assert told["from"] == "Oak&Co"
    assert told["text"] == copy.text
    assert told["reference"] == heads["idempotency-key"] == codes.sign("sms", message.pk)
    assert copy.provider == "gateway"
    assert "s3cret" not in str(Job.objects.values())


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_form_is_posted_where_a_gateway_wants_one(
    person: Person, gateway: Server, settings: Any
) -> None:
    settings.SMS_FORMAT = "form"
    settings.SMS_FIELDS = {"To": "{digits}", "Body": "{text}", "Tags": ["a", "{key}"], "Flash": 0}
    settings.SMS_HEADERS = {"Authorization": "Basic {basic}"}
    message = said(person)
    [(_path, heads, body)] = gateway.asked
    told = parse_qs(body.decode())
    assert told["To"] == ["34600000000"]
    assert told["Tags"] == ["a", codes.sign("sms", message.pk)]
    assert heads["authorization"] == "Basic czNjcmV0"
    assert heads["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_what_stands_in_a_text_is_no_template(
    person: Person, gateway: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("personalization.messages.sms.written", lambda *_a, **_k: '{token}{key}"\n')
    said(person)
    assert json.loads(gateway.asked[0][2])["text"] == '{token}{key}"\n'


@pytest.mark.django_db
@pytest.mark.parametrize("failure", [500, 503, 429, 401, 400, 302, 0])
@time_machine.travel(NOON, tick=False)
def test_what_fails_is_tried_again_by_the_same_key(
    person: Person, gateway: Server, failure: int
) -> None:
    gateway.answers = [failure, 202]
    message = said(person)
    assert message.state == Message.State.WAITING
    assert not Copy.objects.exists()
    assert NUMBER not in str(Job.objects.values())
    later(message)
    assert why(message) == ("sent", "allowed")
    assert len({heads["idempotency-key"] for _path, heads, _body in gateway.asked}) == 1
    assert [path for path, *_rest in gateway.asked] == ["/v1/texts"] * 2


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_gateway_that_answers_too_late_carries_it_once(
    person: Person, gateway: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 0.2)

    def slow() -> int:
        time.sleep(0.5)
        return 202

    gateway.answers = [slow, 409]  # it has carried it, and knows the key
    message = said(person)
    assert message.state == Message.State.WAITING
    later(message)
    assert why(message) == ("sent", "allowed")
    assert Copy.objects.count() == 1


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_number_that_gets_no_texts_is_told_in_the_ledger(person: Person, gateway: Server) -> None:
    gateway.answers = [422]
    assert why(said(person)) == ("withheld", "no_address")


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_refusal_in_words_is_one(person: Person, gateway: Server, settings: Any) -> None:
    settings.SMS_REFUSED = '"error"'
    gateway.answers, gateway.says = [200], '{"error": "no credit"}'
    assert said(person).state == Message.State.WAITING


def told(row: dict[str, Any] | list[Any], secret: str = "", **more: Any) -> int:
    body = json.dumps(row).encode()
    signed = secret or callbacks.signature(body)
    heads = {"x-signature": signed}
    return (
        Client()
        .post(HOOK, body, content_type="application/json", headers=heads, **more)
        .status_code
    )


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_what_it_tells_afterwards_counts_once(person: Person, gateway: Server) -> None:
    message = said(person)
    about = {"reference": codes.sign("sms", message.pk), "to": NUMBER}
    assert told({**about, "status": "delivered"}) == 204
    assert Copy.objects.get().details["told"] == "delivered"
    failed = {**about, "status": "FAILED"}
    assert told([failed, {"status": "?"}]) == 204
    assert contacts.address_of(person, Channel.SMS) == ""
    contacts.note(person=person, channel=Channel.SMS, address=NUMBER, proven=True)
    for row in (failed, {**about, "status": "delivered"}):
        assert told(row) == 204  # replayed
    assert contacts.address_of(person, Channel.SMS) == NUMBER
    assert Copy.objects.get().details["told"] == "failed"
    assert Notice.objects.count() == 1


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_stop_is_a_no_to_all_texts_and_to_nothing_else(person: Person, gateway: Server) -> None:
    said(person)
    assert told({"to": NUMBER.removeprefix("+"), "status": "STOP", "id": "7"}) == 204
    assert not consent.allows(person, Purpose.MARKETING, Channel.SMS)
    assert consent.allows(person, Purpose.MARKETING, Channel.MAIL)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_forged_and_broken_notices_do_nothing(
    person: Person, gateway: Server, settings: Any
) -> None:
    message = said(person)
    failed = {"reference": codes.sign("sms", message.pk), "status": "failed"}
    assert told(failed, secret="0" * 64) == 403
    assert told(failed, secret="ż") == 403
    assert told("failed") == 400  # type: ignore[arg-type]
    assert told([failed] * 501) == 400
    assert told({"status": "failed", "to": {"a": "b"}, "reference": ["x"]}) == 204
    assert told({**failed, "reference": f"{message.pk}-forged"}) == 204
    assert told({"reference": "x" * 70_000}) == 413
    assert Client().get(HOOK).status_code == 405
    assert contacts.address_of(person, Channel.SMS) == NUMBER
    settings.SMS_CALLBACK_SECRET = ""
    assert told(failed) == 404


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_notice_that_overtakes_its_text_is_asked_for_again(
    person: Person, gateway: Server
) -> None:
    gateway.answers = [500]
    message = said(person)
    row = {"reference": codes.sign("sms", message.pk), "status": "failed"}
    assert told(row) == 503
    gateway.answers = [202]
    later(message)
    assert told(row) == 204
    assert contacts.address_of(person, Channel.SMS) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMS_URL", "gateway.example"),
        ("SMS_FORMAT", "xml"),
        ("SMS_FIELDS", {"to": "{to}"}),
        ("SMS_REFUSED", "("),
    ],
)
def test_settings_that_can_not_work_are_told_at_the_start(
    settings: Any, name: str, value: object
) -> None:
    settings.SMS_URL = "https://gateway.example/v1"
    assert not [each for each in run_checks() if str(each.id).startswith("letters.")]
    setattr(settings, name, value)
    [wrong] = [each for each in run_checks() if str(each.id).startswith("letters.")]
    assert name in wrong.msg
