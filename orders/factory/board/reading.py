"""What the plan board shows, as rows: loads of days, bookings of a day, what is late or nearly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Min, Q
from django.utils import timezone

from configurator.capacity.days import days_between
from configurator.capacity.models import Booking, Closure, DayLoad, Reservation
from configurator.capacity.snapshot import Snapshot, current
from configurator.catalog.models import WorkCenter
from orders.factory.machine import OPEN
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.plan import KEY, number_of
from orders.models import OrderLine

DAYS = 20  # working days ahead that the board shows
LOOK = 60  # days within which these are found
MOST = 100  # rows of a list

FIRM = Reservation.State.FIRM
Step = WorkOrderOperation.State


@dataclass(frozen=True)
class Cell:
    """A work center on a day, in minutes. `minutes` are 0 where nobody works."""

    center: str
    day: date
    minutes: int
    booked: int
    rushed: int
    kept: int  # for rush orders alone, as far as they are still free
    shut: bool  # by a closure


def days_ahead(snapshot: Snapshot) -> list[date]:
    """From today the Mondays to Fridays, and other days on which somebody works."""
    found = []
    for step in range(LOOK):
        day = snapshot.today + timedelta(days=step)
        if day.weekday() < 5 or any(hours.minutes(day) for hours in snapshot.hours.values()):
            found.append(day)
        if len(found) == DAYS:
            break
    return found


def cells(snapshot: Snapshot, days: Iterable[date]) -> dict[str, list[Cell]]:
    """Every work center's days."""
    days = list(days)
    loads = DayLoad.objects.filter(day__in=days).values_list(
        "work_center__code", "day", "booked", "rushed"
    )
    known = {(code, day): (booked, rushed) for code, day, booked, rushed in loads}
    return {
        code: [_cell(snapshot, code, day, *known.get((code, day), (0, 0))) for day in days]
        for code in snapshot.hours
    }


def _cell(snapshot: Snapshot, code: str, day: date, booked: int, rushed: int) -> Cell:
    minutes = snapshot.minutes(code, day.toordinal())
    kept = max(0, snapshot.kept(code, day.toordinal()) - rushed)
    shut = any(closed.holds(day) for closed in snapshot.hours[code].closed)
    return Cell(code, day, minutes, booked, rushed, min(kept, max(0, minutes - booked)), shut)


def center_names() -> dict[str, str]:
    """By code, in the language in use."""
    return {center.code: center.name for center in WorkCenter.objects.all()}


def bookings(center: str, day: date) -> list[Booking]:
    """What a work center is to do on a day, the first begun first."""
    rows = Booking.objects.filter(work_center__code=center, day=day)
    rows = rows.exclude(reservation__state=Reservation.State.RELEASED)
    rows = rows.exclude(minutes=0, done=True)
    return list(rows.select_related("reservation").order_by("starts", "pk"))


def next_to_do(today: date) -> tuple[str, date] | None:
    """The work center and the day of the first that is planned and not done; None if all is."""
    rows = Booking.objects.filter(done=False, minutes__gt=0, day__gte=today)
    rows = rows.filter(reservation__state=FIRM).order_by("day", "starts", "pk")
    return rows.values_list("work_center__code", "day").first()


@dataclass(frozen=True)
class Tight:
    """A work order that is late or nearly. `ready` is the planned day, None if nothing is planned;
    `slack` are the working days left; `overdue` since when something planned is not done."""

    number: str
    key: str  # of its reservation
    promised: date
    ready: date | None
    slack: int
    overdue: date | None
    rush: bool

    @property
    def late(self) -> bool:
        return self.slack < 0


def tight(today: date) -> list[Tight]:
    """Late or with less than a working day left; the latest first."""
    rows = (
        Booking.objects.filter(done=False, reservation__state=FIRM)
        .order_by()
        .values_list("reservation__key", "reservation__promised_on", "reservation__rush")
        .annotate(first=Min("day"), last=Max("day"))
        .filter(
            Q(first__lt=today)
            | Q(last__gte=F("reservation__promised_on"))
            | Q(reservation__promised_on__lte=today)
        )
    )
    found = []
    for key, promised, rush, first, last in rows:
        ready = max(last, today)
        overdue = first if first < today else None
        each = Tight(number_of(key), key, promised, ready, slack(ready, promised), overdue, rush)
        if each.slack < 1 or overdue:
            found.append(each)
    planned = {each.number for each in found}
    found += [
        Tight(number, "", due, None, slack(today, due), None, False)
        for number, due in _unplanned(today)
        if number not in planned
    ]
    return sorted(found, key=lambda each: (each.slack, each.number))


