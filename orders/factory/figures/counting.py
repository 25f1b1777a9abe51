"""What figures say, from the rows of a period: counts, shares and ranks. No database."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from orders.factory.figures.period import Period
from orders.factory.figures.reading import Built, Done, Load

ONE_DAY = timedelta(days=1)


def rank(values: Iterable[float], percent: int) -> float | None:
    """The smallest value that at least so much percent of all do not exceed; None of none."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[math.ceil(len(ordered) * percent / 100) - 1]


def share(part: float, whole: float) -> float | None:
    """Percent; None of nothing."""
    return 100 * part / whole if whole else None


@dataclass(frozen=True)
class Promises:
    """Promises decided in a span: how many, how many kept, and the days late of each."""

    span: Period
    late: tuple[int, ...]  # 0 for those that were kept

    @property
    def decided(self) -> int:
        return len(self.late)

    @property
    def kept(self) -> int:
        return self.late.count(0)

    @property
    def share(self) -> float | None:
        return share(self.kept, self.decided)

    @property
    def p90(self) -> float | None:
        """Nine of ten were no later than this, in days."""
        return rank(self.late, 90)


@dataclass(frozen=True)
class Leads:
    """How many days work orders took that were finished in a span."""

    span: Period
    took: tuple[float, ...]

    @property
    def median(self) -> float | None:
        return rank(self.took, 50)

    @property
    def p90(self) -> float | None:
        return rank(self.took, 90)


@dataclass(frozen=True)
class Yields:
    """Work orders finished or scrapped in a span, and how many of them needed nothing twice."""

    span: Period
    ended: int
    straight: int

    @property
    def share(self) -> float | None:
        return share(self.straight, self.ended)


def promises(spans: Sequence[Period], rows: Iterable[Built], today: date) -> list[Promises]:
    """A promise is decided on the day it is finished or, if that is late, the day after it."""
    places, late = _places(spans), defaultdict[int, list[int]](list)
    for row in rows:
        kept = row.finished is not None and row.finished <= row.due
        decided = row.finished if kept and row.finished else row.due + ONE_DAY
        if decided <= today and (place := places.get(decided)) is not None:
            until = row.finished or today
            late[place].append(0 if kept else (until - row.due).days)
    return [Promises(span, tuple(late[place])) for place, span in enumerate(spans)]


def leads(spans: Sequence[Period], rows: Iterable[Built]) -> list[Leads]:
    places, took = _places(spans), defaultdict[int, list[float]](list)
    for row in rows:
        if row.finished and (place := places.get(row.finished)) is not None:
            took[place].append(row.took)
    return [Leads(span, tuple(took[place])) for place, span in enumerate(spans)]


def yields(spans: Sequence[Period], rows: Iterable[Built], scraps: Iterable[date]) -> list[Yields]:
    places, ended = _places(spans), defaultdict[int, list[bool]](list)
    for row in rows:
        if row.finished and (place := places.get(row.finished)) is not None:
            ended[place].append(not row.reworked)
    for day in scraps:
        if (place := places.get(day)) is not None:
            ended[place].append(False)
    return [Yields(span, len(ended[n]), sum(ended[n])) for n, span in enumerate(spans)]


def _places(spans: Sequence[Period]) -> dict[date, int]:
    """Which of the spans holds a day."""
    return {
        span.first + timedelta(days=step): place
        for place, span in enumerate(spans)
        for step in range(span.days)
    }


def whole_promises(period: Period, parts: Iterable[Promises]) -> Promises:
    return Promises(period, tuple(days for part in parts for days in part.late))


def whole_leads(period: Period, parts: Iterable[Leads]) -> Leads:
    return Leads(period, tuple(days for part in parts for days in part.took))


def whole_yields(period: Period, parts: Sequence[Yields]) -> Yields:
    return Yields(period, sum(p.ended for p in parts), sum(p.straight for p in parts))


@dataclass(frozen=True)
class Cause:
    """Why something was done again or given up, and how often."""

    code: str
    reworked: int
    scrapped: int

    @property
    def count(self) -> int:
        return self.reworked + self.scrapped


def causes(rows: Iterable[tuple[str, str, int]]) -> list[Cause]:
    """The most frequent first."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: {"rework": 0, "scrap": 0})
    for event, code, count in rows:
        counts[code][event] += count
    found = [Cause(code, each["rework"], each["scrap"]) for code, each in counts.items()]
    return sorted(found, key=lambda cause: (-cause.count, cause.code))


@dataclass(frozen=True)
class SetUps:
    """A work center's set-up minutes: those of every operation for itself, and those saved."""

    center: str
    operations: int
    setups: int
    alone: float
    saved: float

    @property
    def share(self) -> float | None:
        return share(self.saved, self.alone)


def setups(rows: Iterable[Done]) -> list[SetUps]:
    """Operations with the same set-up, done on one day at one place, need it once: the longest."""
    found: dict[str, list[SetUps]] = defaultdict(list)
    for row in rows:
        known = bool(row.key)  # work orders from before set-ups were told apart
        saved = row.setup - row.longest if known else 0.0
        each = SetUps(row.center, row.count, 1 if known else row.count, row.setup, saved)
        found[row.center].append(each)
    added = [
        SetUps(
            center,
            sum(each.operations for each in parts),
            sum(each.setups for each in parts),
            sum(each.alone for each in parts),
            sum(each.saved for each in parts),
        )
        for center, parts in found.items()
    ]
    return sorted(added, key=lambda each: (-each.saved, each.center))


@dataclass(frozen=True)
class Loads:
    """A work center: minutes there were, minutes booked, and of what was done planned and worked"""

    center: str
    capacity: int
    booked: int
    operations: int
    planned: float
    worked: float

    @property
    def share(self) -> float | None:
        return share(self.booked, self.capacity)


def loads(centers: Iterable[Load], rows: Iterable[Done]) -> list[Loads]:
    """The fullest first; a work center that is no more is listed as long as it has done work."""
    work: dict[str, tuple[int, float, float]] = {}
    for row in rows:
        count, planned, worked = work.get(row.center, (0, 0.0, 0.0))
        minutes = row.setup + row.run
        work[row.center] = (count + row.count, planned + minutes, worked + row.worked)
    known = {load.center: load for load in centers}
    found = []
    for center in [*known, *(center for center in work if center not in known)]:
        load = known.get(center, Load(center, 0, 0))
        found.append(Loads(center, load.capacity, load.booked, *work.get(center, (0, 0.0, 0.0))))
    return sorted(found, key=lambda each: (-(each.share or 0), each.center))
