"""What the API reads."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from configurator.capacity.models import StockItem
from orders.erp.records import CLOSED
from orders.factory.models import WorkOrder, WorkOrderMove

SETTLED = timedelta(seconds=2)
"""Ids are given before a transaction commits: a younger move may still get an older neighbor."""


def _rows() -> QuerySet[WorkOrder]:
    return WorkOrder.objects.select_related("line__order", "specification")


def work_order(number: str) -> WorkOrder | None:
    """A work order by its number, whatever case it is written in."""
    if "\x00" in number:
        return None
    return _rows().filter(number__iexact=number).first()


def page(
    states: list[str],
    due_until: date | None,
    changed_since: datetime | None,
    after: str,
    limit: int,
) -> list[WorkOrder]:
    """Up to `limit` + 1 work orders by number: one more than asked for, if there are more."""
    rows = _rows()
    if states:
        rows = rows.filter(state__in=states)
    if due_until is not None:
        rows = rows.filter(due_on__lte=due_until)
    if changed_since is not None:
        if timezone.is_naive(changed_since):
            changed_since = timezone.make_aware(changed_since)
        moved = WorkOrderMove.objects.filter(at__gte=changed_since).values("work_order_id")
        rows = rows.filter(pk__in=moved)
    if after:
        rows = rows.filter(number__gt=after.replace("\x00", ""))
    return list(rows.order_by("number")[: limit + 1])


def moves(after: int, limit: int) -> list[WorkOrderMove]:
    """Moves with a higher id, oldest first, once they are settled."""
    rows = WorkOrderMove.objects.select_related(
        "operation", "work_order__line__order", "work_order__specification"
    )
    settled = rows.filter(pk__gt=after, at__lt=timezone.now() - SETTLED)
    return list(settled.order_by("pk")[:limit])


def open_work_orders() -> QuerySet[WorkOrder]:
    """What is still to be built, by number."""
    return _rows().exclude(state__in=CLOSED).order_by("number")


def stock() -> QuerySet[StockItem]:
    """Every part of which stock is kept, by number."""
    return StockItem.objects.order_by("number")
