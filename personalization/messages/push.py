"""Web push: the browsers that show what is pushed to them, and what is pushed."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from personalization.messages.composing import Words
from personalization.messages.models import Copy, Message, Subscription
from personalization.messages.own_site import own_path
from personalization.messages.providers import Kept, NotThere, ProviderError
from personalization.people import contacts, wholes
from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel

MOST = 10  # browsers of a person
LONGEST = 1000
BODY = 240  # letters; what notifications show, and far below what services carry
MAKERS = {
    "googleapis.com": "Chrome",
    "mozilla.com": "Firefox",
    "windows.com": "Edge",
    "apple.com": "Safari",
}


@dataclass(frozen=True)
class Browser:
    """What a browser tells when it subscribes (W3C Push API), checked."""

    endpoint: str
    public_key: str
    auth: str

    @property
    def address(self) -> str:
        """The name by which it stands among a person's contacts."""
        return "push:" + hashlib.sha256(self.endpoint.encode()).hexdigest()[:40]


def checked(endpoint: str, public_key: str, auth: str) -> Browser:
    """ValidationError for addresses of no known push service, and keys that are none.

    What is pushed is posted by this server: it must not be sent to wherever somebody likes.
    """
    wrong = ValidationError(_("This browser’s address for messages can’t be used."))
    if not _is_push_service(endpoint):
        raise wrong
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(public_key))
        if len(decoded(auth)) != 16 or len(decoded(public_key)) != 65:
            raise wrong
    except ValueError as error:
        raise wrong from error
    return Browser(endpoint, encoded(decoded(public_key)), encoded(decoded(auth)))


def _is_push_service(endpoint: str) -> bool:
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable():
        return False
    try:
        parts = urlsplit(endpoint)
        plain = parts.scheme == "https" and parts.port is None and "@" not in parts.netloc
    except ValueError:
        return False
    host = parts.hostname or ""
    known = any(host == each or host.endswith(f".{each}") for each in settings.PUSH_HOSTS)
    return plain and known and " " not in endpoint and "\\" not in endpoint


def decoded(text: str) -> bytes:
    """Bytes of base64url, with or without its padding; ValueError."""
    if len(text) > LONGEST or not text.isascii():
        raise ValueError("not base64url")
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@transaction.atomic
def subscribe(*, person: Person, browser: Browser) -> Subscription:
    """From now on this browser shows what this person allows by push, and nobody else's."""
    Person.objects.select_for_update().get(pk=person.whole_id)
    others = Contact.objects.filter(channel=Channel.PUSH, address=browser.address)
    others.exclude(person_id=person.whole_id).delete()
    contact = contacts.note(
        person=person, channel=Channel.PUSH, address=browser.address, proven=True
    )
    row, _new = Subscription.objects.update_or_create(contact=contact, defaults=vars(browser))
    for old in browsers_of(person)[MOST:]:
        old.contact.delete()
    return row


def stop(*, person: Person, pk: int) -> bool:
    """This browser shows nothing any more; False if it is not theirs."""
    row = browsers_of(person).filter(pk=pk).first()
    if row is None:
        return False
    row.contact.delete()
    return True


def browsers_of(person: Person) -> QuerySet[Subscription]:
    """The browsers of the whole person, the latest first."""
    mine = wholes.of(person.whole_id, "contact__person")
    rows = Subscription.objects.select_related("contact").filter(mine)
    return rows.exclude(contact__proven_at=None).order_by("-pk")


def maker_of(endpoint: str) -> str:
    """Whose browser it is, as its push service tells."""
    host = urlsplit(endpoint).hostname or ""
    return next((name for end, name in MAKERS.items() if host.endswith(end)), host)


def payload_of(message: Message, words: Words) -> bytes:
    """What the browser's worker reads (static/js/push-worker.js)."""
    said = {
        "title": (words.subject or settings.FIRM_NAME)[:120],
        "body": Truncator(words.text).chars(BODY),
        "url": own_path(words.url) or "/",
        "tag": hashlib.sha256(message.key.encode()).hexdigest()[:24],
        "lang": message.person.language,
    }
    return json.dumps(said, ensure_ascii=False).encode()


class Push(Kept):
    """Carries nothing yet: the copy is all there is. `webpush.WebPush` carries it."""

    name = "push"
    posts = False  # whether a browser must be there

    def carry(self, message: Message, address: str, words: Words) -> Copy:
        """To each of their browsers; those that are gone are forgotten. NotThere: all are."""
        reached, missed = self._pushed(message, payload_of(message, words))
        if missed and not reached:
            raise missed
        if self.posts and not reached:
            raise NotThere
        copy = super().carry(message, address, words)
        copy.details = {"browsers": reached}
        return copy

    def _pushed(self, message: Message, payload: bytes) -> tuple[int, ProviderError | None]:
        """How many browsers it reached, and why another was not. What one shows already is not
        repeated because another's service was not there."""
        reached, missed = 0, None
        for row in browsers_of(message.person):
            try:
                if self.deliver(row, payload, message.key):
                    reached += 1
                else:
                    row.contact.delete()
            except ProviderError as error:
                missed = error
        return reached, missed

    def deliver(self, browser: Subscription, payload: bytes, key: str) -> bool:
        """False if the browser is gone for good; ProviderError if nobody could be asked."""
        return True
