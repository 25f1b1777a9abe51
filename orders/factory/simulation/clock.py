"""Simulated time: minutes since day 1 of the calendar, as configurator.capacity counts them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from configurator.capacity.calendar import DAY, Hours


def moment(minute: int) -> datetime:
    """The aware moment of a minute, by the factory's clock."""
    naive = datetime.combine(date.fromordinal(minute // DAY), datetime.min.time())
    return timezone.make_aware(naive + timedelta(minutes=minute % DAY))


def midnight(day: date) -> int:
    return day.toordinal() * DAY


def in_shift(hours: Hours, minute: int) -> bool:
    """Whether there is work at a minute."""
    return next_open(hours, minute) == minute


def next_open(hours: Hours, minute: int) -> int:
    """The first minute from `minute` on at which there is work."""
    for start, stop in spans(hours, minute):
        if stop > minute:
            return max(start, minute)
    raise AssertionError("spans never end")


def after(hours: Hours, minute: int, work: float) -> int:
    """The minute at which so many minutes of work are over that begin at `minute`."""
    left = max(1, round(work))
    for start, stop in spans(hours, minute):
        begin = max(start, minute)
        if begin >= stop:
            continue
        if left <= stop - begin:
            return begin + left
        left -= stop - begin
    raise AssertionError("spans never end")


def open_minutes(hours: Hours, first: int, last: int) -> int:
    """How many minutes of work one station has between two minutes."""
    total = 0
    for start, stop in spans(hours, first):
        if start >= last:
            return total
        total += max(0, min(stop, last) - max(start, first))
    raise AssertionError("spans never end")


def spans(hours: Hours, minute: int) -> Iterator[tuple[int, int]]:
    """Shifts as pairs of minutes, from those of the day before on (it may have a night shift)."""
    ordinal = minute // DAY - 1
    idle = 0
    while True:
        shifts = hours.shifts(date.fromordinal(ordinal))
        idle = 0 if shifts else idle + 1
        if idle > 400:
            raise ValueError("a work center has no working day")
        for start, stop in shifts:
            yield ordinal * DAY + start, ordinal * DAY + stop
        ordinal += 1
