"""What experiments count. Each is a number from 0 up for one person, within days of their exposure.

A room above adds its own by `register`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import numpy as np
from django.db.models import FloatField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from configurator.shops.models import Rate
from orders.models import Order
from personalization.experiments.columns import WHEN, Floats, Ints, Moment, Moments, columns, moment
from personalization.people.models import Event


@dataclass(frozen=True)
class Counted:
    """Whole persons, when, and how much, side by side."""

    people: Ints
    at: Moments
    amounts: Floats

    @classmethod
    def of(cls, rows: Iterable[tuple[int, datetime, float]]) -> Counted:
        """The same from rows."""
        people, at, amounts = columns(rows, 3)
        when = np.array([moment(each) for each in at], WHEN)
        return cls(np.array(people, np.int64), when, np.array(amounts, np.float64))


@dataclass(frozen=True)
class Reading:
    """What is read for one look: since when, in which currency. Metrics share what they read."""

    since: datetime
    currency: str

    @cached_property
    def orders(self) -> tuple[Counted, Sequence[str]]:
        """Orders that were not canceled, in the order in which they came, and their currencies."""
        rows = Event.objects.filter(kind=Event.Kind.ORDERED, at__gte=self.since).exclude(
            order__state=Order.State.CANCELED
        )
        read = rows.order_by("at", "id").values_list(
            Coalesce("person__into_id", "person_id"),
            Moment("at"),
            Coalesce(Cast("amount", FloatField()), Value(0.0)),
            "currency",
        )
        people, at, amounts, currencies = columns(read.iterator(5_000), 4)
        found = Counted(
            np.array(people, np.int64), np.array(at, WHEN), np.array(amounts, np.float64)
        )
        return found, currencies


@dataclass(frozen=True)
class Metric:
    """What is counted, `cap` at most for one person. `money` is in the experiment's currency, and
    its cap is the experiment's own."""

    code: str
    name: str | Promise
    told: str | Promise
    read: Callable[[Reading], Counted]
    cap: float = 1
    money: bool = False


_metrics: dict[str, Metric] = {}


def register(metric: Metric) -> None:
    _metrics[metric.code] = metric


def metric_of(code: str) -> Metric:
    return _metrics[code]


def metrics() -> list[Metric]:
    return list(_metrics.values())


def _orders(reading: Reading) -> Counted:
    found, _currencies = reading.orders
    return replace(found, amounts=np.ones_like(found.amounts))


def _revenue(reading: Reading) -> Counted:
    """Amounts in other currencies by the shop's rates; without a rate they are not counted."""
    found, currencies = reading.orders
    rows = Rate.objects.filter(currency=reading.currency)
    rates = {rate.base: float(rate.rate) for rate in rows} | {reading.currency: 1.0}
    by = np.array([rates.get(each, np.nan) for each in currencies], np.float64)
    told = ~np.isnan(by)
    return Counted(found.people[told], found.at[told], found.amounts[told] * by[told])


ORDERED, ORDERS, REVENUE = "ordered", "orders", "revenue"
register(
    Metric(
        ORDERED,
        _("People who order"),
        _("The share of people who order at least once."),
        _orders,
    )
)
register(
    Metric(
        ORDERS, _("Orders"), _("Orders for one person on average, five at most."), _orders, cap=5
    )
)
register(
    Metric(
        REVENUE,
        _("Revenue"),
        _("What one person orders for on average; canceled orders do not count."),
        _revenue,
        money=True,
    )
)
