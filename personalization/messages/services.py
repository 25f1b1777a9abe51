"""Saying something to somebody: asked for with its cause, decided upon and done when it is due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from orders import jobs
from orders.models import Job
from personalization.messages import composing, deciding, links, postal, providers
from personalization.messages.composing import Words
from personalization.messages.models import Message, Verdict
from personalization.people import consent, contacts, events, receipts, wholes
from personalization.people.models import Event, Person
from personalization.people.purposes import Channel

SEND = "messages.send"


@dataclass(frozen=True)
class Prepared:
    """Words (None: there is nothing to say), and the last event of their reader at that moment."""

    words: Words | None
    done: int


@transaction.atomic
def ask(
    *,
    key: str,
    person: Person,
    purpose: str,
    channel: str,
    composer: str,
    data: Mapping[str, Any] | None = None,
    source: str = "",
    priority: int = 0,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Message:
    """Have this said, once, in the transaction of its cause; asked twice, the first counts."""
    due = due_at or timezone.now()
    message, new = Message.objects.get_or_create(
        key=key,
        defaults={
            "person_id": person.whole_id,
            "purpose": purpose,
            "channel": channel,
            "composer": composer,
            "data": dict(data or {}),
            "source": source,
            "priority": priority,
            "due_at": due,
            "expires_at": expires_at,
        },
    )
    if new:
        _due(message)
    return message


def _due(message: Message) -> None:
    payload = {"message": message.pk}
    jobs.enqueue(kind=SEND, queue="mail", payload=payload, due_at=message.due_at)


def send(job_id: str | UUID) -> bool:
    """Perform the job: find the words, decide, and carry the message or say why not."""
    return jobs.perform_prepared(job_id, _prepare, _finish)


def _prepare(job: Job) -> Prepared | None:
    """The words, found before anything is held; pictures take their time."""
    message = _waiting(job)
    if message is None or not _worth_composing(message):
        return None
    done = _last_done(message)
    return Prepared(words_of(message), done)


def _last_done(message: Message) -> int:
    """The last thing that its reader did, or that was done to them."""
    rows = Event.objects.filter(wholes.of(message.person.whole_id))
    return rows.order_by("-id").values_list("id", flat=True).first() or 0


def words_of(message: Message) -> Words | None:
    """The words of a message as they would be now."""
    with override(message.person.language):
        return composing.compose(message, _address(message))


def _worth_composing(message: Message) -> bool:
    ruling = deciding.rule(message, _address(message), timezone.now())
    return ruling.outcome == Verdict.Outcome.SENT


def _finish(job: Job, prepared: Prepared | None) -> None:
    """Decide where nobody can take their yes back meanwhile, and carry it in the same breath. Words
    that were found before its reader ordered, or took something back, are found anew."""
    message = _held(job)
    if message is None:
        return
    address, now = _address(message), timezone.now()
    deciding.set_right(message.person, now)
    ruling = deciding.rule(message, address, now)
    sent = ruling.outcome == Verdict.Outcome.SENT
    words = _still_true(message, prepared) if sent else None
    if sent and words is None:
        ruling = deciding.Ruling(Verdict.Outcome.WITHHELD, Verdict.Reason.NOTHING)
    if ruling.outcome == Verdict.Outcome.SENT and words is not None:
        try:
            _carry(message, address, words, now)
            ruling.details.update(words.facts)
        except providers.NotThere:
            ruling = deciding.Ruling(Verdict.Outcome.WITHHELD, Verdict.Reason.NO_ADDRESS)
    _record(message, ruling, now)


def _still_true(message: Message, prepared: Prepared | None) -> Words | None:
    """The words, if nothing has happened since they were found; else as they are now."""
    if prepared is not None and prepared.done == _last_done(message):
        return prepared.words
    return words_of(message)


def _carry(message: Message, address: str, words: Words, now: datetime) -> None:
    if links.may_count(message):
        words = links.put(message, words)
    with override(message.person.language):
        copy = providers.provider_of(message.channel).carry(message, address, words)
    copy.at = now
    copy.save()
    receipts.changed_by(person=message.person, facts=words.told, what="message")
    events.append(
        person=message.person_id,
        kind=Event.Kind.RECEIVED,
        source="messages",
        option=message.source[:60],
        value=message.channel,
        at=now,
    )


def _record(message: Message, ruling: deciding.Ruling, now: datetime) -> None:
    """The state and why, and the next time it is looked at."""
    Verdict.objects.create(
        message=message,
        outcome=ruling.outcome,
        reason=ruling.reason,
        until=ruling.until,
        details=ruling.details,
        at=now,
    )
    if ruling.outcome == Verdict.Outcome.DELAYED and ruling.until is not None:
        message.due_at = ruling.until
        message.save(update_fields=["due_at"])
        _due(message)
        return
    sent = ruling.outcome == Verdict.Outcome.SENT
    message.state = Message.State.SENT if sent else Message.State.WITHHELD
    message.sent_at = now if sent else None
    message.save(update_fields=["state", "sent_at"])


@transaction.atomic
def call_off(*, source: str, start: str = "", by: str = "") -> int:
    """Say nothing of what is still waiting from this source (with keys that begin with `start`), as
    one of the firm's people wants it if it is `by` somebody; how many messages."""
    rows = Message.objects.select_for_update().filter(source=source, state=Message.State.WAITING)
    rows = rows.filter(key__startswith=start) if start else rows
    found = list(rows.order_by("pk"))
    now = timezone.now()
    for message in found:
        details: dict[str, object] = {"called_off_by": by} if by else {}
        ruling = deciding.Ruling(Verdict.Outcome.WITHHELD, Verdict.Reason.CANCELED, details=details)
        _record(message, ruling, now)
    return len(found)


