"""`manage.py simulate_customers`: do the reports find what is true, and are the promises kept?

It happens in a data folder of its own that is thrown away, on the demo products: nothing of the
shop is touched.
"""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

INSIDE = "CUSTOMERIZE_SIMULATION"
"""Set in the process that has the folder of its own."""
SCHEMES = ("postgres", "postgresql", "psql", "pgsql", "sqlite")
BOUNDS = {"people": (1, 100_000), "days": (1, 1_000), "seed": (0, 2**31)}


class Command(BaseCommand):
    help = "Simulate people with known effects, and hold the reports against the truth."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=200, help="how many (200)")
        parser.add_argument("--days", type=int, default=14, help="for how long (14)")
        parser.add_argument("--seed", type=int, default=1, help="the same one, the same run (1)")
        parser.add_argument("--follow", type=int, metavar="N", help="the diary of one person, too")
        parser.add_argument(
            "--kill", action="store_true", help="workers are killed at random moments"
        )
        parser.add_argument(
            "--data", metavar="FOLDER", help="a new data folder that is kept, to look at it after"
        )
        parser.add_argument(
            "--database", metavar="URL", help="another database, without any order (DATABASE_URL)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        if os.environ.get(INSIDE) == str(settings.DATA_DIR):
            self._simulate(options)
        elif options["data"]:
            _in_the_folder(_new(options["data"]), options["database"])
        else:
            _in_a_folder_of_its_own(options["database"])

    def _simulate(self, options: dict[str, Any]) -> None:
        began = time.perf_counter()
        self._furnish(kept=bool(options["data"] or options["database"]))
        from personalization.simulating import diary, report
        from personalization.simulating.run import Asked, simulate

        settings.EMAIL_BACKEND = "personalization.simulating.outbox.Backend"
        self.stderr.write(f"  furnished in {time.perf_counter() - began:.1f} s")
        asked = Asked(options["people"], options["days"], options["seed"], options["kill"])
        told = simulate(asked, report.report, _Progress(self.stderr))
        for line in report.lines(told):
            self.stdout.write(line)
        if options["follow"]:
            self.stdout.write("")
            for line in diary.lines(told.outcome, options["follow"]):
                self.stdout.write(line)
        if not told.checks.kept:
            raise CommandError("a promise was broken")

    def _furnish(self, *, kept: bool) -> None:
        """A shop; CommandError where somebody has ordered already."""
        if not kept:
            from personalization.simulating.furnishing import furnish

            furnish()
            return
        call_command("set_up", demo=True, stdout=self.stderr)
        from orders.models import Order
        from personalization.people.models import Person

        if Order.objects.exists() or Person.objects.exists():
            raise CommandError("somebody has been in this database: simulate in an empty one")


def _check(options: dict[str, Any]) -> None:
    """CommandError for numbers that make no sense."""
    bounds = {**BOUNDS, "follow": (1, options["people"])}
    for name, (least, most) in bounds.items():
        value = options[name]
        if name == "follow" and value is not None and value > most >= 1:
            told = f"there are only {most} people" if most > 1 else "there is only one person"
            raise CommandError(f"--follow {value}: {told}; name one from 1 to {most}")
        if value is not None and not least <= value <= most:
            raise CommandError(f"--{name} is a number from {least} to {most}, not {value}")


def _new(folder: str) -> Path:
    """The folder, made if it is not there; CommandError if something is in it."""
    found = Path(folder).resolve()
    try:
        found.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise CommandError(f"--data {folder}: that is a file; name a new folder") from None
    except OSError as error:
        raise CommandError(f"--data {folder}: {error.strerror}; name a new folder") from None
    if os.environ.get(INSIDE) != str(found) and any(found.iterdir()):
        raise CommandError(f"--data {folder}: there is something in it; name a new folder")
    return found


def _in_a_folder_of_its_own(database: str | None) -> None:
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="customers-", dir=memory) as folder:
        _in_the_folder(Path(folder).resolve(), database)


def _in_the_folder(folder: Path, database: str | None) -> None:
    """This same command once more, on a database that nobody else has."""
    keep = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    environment = {**keep, "DATA_DIR": str(folder), INSIDE: str(folder)}
    if database:
        environment["DATABASE_URL"] = _known(database)
    try:
        done = subprocess.run([sys.executable, *sys.argv], env=environment, check=False)
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    if done.returncode:
        raise SystemExit(done.returncode)


def _known(database: str) -> str:
    """The address, if it is one of a database; CommandError with what it looks like. What was
    written is not repeated: there may be a password in it."""
    try:
        scheme, port = urlsplit(database).scheme, urlsplit(database).port
    except ValueError:
        scheme, port = "", None
    if scheme not in SCHEMES or port == 0:
        raise CommandError(
            "--database: write the address as postgres://NAME:PASSWORD@HOST/DATABASE"
        )
    return database


class _Progress:
    """How far it is, told as it goes."""

    def __init__(self, to: Any) -> None:
        self.to = to
        self.told = time.perf_counter()

    def __call__(self, day: int, orders: int) -> None:
        if time.perf_counter() - self.told > 5:
            self.told = time.perf_counter()
            self.to.write(f"  day {day}, {orders} orders")
