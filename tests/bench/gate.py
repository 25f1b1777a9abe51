"""How long the publish gate takes, by designs in the making.

    python -m tests.bench.gate [designs] [slug ...]

Needs products in the database of DATA_DIR (`manage.py set_up --demo`). Replays random designs, half
decided, on the same release, and samples it; writes nothing.
"""

# ruff: noqa: E402

import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from configurator.catalog import gate
from configurator.catalog.configuration import Configuration
from configurator.catalog.gate import Kind, OpenDesign
from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.replaying import Landing
from configurator.engine import NONE

DESIGNS = 1000


def half_decided(product: ReleasedProduct, count: int) -> Iterator[OpenDesign]:
    """Random designs, each half decided."""
    for seed in range(count):
        whole = product.space.random(seed)
        names = random.Random(seed).sample(list(whole), len(whole) // 2)
        state = Configuration({name: whole[name] for name in names if whole[name] != NONE})
        yield OpenDesign(
            str(seed), product.release_id, state.to_json(), "", "", datetime.now(tz=UTC)
        )


def kind_of(designs: list[OpenDesign]) -> Kind:
    return Kind("bench", "bench", lambda _product: designs, lambda _product: len(designs))


def main(count: int, slugs: list[str]) -> None:
    print(f"{'product':<26}{'designs':>9}{'s':>8}{'ms each':>9}{'sampled':>9}{'pairs':>9}{'s':>8}")
    for product in storefront():
        if slugs and product.slug not in slugs:
            continue
        designs = list(half_decided(product, count))
        kind = kind_of(designs)
        landing = Landing.of(product)
        begin = time.perf_counter()
        gate._replayed(kind, 0, landing, lambda *_: None)
        replayed = time.perf_counter() - begin
        begin = time.perf_counter()
        counts, _rows = gate._sampled(product, landing, lambda *_: None)
        sampled = time.perf_counter() - begin
        print(
            f"{product.slug:<26}{count:>9,}{replayed:>8.2f}{replayed / count * 1000:>9.2f}"
            f"{counts['total']:>9,}{counts['pairs']:>9,}{sampled:>8.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DESIGNS, sys.argv[2:])
