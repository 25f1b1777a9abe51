"""What the factory's pages show, read with as few queries as there are kinds of rows."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from orders.factory.machine import OPEN
from orders.factory.models import PrintBatch, PrintedPaper, WorkOrder

State = WorkOrder.State
LATEST_FIRST = {
    "finished": ("-finished_at", "number"),
    "closed": ("-due_on", "number"),
}
PER_PAGE = 25
LONGEST_SEARCH = 60  # characters

FILTERS: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    "released": (State.RELEASED,),
    "started": (State.STARTED, State.PAUSED, State.REWORK),
    "held": (State.HELD,),
    "finished": (State.FINISHED,),
    "closed": (State.SHIPPED, State.SCRAPPED, State.CANCELED),
}


@dataclass(frozen=True)
class Asked:
    """What of the queue is asked for: a filter's name, a search, a page."""

    show: str = "open"
    search: str = ""
    page: str = "1"


@dataclass(frozen=True)
class Queue:
    """A page of the queue, how many there are in each filter, and a mark that changes with it."""

    asked: Asked
    page: Page[WorkOrder]
    counts: dict[str, int]
    today: date

    @property
    def mark(self) -> str:
        """Equal as long as the page would look the same."""
        rows = [(row.number, row.version) for row in self.page]
        facts = (rows, sorted(self.counts.items()), self.today, self.asked)
        return f"{zlib.crc32(repr(facts).encode()):08x}"


def queue(asked: Asked) -> Queue:
    """Work orders as asked for, due soonest first (those that are over: latest first); of a day,
    rush first."""
    rows = _rows().filter(state__in=FILTERS[asked.show])
    if asked.search:
        rows = rows.filter(number__icontains=asked.search[:LONGEST_SEARCH])
    latest = LATEST_FIRST.get(asked.show, ("due_on", "-rush", "number"))
    return Queue(
        asked=asked,
        page=Paginator(rows.order_by(*latest), PER_PAGE).get_page(asked.page),
        counts=_counts(),
        today=timezone.localdate(),
    )


def matching(asked: Asked, most: int) -> tuple[list[WorkOrder], int]:
    """All that the queue would show on all its pages, `most` of them, and how many are left out."""
    page = queue(Asked(asked.show, asked.search)).page.paginator
    return list(page.object_list[:most]), max(0, page.count - most)


def numbered(numbers: Sequence[str], most: int) -> list[WorkOrder]:
    """The work orders with these numbers, due soonest first; unknown ones are left out."""
    known = [number for number in numbers if "\x00" not in number]
    return list(_rows().filter(number__in=known).order_by("due_on", "-rush", "number")[:most])


def batches(most: int) -> list[PrintBatch]:
    """What was printed lately, with the count of work orders in each."""
    count = Count("printed__work_order", distinct=True)
    return list(PrintBatch.objects.annotate(count=count).order_by("-pk")[:most])


def batch(key: UUID) -> PrintBatch:
    """One batch with its count. PrintBatch.DoesNotExist."""
    return PrintBatch.objects.annotate(count=Count("printed__work_order", distinct=True)).get(
        key=key
    )


def printed(found: PrintBatch) -> QuerySet[PrintedPaper]:
    """The papers of a batch with their work orders as they are now."""
    return found.printed.select_related("work_order")


def _rows() -> QuerySet[WorkOrder]:
    """Work orders with the few facts of their specification that a list shows."""
    return WorkOrder.objects.annotate(product=F("specification__content__product__name"))


def _counts() -> dict[str, int]:
    totals = WorkOrder.objects.aggregate(
        **{name: Count("pk", filter=Q(state__in=states)) for name, states in FILTERS.items()}
    )
    return {name: int(total) for name, total in totals.items()}


def work_order(number: str) -> WorkOrder:
    """One work order with its specification. WorkOrder.DoesNotExist."""
    if "\x00" in number:
        raise WorkOrder.DoesNotExist  # PostgreSQL would call it an error
    rows = WorkOrder.objects.select_related("line__order", "specification__release")
    return rows.get(number__iexact=number)


def last_print(found: WorkOrder, paper: str = "build_sheet") -> PrintedPaper | None:
    """The last counted copy of a paper of a work order."""
    rows = PrintedPaper.objects.filter(work_order=found, paper=paper)
    return rows.select_related("batch").order_by("copy").last()


def history(found: WorkOrder) -> list[dict[str, Any]]:
    """The moves of a work order as a whole, with the names of who made them."""
    moves = found.moves.filter(operation=None).select_related("by")
    names = dict(State.choices)
    return [
        {
            "state": names.get(move.after, move.after),
            "code": move.after,
            "at": move.at,
            "by": move.by.get_username() if move.by else "",
        }
        for move in moves
    ]
