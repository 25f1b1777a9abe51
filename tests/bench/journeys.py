"""How many steps of journeys are passed in a minute: `python -m tests.bench.journeys [PEOPLE]`.

In a database of its own on SQLite, one process: everybody comes by an event, waits, is looked at by
a rule, is asked to be told something, waits, is looked at again, and goes. The aim is 50,000 steps
a minute on a core.
"""

import os
import random
import sys
import tempfile
import time
from datetime import timedelta

AIM = 50_000


def fill(count: int) -> None:
    """So many people, an event each that brings them in, and something to know of each of them."""
    from django.utils import timezone

    from personalization.people.models import Event, Fact, Person

    now, lots = timezone.now(), random.Random(3)
    people = Person.objects.bulk_create([Person(stale=False) for _n in range(count)], 2_000)
    Fact.objects.bulk_create(
        [
            Fact(
                person=person,
                kind="transactional",
                name="orders",
                number=float(lots.randrange(4)),
                source="events",
                purpose="orders",
                since=now,
            )
            for person in people
        ],
        2_000,
    )
    events = [Event(person=person, kind="saved", product="lamp", at=now) for person in people]
    Event.objects.bulk_create(events, 2_000)


def begin() -> None:
    """The journey, live."""
    from personalization.journeys import services
    from personalization.journeys.plan import IF, MESSAGE, WAIT, Plan, Step, Trigger

    texts = {"en": {"subject": "Hello", "text": "Hello from {firm}."}}
    steps = (
        Step(id="s1", kind=WAIT),
        Step(id="s2", kind=IF, rule="orders at least 1", to="s4"),
        Step(id="s3", kind=MESSAGE, purpose="marketing", texts=texts),
        Step(id="s4", kind=WAIT),
        Step(id="s5", kind=IF, rule="count(viewed, 30 days) >= 1", to="end"),
        Step(id="s6", kind=MESSAGE, purpose="marketing", texts=texts),
    )
    plan = Plan(trigger=Trigger(kind="event", event="saved"), steps=steps, again="every")
    journey = services.begin(slug="bench", name="Bench", plan=plan)
    services.go_live(journey=journey)


def main(people: int) -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from personalization.journeys import advancing, listening
    from personalization.messages.models import Message

    call_command("migrate", verbosity=0)
    begin()
    fill(people)
    now, total, spent = timezone.now() + timedelta(minutes=1), 0, 0.0
    started = time.process_time()
    came = listening.listen(now)
    took = time.process_time() - started
    print(f"{came:,} came in {took:.1f} s of a core")
    spent += took
    for day in range(3):
        started = time.process_time()
        steps = advancing.advance(now + timedelta(days=day, minutes=day), at_most=people * 2)
        took = time.process_time() - started
        spent, total = spent + took, total + steps
        pace = steps * 60 / max(took, 0.01)
        print(f"day {day}: {steps:,} steps in {took:.1f} s: {pace:,.0f} a minute")
    a_minute = total * 60 / spent
    told = "ok" if a_minute >= AIM else "SLOW"
    print(f"{total:,} steps and {Message.objects.count():,} messages asked for, with coming in:")
    print(f"{a_minute:,.0f} steps a minute a core ({told}; the aim is {AIM:,})")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="project.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
