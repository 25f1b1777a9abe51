"""The simulated factory: its clock, its honesty, and that a seed says everything."""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from configurator.capacity.calendar import DAY, Hours
from orders.factory.models import WorkOrder
from orders.factory.simulation import clock, report
from orders.factory.simulation.run import Asked, Outcome, simulate
from orders.factory.simulation.shop import Troubles
from orders.models import Order
from tests.effort import thorough
from tests.orders import kit

SHIFTS = ((6 * 60, 14 * 60), (14 * 60, 22 * 60))
WEEK = (SHIFTS,) * 5 + ((), ())
HOURS = Hours(week=WEEK)
MONDAY = clock.midnight(date(2026, 3, 2))


def test_the_clock_knows_shifts_and_weekends() -> None:
    assert clock.next_open(HOURS, MONDAY) == MONDAY + 6 * 60
    assert clock.next_open(HOURS, MONDAY + 4 * DAY + 22 * 60) == MONDAY + 7 * DAY + 6 * 60
    assert clock.after(HOURS, MONDAY + 21 * 60, 90) == MONDAY + DAY + 6 * 60 + 30
    assert clock.open_minutes(HOURS, MONDAY, MONDAY + 7 * DAY) == 5 * 16 * 60


@given(st.integers(0, 10 * DAY), st.integers(1, 5 * DAY))
def test_work_takes_as_many_open_minutes_as_it_says(start: int, work: int) -> None:
    begin = clock.next_open(HOURS, MONDAY + start)
    end = clock.after(HOURS, begin, work)
    assert clock.open_minutes(HOURS, begin, end) == work


def run(settings: Any, **asked: Any) -> Outcome:
    """Lamps only: the shop of the tests."""
    settings.PROMISE_BUFFER_DAYS = 0
    kit.import_lamp()
    return simulate(Asked(days=4, **asked), lambda *_counts: None)


@pytest.mark.django_db
def test_everything_ordered_is_built_and_nothing_is_overbooked(settings: Any) -> None:
    troubles = Troubles(rework=0.2, scrap=0.1)
    outcome = run(settings, orders=12, seed=4, troubles=troubles)
    told = report.report(outcome)
    assert (told.overbooked, told.lost) == (0, 0)
    assert Order.objects.count() == 12 == len(outcome.shop.seen.finished)
    assert outcome.shop.seen.events["rework"] > 0
    assert WorkOrder.objects.filter(state="scrapped").count() == outcome.shop.seen.events["scrap"]
    assert any("promises kept" in line for line in report.lines(told))


@thorough
@pytest.mark.django_db
def test_with_nothing_in_its_way_every_promise_is_kept(settings: Any) -> None:
    calm = Troubles(spread=0.0, between_breakdowns=1e12, rework=0.0, scrap=0.0)
    outcome = run(settings, orders=15, seed=2, troubles=calm)
    assert report.report(outcome).kept == 1.0


@pytest.mark.django_db
def test_what_is_lost_is_seen(settings: Any) -> None:
    """A control: the report does not just say zero."""
    outcome = run(settings, orders=3, seed=1)
    WorkOrder.objects.update(state="canceled")
    assert report.report(outcome).lost == 3


@pytest.mark.parametrize(
    "words", [["--orders", "0"], ["--days", "-1"], ["--load", "0"], ["--rush", "101"]]
)
def test_absurd_numbers_are_refused(words: list[str]) -> None:
    with pytest.raises(CommandError, match=words[0]):
        call_command("simulate_factory", *words)
