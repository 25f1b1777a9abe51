"""How long pages of the gallery take, by entries: the first, one in the middle, the last.

    python -m tests.bench.gallery [entries]

Needs a product in the database of DATA_DIR (`manage.py set_up --demo`). Writes entries, reads pages
and takes all of it back.
"""

# ruff: noqa: E402

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.db import transaction
from django.utils import timezone

from configurator.catalog.models import Release
from configurator.catalog.queries import released
from configurator.catalog.released import ReleasedProduct
from configurator.sharing.finding import LIKED, NEW, PAGE, Wanted, page_of
from configurator.sharing.models import Entry, EntryChoice, Share
from configurator.wizard.models import Design

ENTRIES = 10_000
TIMES = 20


def fill(product: ReleasedProduct, product_id: int, count: int) -> None:
    """Entries with random likes, prices and choices."""
    chance = random.Random(7)
    design = Design.objects.create(release_id=product.release_id)
    named = {"design": design, "release_id": product.release_id, "ready_on": date.today()}
    shares = [Share(revision=number, **named) for number in range(count)]
    Share.objects.bulk_create(shares, batch_size=500)
    entries = [
        Entry(
            **{"share": share, "product_id": product_id, "title": "Title", "author": "Author"},
            **{"state": Entry.State.SHOWN, "currency": "EUR", "submitted_at": timezone.now()},
            likes=min(999, int(chance.paretovariate(0.8)) - 1),
            price=chance.randrange(20_000, 900_000),
        )
        for share in shares
    ]
    Entry.objects.bulk_create(entries, batch_size=500)
    options = [each for each in product.options.values() if each.kind == "choice"][:20]
    rows = [
        EntryChoice(entry=entry, option=option.code, value=chance.choice(option.choices).code)
        for entry in entries
        for option in options
    ]
    EntryChoice.objects.bulk_create(rows, batch_size=2_000)


def milliseconds(read: Callable[[], object]) -> float:
    """The median of some readings."""
    took = []
    for _time in range(TIMES):
        begin = time.perf_counter()
        read()
        took.append(time.perf_counter() - begin)
    return sorted(took)[TIMES // 2] * 1000


def main(count: int) -> None:
    live = Release.objects.filter(live=True).order_by("product__position")[0]
    product = released(live.pk)
    with transaction.atomic():
        fill(product, live.product_id, count)
        option = next(each for each in product.options.values() if each.kind == "choice")
        choice = {option.code: option.choices[0].code}
        kinds = {
            "all": Wanted(),
            "newest": Wanted(order=NEW),
            "of a product": Wanted(product_id=live.product_id),
            "with a choice": Wanted(product_id=live.product_id, choices=choice),
            "within a price": Wanted(budgets={live.product_id: 300_000}),
        }
        print(f"{count} entries, pages of {PAGE}; ms, median of {TIMES}")
        print(f"{'':<16}{'first':>8}{'middle':>8}{'last':>8}")
        for name, wanted in kinds.items():
            print(f"{name:<16}", *(f"{each:>7.1f}" for each in pages(wanted)))
        transaction.set_rollback(True)


def pages(wanted: Wanted) -> list[float]:
    """The first page, the one in the middle and the last."""
    every, _more = page_of(wanted, 1_000_000)
    found = []
    for place in (None, len(every) // 2, len(every) - PAGE):
        row = None if place is None else every[place]
        after = None if row is None else (row.likes, row.pk)
        asked = Wanted(**{**vars(wanted), "after": after})
        found.append(milliseconds(lambda asked=asked: page_of(asked)))  # type: ignore[misc]
    assert wanted.order in (LIKED, NEW)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES)
