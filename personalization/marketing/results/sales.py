"""What was sold of each product: months that were counted in the night are taken from there, where
their orders are still the same; the others, today's among them, are counted as they are now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum

from orders.factory.figures.period import Period
from orders.factory.figures.reading import Seconds
from orders.models import Order, OrderLine
from personalization.marketing.models import SoldMonth
from personalization.marketing.results.daily import both, within

UNCOUNTED = (Order.State.CANCELED, Order.State.AWAITING)
PRODUCT = "specification__release__product"
CENT = Decimal("0.01")
Key = tuple[int, str]
"""A product's id, and a currency."""


@dataclass(frozen=True)
class Part:
    """What was ordered of a product, in one currency."""

    orders: int = 0
    pieces: int = 0
    net: Decimal = Decimal(0)

    def __add__(self, other: Part) -> Part:
        return Part(self.orders + other.orders, self.pieces + other.pieces, self.net + other.net)


class Sales:
    """What was sold in a period and in the one before; each month is looked up once."""

    def __init__(self, period: Period) -> None:
        whole = both(period)
        kept = SoldMonth.objects.filter(month__gt=whole.first - timedelta(days=31))
        self._kept = {each.month: each for each in kept.filter(month__lte=whole.last)}
        self._days: dict[date, Mapping[date, Mapping[Key, Part]] | None] = {}

    def parts(self, span: Period) -> dict[Key, Part]:
        """By product and currency. Whoever orders does so on one day: orders add up, too."""
        found: dict[Key, Part] = {}
        for month in months(span):
            days = self._of(month)
            if days is None:
                _add(found, counted(clipped(month, span)))
                continue
            for day, parts in days.items():
                if span.holds(day):
                    _add(found, parts)
        return found

    def _of(self, month: Period) -> Mapping[date, Mapping[Key, Part]] | None:
        """By day, as it was counted; None where that was not done, or is no more so."""
        if month.first not in self._days:
            kept = self._kept.get(month.first)
            good = kept is not None and kept.mark == mark(month)
            self._days[month.first] = _by_day(kept.rows) if kept is not None and good else None
        return self._days[month.first]


def counted(span: Period) -> dict[Key, Part]:
    """What was sold in a span, as it is now."""
    rows = within(OrderLine.objects.exclude(order__state__in=UNCOUNTED), "order__placed_at", span)
    sums = (
        rows.order_by()
        .values_list(PRODUCT, "order__currency")
        .annotate(Count("order", distinct=True), Sum("quantity"), Sum("net"))
    )
    return {
        (pk, currency): Part(n, pieces, Decimal(net).quantize(CENT))
        for pk, currency, n, pieces, net in sums
    }


def mark(month: Period) -> str:
    """Tells of which orders a month consists, and which of their revisions: how many, when they
    were placed, for how much. All of it stands in one index."""
    rows = within(Order.objects.exclude(state__in=UNCOUNTED), "placed_at", month).order_by()
    told = rows.aggregate(
        count=Count("placed_at"),
        moments=Sum(Seconds("placed_at")),
        net=Sum("net"),
        revisions=Sum("revision"),
    )
    net = Decimal(told["net"] or 0).quantize(CENT)
    parts = (settings.TIME_ZONE, told["count"], told["moments"], net, told["revisions"])
    return " ".join(str(part) for part in parts)


def months(span: Period) -> Iterator[Period]:
    """The whole months that a span has days of."""
    first = span.first.replace(day=1)
    while first <= span.last:
        following = (first + timedelta(days=32)).replace(day=1)
        yield Period(first, following - timedelta(days=1))
        first = following


def clipped(month: Period, span: Period) -> Period:
    return Period(max(month.first, span.first), min(month.last, span.last))


def rows_of(month: Period) -> list[list[Any]]:
    """A month's days, counted now, as they are kept."""
    found: list[list[Any]] = []
    for n in range(month.days):
        day = month.first + timedelta(days=n)
        for (product, currency), part in counted(Period(day, day)).items():
            sums = (part.orders, part.pieces, str(part.net))
            found.append([day.isoformat(), product, currency, *sums])
    return found


def _by_day(rows: list[list[Any]]) -> dict[date, dict[Key, Part]]:
    found: dict[date, dict[Key, Part]] = {}
    for day, product, currency, orders, pieces, net in rows:
        of_day = found.setdefault(date.fromisoformat(day), {})
        of_day[product, currency] = Part(orders, pieces, Decimal(net))
    return found


def _add(found: dict[Key, Part], more: Mapping[Key, Part]) -> None:
    for key, part in more.items():
        found[key] = found.get(key, Part()) + part