def slack(ready: date, promised: date) -> int:
    """Working days between; negative calendar days if it comes too late."""
    if ready > promised:
        return -(ready - promised).days
    return days_between(ready, promised)


def _unplanned(today: date) -> Iterable[tuple[str, date]]:
    """Open work orders of which the plan knows nothing: past their day, or to be made or done again
    (scrap, rework) where no time was found for that."""
    rows = WorkOrder.objects.filter(state__in=OPEN)
    late = dict(rows.filter(due_on__lt=today).values_list("number", "due_on"))
    known = Booking.objects.filter(done=False, reservation__state=FIRM).order_by()
    pairs = set(known.values_list("reservation__key", "operation").distinct())
    booked = {(number_of(key), operation) for key, operation in pairs}
    gone = {number for number, _operation in booked}
    found = {number: due for number, due in late.items() if number not in gone}
    again = WorkOrderOperation.objects.exclude(state=Step.DONE).filter(
        Q(rework=True) | Q(work_order__attempt__gt=1),
        Q(setup_minutes__gt=0) | Q(run_minutes__gt=0),
        work_order__state__in=OPEN,
    )
    lost = {
        number: due
        for number, due, operation in again.order_by().values_list(
            "work_order__number", "work_order__due_on", "code"
        )
        if (number, operation) not in booked
    }
    return {**found, **_once_planned(lost)}.items()


def _once_planned(lost: dict[str, date]) -> dict[str, date]:
    """Those whose first making had a place in the plan: the others never need one."""
    firsts = {number: f"{KEY}{number.partition('R')[0]}" for number in lost}
    keys = Reservation.objects.filter(key__in=firsts.values()).values_list("key", flat=True)
    planned = set(keys)
    return {number: due for number, due in lost.items() if firsts[number] in planned}


def products(numbers: Iterable[str]) -> dict[str, dict[str, str]]:
    """The product's name (by language) of work orders."""
    rows = WorkOrder.objects.filter(number__in=list(numbers))
    return dict(rows.values_list("number", F("specification__content__product__name")))


def operation_names(numbers: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """The names (by language) of the operations of work orders, by number and code."""
    asked = set(numbers)
    rows = WorkOrderOperation.objects.filter(work_order__number__in=asked)
    found = {
        (number, code): name
        for number, code, name in rows.values_list("work_order__number", "code", "name")
    }
    return {**_yet_to_be_released(asked - {number for number, _code in found}), **found}


def _yet_to_be_released(numbers: set[str]) -> dict[tuple[str, str], dict[str, str]]:
    """The same of order lines that are planned, and have no work order yet."""
    orders = {number.rpartition("-")[0] for number in numbers}
    rows = OrderLine.objects.filter(order__number__in=orders)  # no query if there are none
    return {
        (f"{order}-{position}", operation["code"]): operation["name"]
        for order, position, operations in rows.values_list(
            "order__number", "position", "specification__content__operations"
        )
        for operation in operations or ()
    }


def released(numbers: Iterable[str]) -> set[str]:
    """Those that are work orders already."""
    rows = WorkOrder.objects.filter(number__in=set(numbers))
    return set(rows.values_list("number", flat=True))


def closures() -> list[Closure]:
    """Those that are not over."""
    rows = Closure.objects.filter(last_day__gte=timezone.localdate())
    return list(rows.select_related("work_center"))


def with_room(center: str, minutes: int, start: date) -> date | None:
    """The first day from one on with so many free minutes; None within a year."""
    snapshot = current()
    if center not in snapshot.hours:
        return start
    for step in range(366):
        day = start + timedelta(days=step)
        booked, _rushed = snapshot.booked[center].get(day.toordinal(), (0, 0))
        if snapshot.minutes(center, day.toordinal()) - booked >= minutes:
            return day
    return None


def working_day(center: str, day: date, step: int) -> date:
    """The next day (before, if `step` is negative) on which a work center works."""
    hours = current().hours.get(center)
    for far in range(1, 367):
        other = day + timedelta(days=far if step > 0 else -far)
        if hours is None or hours.minutes(other):
            return other
    return day