def put_away(*, message: Message) -> None:
    """Shown on a page, read, and put away."""
    Message.objects.filter(pk=message.pk, seen_at=None).update(seen_at=timezone.now())


def on_pages(person: Person) -> list[Message]:
    """What is to be shown to somebody on our pages now, the most important first. Who objects
    meanwhile is shown nothing of it any more."""
    return list(Message.objects.filter(pk__in=_shown(person)).order_by("-priority", "-pk"))


def _shown(person: Person) -> list[int]:
    """The ids of the same, the most important first."""
    now = timezone.now()
    rows = Message.objects.filter(
        wholes.now(person), channel=Channel.SITE, state=Message.State.SENT, seen_at=None
    )
    asked = rows.order_by("-priority", "-pk").values_list("pk", "purpose", "expires_at")
    fresh = [(pk, purpose) for pk, purpose, expires in asked if expires is None or expires > now]
    wanted = {
        purpose: consent.allows(person, purpose, Channel.SITE)
        for purpose in {purpose for _pk, purpose in fresh}
    }
    return [pk for pk, purpose in fresh if wanted[purpose]]


def first_on_pages(person: Person) -> Message | None:
    """The one message that a page shows, with its words."""
    shown = _shown(person)
    if not shown:
        return None
    return Message.objects.select_related("copy").filter(pk=shown[0]).first()


def _waiting(job: Job) -> Message | None:
    """The message; None if it is done or gone."""
    rows = Message.objects.select_related("person__into")
    return _to_whole(rows.filter(pk=job.payload["message"], state=Message.State.WAITING).first())


def _to_whole(message: Message | None) -> Message | None:
    """To whom its reader turned out to be since it was asked for: by their clock and language."""
    if message is not None and message.person.into is not None:
        message.person = message.person.into
    return message


def _held(job: Job) -> Message | None:
    """The same, held until the transaction ends, its person first: who calls it off, and who takes
    a yes back, waits for the effect or is seen by it."""
    message = _waiting(job)
    if message is None:
        return None
    whole = Person.objects.select_for_update().filter(pk=message.person.whole_id)
    list(whole.values_list("pk"))
    rows = Message.objects.select_for_update(of=("self",)).select_related("person__into")
    return _to_whole(rows.filter(pk=message.pk, state=Message.State.WAITING).first())


def _address(message: Message) -> str:
    if message.channel == Channel.PRINT:
        return postal.address_of(message.person)
    if message.channel not in deciding.REACHING:
        return ""
    return contacts.address_of(message.person, message.channel)
