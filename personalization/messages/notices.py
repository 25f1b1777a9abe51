"""What mail providers tell afterwards: an address bounces, somebody complains. Each counts once."""

import hashlib
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from personalization.messages.models import Copy, Notice
from personalization.people import consent, contacts
from personalization.people.models import Contact, Person
from personalization.people.purposes import ASKED, Channel

BOUNCED = frozenset({"bounced", "rejected", "failed"})
COMPLAINED = frozenset({"complained", "unsubscribed"})


def tell(sender: object, event: Any, esp_name: str, **_more: Any) -> None:
    """Hear anymail's tracking signal: its webhooks check who speaks before they send it."""
    key = event.event_id or f"{event.message_id}:{event.event_type}:{event.recipient}"
    take(provider=esp_name, key=key, kind=event.event_type, address=event.recipient or "")


def take(*, provider: str, key: str, kind: str, address: str, channel: str = Channel.MAIL) -> bool:
    """Do what the notice asks for; False if it was taken before, or asks for nothing."""
    if kind not in BOUNCED | COMPLAINED or not address:
        return False
    told = hashlib.sha256(key.encode()).hexdigest()  # it may hold whose address it is
    with transaction.atomic():
        _row, new = Notice.objects.get_or_create(
            provider=provider[:40], key=told, defaults={"kind": kind[:20]}
        )
        if new and kind in BOUNCED:
            contacts.fail(channel=channel, address=address)
        elif new:
            _leave(address, channel)
    return new


def _leave(address: str, channel: str) -> None:
    """Whoever calls our mails spam, or answers a text with stop, gets none that they need not."""
    sent = Copy.objects.filter(address__iexact=address, message__channel=channel)
    ids = set(sent.values_list("message__person_id", flat=True)) | set(
        Contact.objects.filter(channel=channel, address__iexact=address).values_list(
            "person_id", flat=True
        )
    )
    if channel == Channel.MAIL:  # an order's mail, maybe: of these there are no copies
        owners = EmailAddress.objects.filter(email__iexact=address, verified=True)
        ids |= set(owners.exclude(user__person=None).values_list("user__person", flat=True))
    for person in Person.objects.filter(pk__in=ids):
        for purpose, channels in ASKED.items():
            if channel in channels and consent.allows(person, purpose, channel):
                consent.withdraw(
                    person=person,
                    purpose=purpose,
                    channel=channel,
                    where="mail provider" if channel == Channel.MAIL else "gateway",
                    how="complaint",
                )
