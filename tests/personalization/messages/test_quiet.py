"""Quiet hours on the days on which clocks change, and at the ends of the world."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.messages.quiet import is_quiet, loud_from, zone_of

MADRID, WARSAW = ZoneInfo("Europe/Madrid"), ZoneInfo("Europe/Warsaw")
NIGHT = (time(21), time(9))


@pytest.mark.parametrize("zone", [MADRID, WARSAW])
@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        # Clocks go forward on March 29, 2026, back on October 25.
        (datetime(2026, 3, 28, 20, 30, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (datetime(2026, 10, 24, 20, 30, tzinfo=UTC), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        (datetime(2026, 6, 10, 20, 30, tzinfo=UTC), datetime(2026, 6, 11, 7, tzinfo=UTC)),
    ],
)
def test_it_ends_at_nine_by_their_clock(
    zone: ZoneInfo, evening: datetime, morning: datetime
) -> None:
    assert is_quiet(evening, zone, *NIGHT)
    assert loud_from(evening, zone, *NIGHT) == morning


def test_an_end_that_is_skipped_or_comes_twice() -> None:
    skipped = loud_from(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), MADRID, time(1), time(2, 30))
    assert skipped.astimezone(MADRID).time() == time(3, 30)
    twice = loud_from(datetime(2026, 10, 24, 23, 30, tzinfo=UTC), MADRID, time(1), time(2, 30))
    assert not is_quiet(twice, MADRID, time(1), time(2, 30))
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_unknown_zones_fall_back() -> None:
    assert zone_of("Nowhere/Land", "../../etc", "Europe/Madrid") == MADRID
    assert zone_of("", "x" * 300).key == "UTC"


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    zone=st.sampled_from(["Europe/Madrid", "Europe/Warsaw", "Pacific/Kiritimati", "Etc/GMT+12"]),
    starts=st.times(),
    ends=st.times(),
)
def test_it_is_never_quiet_when_it_is_said_to_be_over(
    now: datetime, zone: str, starts: time, ends: time
) -> None:
    at = now.replace(tzinfo=UTC)
    until = loud_from(at, ZoneInfo(zone), starts, ends)
    assert at <= until <= at + timedelta(hours=26)
    assert not is_quiet(until, ZoneInfo(zone), starts, ends)
