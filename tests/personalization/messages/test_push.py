"""Messages in browsers: who may subscribe with what, what is pushed, and what of it others read."""

import base64
import json
from typing import Any
from urllib.error import HTTPError

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from personalization.messages import posting, push, services, webpush
from personalization.messages.models import Copy, Message, Subscription
from personalization.people import consent, contacts
from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel, Purpose
from tests.personalization.messages.conftest import NOON
from tests.personalization.messages.test_sending import run_due, why

ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc:def"
# RFC 8291, appendix A
PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
TOLD = {"endpoint": ENDPOINT, "public_key": PUBLIC, "auth": AUTH}


def subscribed(person: Person, endpoint: str = ENDPOINT) -> Subscription:
    return push.subscribe(person=person, browser=push.checked(endpoint, PUBLIC, AUTH))


def said(person: Person) -> Message:
    consent.grant(person=person, purpose=Purpose.MARKETING, channel=Channel.PUSH, where="/you/")
    about: dict[str, Any] = {"purpose": Purpose.MARKETING, "channel": Channel.PUSH}
    made = services.ask(key="one", person=person, composer="tests.hello", **about)
    run_due()
    return made


def test_what_is_pushed_is_encrypted_as_the_standard_has_it() -> None:
    own = ec.derive_private_key(int.from_bytes(push.decoded(OWN), "big"), webpush.CURVE)
    body = webpush.encrypt(
        b"When I grow up, I want to be a watermelon",
        push.decoded(PUBLIC),
        push.decoded(AUTH),
        own=own,
        salt=push.decoded(SALT),
    )
    assert push.encoded(body) == BODY


def test_a_service_can_check_who_pushes() -> None:
    token, key = (part.split("=", 1)[1] for part in webpush._signed(ENDPOINT)[6:].split(", "))
    head, claims, signature = token.split(".")
    raw = push.decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, push.decoded(key))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))
    assert json.loads(push.decoded(claims))["aud"] == "https://fcm.googleapis.com"


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://evil.example/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilpush.apple.com.example/",
        "https://notpush.apple.com/",
        "https://fcm.googleapis.com:8443/x",
        "https://me@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/" + "x" * 1000,
        "https://fcm.googleapis.com/ż",
        "",
        "fcm.googleapis.com",
    ],
)
def test_only_push_services_are_posted_to(endpoint: str) -> None:
    with pytest.raises(ValidationError):
        push.checked(endpoint, PUBLIC, AUTH)


@pytest.mark.parametrize(
    ("public_key", "auth"),
    [
        ("", AUTH),
        (PUBLIC, ""),
        (PUBLIC[:-4], AUTH),
        ("A" * 87, AUTH),
        (PUBLIC, AUTH + "AAAA"),
        ("!" * 87, AUTH),
        (PUBLIC, "ż" * 22),
        (base64.b64encode(b"\x04" + b"\x01" * 64).decode(), AUTH),  # not on the curve
    ],
)
def test_keys_that_are_none_are_refused(public_key: str, auth: str) -> None:
    with pytest.raises(ValidationError):
        push.checked(ENDPOINT, public_key, auth)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_push_is_kept_and_tells_where_it_leads(person: Person) -> None:
    subscribed(person)
    subscribed(person)
    subscribed(person, "https://updates.push.services.mozilla.com/wpush/v2/x")
    message = said(person)
    copy = Copy.objects.get(message=message)
    assert (copy.provider, copy.details) == ("push", {"browsers": 2})
    assert copy.address.startswith("push:")


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_browsers_that_are_gone_are_forgotten(
    person: Person, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MESSAGE_PROVIDERS = {"push": "personalization.messages.webpush.WebPush"}
    subscribed(person)
    posted: list[Any] = []

    def gone(request: Any, timeout: float) -> Any:
        posted.append(request)
        raise HTTPError(request.full_url, 410, "Gone", None, None)  # type: ignore[arg-type]

    monkeypatch.setattr(posting.opener, "open", gone)
    message = said(person)
    assert why(message) == ("withheld", "no_address")
    assert not Contact.objects.filter(channel=Channel.PUSH).exists()
    [request] = posted
    assert b"Hola" not in request.data
    assert len(request.get_header("Topic")) == 32


@pytest.mark.django_db
def test_a_browser_is_one_persons_and_they_stop_their_own_only(
    client: Client, person: Person
) -> None:
    assert client.post("/you/messages/push/", TOLD).status_code == 302
    row = Subscription.objects.get()
    page = client.get("/you/", headers={"accept-language": "en"}).content.decode()
    assert "Chrome, since" in page
    assert f'data-key="{webpush.public_key()}"' in page
    ana = User.objects.create_user("ana")
    Person.objects.filter(pk=person.pk).update(user=ana)
    other = Client()
    other.force_login(ana)
    assert other.post(f"/you/messages/push/{row.pk}/stop/").status_code == 404
    other.post("/you/messages/push/", TOLD)  # signed in at the same browser
    row = Subscription.objects.get()
    assert row.contact.person_id == person.pk
    assert other.post(f"/you/messages/push/{row.pk}/stop/").status_code == 302
    assert not Subscription.objects.exists()
    assert contacts.address_of(person, Channel.PUSH) == ""


@pytest.mark.django_db
def test_what_a_browser_did_not_tell_is_refused_in_words(client: Client) -> None:
    for wrong in ({}, {**TOLD, "endpoint": "https://evil.example/"}, {**TOLD, "auth": "x"}):
        client.post("/you/messages/push/", wrong)
        assert "can’t be used" in client.get("/you/").content.decode()
    assert not Subscription.objects.exists()


@pytest.mark.django_db
def test_at_most_so_many_browsers(person: Person) -> None:
    for number in range(push.MOST + 3):
        subscribed(person, f"{ENDPOINT}{number}")
    assert push.browsers_of(person).count() == push.MOST
    assert Contact.objects.filter(channel=Channel.PUSH).count() == push.MOST


def test_a_key_is_made(capsys: pytest.CaptureFixture[str], settings: Any) -> None:
    call_command("make_push_key")
    name, key = capsys.readouterr().out.strip().split("=", 1)
    before = webpush.public_key()
    assert name == "VAPID_PRIVATE_KEY"
    settings.VAPID_PRIVATE_KEY = key
    assert len(push.decoded(webpush.public_key())) == 65
    assert webpush.public_key() != before
