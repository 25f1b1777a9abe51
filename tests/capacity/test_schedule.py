"""Finite scheduling: precedence, capacity, earliest when alone, later with more to do."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from configurator.capacity.calendar import DAY, Hours
from configurator.capacity.schedule import Center, Load, NoTime, Plan, Task, schedule
from configurator.catalog.hours import Week, read_hours

MONDAY = date(2026, 11, 30).toordinal()
WEEKS = (
    "mon-fri 08:00-16:00",
    "mon-sun 00:00-08:00 08:00-16:00 16:00-24:00",
    "tue,thu 06:15-09:00 13:00-19:45",
    "mon-fri 18:00-24:00; sat 07:00-12:00",
    "mon-thu 22:00-06:00; sun 20:30-04:15",
)

Loads = dict[tuple[str, int], int]


def centers(hours: dict[str, Hours], loads: Loads) -> dict[str, Center]:
    def of(code: str) -> Center:
        def load(ordinal: int, minutes: int) -> Load:
            return min(loads.get((code, ordinal), 0), minutes), minutes

        return Center(code, hours[code], MONDAY - 1, load)

    return {code: of(code) for code in hours}


HOURS = st.builds(
    Hours,
    st.sampled_from(WEEKS).map(read_hours),
    stations=st.integers(1, 4),
    efficiency=st.sampled_from([10_000, 8_500, 3_333, 12_000]),
)
LOADS = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.integers(MONDAY, MONDAY + 9)), st.integers(0, 2000)
)


@st.composite
def routings(draw: st.DrawFn, serial: bool = False) -> list[Task]:
    tasks = []
    for number in range(draw(st.integers(1, 7))):
        before = st.sets(st.integers(0, number - 1), max_size=2) if number else st.just(set())
        after = ({number - 1} if number else set()) if serial else draw(before)
        tasks.append(
            Task(
                code=str(number),
                center=draw(st.sampled_from("abc")),
                minutes=draw(st.integers(0, 1500)),
                after=tuple(sorted(after)),
                units=draw(st.integers(1, 5)),
                ready=MONDAY * DAY + draw(st.sampled_from([0, 0, 3000])),
            )
        )
    return tasks


WORLDS = st.fixed_dictionaries(dict.fromkeys("abc", HOURS))
STARTS = st.integers(0, 3 * DAY).map(lambda minute: MONDAY * DAY + minute)


def check(tasks: list[Task], hours: dict[str, Hours], loads: Loads, plan: Plan, start: int) -> None:
    used: dict[tuple[str, int], int] = defaultdict(int)
    begun: dict[int, int] = {}
    done: dict[int, int] = defaultdict(int)
    for slot in plan.slots:
        used[slot.center, slot.day] += slot.minutes
        begun[slot.task] = min(begun.get(slot.task, slot.starts), slot.starts)
        done[slot.task] += slot.minutes
        assert slot.starts <= slot.ends
    for (code, day), minutes in used.items():
        most = hours[code].minutes(date.fromordinal(day))
        assert minutes + min(loads.get((code, day), 0), most) <= most
    for number, task in enumerate(tasks):
        assert done[number] == task.minutes
        assert begun[number] >= max(start, task.ready)
        for before in task.after:
            assert begun[number] >= plan.ends[before]


@given(routings(), WORLDS, LOADS, STARTS)
def test_order_is_kept_and_no_day_holds_more_than_it_has(
    tasks: list[Task], hours: dict[str, Hours], loads: Loads, start: int
) -> None:
    check(tasks, hours, loads, schedule(tasks, centers(hours, loads), start), start)


@given(routings(serial=True), WORLDS, LOADS, LOADS, STARTS)
def test_more_to_do_never_makes_it_earlier(
    tasks: list[Task], hours: dict[str, Hours], less: Loads, more: Loads, start: int
) -> None:
    both = {key: less.get(key, 0) + more.get(key, 0) for key in {*less, *more}}
    before = schedule(tasks, centers(hours, less), start)
    after = schedule(tasks, centers(hours, both), start)
    assert all(one <= other for one, other in zip(before.ends, after.ends, strict=True))


@given(st.integers(1, 1500), st.sampled_from(WEEKS).map(read_hours), STARTS)
def test_alone_it_is_done_as_early_as_its_hours_allow(minutes: int, week: Week, start: int) -> None:
    """Against a clock that ticks minute by minute."""
    hours = Hours(week, stations=3)
    plan = schedule([Task("a", "a", minutes)], centers({"a": hours}, {}), start)
    left, now = minutes, start
    while left:
        left -= any(
            begin <= now - day * DAY < stop
            for day in (now // DAY - 1, now // DAY)
            for begin, stop in hours.shifts(date.fromordinal(day))
        )
        now += 1
    assert plan.finish == now


@given(routings(), WORLDS, LOADS, STARTS, st.integers(1, 4))
def test_a_later_start_or_a_part_that_is_late_is_never_earlier(
    tasks: list[Task], hours: dict[str, Hours], loads: Loads, start: int, days: int
) -> None:
    serial = [replace(task, after=(n - 1,) if n else ()) for n, task in enumerate(tasks)]
    before = schedule(serial, centers(hours, loads), start)
    late = [replace(serial[0], ready=max(serial[0].ready, start + days * DAY)), *serial[1:]]
    for plan in (
        schedule(serial, centers(hours, loads), start + days * DAY),
        schedule(late, centers(hours, loads), start),
    ):
        assert plan.finish >= before.finish


def test_stations_side_by_side_share_a_quantity_but_not_a_piece() -> None:
    two = {"a": Hours(read_hours("mon-fri 08:00-16:00"), stations=2)}
    start = MONDAY * DAY
    one = schedule([Task("a", "a", 600)], centers(two, {}), start)
    assert [(slot.day - MONDAY, slot.minutes) for slot in one.slots] == [(0, 480), (1, 120)]
    pair = schedule([Task("a", "a", 600, units=2)], centers(two, {}), start)
    assert [(slot.day - MONDAY, slot.minutes) for slot in pair.slots] == [(0, 600)]
    assert pair.finish == start + 8 * 60 + 300


def test_what_is_done_at_ten_goes_on_elsewhere_at_ten_or_when_they_open() -> None:
    hours = {
        "a": Hours(read_hours("mon-fri 06:00-14:00")),
        "b": Hours(read_hours("mon-fri 14:00-22:00")),
    }
    start = MONDAY * DAY
    there = schedule([Task("1", "a", 240), Task("2", "b", 60, (0,))], centers(hours, {}), start)
    assert there.ends == (start + 600, start + 15 * 60)
    back = schedule([Task("1", "b", 60), Task("2", "a", 60, (0,))], centers(hours, {}), start)
    assert back.ends == (start + 15 * 60, start + DAY + 7 * 60)


def test_half_the_efficiency_takes_twice_the_time() -> None:
    hours = {"a": Hours(read_hours("mon-fri 08:00-16:00"), efficiency=5_000)}
    plan = schedule([Task("1", "a", 60)], centers(hours, {}), MONDAY * DAY)
    assert plan.finish == MONDAY * DAY + 10 * 60


def test_a_center_without_minutes_is_said() -> None:
    def full(_ordinal: int, minutes: int) -> Load:
        return minutes, minutes

    center = Center("a", Hours(read_hours("mon 08:00-09:00")), MONDAY, full)
    with pytest.raises(NoTime) as told:
        schedule([Task("1", "a", 1)], {"a": center}, MONDAY * DAY)
    assert told.value.center == "a"
