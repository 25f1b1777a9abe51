"""The numbers of orders, quotes and invoices: each year one after the other, no gaps."""

from enum import Enum

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from orders.models import NumberCounter


class Series(Enum):
    """What is numbered on its own, and what its numbers begin with."""

    ORDER = ""
    QUOTE = "Q"
    INVOICE = "F"


def next_number(series: Series) -> str:
    """The next one of this year, like Q2026-00042; only inside the caller's transaction.

    The counter's row is held until that ends, and a rollback gives the number back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is given with its row or never")
    year = timezone.localdate().year
    kind = series.name.lower()
    counters = NumberCounter.objects.filter(kind=kind, year=year)
    if not counters.update(last=F("last") + 1):
        NumberCounter.objects.get_or_create(kind=kind, year=year)
        counters.update(last=F("last") + 1)
    return f"{series.value}{year}-{counters.values_list('last', flat=True)[0]:05d}"
