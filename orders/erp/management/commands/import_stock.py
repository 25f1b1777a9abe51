"""`manage.py import_stock FILE.csv`: how much there is of each part, all lines or none."""

import csv
from argparse import ArgumentParser
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from configurator.capacity import stock
from configurator.capacity.models import StockItem

COLUMNS = {"number", "on_hand"}
MOST = Decimal(10) ** 11


class Command(BaseCommand):
    help = "Take stock from a CSV file with the columns number and on_hand (counted, not added)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        lines = _lines(path)
        with transaction.atomic():
            for line, number, quantity in lines:
                _count(f"{path}:{line}", number, quantity)
        self.stdout.write(f"{len(lines)} parts counted.")


def _lines(path: Path) -> list[tuple[int, str, Decimal]]:
    """Line, part number and quantity. CommandError tells the line that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = COLUMNS - set(reader.fieldnames or ())
            if missing:
                raise CommandError(f"{path}:1: no column {', '.join(sorted(missing))}")
            return [(reader.line_num, *_row(path, reader.line_num, row)) for row in reader]
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"{path} is no CSV file in UTF-8: {error}") from None


def _row(path: Path, line: int, row: dict[str, str]) -> tuple[str, Decimal]:
    number, said = (row["number"] or "").strip(), (row["on_hand"] or "").strip()
    try:
        quantity = Decimal(said)
    except InvalidOperation:
        raise CommandError(f"{path}:{line}: “{said[:40]}” is no number") from None
    if not quantity.is_finite() or not 0 <= quantity < MOST:
        raise CommandError(f"{path}:{line}: on_hand must be 0 or more, not {said[:40]}")
    return number, quantity.quantize(Decimal("0.001"))


def _count(place: str, number: str, quantity: Decimal) -> None:
    try:
        stock.count(number=number, quantity=quantity)
    except StockItem.DoesNotExist:
        raise CommandError(f"{place}: no stock is kept of “{number[:60]}”") from None
    except stock.NotThatMany as refusal:
        reserved = refusal.item.reserved
        raise CommandError(f"{place}: {reserved} of {number[:60]} are reserved") from None
