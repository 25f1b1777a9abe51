"""Reading plans: which days a key's operations are planned for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from configurator.capacity.models import Booking, Reservation


@dataclass(frozen=True)
class Planned:
    """When an operation is planned: from its first day (and minute) to its last."""

    operation: str
    work_center: str
    first_day: date
    last_day: date
    starts: int  # minute of the first day
    minutes: int
    pinned: bool


def planned(keys: Iterable[str]) -> dict[str, list[Planned]]:
    """The operations of reservations in their order, by key. One query."""
    rows = (
        Booking.objects.filter(reservation__key__in=list(keys))
        .exclude(reservation__state=Reservation.State.RELEASED)
        .order_by("reservation__key", "position", "day")
        .values_list(
            *("reservation__key", "operation", "work_center__code", "day", "starts"),
            *("minutes", "pinned"),
        )
    )
    found: dict[str, dict[str, Planned]] = {}
    for key, operation, center, day, starts, minutes, pinned in rows:
        of_key = found.setdefault(key, {})
        before = of_key.get(operation)
        of_key[operation] = (
            Planned(operation, center, day, day, starts, minutes, pinned)
            if before is None
            else Planned(
                operation,
                center,
                before.first_day,
                day,
                before.starts,
                before.minutes + minutes,
                before.pinned or pinned,
            )
        )
    return {key: list(of_key.values()) for key, of_key in found.items()}
