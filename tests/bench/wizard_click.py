"""Server time of a click in the wizard, for every installed product.

    python -m tests.bench.wizard_click [clicks] [slug …]

Walks through random designs of each product over the whole stack (middleware, database, engine,
templates) as htmx does, and prints the median and the 95th percentile in milliseconds: the time
that passes, the processor time, and the processor time besides the engine. The designs it makes
are deleted again.
"""

# ruff: noqa: E402

import os
import random
import statistics
import sys
import time
from dataclasses import dataclass, field
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.test import Client

from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Answer
from configurator.wizard import answers
from configurator.wizard.entering import write_value
from configurator.wizard.limits import Bounds
from configurator.wizard.models import Design
from configurator.wizard.screen import Screen
from configurator.wizard.valuing import is_timed

SEED = 7


@dataclass
class Walk:
    """The times of a product's clicks, in milliseconds; sizes in kB."""

    passed: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    besides: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)
    engine: float = 0.0


def main(clicks: int, slugs: list[str]) -> None:
    """Print the table."""
    columns = ("options", "p50", "p95", "cpu p50", "p95", "besides p50", "p95", "kB")
    print(f"{'ms':26}" + "".join(f"{column:>13}" for column in columns))
    for product in storefront():
        if not slugs or product.slug in slugs:
            report(product, walk(product, clicks))


def report(product: ReleasedProduct, times: Walk) -> None:
    """Print a product's line."""
    cells = [*_both(times.passed), *_both(times.worked), *_both(times.besides)]
    cells.append(statistics.median(times.size))
    numbers = "".join(f"{cell:13.1f}" for cell in cells)
    print(f"{product.slug:26}{len(product.options):13}{numbers}", flush=True)


def _both(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


def walk(product: ReleasedProduct, clicks: int) -> Walk:
    """Click through designs until `clicks` are made; a finished design starts a new one."""
    times, dice = Walk(), random.Random(SEED)
    client = Client(SERVER_NAME="127.0.0.1", headers={"hx-request": "true"})

    def asked(of: ReleasedProduct, configuration: Configuration, bounds: Bounds) -> Answer:
        start = time.thread_time()
        answer = real(of, configuration, bounds)
        _ = answer.count, answer.completion, answer.days if is_timed(of) else 0
        times.engine += time.thread_time() - start
        return answer

    real = answers._ask
    design: Design | None = None
    made: list[Design] = []
    with mock.patch.object(answers, "_ask", asked):
        while len(times.passed) < clicks + 2:
            if design is None:
                design = _start(client, product)
                made.append(design)
            design = _click(client, design, dice, times)
    Design.objects.filter(id__in=[item.id for item in made]).delete()
    for column in (times.passed, times.worked, times.besides, times.size):
        del column[:2]  # the first clicks load code and templates
    return times


def _start(client: Client, product: ReleasedProduct) -> Design:
    response = client.post(f"/p/{product.slug}/start/")
    return Design.objects.get(id=response["Location"].rstrip("/").rsplit("/", 1)[-1])


def _click(client: Client, design: Design, dice: random.Random, times: Walk) -> Design | None:
    """Choose a random possible value; None when there is nothing left to choose."""
    screen = Screen(design)
    open_values = [
        (code, value)
        for code, values in screen.answer.possible.items()
        if code not in screen.configuration.choices
        and sum(values.values()) > 1
        and screen.whole.choices[code] != NONE
        for value, able in values.items()
        if able and value != NONE
    ]
    if not open_values:
        return None
    code, value = dice.choice(open_values)
    form = {
        "set": f"{code}:{write_value(value)}",
        "revision": str(design.revision),
        "tab": "benchmarktab",
        "step": screen.step_of(code),
    }
    times.engine = 0.0
    start, began = time.perf_counter(), time.thread_time()
    response = client.post(f"/d/{design.id}/choose/", form)
    passed, worked = time.perf_counter() - start, time.thread_time() - began
    if response.status_code != 200:
        raise SystemExit(f"{design.id}: {code} = {value} was answered {response.status_code}")
    times.passed.append(passed * 1000)
    times.worked.append(worked * 1000)
    times.besides.append((worked - times.engine) * 1000)
    times.size.append(len(response.content) / 1000)
    design.refresh_from_db()
    return design


if __name__ == "__main__":
    arguments = sys.argv[1:]
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 200
    main(count, arguments)
