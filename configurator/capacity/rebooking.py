"""Bookings that go and others that come, worked out first and written at once.

Whoever uses it holds `lock`: the rows of the days are read once and written as sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from configurator.capacity.minutes import Full
from configurator.capacity.models import Booking, DayLoad
from configurator.capacity.snapshot import Snapshot

Place = tuple[int, date]
"""A work center and a day."""
BATCH = 500


@dataclass
class Rebooking:
    """What changes on days that are not over. `snapshot` has the minutes of their calendars."""

    snapshot: Snapshot
    booked: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    rushed: dict[Place, int] = field(default_factory=lambda: defaultdict(int))
    by_hand: set[Place] = field(default_factory=set)
    gone: list[int] = field(default_factory=list)
    new: list[Booking] = field(default_factory=list)

    def give_back(self, rows: Iterable[Booking], *, rush: bool) -> None:
        """These bookings are gone; the minutes of days that are over stay used."""
        for row in rows:
            self.gone.append(row.pk)
            if row.day >= self.snapshot.today:
                self._add(row, -row.minutes, rush=rush)

    def take(self, rows: Iterable[Booking], *, rush: bool) -> None:
        """These bookings are new; on days set by hand whatever is kept for others, and even on
        closed ones."""
        for row in rows:
            self.new.append(row)
            self._add(row, row.minutes, rush=rush)
            if row.pinned and row.minutes:
                self.by_hand.add((row.work_center_id, row.day))

    def _add(self, row: Booking, minutes: int, *, rush: bool) -> None:
        place = (row.work_center_id, row.day)
        self.booked[place] += minutes
        if rush:
            self.rushed[place] += minutes

    def write(self) -> None:
        """Full if a day would hold more than its minutes; the transaction is to be given up."""
        for start in range(0, len(self.gone), BATCH):
            Booking.objects.filter(pk__in=self.gone[start : start + BATCH]).delete()
        loads = [load for load in self._loads() if self._changes(load)]
        DayLoad.objects.bulk_create(
            loads,
            update_conflicts=True,
            unique_fields=["work_center", "day"],
            update_fields=["capacity", "booked", "rushed"],
        )
        Booking.objects.bulk_create(self.new)

    def _loads(self) -> list[DayLoad]:
        """The rows of all days from today on, and new ones where something is booked first."""
        known = list(DayLoad.objects.filter(day__gte=self.snapshot.today))
        there = {(load.work_center_id, load.day) for load in known}
        fresh = [
            DayLoad(work_center_id=center, day=day, capacity=0)
            for (center, day), minutes in self.booked.items()
            if minutes and (center, day) not in there
        ]
        return known + fresh

    def _changes(self, load: DayLoad) -> bool:
        """Bring a row up to date: the minutes of its calendar, or what is still booked on it."""
        place = (load.work_center_id, load.day)
        before = (load.capacity, load.booked, load.rushed)
        minutes = self._minutes(place)
        load.booked += self.booked.get(place, 0)
        load.rushed += self.rushed.get(place, 0)
        more = self.booked.get(place, 0) > 0 and place not in self.by_hand
        if more and load.booked > max(minutes, before[1]):
            raise Full(f"{load}")
        load.capacity = max(minutes, load.booked)
        return before != (load.capacity, load.booked, load.rushed)

    def _minutes(self, place: Place) -> int:
        center, day = place
        return self.snapshot.minutes(self.snapshot.codes[center], day.toordinal())
