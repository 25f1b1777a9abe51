"""Numbers by spans of time, each counted in its stretch of an index alone: of many rows that is
much faster than grouping them by day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet

from orders.factory.figures.period import Period

Numbers = Mapping[str, float]
"""By key; "" where there is but one kind."""


class Counted:
    """How much there was in each of some spans, by key."""

    def __init__(self, found: Mapping[Period, Numbers]) -> None:
        self._found = found

    @property
    def keys(self) -> list[str]:
        """Those of which there is any."""
        return sorted({key for each in self._found.values() for key, much in each.items() if much})

    def part(self, prefix: str) -> Counted:
        """Those whose keys begin so, by the rest of them."""
        size = len(prefix)
        return Counted(
            {
                span: {key[size:]: much for key, much in each.items() if key.startswith(prefix)}
                for span, each in self._found.items()
            }
        )

    def over(self, span: Period, *keys: str) -> float:
        """How much in a span, or in several that follow each other; of these keys, or of all."""
        found = self._found
        parts = [span] if span in found else [each for each in found if covers(span, each)]
        return sum(
            much for part in parts for key, much in found[part].items() if not keys or key in keys
        )


def counted(
    rows: QuerySet[Any], at: str, spans: Sequence[Period], sums: Mapping[str, Aggregate]
) -> Counted:
    """What the rows whose moment `at` is in a span sum up to; a query a span."""
    named = {f"sum_{n}": each for n, each in enumerate(sums.values())}
    found = {}
    for span in spans:
        told = within(rows, at, span).order_by().aggregate(**named)
        found[span] = {key: float(told[f"sum_{n}"] or 0) for n, key in enumerate(sums)}
    return Counted(found)


def how_many(rows: QuerySet[Any], at: str, spans: Sequence[Period], **kinds: Q) -> Counted:
    """How many there are, all together or by kinds."""
    sums = {key: Count(at, filter=kind) for key, kind in kinds.items()} or {"": Count(at)}
    return counted(rows, at, spans, sums)


def by_span(spans: Sequence[Period], rows: Iterable[tuple[datetime, str]]) -> Counted:
    """How many of these moments, by their key; the spans follow each other."""
    starts = [span.start for span in spans]
    found: dict[Period, Counter[str]] = {span: Counter() for span in spans}
    for at, key in rows:
        found[spans[bisect_right(starts, at) - 1]][key] += 1
    return Counted(found)


def told(period: Period) -> list[Period]:
    """The spans by which a period is told, and the same so many days before: all that is told of it
    are sums of these."""
    spans = period.spans()
    return [*(shifted(span, period.days) for span in spans), *spans]


def covers(span: Period, part: Period) -> bool:
    return span.first <= part.first and part.last <= span.last


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
