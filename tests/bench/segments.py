"""What segments take over a million events: `python -m tests.bench.segments [EVENTS]`.

In a database of its own on SQLite, with indexes as set up; each rule is asked three times, and the
middle one is told. The aim is at most 2 s a rule.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any

AIM = 2.0
RULES = (
    "orders at least 2 and last_order within 90 days",
    "count(viewed, 30 days) >= 3",
    'count(chose, "bike-3", 365 days) >= 5 and not did(ordered, 365 days)',
    "count(chose) >= 30",
    "sum(ordered, 365 days) > 500 or country in {PL, ES}",
    "did(chose, option = value_1, 90 days)",
    "count(viewed, 30 days) / count(chose, 365 days) > 0.1 and account",
    "not did(viewed) and not did(ordered, 365 days)",
    "count(chose, 30 days) >= 3 and not did(ordered, 30 days)",
    '(did(chose, "bike-1") or did(chose, "bike-2")) and not did(ordered, "bike-1")',
    "count(viewed) + count(chose) + count(ordered) > 12 and not country in {PL}",
    "not did(chose, option = option, value = value_3)",
)
KINDS = ("viewed",) * 30 + ("began",) * 5 + ("chose",) * 60 + ("carted",) * 3 + ("ordered",) * 2


def fill(count: int) -> None:
    """So many events of a fiftieth as many people, a tenth of whom are parts of others."""
    from django.utils import timezone

    from personalization.people.models import Event, Fact, Person

    lots, now = random.Random(7), timezone.now()
    people = Person.objects.bulk_create(
        [Person(stale=False) for _n in range(count // 50)], batch_size=2_000
    )
    for person in people[::10]:
        person.into = people[-1] if person is people[0] else people[1]
    Person.objects.bulk_update([p for p in people[::10] if p.pk != people[1].pk], ["into"])
    for begin in range(0, count, 20_000):
        rows = []
        for _n in range(min(20_000, count - begin)):
            kind = lots.choice(KINDS)
            rows.append(
                Event(
                    person=lots.choice(people),
                    kind=kind,
                    product=f"bike-{lots.randrange(8)}",
                    option="option" if kind == "chose" else "",
                    value=f"value_{lots.randrange(9)}" if kind == "chose" else "",
                    amount=lots.randrange(50, 900) if kind == "ordered" else None,
                    at=now - timedelta(days=lots.random() * 730),
                )
            )
        Event.objects.bulk_create(rows, batch_size=2_000)
    facts: dict[str, Any] = {"source": "events", "purpose": "orders", "since": now}
    for name in ("orders", "last_order", "country"):
        values = [
            Fact(
                person=person,
                kind="transactional",
                name=name,
                number=float(lots.randrange(4)) if name == "orders" else None,
                moment=now - timedelta(lots.randrange(400)) if name == "last_order" else None,
                text=lots.choice(("PL", "ES", "DE")) if name == "country" else "",
                **facts,
            )
            for person in people
        ]
        Fact.objects.bulk_create(values, batch_size=2_000)


def main(count: int) -> None:
    from django.core.management import call_command

    from personalization.segments.services import people

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    fill(count)
    print(f"{count:,} events written in {time.perf_counter() - started:.0f} s")
    for rule in RULES:
        took = []
        for _n in range(3):
            started = time.perf_counter()
            found = people(rule)
            took.append(time.perf_counter() - started)
        middle = statistics.median(took)
        print(f"{middle:6.2f} s  {'ok  ' if middle <= AIM else 'SLOW'} {len(found):7,}  {rule}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(DATA_DIR=folder, DJANGO_SETTINGS_MODULE="project.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
