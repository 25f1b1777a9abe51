"""Messages over all channels, asked for, sent by processes that are killed, and what came of it."""

import threading
import time
from typing import Any

TIMES = "chaos.oak"
CHANNELS = {"mail": "marketing", "sms": "marketing", "push": "marketing", "site": "marketing"}
CHANNELS |= {"print": "brochures"}
LIMIT = 3
"""Of the four messages that reach somebody so many may in a day."""


def _prepare() -> None:
    from personalization.messages import composing
    from personalization.messages.composing import Words

    composing.register(TIMES, lambda message, _to: Words("Oak is here.", message.key, "/gallery/"))


def _somebody(number: int) -> Any:
    from personalization.people import consent, contacts
    from personalization.people.models import Person

    person = Person.objects.create()
    for channel, purpose in CHANNELS.items():
        consent.grant(person=person, purpose=purpose, channel=channel, where="/you/")
        consent.grant(person=person, purpose="clicks", channel="mail", where="/you/")
        address = f"{number}@example.com"
        contacts.note(person=person, channel=channel, address=address, proven=True)
    return person


def ask_to_speak(count: str) -> int:
    """So many people are to be told something by each channel."""
    from datetime import time as clock

    from personalization.messages import limiting, services

    _prepare()
    limiting.be_quiet(starts=clock(0), ends=clock(0))
    limiting.limit(purpose="", hours=24, count=LIMIT)
    for number in range(int(count)):
        person = _somebody(number)
        for channel, purpose in CHANNELS.items():
            services.ask(
                key=f"{number}:{channel}",
                person=person,
                purpose=purpose,
                channel=channel,
                composer=TIMES,
            )
    return int(count)


def speak(patience: str) -> int:
    """Perform what is due until nothing is, or for so many seconds; how much it was."""
    from django.db.models import Q
    from django.utils import timezone

    from orders.models import Job
    from personalization.messages import services

    _prepare()
    done, end = 0, time.monotonic() + float(patience)
    while time.monotonic() < end:
        now = timezone.now()
        free = Q(running_until=None) | Q(running_until__lt=now)
        due = Job.objects.filter(free, kind=services.SEND, state=Job.State.DUE, due_at__lte=now)
        ids = list(due.order_by("due_at").values_list("pk", flat=True)[:5])
        done += sum(services.send(pk) for pk in ids)
        if not ids and not Job.objects.filter(
            kind=services.SEND, state=Job.State.DUE, due_at__lte=now
        ):
            break
        time.sleep(0 if ids else 0.1)
    return done


def come_of_speaking() -> dict[str, Any]:
    """What was carried, decided and told, and of whom too much."""
    from collections import Counter

    from personalization.messages.models import Copy, Message, Verdict
    from personalization.people.models import Event

    sent = Message.objects.filter(state=Message.State.SENT)
    counted = Counter(sent.exclude(channel="site").values_list("person", flat=True))
    reasons = Counter(Verdict.objects.filter(outcome="sent").values_list("message", flat=True))
    return {
        "sent": sent.count(),
        "copies": Copy.objects.count(),
        "decided more than once": [pk for pk, count in reasons.items() if count > 1],
        "sent decisions": len(reasons),
        "events": Event.objects.filter(kind="received").count(),
        "put off": Message.objects.filter(state=Message.State.WAITING).count(),
        "a person": sorted(set(counted.values())),
        "site": sent.filter(channel="site").count(),
    }


def take_back_while_speaking(count: str, guard: str = "guarded") -> dict[str, int]:
    """So many people take their yes back at the moment at which they are written to.

    "unguarded" asks before and not where the message is carried, to show that the race is real.
    """
    from django.db import connections

    from orders.models import Job
    from personalization.messages import deciding, providers, services
    from personalization.messages.models import Copy, Message, Verdict
    from personalization.people import consent

    ask_to_speak(count)
    if guard == "unguarded":
        sent = deciding.Ruling(Verdict.Outcome.SENT, Verdict.Reason.ALLOWED)
        setattr(deciding, "rule", lambda *_args: sent)  # noqa: B010
    carried: dict[int, float] = {}
    kept = providers.Kept.carry

    def carry(self: Any, message: Any, address: str, words: Any) -> Any:
        time.sleep(0.005)
        carried[message.pk] = time.monotonic()
        return kept(self, message, address, words)

    setattr(providers.Kept, "carry", carry)  # noqa: B010
    late = 0
    for job in list(Job.objects.filter(kind=services.SEND).order_by("created_at")):
        message = Message.objects.get(pk=job.payload["message"])
        start, taken = threading.Barrier(2), [0.0]

        def send(job: Any = job, start: Any = start) -> None:
            start.wait()
            services.send(job.pk)
            connections.close_all()

        def withdraw(message: Any = message, start: Any = start, taken: Any = taken) -> None:
            about = {"purpose": message.purpose, "channel": message.channel}
            start.wait()
            consent.withdraw(person=message.person, **about, where="/you/")
            taken[0] = time.monotonic()
            connections.close_all()

        both = [threading.Thread(target=each) for each in (send, withdraw)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        late += carried.get(message.pk, 0) > taken[0]
    return {"carried after a no": late, "copies": Copy.objects.count(), "asked": len(CHANNELS)}
