"""Whether a message goes out now: asked at the moment of the effect, in its transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from orders import clocks
from personalization.messages import quiet
from personalization.messages.models import Cap, Message, QuietHours, Verdict
from personalization.people import consent, wholes
from personalization.people.models import Decision, Person
from personalization.people.purposes import Channel, Purpose

Outcome, Reason = Verdict.Outcome, Verdict.Reason
REACHING = (Channel.MAIL, Channel.SMS, Channel.PUSH)
"""Channels that come to somebody, rather than wait for them."""
COUNTED = (*REACHING, Channel.PRINT)
"""Channels that need an address, that limits count, and among which the more important message
goes first."""
YIELD = timedelta(minutes=1)
STUCK = timedelta(hours=1)
"""One that was due so long ago can't be carried: others wait for it no more."""

Holdout = Callable[[Person, Message], str]
"""The name of the group for comparison that somebody is in, or ""."""
_holdouts: list[Holdout] = []


@dataclass(frozen=True)
class Ruling:
    """What becomes of a message, and why; `until` where it is put off."""

    outcome: str
    reason: str
    until: datetime | None = None
    details: dict[str, object] = field(default_factory=dict)


def held_out_by(holdout: Holdout) -> None:
    """Have somebody asked whether a person is in a group that gets no such message."""
    if holdout not in _holdouts:
        _holdouts.append(holdout)


def rule(message: Message, address: str, now: datetime) -> Ruling:
    """What becomes of this message now. Where its effect is committed, the person is held."""
    allowed, last = consent.word(message.person, message.purpose, message.channel)
    refused = _refused(message, address, allowed, last)
    if refused is not None:
        return refused
    if message.expires_at is not None and now > message.expires_at:
        return Ruling(Outcome.WITHHELD, Reason.TOO_LATE)
    if message.purpose == Purpose.ORDERS:
        return Ruling(Outcome.SENT, Reason.NEEDED)
    late = _delay(message, now)
    if late is None:
        return Ruling(Outcome.SENT, Reason.ALLOWED, details=_proof(last))
    if message.expires_at is not None and late.until and late.until > message.expires_at:
        return Ruling(Outcome.WITHHELD, late.reason, late.until, late.details)
    return late


def _refused(message: Message, address: str, allowed: bool, last: Decision | None) -> Ruling | None:
    if not allowed:
        return Ruling(Outcome.WITHHELD, Reason.NO_CONSENT, details=_proof(last))
    for holdout in _holdouts if message.purpose != Purpose.ORDERS else ():
        if name := holdout(message.person, message):
            return Ruling(Outcome.WITHHELD, Reason.HOLDOUT, details={"group": name})
    if message.channel in COUNTED and not address:
        return Ruling(Outcome.WITHHELD, Reason.NO_ADDRESS)
    return None


def _proof(last: Decision | None) -> dict[str, object]:
    """The decision that it rests on, if there is one."""
    if last is None:
        return {}
    return {"decision": last.pk, "wording": last.wording.version if last.wording else None}


def _delay(message: Message, now: datetime) -> Ruling | None:
    """Why it waits, if it does. What waits on our own pages disturbs nobody."""
    if message.channel not in COUNTED:
        return None
    return _quiet(message, now) or _first(message, now) or _capped(message, now)


def _quiet(message: Message, now: datetime) -> Ruling | None:
    if message.channel not in REACHING:  # a letter wakes nobody
        return None
    starts, ends = quiet_hours()
    zone = quiet.zone_of(message.person.time_zone, settings.TIME_ZONE)
    until = quiet.loud_from(now, zone, starts, ends)
    if until <= now:
        return None
    return Ruling(Outcome.DELAYED, Reason.QUIET, until, {"zone": zone.key})


def quiet_hours() -> tuple[time, time]:
    """From when until when, by the reader's clock."""
    row = QuietHours.objects.order_by("pk").first()
    return (row.starts, row.ends) if row else (time(21), time(9))


def _first(message: Message, now: datetime) -> Ruling | None:
    """A message of higher priority that is due as well goes first."""
    others = of_whole(message.person).filter(
        state=Message.State.WAITING,
        priority__gt=message.priority,
        due_at__range=(now - STUCK, now),
        channel__in=COUNTED,
    )
    first = others.exclude(pk=message.pk).order_by("-priority").first()
    if first is None:
        return None
    return Ruling(Outcome.DELAYED, Reason.LATER, now + YIELD, {"first": first.key})


def _capped(message: Message, now: datetime) -> Ruling | None:
    """The limit that opens last again, if any is reached."""
    found: Ruling | None = None
    caps = list(Cap.objects.filter(Q(purpose="") | Q(purpose=message.purpose)))
    sent = _sent(message, now - timedelta(hours=max((cap.hours for cap in caps), default=0)))
    for cap in caps:
        until, counted = _room_from(sent, cap, now)
        if until is not None and (found is None or found.until is None or until > found.until):
            details: dict[str, object] = {"at_most": cap.count, "hours": cap.hours}
            details |= {"counted": counted, "purpose": cap.purpose}
            found = Ruling(Outcome.DELAYED, Reason.CAP, until, details)
    return found


def _sent(message: Message, since: datetime) -> list[tuple[datetime | None, str]]:
    """When what that limits count was sent since, the latest first, and what for."""
    rows = of_whole(message.person).filter(sent_at__gt=since, channel__in=COUNTED)
    counted = rows.exclude(purpose=Purpose.ORDERS).order_by("-sent_at")
    return list(counted.values_list("sent_at", "purpose"))


def _room_from(
    sent: Sequence[tuple[datetime | None, str]], cap: Cap, now: datetime
) -> tuple[datetime | None, int]:
    """When the limit leaves room again (None: it does now), and how many it has counted."""
    window = timedelta(hours=cap.hours)
    times = [
        at
        for at, purpose in sent
        if at is not None and at > now - window and cap.purpose in ("", purpose)
    ]
    if len(times) < cap.count:
        return None, len(times)
    oldest = times[cap.count - 1] if cap.count else now
    return oldest + window, len(times)


def set_right(person: Person, now: datetime) -> None:
    """What was sent by a clock that went ahead and was set back counts as sent now: it is counted
    for as long as any other, not until that day."""
    of_whole(person).filter(sent_at__gt=now + clocks.AHEAD).update(sent_at=now)


def of_whole(person: Person) -> QuerySet[Message]:
    """All messages to the whole person."""
    return Message.objects.filter(wholes.of(person.whole_id))
