"""When work is done at a work center: its week, without public holidays and closures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from configurator.catalog.hours import Spans, Week

DAY = 24 * 60
WHOLE = 10_000  # 100 % in hundredths of a percent


@dataclass(frozen=True)
class Closed:
    """Days on which nobody works, first and last among them."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Hours:
    """All that says how many minutes a work center has on a day.

    `efficiency` are hundredths of a percent. A shift that ends past 24:00 belongs to the day on
    which it begins.
    """

    week: Week
    stations: int = 1
    efficiency: int = WHOLE
    country: str = ""
    closed: tuple[Closed, ...] = field(default=())

    def shifts(self, day: date) -> Spans:
        """From and to in minutes since the day's midnight."""
        spans = self.week[day.weekday()]
        if not spans or any(closed.holds(day) for closed in self.closed):
            return ()
        return () if day in holidays_of(self.country, day.year) else spans

    def minutes(self, day: date) -> int:
        """What gets done on a day, on all stations, in planned minutes."""
        return self.stations * planned(length(self.shifts(day)), self.efficiency)


def length(shifts: Spans) -> int:
    return sum(stop - start for start, stop in shifts)


def planned(minutes: int, efficiency: int) -> int:
    """Planned minutes that get done in so many minutes of the clock."""
    return minutes * efficiency // WHOLE


def worked(minutes: int, efficiency: int) -> int:
    """Minutes of the clock that so many planned minutes take."""
    return -(-minutes * WHOLE // efficiency)


def passed(shifts: Spans, minute: int) -> int:
    """How much of the shifts lies before a minute of the day."""
    return sum(max(0, min(stop, minute) - start) for start, stop in shifts)


def clock(shifts: Spans, minutes: int) -> int:
    """The minute of the day at which so much of the shifts is over; the end of the day's last."""
    for start, stop in shifts:
        if minutes <= stop - start:
            return start + minutes
        minutes -= stop - start
    return shifts[-1][1]


@lru_cache(maxsize=256)
def known_days(hours: Hours) -> dict[int, tuple[Spans, int]]:
    """Shifts and one station's planned minutes of the days (ordinals) that were worked out so far:
    to be filled by whoever plans, and the same for equal calendars."""
    return {}


@lru_cache(maxsize=256)
def holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country, or a region like DE-BY; none for "" and unknown ones."""
    if not country:
        return frozenset()
    import holidays  # takes a while, and few processes need it

    name, _dash, region = country.partition("-")
    try:
        found = holidays.country_holidays(name, subdiv=region or None, years=year)
    except NotImplementedError:
        return frozenset()
    return frozenset(found)


def validate_country(country: str) -> None:
    """For fields: ValidationError where no public holidays are known of it."""
    import holidays

    known = holidays.list_supported_countries()
    name, dash, region = country.partition("-")
    if name not in known:
        raise ValidationError(
            gettext("No holidays of “%(country)s” are known. Write a code like PL, ES or DE-BY.")
            % {"country": country}
        )
    if dash and region not in known[name]:
        raise ValidationError(
            gettext("%(country)s has no region “%(region)s”. There are: %(known)s.")
            % {"country": name, "region": region, "known": ", ".join(sorted(known[name])) or "—"}
        )


def first_open(hours: Hours, day: date, within: int = 366) -> date | None:
    """The first day from `day` on which there is work; None if none comes."""
    days = (day + timedelta(days=step) for step in range(within))
    return next((each for each in days if hours.minutes(each)), None)
