"""`manage.py export_csv FOLDER`: all CSV files of the ERP door, each whole or not there."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from orders.erp.csv_files import FILES
from orders.tables import csv_text


class Command(BaseCommand):
    help = "Write work orders, their parts and operations, and the demand for parts as CSV files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--language", default=settings.FACTORY_LANGUAGE)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, file in FILES.items():
                text = csv_text(file.header, file.rows(options["language"]))
                _write_whole(folder / f"{name}.csv", text)
                self.stdout.write(str(folder / f"{name}.csv"))
        except OSError as error:
            raise CommandError(f"{folder} can't be written: {error.strerror}") from None


def _write_whole(path: Path, text: str) -> None:
    """Under another name first: whoever watches the folder never reads half a file."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8", newline="")
    os.replace(part, path)
