"""Time of the promise and of all per-value days, with a busy workshop.

    python -m tests.bench.promise [open orders] [slug …]

Books that many random designs of all installed products in a transaction that is given up at the
end, then prints for each product the milliseconds of processor time (median and 95th percentile)
that a click's dates take: the plan of the design shown and of every value, with an engine's answer
that is already there, and with the snapshot read anew because somebody has booked in between.
"""

# ruff: noqa: E402

import os
import random
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.db import transaction

from configurator.capacity import services, snapshot
from configurator.capacity.models import DayLoad
from configurator.capacity.promises import days_by_value, desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Space

CLICKS = 40


def main(orders: int, slugs: list[str]) -> None:
    """Print the table."""
    with transaction.atomic():
        fill(orders)
        rows = DayLoad.objects.filter(booked__gt=0).count()
        print(f"{orders} open orders, {rows} days with bookings")
        print(f"{'ms':26}{'values':>8}{'p50':>8}{'p95':>8}{'anew p50':>10}{'p95':>8}")
        for product in storefront():
            if (not slugs or product.slug in slugs) and isinstance(product.space, Space):
                report(product)
        transaction.set_rollback(True)


def fill(orders: int) -> None:
    """Firm places for random designs."""
    products = [product for product in storefront() if isinstance(product.space, Space)]
    for number in range(orders):
        product = products[number % len(products)]
        design = Configuration(product.space.random(number))
        key = f"bench:{number}"
        services.hold(key=key, product=product, configuration=design, quantity=1)
        services.firm(key=key, new_key=f"bench-line:{number}")


def report(product: ReleasedProduct) -> None:
    """Print a product's line, over states with some random choices."""
    dice = random.Random(7)
    again: list[float] = []
    anew: list[float] = []
    values = 0
    for click in range(CLICKS):
        design = product.space.random(click)
        kept = {code: design[code] for code in dice.sample(list(design), k=len(design) // 3)}
        for times, forget in ((anew, True), (again, False)):
            if forget:
                snapshot._kept.clear()
            began = time.thread_time()
            assert isinstance(product.space, Space)
            found = product.space.completions(kept)
            at = desk(product)
            values = len(days_by_value(at, found, {}))
            times.append((time.thread_time() - began) * 1000)
    cells = "".join(
        f"{statistics.median(times):{width}.1f}{sorted(times)[int(CLICKS * 0.95)]:8.1f}"
        for times, width in ((again, 8), (anew, 10))
    )
    print(f"{product.slug:26}{values:8}{cells}", flush=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 500
    main(count, arguments)
