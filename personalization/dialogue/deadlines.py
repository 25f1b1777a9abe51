"""By when a customer is answered: in hours in which somebody is there to answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from configurator.capacity.calendar import holidays_of

MOST_DAYS = 400


def deadline(asked_at: datetime, hours: float | None = None) -> datetime:
    """When so many working hours have passed (REPLY_HOURS, at OFFICE_HOURS on working days)."""
    zone = ZoneInfo(settings.TIME_ZONE)
    left = timedelta(hours=settings.REPLY_HOURS if hours is None else hours)
    day = asked_at.astimezone(zone).date()
    now = asked_at
    for _day in range(MOST_DAYS):
        if _is_worked(day):
            start, stop = (_moment(day, hour, zone) for hour in settings.OFFICE_HOURS)
            start = max(start, now)
            if stop - start >= left:  # moments, so that a day of 23 hours counts as it is
                return start + left
            left -= max(stop - start, timedelta())
        day += timedelta(days=1)
    return now + timedelta(days=MOST_DAYS)


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, time(hour % 24), tzinfo=zone)
    return (local + timedelta(days=hour // 24)).astimezone(ZoneInfo("UTC"))


def _is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(settings.FIRM_COUNTRY, day.year)
