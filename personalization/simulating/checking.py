"""Was a promise broken? Counted from what is kept and from what the people themselves noted, and
not by the code that made the promise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from orders.mailing import message_id
from orders.models import Job, Order
from personalization.journeys.asking import COMPOSER
from personalization.journeys.models import Passage, Place
from personalization.messages.models import Copy, Message, Verdict
from personalization.people.models import Event
from personalization.people.purposes import Channel, Purpose
from personalization.simulating import offers, outbox
from personalization.simulating.crowd import Somebody
from personalization.simulating.run import Outcome
from personalization.simulating.working import APART
from personalization.simulating.world import CAPS, NEWS, QUIET

OUT = (Channel.MAIL, Channel.SMS, Channel.PUSH)


@dataclass(frozen=True)
class Checks:
    """How often each was broken, by name, and what was counted."""

    broken: dict[str, int]
    sent: int
    news: int
    verdicts: dict[tuple[str, str], int]
    worst_moments: int  # yeses that were taken back while a message was being written
    again: int  # mails that left once more, under the same Message-ID, as their process had died

    @property
    def kept(self) -> bool:
        return not any(self.broken.values())


def checks(outcome: Outcome) -> Checks:
    """Everything, at the end of a run."""
    people = {who.pk: who for who in outcome.people}
    sent = list(Message.objects.filter(state=Message.State.SENT).order_by("sent_at", "pk"))
    out = [each for each in sent if each.channel in OUT and each.purpose != Purpose.ORDERS]
    against = _against(out)
    verdicts = Counter(Verdict.objects.order_by().values_list("outcome", "reason"))
    return Checks(
        broken={
            "messages without consent": sum(
                not _allowed(each, people) or each.pk in against for each in out
            ),
            "messages over a limit": _over(out),
            "messages in quiet hours": sum(_quiet(each, people[each.person_id]) for each in out),
            "messages to nobody's address": sum(
                not people[each.person_id].habits.proves for each in out
            ),
            "messages twice": _twice(sent),
            "steps of journeys lost or twice": _steps(),
            "messages lost": _lost(outcome),
            "orders lost or twice": _orders(outcome),
            "codes twice or by others": offers.broken(people),
            "mails that nobody decided upon": _undecided(sent, outcome.kills),
        },
        sent=len(out),
        news=outcome.asked_for,
        verdicts=dict(verdicts),
        worst_moments=len(outcome.hesitated),
        again=sum(count - 1 for count in outbox.left().values()),
    )


def _allowed(message: Message, people: dict[int, Somebody]) -> bool:
    """Whether their last word before it was sent was a yes."""
    who = people[message.person_id]
    return bool(message.sent_at and who.allows(message.purpose, message.channel, message.sent_at))


def _against(out: Sequence[Message]) -> set[int]:
    """Messages that were committed after a no, by the numbers of the events: clocks may agree on
    what happened first where several processes do not."""
    kinds = (Event.Kind.ALLOWED, Event.Kind.REFUSED, Event.Kind.RECEIVED)
    rows = Event.objects.filter(kind__in=kinds).order_by("pk")
    by_place = {(each.person_id, each.channel, each.source, each.sent_at): each for each in out}
    last: dict[tuple[int, str, str], str] = {}
    found = set()
    for person, kind, option, value, at in rows.values_list(
        "person_id", "kind", "option", "value", "at"
    ):
        if kind != Event.Kind.RECEIVED:
            last[person, option, value] = kind
        else:
            message = by_place.get((person, value, option, at))
            if message and last.get((person, message.purpose, value)) == Event.Kind.REFUSED:
                found.add(message.pk)
    return found


def _quiet(message: Message, who: Somebody) -> bool:
    """Whether it came at night, where they live."""
    assert message.sent_at is not None
    clock = message.sent_at.astimezone(ZoneInfo(who.zone)).time()
    return clock >= QUIET[0] or clock < QUIET[1]


def _over(out: Iterable[Message]) -> int:
    """Messages before which, within the hours of a limit, as many were sent as it allows."""
    times: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    count = 0
    for message in out:
        assert message.sent_at is not None
        before = times[message.person_id]
        count += any(
            _since(before, message.sent_at - timedelta(hours=hours), purpose) >= most
            for purpose, hours, most in CAPS
            if purpose in ("", message.purpose)
        )
        before.append((message.sent_at, message.purpose))
    return count


def _since(sent: Sequence[tuple[datetime, str]], moment: datetime, purpose: str) -> int:
    return sum(at > moment and purpose in ("", what) for at, what in sent)


def _twice(sent: Sequence[Message]) -> int:
    """Keys that were sent more than once, and events of more messages than there were."""
    keys = Counter(each.key for each in sent)
    told = Counter(
        Event.objects.filter(kind=Event.Kind.RECEIVED)
        .order_by()
        .values_list("person_id", flat=True)
    )
    had = Counter(each.person_id for each in sent)
    more = sum(max(0, count - had[person]) for person, count in told.items())
    return sum(count - 1 for count in keys.values()) + more


def _steps() -> int:
    """Steps at which something was asked for without a message of it, or the other way; places
    that could not go on."""
    asked = Counter(Passage.objects.filter(outcome="asked").values_list("place_id", "step"))
    said: Counter[tuple[int, str]] = Counter()
    for data in Message.objects.filter(composer=COMPOSER).values_list("data", flat=True):
        said[data["place"], data["step"]] += 1
    different = sum(abs(asked[key] - said[key]) for key in {*asked, *said})
    again = sum(count - 1 for count in said.values())
    return different + again + Place.objects.filter(state=Place.State.STUCK).count()


def _undecided(sent: Sequence[Message], kills: int) -> int:
    """Mails that left and are not kept as sent, and those that left twice though nobody died."""
    left = outbox.left()
    known = {message_id(each.key.replace(":", ".")) for each in sent}
    ours = [each for each in left if each.startswith(("<sim-", "<journey."))]
    lone = sum(each not in known for each in ours)
    twice = sum(left[each] - 1 for each in ours)
    return max(0, lone - kills) + (0 if kills else twice)


def _lost(outcome: Outcome) -> int:
    """Asked for and not there, waiting although it is due or with nobody to send it, sent without
    a copy, decided without a reason, and work that was given up."""
    waiting = Message.objects.filter(state=Message.State.WAITING)
    due = Job.objects.filter(state=Job.State.DUE, kind="messages.send")
    cared_for = {job.payload["message"] for job in due}
    stuck = sum(row.due_at <= outcome.ends or row.pk not in cared_for for row in waiting)
    decided = Message.objects.exclude(state=Message.State.WAITING)
    silent = decided.filter(verdicts=None).count()
    bare = decided.filter(state=Message.State.SENT).exclude(pk__in=Copy.objects.values("message"))
    parked = Job.objects.filter(state=Job.State.PARKED).exclude(kind__in=APART).count()
    missing = max(0, outcome.asked_for - Message.objects.filter(source=NEWS).count())
    return missing + stuck + silent + bare.count() + parked


def _orders(outcome: Outcome) -> int:
    """Orders that people placed and the shop has not, or the other way; and the same of the events
    of those who do not object."""
    mine = outcome.ledger.bought
    told = Event.objects.filter(kind=Event.Kind.ORDERED).count()
    return abs(len(mine) - Order.objects.count()) + abs(sum(x.seen for x in mine) - told)
