"""Free minutes and stock as they are now, remembered until a booking or a calendar changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from threading import Lock
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from configurator.capacity.calendar import DAY, WHOLE, Closed, Hours
from configurator.capacity.days import ready_on
from configurator.capacity.models import CapacityState, Closure, DayLoad, Reservation, StockItem
from configurator.capacity.schedule import Center, Load, Plan, Task, schedule
from configurator.catalog.hours import BadHours, read_hours
from configurator.catalog.models import Part, WorkCenter

Row = tuple[int, str, str, int, Decimal, str]
Booked = dict[int, tuple[int, int]]
"""Ordinal of a day -> minutes booked, and how many of these for rush orders."""
EVERYWHERE = 0

KEPT_PLANS = 4096


@dataclass
class Snapshot:
    """What planning reads. `centers` are for orders as usual, `rushing` for those in a hurry."""

    version: UUID
    today: date
    hours: dict[str, Hours]
    ids: dict[str, int]
    booked: dict[str, Booked]
    stock: dict[str, Decimal]
    held: frozenset[str] = frozenset()  # the keys of places that somebody thinks about
    centers: dict[str, Center] = field(init=False)
    rushing: dict[str, Center] = field(init=False)
    _plans: dict[tuple[tuple[Task, ...], int, bool], Plan] = field(default_factory=dict)

    codes: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.codes = {pk: code for code, pk in self.ids.items()}
        self.forget()

    def forget(self) -> None:
        """Look at `booked` anew: whoever tries something out has changed it."""
        self._plans.clear()
        self.centers = {code: self._center(code, rush=False) for code in self.hours}
        self.rushing = {code: self._center(code, rush=True) for code in self.hours}

    def book(self, code: str, ordinal: int, minutes: int, *, rush: bool) -> None:
        """Try out minutes more (or, if negative, less) on a day: nobody else sees it."""
        if code not in self.hours or not minutes:
            return
        booked, rushed = self.booked[code].get(ordinal, (0, 0))
        self.booked[code][ordinal] = (booked + minutes, rushed + (minutes if rush else 0))
        self._plans.clear()
        self.centers[code].look_again(ordinal)
        self.rushing[code].look_again(ordinal)

    def plan(self, tasks: tuple[Task, ...], start: int, *, rush: bool = False) -> Plan:
        """The earliest plan; the same one is worked out once. Raises NoTime."""
        key = (tasks, start, rush)
        found = self._plans.get(key)
        if found is None:
            found = schedule(tasks, self.rushing if rush else self.centers, start)
            if len(self._plans) >= KEPT_PLANS:
                self._plans.clear()
            self._plans[key] = found
        return found

    def minutes(self, code: str, ordinal: int) -> int:
        """What a work center gets done on a day."""
        return self.hours[code].minutes(date.fromordinal(ordinal))

    def kept(self, code: str, ordinal: int) -> int:
        """How many minutes of a day only rush orders may have."""
        return kept_for_rush(self.minutes(code, ordinal), ordinal, self.today)

    def _center(self, code: str, *, rush: bool) -> Center:
        booked, release = self.booked.get(code, {}), _released(self.today)
        share = settings.RUSH_SHARE

        def load(ordinal: int, minutes: int) -> Load | None:
            taken, rushed = booked.get(ordinal, (0, 0))
            most = minutes
            if not rush and ordinal > release:
                most = min(most, minutes - minutes * share // 100 + rushed)
            return taken, most

        return Center(code, self.hours[code], self.today.toordinal() - 1, load)


def kept_for_rush(minutes: int, ordinal: int, today: date) -> int:
    """Minutes of a day that are kept for rush orders; none shortly before it."""
    return minutes * settings.RUSH_SHARE // 100 if ordinal > _released(today) else 0


def _released(today: date) -> int:
    return ready_on(settings.RUSH_RELEASE_DAYS, today).toordinal()


def now_minute() -> int:
    """This minute, by the factory's clock."""
    now = timezone.localtime()
    return now.toordinal() * DAY + now.hour * 60 + now.minute


_lock = Lock()
_kept: dict[tuple[Any, ...], Snapshot] = {}


def current() -> Snapshot:
    """The snapshot of now: remembered if nothing has changed, by two small queries."""
    version = CapacityState.objects.filter(pk=1).values_list("version", flat=True).first()
    return snapshot_at(version or UUID(int=0))


def snapshot_at(version: UUID) -> Snapshot:
    """The snapshot of a version that is surely the present one."""
    rows = centers_now()
    key = (version, rows, timezone.localdate(), settings.RUSH_SHARE, settings.RUSH_RELEASE_DAYS)
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = read(version, rows)
        with _lock:
            _kept.clear()
            _kept[key] = found
    return found


def centers_now() -> tuple[Row, ...]:
    """All work centers, as far as calendars depend on them."""
    return tuple(
        WorkCenter.objects.order_by("pk").values_list(
            "pk", "code", "hours", "stations", "efficiency", "country"
        )
    )


def read(
    version: UUID,
    rows: Iterable[Row],
    closures: Mapping[int, tuple[Closed, ...]] | None = None,
) -> Snapshot:
    """A snapshot from the database; with other work centers or closures, to see what would be."""
    today = timezone.localdate()
    shut = closures_from(today) if closures is None else closures
    rows = tuple(rows)
    booked: dict[int, Booked] = defaultdict(dict)
    loads = DayLoad.objects.filter(day__gte=today - timedelta(days=1), booked__gt=0)
    for center, day, minutes, rushed in loads.values_list(
        "work_center_id", "day", "booked", "rushed"
    ):
        booked[center][day.toordinal()] = (minutes, rushed)
    free = StockItem.objects.annotate(free=F("on_hand") - F("reserved"))
    opening = Part.objects.exclude(stock=None).exclude(number="").order_by("number", "-pk")
    held = Reservation.objects.filter(state=Reservation.State.HELD).values_list("key", flat=True)
    return Snapshot(
        version=version,
        held=frozenset(held),
        today=today,
        hours={row[1]: hours_of(row, shut) for row in rows},
        ids={row[1]: row[0] for row in rows},
        booked={row[1]: booked[row[0]] for row in rows},
        stock={
            **{
                n: stock for n, stock in opening.values_list("number", "stock") if stock is not None
            },
            **dict(free.values_list("number", "free")),
        },
    )


def hours_of(row: Row, closures: Mapping[int, tuple[Closed, ...]]) -> Hours:
    """The calendar of a work center; hours that can't be read are none."""
    pk, _code, text, stations, efficiency, country = row
    try:
        week = read_hours(text)
    except BadHours:
        week = ((),) * 7
    shut = (*closures.get(EVERYWHERE, ()), *closures.get(pk, ()))
    return Hours(week, stations, max(1, int(efficiency * WHOLE / 100)), country, shut)


def closures_from(day: date) -> dict[int, tuple[Closed, ...]]:
    """Closures that are not over, by work center."""
    found: dict[int, list[Closed]] = defaultdict(list)
    rows = Closure.objects.filter(last_day__gte=day - timedelta(days=1))
    for center, first, last in rows.values_list("work_center_id", "first_day", "last_day"):
        found[center or EVERYWHERE].append(Closed(first, last))
    return {center: tuple(closed) for center, closed in found.items()}
