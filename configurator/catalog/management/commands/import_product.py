"""`manage.py import_product FILE`: a product from a file into the catalog, and published."""

import time
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from configurator.catalog.content import options_of
from configurator.catalog.importing.errors import ImportRefused
from configurator.catalog.importing.service import Imported, import_product
from configurator.catalog.verdicts import summary

SEARCHED = (
    "Too large to compile: it is searched instead, without the number of designs, prices beside "
    "values, a lowest price and a budget."
)


class Command(BaseCommand):
    help = "Import a product.yaml, or a model (XCSP 2.1, UVL, DIMACS), and publish it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the product's file")
        parser.add_argument(
            "--publish", action=BooleanOptionalAction, default=True, help="make it live at once"
        )
        parser.add_argument(
            "--keep-designs",
            action="store_true",
            help="refuse what would break a design that a customer is making",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check everything, and save nothing"
        )
        parser.add_argument("--by", default="import", help="who publishes, as the release says")

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        quiet = options["verbosity"] == 0
        try:
            done = import_product(
                file=options["file"],
                publish=options["publish"],
                dry_run=options["dry_run"],
                by=options["by"],
                gate=True,
                keep_designs=options["keep_designs"],
                report=lambda message: None if quiet else self.stdout.write(f"  {message}"),
            )
        except ImportRefused as refused:
            count = len(refused.problems)
            for message in refused.messages:
                self.stderr.write(self.style.ERROR(" ".join(message.split())))
            things = "one thing" if count == 1 else f"{count} things"
            raise CommandError(f"Nothing was imported; {things} to mend.") from None
        except DatabaseError as error:
            raise CommandError(
                f"Nothing was imported; the database says: {error}. "
                "If it is new, run `manage.py migrate` first."
            ) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was imported.") from None
        if done.reason:
            self.stdout.write(self.style.WARNING(f"  {SEARCHED} {done.reason}"))
        for warning in done.warnings:
            self.stdout.write(self.style.WARNING(f"  Note: {warning}"))
        if done.outcome is not None and not quiet:
            for line in summary(done.outcome.counts):
                self.stdout.write(f"  {line.words}")
        if not quiet:
            self.stdout.write(self.style.SUCCESS(told(done, options["dry_run"])))
            self.stdout.write(f"  {time.monotonic() - start:.1f} s")


def told(done: Imported, dry_run: bool) -> str:
    """What an import did, in a sentence or two."""
    content = done.content
    counts = (
        f"{_many(len(options_of(content)), 'option')}, {_many(len(content['rules']), 'rule')}, "
        f"{_designs(done.designs)}{_cases(done.cases)}"
    )
    name = f"“{content['product']['name']['en']}” ({done.slug})"
    if dry_run:
        return f"{name} is in order: {counts}. Nothing was saved."
    did = "created" if done.created else "updated"
    if done.published is None:
        return f"{name} was {did} as a draft: {counts}."
    number = done.published.release.number
    if not done.published.created:
        return f"{name} is unchanged; release {number} stays live: {counts}."
    return f"{name} was {did} and published as release {number}: {counts}."


def _designs(count: int | None) -> str:
    return "designs not counted" if count is None else _many(count, "valid design")


def _cases(count: int) -> str:
    return f"; {_many(count, 'test case')} held" if count else ""


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"
