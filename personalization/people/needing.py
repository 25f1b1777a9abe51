"""What an answer needs: a yes to what it is told for. Without one nothing of it is kept."""

from dataclasses import dataclass

from django.utils.translation import get_language

from personalization.people import consent, wordings
from personalization.people.models import Person
from personalization.people.purposes import ASKED, Channel, Purpose


class NotAllowed(Exception):
    """What it is told for is not allowed by any channel, or its words have changed meanwhile."""


@dataclass(frozen=True)
class Need:
    """A yes that is missing: to which words, and by which way it would be given."""

    purpose: Purpose
    channel: Channel
    words: str
    version: int


def need_of(person: Person | None, purpose: str) -> Need | None:
    """What this person would have to allow first; None: it is allowed."""
    asked = Purpose(purpose)
    ways = ASKED.get(asked, ())
    if not ways or any(consent.allows(person, asked, channel) for channel in ways):
        return None
    now = wordings.current(asked)
    way = Channel.SITE if Channel.SITE in ways else ways[0]
    words = wordings.text_of(now, get_language() or "en")
    return Need(asked, way, words, now.version)


def meet(person: Person, purpose: str, read: str) -> None:
    """Allow it, by who has read the words of this version; NotAllowed without. In the caller's
    transaction, so that a yes and what is told for it stand together."""
    need = need_of(person, purpose)
    if need is None:
        return
    if read != str(need.version):
        raise NotAllowed
    consent.grant(person=person, purpose=need.purpose, channel=need.channel, where="/you/")
