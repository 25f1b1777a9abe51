"""`manage.py export_product SLUG`: a product's rows as a file."""

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from configurator.catalog.exporting.errors import ExportRefused
from configurator.catalog.exporting.service import FORMATS, Export, export_product
from configurator.catalog.models import Product
from configurator.catalog.problems import meant


class Command(BaseCommand):
    help = "Write a product, as it is in the admin now, to a file that import_product reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the product's address")
        parser.add_argument("--format", choices=sorted(FORMATS), default="yaml")
        parser.add_argument(
            "--output", type=Path, help="a file, or - for the standard output (default: SLUG.…)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = export_product(product=_product(options["slug"]), kind=options["format"])
        except ExportRefused as refused:
            raise CommandError(str(refused)) from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was written; the database says: {error}.") from None
        with done.file:
            self._write(done, options["output"] or Path(done.name), options["verbosity"] == 0)

    def _write(self, done: Export, target: Path, quiet: bool) -> None:
        if str(target) == "-":
            shutil.copyfileobj(done.file, sys.stdout.buffer)
            return
        if target.is_dir():
            target = target / done.name
        try:
            with target.open("wb") as file:
                shutil.copyfileobj(done.file, file)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from None
        if not quiet:
            self.stdout.write(self.style.SUCCESS(f"Written: {target}"))


def _product(slug: str) -> Product:
    product = Product.objects.filter(slug=slug).first()
    if product is None:
        hint = meant(slug, Product.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no product “{slug}”.{hint}")
    return product
