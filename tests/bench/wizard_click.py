"""Server time of a click in the wizard, for every installed product.

    python -m tests.bench.wizard_click [clicks] [slug …]

Walks through random designs of each product over the whole stack (middleware, database, engine,
templates) as htmx does, and prints the median and the 95th percentile in milliseconds: the time
that passes, the processor time, and the processor time besides the engine and in it: whatever the
request asks the engine, with the bounds of the customer if there are any, and how many questions
that are. The designs it makes are deleted again.
"""

# ruff: noqa: E402

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")

import django

django.setup()

from django.test import Client

from configurator.catalog.queries import storefront
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Space
from configurator.wizard.entering import write_value
from configurator.wizard.models import Design
from configurator.wizard.screen import Screen

SEED = 7
QUESTIONS = (
    *("answer", "_count_within", "_design", "_fastest"),
    *("completions", "complete", "is_valid", "explain", "repairs", "term_amounts"),
)
"""Methods of a space that ask; those with a line before the name are what an answer asks later."""


@dataclass
class Walk:
    """The times of a product's clicks, in milliseconds; sizes in kB."""

    passed: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    besides: list[float] = field(default_factory=list)
    engine: list[float] = field(default_factory=list)
    questions: list[float] = field(default_factory=list)
    size: list[float] = field(default_factory=list)


class Asked:
    """What a request asks the engine: seconds, and how many questions that are. A question that
    another one asks is a part of it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.questions = 0
        self.inside = False

    def counting(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The same method, counted."""

        def asked(*arguments: Any, **named: Any) -> Any:
            if self.inside:
                return real(*arguments, **named)
            self.inside, start = True, time.thread_time()
            try:
                return real(*arguments, **named)
            finally:
                self.seconds += time.thread_time() - start
                self.questions += 1
                self.inside = False

        return asked


def main(clicks: int, slugs: list[str]) -> None:
    """Print the table."""
    columns = [*("options", "p50", "p95", "cpu p50", "p95", "besides p50", "p95")]
    columns += ["engine p50", "p95", "questions", "kB"]
    print(f"{'ms':26}" + "".join(f"{column:>13}" for column in columns))
    for product in storefront():
        if not slugs or product.slug in slugs:
            report(product, walk(product, clicks))


def report(product: ReleasedProduct, times: Walk) -> None:
    """Print a product's line."""
    cells = [*_both(times.passed), *_both(times.worked), *_both(times.besides)]
    cells += [*_both(times.engine), *map(statistics.median, (times.questions, times.size))]
    numbers = "".join(f"{cell:13.1f}" for cell in cells)
    print(f"{product.slug:26}{len(product.options):13}{numbers}", flush=True)


def _both(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


def walk(product: ReleasedProduct, clicks: int) -> Walk:
    """Click through designs until `clicks` are made; a finished design starts a new one."""
    times, dice = Walk(), random.Random(SEED)
    client = Client(SERVER_NAME="127.0.0.1", headers={"hx-request": "true"})

    asked = Asked()
    design: Design | None = None
    made: list[Design] = []
    with ExitStack() as patches:
        for name in QUESTIONS:
            method = asked.counting(getattr(Space, name))
            patches.enter_context(mock.patch.object(Space, name, method))
        while len(times.passed) < clicks + 2:
            if design is None:
                design = _start(client, product)
                made.append(design)
            design = _click(client, design, dice, times, asked)
    Design.objects.filter(id__in=[item.id for item in made]).delete()
    for column in vars(times).values():
        del column[:2]  # the first clicks load code and templates
    return times


def _start(client: Client, product: ReleasedProduct) -> Design:
    response = client.post(f"/p/{product.slug}/start/")
    return Design.objects.get(id=response["Location"].rstrip("/").rsplit("/", 1)[-1])


def _click(
    client: Client, design: Design, dice: random.Random, times: Walk, asked: Asked
) -> Design | None:
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
    asked.seconds, asked.questions = 0.0, 0
    start, began = time.perf_counter(), time.thread_time()
    response = client.post(f"/d/{design.id}/choose/", form)
    passed, worked = time.perf_counter() - start, time.thread_time() - began
    if response.status_code != 200:
        raise SystemExit(f"{design.id}: {code} = {value} was answered {response.status_code}")
    times.passed.append(passed * 1000)
    times.worked.append(worked * 1000)
    times.besides.append((worked - asked.seconds) * 1000)
    times.engine.append(asked.seconds * 1000)
    times.questions.append(asked.questions)
    times.size.append(len(response.content) / 1000)
    design.refresh_from_db()
    return design


if __name__ == "__main__":
    arguments = sys.argv[1:]
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 200
    main(count, arguments)
