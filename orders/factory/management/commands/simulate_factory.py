"""`manage.py simulate_factory`: does the factory keep its promises? A run in fast motion.

It happens in a data folder of its own that is thrown away, on the demo products and their work
centers: nothing of the shop is touched.
"""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

MOST_ORDERS, MOST_DAYS = 100_000, 2_000
INSIDE = "CUSTOMERIZE_SIMULATION"
"""Set in the process that has the folder of its own."""


class Command(BaseCommand):
    help = "Simulate the demo factory with invented orders, breakdowns, rework and rush."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--orders", type=int, help="how many (default: what gives the load)")
        parser.add_argument("--days", type=int, default=20, help="on how many days they come (20)")
        parser.add_argument("--load", type=int, default=85, help="of the factory, in percent (85)")
        parser.add_argument("--seed", type=int, default=1, help="the same one, the same run (1)")
        parser.add_argument("--rush", type=int, default=5, help="rush orders, in percent (5)")
        parser.add_argument("--papers", action="store_true", help="print the build sheets, too")

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        if os.environ.get(INSIDE) == str(settings.DATA_DIR):
            self._simulate(options)
        else:
            _in_a_folder_of_its_own()

    def _simulate(self, options: dict[str, Any]) -> None:
        call_command("set_up", demo=True, stdout=self.stderr)
        from orders.factory.simulation import report
        from orders.factory.simulation.run import Asked, simulate

        asked = Asked(
            days=options["days"],
            orders=options["orders"],
            load=options["load"] / 100,
            seed=options["seed"],
            rush=options["rush"] / 100,
            papers=options["papers"],
        )
        progress = _Progress(self.stderr)
        outcome = simulate(asked, progress)
        progress.end()
        for line in report.lines(report.report(outcome)):
            self.stdout.write(line)


def _check(options: dict[str, Any]) -> None:
    """CommandError for numbers that make no sense."""
    bounds = {
        "orders": (1, MOST_ORDERS),
        "days": (1, MOST_DAYS),
        "load": (1, 500),
        "seed": (0, 2**31),
        "rush": (0, 100),
    }
    for name, (least, most) in bounds.items():
        value = options[name]
        if value is not None and not least <= value <= most:
            raise CommandError(f"--{name} is a number from {least} to {most}, not {value}")


def _in_a_folder_of_its_own() -> None:
    """This same command once more, on a database that nobody else has."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="factory-", dir=memory) as folder:
        real = os.path.realpath(folder)
        keep = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
        environment = {**keep, "DATA_DIR": real, INSIDE: real, "EMAIL_URL": "dummymail://"}
        done = subprocess.run([sys.executable, *sys.argv], env=environment, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


class _Progress:
    """How many orders came and were finished, told as it goes."""

    def __init__(self, to: Any) -> None:
        self.to = to
        self.told = time.monotonic()
        self.counts = (0, 0)

    def __call__(self, came: int, finished: int) -> None:
        self.counts = (came, finished)
        if time.monotonic() - self.told > 2:
            self.told = time.monotonic()
            self.end()

    def end(self) -> None:
        came, finished = self.counts
        self.to.write(f"  {came} orders came, {finished} are finished")
