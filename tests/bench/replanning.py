"""How long orders wait while a lead plans everything anew.

    python -m tests.bench.replanning [orders]

Books that many random designs of all installed products in a transaction that is given up at the
end. Prints processor time: of showing the effect, of saving it, and of that the part in which
nobody else can book.
"""

# ruff: noqa: E402

import os
import sys
import time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.db import transaction

from configurator.capacity import replanning
from configurator.capacity.changes import Change
from tests.bench.promise import fill


def main(orders: int) -> None:
    """Print the table."""
    waited: list[float] = []
    write = replanning._apply

    def timed(*facts: Any) -> Any:
        began = time.thread_time()
        try:
            return write(*facts)
        finally:
            waited.append(time.thread_time() - began)

    replanning._apply = timed  # type: ignore[assignment]
    with transaction.atomic():
        fill(orders)
        began = time.thread_time()
        effect = replanning.effect_of(Change(everything=True))
        shown = time.thread_time()
        replanning.apply(Change(everything=True), effect.version, seen=effect.mark)
        saved = time.thread_time()
        transaction.set_rollback(True)
    print(f"| plan {orders} orders anew, {len(effect.moves)} operations move | ms |")
    print("|---|---|")
    print(f"| show the effect | {1000 * (shown - began):.0f} |")
    print(f"| save it | {1000 * (saved - shown):.0f} |")
    print(f"| of that, while others wait | {1000 * waited[-1]:.0f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
