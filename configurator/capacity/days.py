"""Days of the firm: Mondays to Fridays, as customers count them."""

from datetime import date, timedelta
from functools import lru_cache

from django.utils import timezone


def ready_on(working_days: int, start: date | None = None) -> date:
    """The day that lies `working_days` Mondays to Fridays after `start` (today)."""
    return _after(working_days, start or timezone.localdate())


@lru_cache(maxsize=4096)
def _after(working_days: int, day: date) -> date:
    day -= timedelta(days=max(0, day.weekday() - 4))  # a weekend counts like its Friday
    weeks, left = divmod(working_days, 5)
    over_weekend = 2 if day.weekday() + left > 4 else 0
    return day + timedelta(weeks=weeks, days=left + over_weekend)


def working_days(until: date, start: date | None = None) -> int:
    """The most working days with which something is ready `until` a day; -1 or less if none."""
    today = start or timezone.localdate()
    day = today - timedelta(days=max(0, today.weekday() - 4))
    if until < today:
        return -1
    weeks, left = divmod((until - day).days, 7)
    return weeks * 5 + sum((day.weekday() + step) % 7 < 5 for step in range(1, left + 1))


def days_between(earlier: date, later: date) -> int:
    """The working days from one day to another; negative if it lies before."""
    if later < earlier:
        return -days_between(later, earlier)
    return max(0, working_days(later, earlier))
