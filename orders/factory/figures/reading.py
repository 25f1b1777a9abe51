"""The rows from which figures are counted: a query a kind, numbers only, whatever the period."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    Field,
    Func,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Sum,
    Value,
    When,
)

from configurator.capacity.models import DayLoad
from configurator.capacity.snapshot import centers_now, closures_from, hours_of
from configurator.catalog.models import WorkCenter
from orders.factory.figures.period import Period, day_of
from orders.factory.models import WorkOrder, WorkOrderMove, WorkOrderOperation

State = WorkOrder.State
PLAIN: Any = Field()
"""What comes as the database gives it: converting thousands of numbers one by one takes long."""
EPOCH = date(1970, 1, 1)
EVEN, ONE_DAY = timedelta(0), timedelta(days=1)


class Seconds(Func):
    """A moment or a day as seconds since 1970: much faster to read than dates."""

    output_field = IntegerField()
    template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"
        return self.as_sql(compiler, connection, template=template)


@dataclass(slots=True)
class Built:
    """A work order that was promised or finished in the period. Days; `took` from its order on."""

    due: date
    finished: date | None
    took: float
    reworked: bool


def built(period: Period) -> list[Built]:
    """Work orders finished in the period, and those whose promised day passed in it (or just before
    it); what was scrapped or canceled is left out: a remake stands for it."""
    passed = (period.first - timedelta(days=1), period.last)
    reworked = WorkOrderMove.objects.filter(work_order=OuterRef("pk"), event="rework")
    rows = (
        WorkOrder.objects.exclude(state__in=(State.SCRAPPED, State.CANCELED))
        .filter(
            Q(finished_at__gte=period.start, finished_at__lt=period.stop) | Q(due_on__range=passed)
        )
        .order_by()
        .annotate(reworked=ExpressionWrapper(Exists(reworked), PLAIN))
        .values_list(
            _plain(Seconds("due_on")),
            _plain(Seconds("finished_at")),
            _plain(Seconds("line__order__placed_at")),
            "reworked",
        )
    )
    return [
        Built(
            due=_day(due // 86_400),
            finished=None if finished is None else day_of(finished),
            took=max(0, (finished or placed) - placed) / 86_400,
            reworked=bool(again),
        )
        for due, finished, placed, again in rows
    ]


def _plain(expression: Any) -> Any:
    return ExpressionWrapper(expression, output_field=PLAIN)


@lru_cache(maxsize=10_000)
def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)


def scraps(period: Period) -> list[date]:
    """The day of every scrap."""
    rows = _moves(period).filter(event="scrap").values_list(Seconds("at"), flat=True)
    return [day_of(at) for at in rows]


def causes(period: Period) -> list[tuple[str, str, int]]:
    """Event ("rework", "scrap"), cause, how often."""
    rows = _moves(period).filter(event__in=("rework", "scrap"))
    counted = rows.values_list("event", "cause").annotate(n=Count("pk"))
    return [(event, cause, int(n)) for event, cause, n in counted]


def _moves(period: Period) -> Any:
    rows = WorkOrderMove.objects.filter(at__gte=period.start, at__lt=period.stop, operation=None)
    return rows.order_by()


@dataclass(frozen=True)
class Done:
    """Operations done on one day at one work center with one set-up; minutes.

    `setup` is all that they would need each for itself, `longest` what they need together.
    """

    center: str
    key: str
    count: int
    setup: float
    longest: float
    run: float
    worked: float


def done(period: Period) -> list[Done]:
    """What was done in the period: the minutes of the plan, and those clocked."""
    rows = (
        WorkOrderOperation.objects.filter(done_at__gte=period.start, done_at__lt=period.stop)
        .order_by()
        .annotate(day=_plain(day_number("done_at", period)))
        .values("day", "setup_key", "work_center")
        .annotate(
            count=_plain(Count("*")),
            setup=_minutes(Sum, "setup_minutes"),
            longest=_minutes(Max, "setup_minutes"),
            run=_minutes(Sum, "run_minutes"),
            worked=_minutes(Sum, "worked_minutes"),
        )
    )
    return [
        Done(center, key, count, *map(float, minutes))
        for center, key, count, *minutes in rows.values_list(
            *("work_center", "setup_key", "count", "setup", "longest", "run", "worked")
        )
    ]


def _minutes(total: Any, field: str) -> Any:
    return total(field, output_field=PLAIN)


def day_number(field: str, period: Period) -> Any:
    """Days since 1970 by the factory's clock, which may change within the period."""
    zone = ZoneInfo(settings.TIME_ZONE)
    offsets = {
        day: int((datetime.combine(day, time(12), zone).utcoffset() or EVEN).total_seconds())
        for day in (period.first + timedelta(days=step) for step in range(period.days))
    }
    changes = [day for day, offset in offsets.items() if offsets.get(day - ONE_DAY) != offset]
    # Before the first midnight of a new offset the old one holds, on the day of the change too:
    # clocks change in the small hours, so that its midnight is the old one.
    cases = [
        When(
            **{f"{field}__gte": Period(day, day).start},
            then=Seconds(field) + Value(offsets[day]),
        )
        for day in reversed(changes)
    ]
    return Case(*cases, output_field=IntegerField()) / Value(86_400)


@dataclass(frozen=True)
class Load:
    """A work center's minutes in the period: those there were, and those booked."""

    center: str
    capacity: int
    booked: int


def loads(period: Period) -> list[Load]:
    """What the calendars have, or had when something was booked, and what was booked of it."""
    known: dict[int, dict[date, tuple[int, int]]] = defaultdict(dict)
    rows = DayLoad.objects.filter(day__range=(period.first, period.last)).order_by()
    for center, day, capacity, booked in rows.values_list(
        "work_center_id", "day", "capacity", "booked"
    ):
        known[center][day] = (capacity, booked)
    shut = closures_from(period.first)
    days = [period.first + timedelta(days=step) for step in range(period.days)]
    found = []
    for row in centers_now():
        hours, booked_days = hours_of(row, shut), known[row[0]]
        found.append(
            Load(
                row[1],
                sum(booked_days.get(day, (hours.minutes(day), 0))[0] for day in days),
                sum(booked for _capacity, booked in booked_days.values()),
            )
        )
    return found


def names() -> dict[str, str]:
    """The work centers' names in the language in use, by code."""
    return {center.code: center.name for center in WorkCenter.objects.all()}
