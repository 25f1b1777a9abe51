"""The days that figures are about, and the spans of days by which they are plotted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

DEFAULT_DAYS = 30
LONGEST = 731
MOST_DAYS, MOST_WEEKS = 14, 27  # as so many bars; longer periods are plotted by month
FIRST = date(2000, 1, 1)
LAST = date(2100, 1, 1)


class BadPeriod(Exception):
    """What was written is no period; `errors` tell it by field ("from", "to")."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(str(errors))
        self.errors = errors


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both among them."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def start(self) -> datetime:
        """The first moment, in the factory's zone."""
        return _midnight(self.first)

    @property
    def stop(self) -> datetime:
        """The first moment after it."""
        return _midnight(self.last + timedelta(days=1))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def spans(self) -> list[Period]:
        """The period by days, weeks (from Mondays) or months, as many as can be plotted."""
        found = []
        day = self.first
        while day <= self.last:
            following = min(_following(day, self.days), self.last + timedelta(days=1))
            found.append(Period(day, following - timedelta(days=1)))
            day = following
        return found


def _following(day: date, days: int) -> date:
    if days <= MOST_DAYS:
        return day + timedelta(days=1)
    if days <= MOST_WEEKS * 7:
        return day + timedelta(days=7 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(settings.TIME_ZONE))


def latest(days: int = DEFAULT_DAYS) -> Period:
    """The last days up to today."""
    today = timezone.localdate()
    return Period(today - timedelta(days=days - 1), today)


def asked(fields: Mapping[str, str]) -> Period:
    """The period of a form with `from` and `to`; what is left empty is as usual. BadPeriod."""
    usual, errors = latest(), dict[str, str]()
    last = _day(fields.get("to", ""), "to", errors) or usual.last
    first = _day(fields.get("from", ""), "from", errors)
    if first is None:
        first = max(FIRST, last - timedelta(days=DEFAULT_DAYS - 1))
    if not errors and last < first:
        errors["to"] = _("It ends before it begins. Swap the two days, or choose a later one.")
    if not errors and (last - first).days >= LONGEST:
        errors["from"] = _("That is more than two years. Choose a later day.")
    if errors:
        raise BadPeriod(errors)
    return Period(first, last)


def _day(text: str, field: str, errors: dict[str, str]) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        errors[field] = _("This is no day. Write it like 2026-11-30.")
    elif not FIRST <= day < LAST:
        errors[field] = _("Choose a day between the years 2000 and 2099.")
        return None
    return day


def day_of(seconds: int) -> date:
    """The day of a moment (seconds since 1970, UTC), by the factory's clock."""
    return _day_of_quarter(seconds // 900, settings.TIME_ZONE)


@lru_cache(maxsize=100_000)
def _day_of_quarter(quarter: int, zone: str) -> date:
    # No zone's midnight falls inside a quarter of an hour.
    return datetime.fromtimestamp(quarter * 900, ZoneInfo(zone)).date()
