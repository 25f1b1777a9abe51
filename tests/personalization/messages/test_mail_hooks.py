"""What a mail service tells by its webhook is heard, and nobody else is."""

import base64
import sys
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from personalization.messages import mail_hooks
from personalization.messages.models import Notice
from personalization.people import contacts
from personalization.people.models import Person
from personalization.people.purposes import Channel

HOOK = "/hooks/mail/postmark/tracking/"
BOUNCE = {"RecordType": "Bounce", "ID": 7, "TypeCode": 1, "Type": "HardBounce"}
SECRET = "us:whisper"


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    addresses = ModuleType("addresses_with_a_service")
    addresses.urlpatterns = [*mail_hooks.of("postmark")]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, addresses.__name__, addresses)
    settings.ROOT_URLCONF = addresses.__name__


def told(secret: str, address: str = "ana@example.com") -> int:
    heads = {"authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}
    about = {**BOUNCE, "Email": address, "MessageID": "m1"}
    answer = Client().post(HOOK, about, content_type="application/json", headers=heads)
    return answer.status_code


def test_a_firm_without_a_service_has_no_such_address() -> None:
    assert mail_hooks.of("") == []


@pytest.mark.django_db
def test_a_bounce_is_heard_once_from_the_service_only(person: Person, service: None) -> None:
    assert told("us:guessed") == 400
    assert contacts.address_of(person, Channel.MAIL) == "ana@example.com"
    for _time in range(2):
        assert told(SECRET) == 200
    assert contacts.address_of(person, Channel.MAIL) == ""
    assert Notice.objects.count() == 1
    for other in ("mailgun/tracking/", "postmark/inbound/"):
        with pytest.raises(Resolver404):
            resolve(f"/hooks/mail/{other}")
