"""The page of an experiment: python -m tests.bench.experiments [people]

The whole page (session, sign-in check, queries, counting, plots), in-process; two arms, a tenth
orders, some turn out to be one person. Told are the processor's milliseconds on SQLite (of
PostgreSQL, the clock's), the best of three. Goal: at most 500 ms for 100,000 people.
"""

import os
import sys
from datetime import timedelta
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from personalization.experiments import services  # noqa: E402
from personalization.experiments.models import Experiment, Exposure  # noqa: E402
from personalization.people.models import Event, Person  # noqa: E402
from tests.bench.results import best, client  # noqa: E402

BATCH, DAYS = 5_000, 60


def build(count: int, arms: int = 2) -> Experiment:
    """An experiment that has run for two months, with so many people and their orders."""
    chance, now = Random(1), timezone.now()
    plan = Experiment(code="oak", name="Oak first", metric="revenue")
    kinds = [services.ArmPlan(f"arm-{n}", f"Arm {n}") for n in range(arms)]
    found = services.start(experiment=services.plan(experiment=plan, arms=kinds))
    people = Person.objects.bulk_create([Person() for _ in range(count)], batch_size=BATCH)
    joined = [people[n] for n in range(1, count, 20)]
    for place, each in enumerate(joined):
        each.into = people[20 * place]
    Person.objects.bulk_update(joined, ["into"], batch_size=500)
    at = sorted(now - timedelta(days=chance.random() * DAYS) for _ in people)
    Exposure.objects.bulk_create(
        (
            Exposure(experiment=found, person=each, arm=f"arm-{chance.randrange(arms)}", at=moment)
            for each, moment in zip(people, at, strict=True)
        ),
        batch_size=BATCH,
    )
    Event.objects.bulk_create(
        (
            Event(
                person=each,
                kind="ordered",
                amount=chance.randrange(20, 1_500),
                currency="EUR",
                at=moment + timedelta(days=chance.random() * 10),
            )
            for each, moment in zip(people, at, strict=True)
            if chance.random() < 0.1
        ),
        batch_size=BATCH,
    )
    return found


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    found, asked = build(count), client()
    url = f"/marketing/experiments/{found.pk}/"
    assert asked.get(url).status_code == 200
    print(f"{count:,} people: {best(lambda: asked.get(url)):,.0f} ms")
    url = "/marketing/experiments/"
    print(f"their list:  {best(lambda: asked.get(url)):,.0f} ms")
    url = "/marketing/"
    print(f"the results: {best(lambda: asked.get(url)):,.0f} ms")


if __name__ == "__main__":
    main()
