"""Numbers by day: grouped by the database, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    Field,
    IntegerField,
    QuerySet,
    Value,
    When,
)

from orders.factory.figures.period import Period
from orders.factory.figures.reading import Seconds

DAY = 86_400
EPOCH = date(1970, 1, 1)
PLAIN: Any = Field()
"""Sums as the database gives them."""


class Daily:
    """How much there was on each day, by a key ("" where there is but one kind)."""

    def __init__(self, rows: Iterable[tuple[date, str, float | Decimal | None]] = ()) -> None:
        self._days: defaultdict[str, defaultdict[date, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        for day, key, much in rows:
            self._days[key][day] += float(much or 0)

    @property
    def keys(self) -> list[str]:
        return sorted(self._days)

    def over(self, span: Period, *keys: str) -> float:
        """How much in a span, of these keys; of all of them if none is named."""
        wanted = [self._days[key] for key in keys or self.keys if key in self._days]
        days = [span.first + timedelta(days=n) for n in range(span.days)]
        return sum(found.get(day, 0.0) for found in wanted for day in days)


def read(
    rows: QuerySet[Any], at: str, span: Period, sums: Sequence[Any], *keys: str
) -> list[tuple[date, tuple[str, ...], list[float]]]:
    """The day, the keys and the sums of each group of rows whose moment `at` is in the span."""
    named = {f"sum_{n}": ExpressionWrapper(each, PLAIN) for n, each in enumerate(sums)}
    found = within(rows, at, span).order_by().annotate(day_number=_day_number(at, span))
    grouped = found.values("day_number", *keys).annotate(**named)
    return [
        (
            EPOCH + timedelta(days=int(each[0])),
            tuple(str(key) for key in each[1 : 1 + len(keys)]),
            [float(much or 0) for much in each[1 + len(keys) :]],
        )
        for each in grouped.values_list("day_number", *keys, *named)
    ]


def _day_number(at: str, span: Period) -> Any:
    """The day of a moment by the firm's clock, in days since 1970: while the clock is not changed,
    a moment and its offset from UTC tell it."""
    parts = _offsets(span)
    offset: Any = Value(parts[-1][1])
    if len(parts) > 1:
        whens = [When(**{f"{at}__lt": until}, then=Value(much)) for until, much in parts[:-1]]
        offset = Case(*whens, default=offset, output_field=IntegerField())
    return ExpressionWrapper((Seconds(at) + offset) / DAY, IntegerField())


def _offsets(span: Period) -> list[tuple[datetime, int]]:
    """The seconds that local time is ahead of UTC, until when; the last of them to the end."""
    zone = ZoneInfo(settings.TIME_ZONE)
    low, stop, found = int(span.start.timestamp()), int(span.stop.timestamp()), []
    for high in [*range(low + DAY, stop, DAY), stop]:
        if _ahead(low, zone) != _ahead(high, zone):
            found.append(
                (datetime.fromtimestamp(_changed(low, high, zone), UTC), _ahead(low, zone))
            )
        low = high
    return [*found, (span.stop, _ahead(stop, zone))]


def _changed(low: int, high: int, zone: ZoneInfo) -> int:
    """The second from which on the clock is another one."""
    before = _ahead(low, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _ahead(middle, zone) == before else (low, middle)
    return high


def _ahead(second: int, zone: ZoneInfo) -> int:
    ahead = datetime.fromtimestamp(second, zone).utcoffset() or timedelta()
    return int(ahead.total_seconds())


def daily(rows: QuerySet[Any], at: str, span: Period) -> Daily:
    """How many by day."""
    return Daily((day, "", sums[0]) for day, _keys, sums in read(rows, at, span, [Count("pk")]))


class Counts:
    """How many rows of a kind there are in a span, counted in their index alone: of a million rows
    faster than grouping them."""

    def __init__(self, rows: QuerySet[Any], at: str) -> None:
        self._rows, self._at = rows.order_by(), at
        self._known: dict[Period, int] = {}

    def over(self, span: Period) -> int:
        if span not in self._known:
            self._known[span] = within(self._rows, self._at, span).count()
        return self._known[span]


def within(rows: QuerySet[Any], at: str, span: Period) -> QuerySet[Any]:
    """The rows whose moment is in the span."""
    return rows.filter(**{f"{at}__gte": span.start, f"{at}__lt": span.stop})


def before(span: Period) -> Period:
    """As many days just before."""
    days = timedelta(days=span.days)
    return Period(span.first - days, span.last - days)


def shifted(span: Period, days: int) -> Period:
    """The same span so many days earlier."""
    back = timedelta(days=days)
    return Period(span.first - back, span.last - back)


def both(span: Period) -> Period:
    """The span with the one before."""
    return Period(before(span).first, span.last)
