"""What customers do with a product, over a million events: python -m tests.bench.insight [events]

CPU time of reading and counting, in-process, on SQLite. Every design has ten events and some of
its values decided; all were worked on within the last 28 days. Goal: at most 2,000 ms.
"""

import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from configurator.catalog.configuration import Configuration  # noqa: E402
from configurator.catalog.importing.service import import_product  # noqa: E402
from configurator.catalog.models import Product  # noqa: E402
from configurator.catalog.queries import live_release  # noqa: E402
from configurator.wizard.models import Design, DesignEvent, Wanted  # noqa: E402
from orders.factory.figures.period import latest  # noqa: E402
from orders.insight import reading  # noqa: E402

GOAL = 2_000
EVENTS = 10
"""Of a design."""
DEMO = Path("configurator/catalog/demo/leather-satchel/product.yaml")


def build(slug: str, events: int) -> None:
    """So many events of designs, and what was wanted in four weeks."""
    product, chance, now = live_release(slug), Random(1), timezone.now()
    whole = [product.space.random(seed) for seed in range(60)]
    for first in range(0, events // EVENTS, 1_000):
        designs, made = [], []
        for _design in range(min(1_000, events // EVENTS - first)):
            choices = list(chance.choice(whole).items())[: chance.randint(1, 26)]
            state = Configuration(dict(choices)).to_json()
            option = choices[-1][0]
            design = Design(release_id=product.release_id, revision=EVENTS - 1, state=state)
            design.id = uuid.uuid4()
            designs.append(design)
            made += [
                DesignEvent(design=design, revision=n, kind="choose", option=option, state=state)
                for n in range(EVENTS)
            ]
        Design.objects.bulk_create(designs)
        DesignEvent.objects.bulk_create(made, batch_size=500)
        at = now - timedelta(days=1 + first % 27)
        Design.objects.filter(id__in=[design.id for design in designs]).update(updated_at=at)
    rules = list(product.rules)
    Wanted.objects.bulk_create(
        Wanted(
            release_id=product.release_id,
            day=(now - timedelta(days=day)).date(),
            option=option,
            value="x",
            rules=rule,
            asked=5,
            made_room=2,
        )
        for day in range(28)
        for option in product.options
        for rule in rules
    )


def clocked(work: Callable[[], str]) -> tuple[float, str]:
    began = time.process_time()
    told = work()
    return 1000 * (time.process_time() - began), told


def main() -> None:
    events = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    call_command("migrate", verbosity=0)
    import_product(file=DEMO)
    product = Product.objects.get(slug="leather-satchel")
    build(product.slug, events)
    period = latest(30)
    print(f"{events:,} events of {events // EVENTS:,} designs; rows of what was wanted: ", end="")
    print(f"{Wanted.objects.count():,}\n\n{'':<10}{'ms':>8}  what was counted")
    ms, told = clocked(lambda: f"{reading.chosen(product.pk, period).designs:,} designs")
    print(f"{'choices':<10}{ms:>8,.0f}  {told}")
    more, told = clocked(lambda: f"{len(reading.demand(product.pk, period)):,} kinds of demand")
    print(f"{'wanted':<10}{more:>8,.0f}  {told}\n\ntogether {ms + more:,.0f} ms, goal {GOAL:,} ms")


if __name__ == "__main__":
    main()
