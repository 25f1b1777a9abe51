"""What is planned of work orders: the day of each operation, and which go first.

Capacity keeps a reservation a work order, by the key `line:<number>`, with its booked minutes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count

from configurator.capacity.models import Booking, Reservation
from orders.factory.models import WorkOrderMove

KEY = "line:"


def number_of(key: str) -> str:
    """The work order of a reservation, `line:<number>` or `line:<number>/1` for what is done again;
    "" for a place that a customer holds."""
    return key.removeprefix(KEY).partition("/")[0] if key.startswith(KEY) else ""


@dataclass(frozen=True)
class Plan:
    """`days` are by the number of the work order and the code of the operation: the first of them,
    where it takes several. `rush` are the numbers of those that were ordered to go first."""

    days: Mapping[tuple[str, str], date] = field(default_factory=dict)
    rush: Collection[str] = ()


def plan_of(numbers: Iterable[str]) -> Plan:
    """The plan as it is now, by three queries; also of what is done again after rework."""
    wanted = set(numbers)
    keys = [f"{KEY}{number}" for number in wanted]
    booked = Booking.objects.filter(reservation__key__in=[*keys, *_again(wanted)], done=False)
    rows = booked.order_by("-day").values_list("reservation__key", "operation", "day")
    rush = Reservation.objects.filter(key__in=keys, rush=True).values_list("key", flat=True)
    return Plan(
        days={(number_of(key), operation): day for key, operation, day in rows},
        rush=frozenset(key.removeprefix(KEY) for key in rush),
    )


def _again(numbers: Collection[str]) -> list[str]:
    """The keys of the places that rework was given: one after the other, at most one each time."""
    moves = WorkOrderMove.objects.filter(event="rework", work_order__number__in=numbers)
    counts = moves.order_by().values_list("work_order__number").annotate(times=Count("pk"))
    return [f"{KEY}{number}/{n}" for number, times in counts for n in range(1, times + 1)]
