"""What experiments count. Each is a number from 0 up for one person, within days of their exposure.

A room above adds its own by `register`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from configurator.shops.models import Rate
from orders.models import Order
from personalization.people.models import Event

Counted = Iterable[tuple[int, datetime, float]]
"""Whole person, when, how much."""


@dataclass(frozen=True)
class Metric:
    """What is counted, `cap` at most for one person. `money` is in the experiment's currency, and
    its cap is the experiment's own."""

    code: str
    name: str | Promise
    told: str | Promise
    read: Callable[[datetime, str], Counted]  # since when, in which currency
    cap: float = 1
    money: bool = False


_metrics: dict[str, Metric] = {}


def register(metric: Metric) -> None:
    _metrics[metric.code] = metric


def metric_of(code: str) -> Metric:
    return _metrics[code]


def metrics() -> list[Metric]:
    return list(_metrics.values())


def _ordered(since: datetime, currency: str) -> list[tuple[int, datetime, float, str]]:
    """Orders that were not canceled: whole person, when, how much and in which currency."""
    rows = Event.objects.filter(kind=Event.Kind.ORDERED, at__gte=since).exclude(
        order__state=Order.State.CANCELED
    )
    values = rows.order_by("at", "id").values_list(
        "person_id", "person__into_id", "at", "amount", "currency"
    )
    return [
        (into or person, at, float(amount or 0), money)
        for person, into, at, amount, money in values.iterator(5_000)
    ]


def _orders(since: datetime, currency: str) -> Counted:
    return ((person, at, 1.0) for person, at, _amount, _money in _ordered(since, currency))


def _revenue(since: datetime, currency: str) -> Counted:
    """Amounts in other currencies by the shop's rates; without a rate they are not counted."""
    rates = {rate.base: float(rate.rate) for rate in Rate.objects.filter(currency=currency)}
    rates[currency] = 1.0
    return (
        (person, at, amount * rates[money])
        for person, at, amount, money in _ordered(since, currency)
        if money in rates
    )


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
