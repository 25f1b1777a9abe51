"""Working days, Monday to Friday."""

from datetime import date, timedelta


def after_working_days(start: date, days: int) -> date:
    """The working day that is `days` working days after `start`."""
    weeks, rest = divmod(days, 5)
    day = start + timedelta(weeks=weeks)
    if day.weekday() > 4 and days:
        day -= timedelta(days=day.weekday() - 4)  # a weekend counts from its Friday
    while rest or day.weekday() > 4:
        day += timedelta(days=1)
        rest -= day.weekday() < 5 and rest > 0
    return day
