"""Leaving by one click (RFC 8058): a signed address that names a person, a purpose and a channel.

Mail programs POST to it without a cookie; looking at it (GET) changes nothing. It opens nothing
else, and no other signed word opens it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from personalization.people.models import Person
from personalization.people.purposes import is_asked

SALT = "people.leaving"


@dataclass(frozen=True)
class Leaving:
    """Who leaves what."""

    key: str
    purpose: str
    channel: str

    @property
    def person(self) -> Person | None:
        """None if they are forgotten meanwhile."""
        return Person.objects.filter(key=self.key).first()


def token_for(person: Person, purpose: str, channel: str) -> str:
    """The signed word; it holds as long as the person is kept."""
    said = [person.key.hex, str(purpose), str(channel)]
    return signing.dumps(said, salt=SALT)


def path_for(person: Person, purpose: str, channel: str) -> str:
    """Where to leave, on this site."""
    return reverse("people:leave", args=[token_for(person, purpose, channel)])


def url_for(person: Person, purpose: str, channel: str) -> str:
    """The whole address to leave at."""
    site = str(settings.SITE_URL).rstrip("/")
    return site + path_for(person, purpose, channel)


def headers(person: Person, purpose: str, channel: str) -> dict[str, str]:
    """What a mail's head says so that mail programs show their own way out."""
    return {
        "List-Unsubscribe": f"<{url_for(person, purpose, channel)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def read(token: str) -> Leaving | None:
    """Who leaves what; None for words that are altered, or signed for something else."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if not isinstance(said, list) or len(said) != 3 or not is_asked(said[1], said[2]):
        return None
    return Leaving(*said)
