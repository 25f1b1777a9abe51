"""Quiet hours by the reader's clock. Nothing here asks the database."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_of(*names: str) -> ZoneInfo:
    """The first of these time zones that there is, or else UTC."""
    for name in names:
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def is_quiet(now: datetime, zone: ZoneInfo, starts: time, ends: time) -> bool:
    """Whether the reader's clock stands within [starts, ends); over midnight where it ends earlier.

    `now` is aware. Equal times: never.
    """
    clock = now.astimezone(zone).time()
    if starts <= ends:
        return starts <= clock < ends
    return clock >= starts or clock < ends


def loud_from(now: datetime, zone: ZoneInfo, starts: time, ends: time) -> datetime:
    """The first moment from `now` on (in UTC) that is not quiet; `now` itself if it is not.

    On the days on which clocks change: an end that is skipped counts as on the clock of before, one
    that comes twice counts the first time.
    """
    if not is_quiet(now, zone, starts, ends):
        return now
    local = now.astimezone(zone)
    for days in (0, 1, 2):
        day = local.date() + timedelta(days=days)
        ending = datetime.combine(day, ends, tzinfo=zone).astimezone(UTC)
        if ending > now and not is_quiet(ending, zone, starts, ends):
            return ending
    # The clock jumped over the very end and back into the quiet: step until it is loud.
    moment = now
    while is_quiet(moment, zone, starts, ends):
        moment += timedelta(minutes=1)
    return moment
