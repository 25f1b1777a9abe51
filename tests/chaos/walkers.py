"""People in a journey, taken through all of it as fast as it goes: python -m tests.chaos.walkers"""

import time
from collections import Counter
from typing import Any

import django


def begin_walks(count: str) -> int:
    """So many people who are in a journey of three messages with waits between."""
    from django.utils import timezone

    from personalization.journeys import services
    from personalization.journeys.listening import listen
    from personalization.journeys.plan import IF, MESSAGE, WAIT, Plan, Step, Trigger
    from personalization.people.models import Event, Person

    texts = {"en": {"subject": "Hello", "text": "Hello from {firm}."}}
    say: dict[str, Any] = {"kind": MESSAGE, "purpose": "marketing", "texts": texts}
    steps = (
        Step(id="s1", **say),
        Step(id="s2", kind=WAIT),
        Step(id="s3", kind=IF, rule="views at least 1", to="s4"),
        Step(id="s4", **say),
        Step(id="s5", kind=WAIT),
        Step(id="s6", **say),
    )
    plan = Plan(trigger=Trigger(kind="event", event="saved"), steps=steps, again="every")
    journey = services.begin(slug="walk", name="Walk", plan=plan)
    services.go_live(journey=journey)
    people = Person.objects.bulk_create([Person(stale=False) for _n in range(int(count))])
    now = timezone.now()
    Event.objects.bulk_create([Event(person=each, kind="saved", at=now) for each in people])
    return listen(now)


def walks() -> dict[str, Any]:
    """What has come of it: how often each step was passed, asked for and counted."""
    from orders.models import Job
    from personalization.journeys.models import Passage, Place, Tally
    from personalization.messages.models import Message

    twice = Counter(Passage.objects.exclude(step="").values_list("place", "step"))
    said = Counter(Message.objects.values_list("person", "source"))
    return {
        "places": dict(Counter(Place.objects.values_list("state", flat=True))),
        "passed": dict(Counter(Passage.objects.values_list("step", flat=True))),
        "passed twice": sum(n > 1 for n in twice.values()),
        "said": dict(Counter(Message.objects.values_list("source", flat=True))),
        "said twice": sum(n > 1 for n in said.values()),
        "to be sent": Job.objects.filter(kind="messages.send").count(),
        "counted": {row.step: row.count for row in Tally.objects.exclude(step="")},
    }


def walk() -> None:
    """Take everybody on, from one moment at which somebody is due to the next."""
    from personalization.journeys import advancing
    from personalization.journeys.models import Place

    advancing.AT_ONCE = AT_MOST = 20  # many short transactions, to be killed in or between
    waiting = Place.objects.filter(state=Place.State.WAITING).order_by("due_at")
    while (due := waiting.values_list("due_at", flat=True).first()) is not None:
        advancing.advance(due, AT_MOST)
        time.sleep(0.02)


if __name__ == "__main__":
    django.setup()
    walk()
