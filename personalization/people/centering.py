"""The consent center as its page shows it, and what a customer has changed there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from personalization.people import consent, contacts, wordings
from personalization.people.models import Person
from personalization.people.purposes import ASKED, Channel, Purpose


@dataclass(frozen=True)
class Way:
    """One channel of a purpose; `key` is how the form posts it."""

    key: str
    name: str
    allowed: bool
    reachable: bool
    since: str


@dataclass(frozen=True)
class Row:
    """One purpose, and what it is about."""

    purpose: str
    name: str
    words: str
    version: int
    ways: tuple[Way, ...]


def rows_of(person: Person | None, language: str) -> list[Row]:
    """Everything that can be decided."""
    reached = {Channel.SITE, Channel.PRINT}
    if person is not None:
        asked = (Channel.MAIL, Channel.SMS, Channel.PUSH)
        reached |= {each for each in asked if contacts.address_of(person, each)}
    return [
        Row(
            purpose.value,
            str(purpose.label),
            wordings.text_of(now, language),
            now.version,
            tuple(_way(person, purpose, channel, reached) for channel in channels),
        )
        for purpose, channels in ASKED.items()
        for now in [wordings.current(purpose)]
    ]


def _way(
    person: Person | None, purpose: Purpose, channel: Channel, reached: Collection[Channel]
) -> Way:
    last = consent.decision_of(person, purpose, channel) if person else None
    return Way(
        key=f"{purpose.value}:{channel.value}",
        name=str(channel.label),
        allowed=consent.allows(person, purpose, channel),
        reachable=channel in reached,
        since=last.at.isoformat() if last else "",
    )


def outdated(read: Collection[str]) -> set[str]:
    """Of what was read, each as "purpose:version", the purposes that are asked otherwise now."""
    said = dict(each.partition(":")[::2] for each in read)
    return {
        purpose
        for purpose in ASKED
        if purpose in said and said[purpose] != str(wordings.current(purpose).version)
    }


def change(
    *, person: Person, wanted: Collection[str], where: str, unread: Collection[str] = ()
) -> int:
    """Allow what is wanted and nothing else; how many decisions that took. Nothing is allowed for
    purposes whose words of today were not read."""
    count = 0
    for purpose, channel in _all():
        wants = f"{purpose.value}:{channel.value}" in wanted
        if wants and purpose in unread:
            continue
        if wants != consent.allows(person, purpose, channel):
            decide = consent.grant if wants else consent.withdraw
            decide(person=person, purpose=purpose, channel=channel, where=where)
            count += 1
    return count


def _all() -> Iterator[tuple[Purpose, Channel]]:
    return ((purpose, channel) for purpose, channels in ASKED.items() for channel in channels)
