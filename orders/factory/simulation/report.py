"""What a run shows: promises, capacity, what was lost, waits and loads, as a table."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Sum

from configurator.capacity.calendar import DAY
from configurator.capacity.models import Booking, DayLoad, Reservation
from orders.factory.models import WorkOrder
from orders.factory.simulation import clock
from orders.factory.simulation.run import Outcome
from orders.models import Job, Order

State = WorkOrder.State


@dataclass(frozen=True)
class Report:
    """The figures; `rows` are what is printed, name and value."""

    kept: float
    overbooked: int
    lost: int
    rows: tuple[tuple[str, str], ...]
    loads: tuple[tuple[str, float], ...]


def report(outcome: Outcome) -> Report:
    orders = {order.pk: order for order in Order.objects.filter(pk__in=outcome.placed)}
    late = _lateness(outcome, orders)
    kept = sum(days <= 0 for days in late) / len(late) if late else 1.0
    overbooked, lost = overbookings(), _lost(outcome)
    seen, asked = outcome.shop.seen, outcome.asked
    rush = _rushed(orders)
    rush_late = _lateness(outcome, {pk: orders[pk] for pk in rush})
    told = _told_days(outcome, orders)
    flow = [
        (seen.finished[pk] - at) / DAY for pk, at in outcome.placed.items() if pk in seen.finished
    ]
    rows = [
        ("seed", str(asked.seed)),
        ("days of orders", str(asked.days)),
        ("orders placed", str(len(outcome.placed))),
        ("turned away, no time", str(outcome.turned_away)),
        ("load of the narrowest center", f"{outcome.load:.0%}"),
        ("promises kept", f"{kept:.1%}"),
        ("  of rush orders", f"{_share(rush_late):.1%} of {len(rush)}"),
        ("days late, P90", f"{_quantile(late, 0.9):+.0f}"),
        ("days late, worst", f"{max(late, default=0):+d}"),
        ("promised after, days (median)", f"{_quantile(told, 0.5):.1f}"),
        ("ready after, days (median)", f"{_quantile(flow, 0.5):.1f}"),
        ("wait before an operation, hours (median, P90)", _hours(seen.waits)),
        ("overbooked days", str(overbooked)),
        ("lost orders", str(lost)),
        ("breakdowns", str(seen.events["breakdowns"])),
        ("operations done again", str(seen.events["rework"])),
        ("work orders scrapped and made anew", str(seen.events["scrap"])),
    ]
    return Report(kept, overbooked, lost, tuple(rows), tuple(_loads(outcome)))


def _lateness(outcome: Outcome, orders: dict[UUID, Order]) -> list[int]:
    """Days after the promised one; what is not finished is as late as it is by now."""
    finished, now = outcome.shop.seen.finished, outcome.minutes[2]
    return [
        finished.get(pk, now) // DAY - order.promised_on.toordinal() for pk, order in orders.items()
    ]


def _share(late: list[int]) -> float:
    return sum(days <= 0 for days in late) / len(late) if late else 1.0


def _told_days(outcome: Outcome, orders: dict[UUID, Order]) -> list[float]:
    return [orders[pk].promised_on.toordinal() - at // DAY for pk, at in outcome.placed.items()]


def _rushed(orders: dict[UUID, Order]) -> list[UUID]:
    keys = {f"line:{order.number}-1": pk for pk, order in orders.items()}
    rows = Reservation.objects.filter(rush=True).values_list("key", flat=True)
    return [keys[key] for key in rows if key in keys]


def overbookings() -> int:
    """Days with more minutes booked than there are, or with other minutes than their bookings."""
    above = DayLoad.objects.filter(booked__gt=F("capacity")).count()
    booked = {
        (center, day): minutes
        for center, day, minutes in Booking.objects.exclude(
            reservation__state=Reservation.State.RELEASED
        )
        .values_list("work_center_id", "day")
        .annotate(minutes=Sum("minutes"))
    }
    rows = DayLoad.objects.values_list("work_center_id", "day", "booked")
    astray = sum(booked.get((center, day), 0) > minutes for center, day, minutes in rows)
    return int(above + astray)


def _lost(outcome: Outcome) -> int:
    """Orders without exactly one living work order a line, unfinished ones, and jobs undone."""
    living = WorkOrder.objects.exclude(state__in=[State.SCRAPPED, State.CANCELED])
    counts = dict(
        living.values_list("line__order_id")
        .annotate(n=Count("pk"))
        .values_list("line__order_id", "n")
    )
    wrong = sum(counts.get(pk, 0) != 1 for pk in outcome.placed)
    unfinished = sum(pk not in outcome.shop.seen.finished for pk in outcome.placed)
    undone = Job.objects.filter(kind="factory.release_work_orders").exclude(state="done").count()
    return wrong + unfinished + undone


def _loads(outcome: Outcome) -> Iterable[tuple[str, float]]:
    """The share of its open minutes in which each work center worked, while orders came."""
    start, end, _over = outcome.minutes
    worked: Counter[str] = Counter()
    for code, begun, ended in outcome.shop.seen.spells:
        hours = outcome.shop.hours[code]
        worked[code] += clock.open_minutes(hours, min(begun, end), min(ended, end))
    for code, hours in sorted(outcome.shop.hours.items()):
        there = clock.open_minutes(hours, start, end) * hours.stations
        if worked[code]:
            yield code, worked[code] / there


def _hours(waits: list[int]) -> str:
    hours = [wait / 60 for wait in waits]
    return f"{_quantile(hours, 0.5):.1f}, {_quantile(hours, 0.9):.1f}"


def _quantile(values: list[float] | list[int], share: float) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])


def lines(report: Report) -> list[str]:
    """The table as text."""
    width = max(len(name) for name, _value in report.rows)
    table = [f"{name:<{width}}  {value}" for name, value in report.rows]
    mean = statistics.fmean(load for _code, load in report.loads) if report.loads else 0.0
    table += ["", f"{'worked, of the open minutes':<{width}}  {mean:.0%} on average"]
    return table + [f"  {code:<{width - 2}}  {load:.0%}" for code, load in report.loads]
