"""When a wait ends, by the clock of the one who waits. Nothing here asks the database."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings

from personalization.journeys.plan import Step
from personalization.messages.quiet import zone_of


def ends_at(step: Step, now: datetime, time_zone: str) -> datetime:
    """When a wait that begins now ends by itself. It is counted from now, never from when an
    earlier one should have ended: after a leap of the clock, waits do not fall together."""
    if step.how == "until":
        return next_time(step.clock, step.weekday, now, time_zone)
    return now + timedelta(minutes=step.minutes)


def next_time(clock: str, weekday: str, now: datetime, time_zone: str) -> datetime:
    """The next moment after now at which the person's clock says so; `weekday` "" is any day.

    On the days on which clocks change: an hour that is skipped counts as on the clock of before,
    one that comes twice counts the first time.
    """
    zone = zone_of(time_zone, settings.TIME_ZONE)
    at = time.fromisoformat(clock)
    today = now.astimezone(zone).date()
    for days in range(9):
        day = today + timedelta(days=days)
        moment = datetime.combine(day, at, tzinfo=zone).astimezone(UTC)
        if moment > now and (not weekday or day.weekday() == int(weekday)):
            return moment
    raise ValueError(f"no such weekday: {weekday}")
