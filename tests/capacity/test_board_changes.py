"""Changes of the plan in any order: nothing overbooked or lost, and what is set by hand stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configurator.capacity import changes, services
from configurator.capacity.changes import Change, NoRoom, Stale, TooEarly
from configurator.capacity.models import Booking, Closure, DayLoad, Reservation
from configurator.capacity.replanning import apply, effect_of
from configurator.capacity.snapshot import centers_now, current
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import WorkCenter
from configurator.catalog.released import ReleasedProduct
from tests.capacity.test_replanning import check, days
from tests.effort import often

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 12, 3)
FRIDAY, MONDAY, TUESDAY = (THURSDAY + timedelta(days=n) for n in (1, 4, 5))
KEYS = [f"line:{number}-1" for number in range(4)]


@pytest.fixture
def ordered(lamp: ReleasedProduct, glass: Configuration) -> list[str]:
    """Four orders of a lamp on a bench of 25 minutes a day, of which each takes ten."""
    WorkCenter.objects.filter(code="bench").update(hours="mon-fri 08:00-08:25")
    for number, key in enumerate(KEYS):
        services.hold(
            key=f"design:{number}", product=lamp, configuration=glass, quantity=1, rush=number == 3
        )
        services.firm(key=f"design:{number}", new_key=key)
    return KEYS


def minutes() -> dict[str, int]:
    rows = Booking.objects.values_list("reservation__key").annotate(sum=Sum("minutes"))
    return dict(rows.order_by())


def do(change: Change, **more: Any) -> None:
    apply(change, effect_of(change).version, **more)


def test_a_whole_order_moves_and_what_follows_comes_after(ordered: list[str]) -> None:
    do(changes.moving(KEYS[0], MONDAY))
    mine = Booking.objects.filter(reservation__key=KEYS[0]).order_by("position")
    assert [(b.operation, b.day, b.pinned) for b in mine] == [
        ("cut", MONDAY, True),
        ("fit", TUESDAY, False),  # a day set by hand is over with its last shift
    ]
    check()
    do(changes.loosened(KEYS[0]))
    assert (mine.all()[0].day, mine.filter(pinned=True).count()) == (THURSDAY, 0)
    check()


def test_an_automatic_run_keeps_what_was_set_by_hand(ordered: list[str]) -> None:
    do(Change(pins={(KEYS[0], "fit"): TUESDAY}))
    do(Change(everything=True))
    pinned = Booking.objects.get(reservation__key=KEYS[0], operation="fit")
    assert (pinned.day, pinned.pinned) == (TUESDAY, True)
    assert minutes() == dict.fromkeys(KEYS, 16)
    check()


def test_an_automatic_run_uses_what_became_free(ordered: list[str]) -> None:
    rows = DayLoad.objects.filter(work_center__code="bench", day=THURSDAY)
    assert rows.get().booked == 25
    services.release(key=KEYS[0])
    assert rows.get().booked == 15
    do(Change(everything=True))
    assert rows.get().booked == 25
    check()


def test_a_day_set_by_hand_that_has_passed_counts_no_more(ordered: list[str], morning: Any) -> None:
    do(Change(pins={(KEYS[0], "fit"): FRIDAY}))
    morning.move_to(f"{MONDAY} 07:00Z")
    do(Change(everything=True))
    assert min(days("fit")) == MONDAY
    assert not Booking.objects.filter(pinned=True).exists()
    assert not DayLoad.objects.filter(booked__gt=F("capacity")).exists()


def test_what_stays_before_what_it_needs_is_told(ordered: list[str]) -> None:
    do(Change(pins={(KEYS[0], "fit"): FRIDAY}))
    effect = effect_of(Change(pins={(KEYS[0], "cut"): MONDAY}))
    assert [(s.operation, s.day, s.early) for s in effect.stuck] == [("fit", FRIDAY, True)]


def test_a_closure_is_taken_away(ordered: list[str]) -> None:
    shut = changes.closing(None, THURSDAY, FRIDAY)
    row = Closure(first_day=THURSDAY, last_day=FRIDAY)
    do(shut, save=row.save)
    late = effect_of(Change())
    assert late.moves == ()
    do(changes.opening(row), save=row.delete)
    assert current().minutes("bench", THURSDAY.toordinal()) == 25
    mended = effect_of(Change(everything=True)).mended
    assert {m.key for m in mended} >= {KEYS[0]}
    check()


def test_what_others_do_hinders_only_who_sees_something_else(ordered: list[str]) -> None:
    mine = Change(pins={(KEYS[0], "fit"): TUESDAY})
    seen = effect_of(mine)
    with transaction.atomic():
        from configurator.capacity.minutes import lock

        lock()  # somebody orders something else
    with pytest.raises(Stale):
        apply(mine, seen.version)
    apply(mine, seen.version, seen=seen.mark)
    theirs = Change(pins={(KEYS[0], "fit"): MONDAY})
    with pytest.raises(Stale) as told:
        apply(theirs, seen.version, seen=seen.mark)
    assert told.value.effect.moves[0].before == (TUESDAY,)
    assert Booking.objects.get(reservation__key=KEYS[0], operation="fit").day == TUESDAY


days_ahead = st.integers(0, 12).map(lambda n: THURSDAY + timedelta(days=n))
steps = st.one_of(
    st.tuples(st.just("pin"), st.sampled_from(KEYS), st.sampled_from(["cut", "fit"]), days_ahead),
    st.tuples(st.just("order"), st.sampled_from(KEYS), days_ahead),
    st.tuples(st.just("loose"), st.sampled_from(KEYS)),
    st.tuples(st.just("all")),
    st.tuples(st.just("close"), st.sampled_from(["", "saw", "bench"]), days_ahead),
    st.tuples(st.just("open")),
    st.tuples(st.just("hours"), st.sampled_from(["08:00-08:25", "08:00-08:40", "08:00-09:00"])),
)


def step(what: tuple[Any, ...]) -> None:
    """One change as a lead makes it; what is refused changes nothing."""
    kind, *facts = what
    save: Any = lambda: None  # noqa: E731
    if kind == "pin":
        change = Change(pins={(facts[0], facts[1]): facts[2]})
    elif kind == "order":
        change = changes.moving(facts[0], facts[1])
    elif kind == "loose":
        change = changes.loosened(facts[0])
    elif kind == "close":
        center = WorkCenter.objects.filter(code=facts[0]).first()
        change = changes.closing(center.pk if center else None, facts[1], facts[1])
        save = Closure(work_center=center, first_day=facts[1], last_day=facts[1]).save
    elif kind == "open":
        closure = Closure.objects.first()
        if closure is None:
            return
        change, save = changes.opening(closure), closure.delete
    elif kind == "hours":
        pk, code, _text, *rest = {row[1]: row for row in centers_now()}["bench"]
        text = f"mon-fri {facts[0]}"
        change = Change(centers=((pk, code, text, *rest),))  # type: ignore[arg-type]
        save = lambda: WorkCenter.objects.filter(pk=pk).update(hours=text)  # noqa: E731
    else:
        change = Change(everything=True)
    effect = effect_of(change)
    apply(change, effect.version, save)
    for move in effect.moves:
        rows = Booking.objects.filter(reservation__key=move.key, operation=move.operation)
        assert tuple(rows.order_by("day").values_list("day", flat=True)) == move.after
    for broken in effect.broken:
        found = Reservation.objects.get(key=broken.key)
        assert max(b.day for b in found.bookings.all()) <= broken.ready_on


@settings(
    max_examples=often(25),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=1, max_size=7))
def test_no_sequence_of_changes_overbooks_or_loses_anything(
    ordered: list[str], what: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        for each in what:
            pinned = set(
                Booking.objects.filter(pinned=True).values_list("reservation__key", "operation")
            )
            try:
                step(each)
            except (NoRoom, TooEarly):
                continue
            check()
            assert minutes() == dict.fromkeys(KEYS, 16)
            if each[0] in ("all", "close", "open", "hours"):
                still = Booking.objects.filter(pinned=True)
                assert set(still.values_list("reservation__key", "operation")) == pinned
            _nothing_above_the_calendar()
        transaction.set_rollback(True)


def _nothing_above_the_calendar() -> None:
    """But for what a lead has set by hand onto a day that was closed or shortened later."""
    snapshot = current()
    for load in DayLoad.objects.select_related("work_center").filter(booked__gt=0):
        there = Booking.objects.filter(work_center=load.work_center, day=load.day)
        if not there.filter(pinned=True).exists():
            code = load.work_center.code
            assert load.booked <= snapshot.minutes(code, load.day.toordinal())
