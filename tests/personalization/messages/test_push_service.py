"""Push through a service that answers as real ones do; only the browser reads what it passes on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from personalization.messages import push, webpush
from personalization.messages.models import Copy, Message, Subscription
from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel
from tests.personalization.messages.conftest import NOON
from tests.personalization.messages.servers import Server, serving
from tests.personalization.messages.test_gateway import later
from tests.personalization.messages.test_push import said
from tests.personalization.messages.test_sending import why

pytestmark = pytest.mark.django_db
KEY = ec.derive_private_key(20_261_127, webpush.CURVE)
SECRET = b"sixteen letters."


def read(body: bytes) -> dict[str, str]:
    """What a browser does with a record (RFC 8291, 8188), with its own key."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    sender, record = body[21 : 21 + length], body[21 + length :]
    assert len(record) <= size
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(webpush.CURVE, sender)
    info = b"WebPush: info\0" + webpush.point_of(KEY) + sender
    shared = webpush._derived(KEY.exchange(ec.ECDH(), theirs), SECRET, info, 32)
    key = webpush._derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = webpush._derived(shared, salt, b"Content-Encoding: nonce\0", 12)
    plain = AESGCM(key).decrypt(nonce, record, None)
    assert plain.rstrip(b"\0")[-1:] == b"\x02"
    told: dict[str, str] = json.loads(plain.rstrip(b"\0")[:-1])
    return told


@pytest.fixture
def service(settings: Any) -> Iterator[Server]:
    settings.MESSAGE_PROVIDERS = {"push": "personalization.messages.webpush.WebPush"}
    with serving(Server()) as server, time_machine.travel(NOON, tick=False):
        yield server


def browser(person: Person, service: Server, path: str = "/push/one") -> Subscription:
    """One that subscribed there; people can't subscribe at services that are not known."""
    keys = push.encoded(webpush.point_of(KEY)), push.encoded(SECRET)
    return push.subscribe(person=person, browser=push.Browser(service.url + path, *keys))


def test_only_the_browser_reads_what_is_pushed(person: Person, service: Server) -> None:
    browser(person, service)
    message = said(person)
    [(path, heads, body)] = service.asked
    assert why(message) == ("sent", "allowed")
    told = read(body)
    assert told["title"] == "Hola"
    assert told["body"].startswith("Hola, push:")
    assert (path, heads["content-encoding"]) == ("/push/one", "aes128gcm")
    assert heads["ttl"] == "172800"
    assert heads["authorization"].startswith("vapid t=")
    assert b"Hola" not in body


@pytest.mark.parametrize("status", [404, 410])
def test_browsers_that_are_gone_are_swept(person: Person, service: Server, status: int) -> None:
    browser(person, service)
    service.answers = [status]
    assert why(said(person)) == ("withheld", "no_address")
    assert not Contact.objects.filter(channel=Channel.PUSH).exists()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503, 302, 0])
def test_it_waits_for_a_service_that_is_not_there(
    person: Person, service: Server, status: int
) -> None:
    browser(person, service)
    service.answers = [status, 201]
    message = said(person)
    message.refresh_from_db()
    assert message.state == Message.State.WAITING
    assert Subscription.objects.count() == 1
    later(message)
    assert why(message) == ("sent", "allowed")
    assert Copy.objects.get().details == {"browsers": 1}
    assert len({heads["topic"] for _path, heads, _body in service.asked}) == 1


def test_who_has_read_it_in_one_browser_is_not_told_again_for_another(
    person: Person, service: Server
) -> None:
    for path in ("/push/one", "/push/two", "/push/three"):
        browser(person, service, path)
    service.answers = [201, 410, 503]
    message = said(person)
    assert why(message) == ("sent", "allowed")
    assert Copy.objects.get().details == {"browsers": 1}
    assert [path for path, *_rest in service.asked] == ["/push/three", "/push/two", "/push/one"]
    assert sorted(Subscription.objects.values_list("endpoint", flat=True)) == sorted(
        service.url + path for path in ("/push/three", "/push/one")
    )
