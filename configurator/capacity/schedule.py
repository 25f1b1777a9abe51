"""Finite-capacity forward scheduling: when operations are done, from free minutes. No database.

Time is counted in minutes since day 1 of the calendar, by the factory's clock. Minutes of a day are
used from its beginning, station after station: who needs some on a day on which a station is still
idle begins with it, else when the last one is through with what is booked; and not before all that
comes before is done. (What fits into a day's minutes, and nobody longer than one station's, can be
done on that day: McNaughton, 1959.) So an operation never begins before its predecessors end, no
day holds more than its minutes, and with less to do nothing is ready later.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from configurator.capacity.calendar import (
    DAY,
    Hours,
    clock,
    known_days,
    length,
    passed,
    planned,
    worked,
)
from configurator.catalog.hours import Spans

AHEAD = 5 * 366
"""Days after which planning gives up."""
CHUNK = 64

Load = tuple[int, int]
"""Minutes of a day that are booked, and the most that may be."""


class NoTime(Exception):
    """A work center has no free minutes for as far as anybody plans; `center` is its code."""

    def __init__(self, center: str) -> None:
        super().__init__(center)
        self.center = center


@dataclass(frozen=True)
class Task:
    """An operation to plan. `after` are places in the list of tasks, `units` how many pieces.

    `ready` is the earliest minute (its parts are there). With `on`, a day, it is planned there,
    whatever is free: somebody has decided that.
    """

    code: str
    center: str
    minutes: int
    after: tuple[int, ...] = ()
    units: int = 1
    ready: int = 0
    on: int | None = None

    def at(self, ready: int) -> Task:
        """The same, not before another minute."""
        return Task(self.code, self.center, self.minutes, self.after, self.units, ready, self.on)


@dataclass(frozen=True)
class Slot:
    """Minutes of an operation on a day; `starts` and `ends` are minutes of time."""

    task: int
    center: str
    day: int  # an ordinal
    minutes: int
    starts: int
    ends: int

    @property
    def date(self) -> date:
        return date.fromordinal(self.day)


@dataclass(frozen=True)
class Plan:
    """When everything is done, and where."""

    slots: tuple[Slot, ...]
    ends: tuple[int, ...]  # of every task

    @property
    def finish(self) -> int:
        return max(self.ends, default=0)


@dataclass(frozen=True)
class OpenDay:
    """A day with free minutes: of one station, booked, and how many more may be."""

    ordinal: int
    shifts: Spans
    station: int
    booked: int
    free: int


@dataclass
class Center:
    """A work center's open days from `first` on, worked out when somebody gets there."""

    code: str
    hours: Hours
    first: int
    load: Callable[[int, int], Load | None] = field(default=lambda _ordinal, _minutes: None)
    """Of a day with so many minutes, what is booked and the most that may be; None: nothing is."""
    ordinals: list[int] = field(default_factory=list)
    days: list[OpenDay] = field(default_factory=list)
    known: int = 0
    _calendar: dict[int, tuple[Spans, int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._calendar = known_days(self.hours)

    def from_day(self, ordinal: int) -> int:
        """Where in `days` the first one from `ordinal` on is."""
        return bisect_left(self.ordinals, ordinal)

    def day(self, place: int) -> OpenDay:
        while place >= len(self.days):
            if self.known >= AHEAD:
                raise NoTime(self.code)
            self._look_ahead()
        return self.days[place]

    def _look_ahead(self) -> None:
        start = self.first + self.known
        for ordinal in range(start, start + CHUNK):
            found = self.look(ordinal)
            if found is not None and found.free > 0:
                self.ordinals.append(ordinal)
                self.days.append(found)
        self.known += CHUNK

    def look_again(self, ordinal: int) -> None:
        """What is booked on a day has changed; all other days stay known."""
        if not self.first <= ordinal < self.first + self.known:
            return
        at = self.from_day(ordinal)
        if at < len(self.ordinals) and self.ordinals[at] == ordinal:
            del self.ordinals[at], self.days[at]
        found = self.look(ordinal)
        if found is not None and found.free > 0:
            self.ordinals.insert(at, ordinal)
            self.days.insert(at, found)

    def look(self, ordinal: int) -> OpenDay | None:
        """A day, even if it is full; None if there is no work."""
        found = self._calendar.get(ordinal)
        if found is None:
            shifts = self.hours.shifts(date.fromordinal(ordinal))
            found = shifts, planned(length(shifts), self.hours.efficiency)
            self._calendar[ordinal] = found
        shifts, station = found
        if not station:
            return None
        minutes = station * self.hours.stations
        booked, most = self.load(ordinal, minutes) or (0, minutes)
        return OpenDay(ordinal, shifts, station, booked, most - booked)


Used = dict[tuple[str, int], int]


def schedule(tasks: Sequence[Task], centers: Mapping[str, Center], start: int) -> Plan:
    """Plan tasks, listed so that predecessors come first, from `start` on. Raises NoTime.

    A center that is not known has no limits: its operations take their minutes.
    """
    used: Used = {}
    slots: list[Slot] = []
    ends: list[int] = []
    for number, task in enumerate(tasks):
        earliest = max([start, task.ready, *(ends[place] for place in task.after)])
        center = centers.get(task.center)
        if task.on is not None:
            found = [_pinned(number, task, center, earliest)]
        elif center is None or not task.minutes:
            found = [_free(number, task, earliest)]
        else:
            found = place(number, task, center, earliest, used)
        slots += found
        ends.append(found[-1].ends)
    return Plan(tuple(slots), tuple(ends))


def place(number: int, task: Task, center: Center, earliest: int, used: Used) -> list[Slot]:
    """The first free minutes from `earliest` on; notes them in `used`."""
    hours, stations = center.hours, center.hours.stations
    abreast = min(task.units, stations)
    left, found = task.minutes, []
    at = center.from_day(earliest // DAY - 1)  # the night shift of the day before
    while left:
        day = center.day(at)
        at += 1
        midnight = day.ordinal * DAY
        key = (center.code, day.ordinal)
        own = used.get(key, 0)
        begin = max(0, day.booked + own - (stations - 1) * day.station)
        if earliest > midnight:
            over = passed(day.shifts, earliest - midnight)
            begin = max(begin, -(-over * hours.efficiency // 10_000))
        room = min(day.free - own, abreast * (day.station - begin))
        if room <= 0:
            continue
        minutes = min(left, room)
        starts = midnight + clock(day.shifts, worked(begin, hours.efficiency))
        stop = worked(begin - (-minutes // abreast), hours.efficiency)
        ends = midnight + clock(day.shifts, stop)
        used[key] = own + minutes
        left -= minutes
        found.append(Slot(number, center.code, day.ordinal, minutes, max(starts, earliest), ends))
    return found


def _free(number: int, task: Task, earliest: int) -> Slot:
    ends = earliest + -(-task.minutes // task.units)
    return Slot(number, task.center, earliest // DAY, 0, earliest, ends)


def _pinned(number: int, task: Task, center: Center | None, earliest: int) -> Slot:
    """On the day that somebody chose; over at the end of its last shift."""
    ordinal = task.on or 0
    day = center.look(ordinal) if center else None
    first, last = (day.shifts[0][0], day.shifts[-1][1]) if day else (0, DAY)
    starts = max(ordinal * DAY + first, min(earliest, ordinal * DAY + last))
    ends = max(ordinal * DAY + last, earliest)
    return Slot(number, task.center, ordinal, task.minutes, starts, ends)
