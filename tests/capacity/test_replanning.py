"""Closures, other hours and dates set by hand: seen before they are saved, and never above."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F

from configurator.capacity import replanning, services
from configurator.capacity.models import Booking, Closure, DayLoad, Reservation
from configurator.capacity.replanning import (
    Change,
    NoRoom,
    Stale,
    TooEarly,
    apply,
    closing,
    effect_of,
)
from configurator.capacity.snapshot import centers_now
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import WorkCenter
from configurator.catalog.released import ReleasedProduct

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 12, 3)
FRIDAY, MONDAY, TUESDAY = (THURSDAY + timedelta(days=n) for n in (1, 4, 5))


@pytest.fixture
def ordered(lamp: ReleasedProduct, glass: Configuration) -> list[str]:
    """Three orders of a lamp, all promised for Thursday."""
    keys = []
    for number in range(3):
        services.hold(
            key=f"design:{number}", product=lamp, configuration=glass, quantity=1, rush=False
        )
        keys.append(services.firm(key=f"design:{number}", new_key=f"line:{number}-1").key)
    return keys


def days(operation: str) -> list[date]:
    rows = Booking.objects.filter(operation=operation).order_by("reservation__key", "day")
    return list(rows.values_list("day", flat=True))


def check() -> None:
    assert not DayLoad.objects.filter(booked__gt=F("capacity")).exists()
    for load in DayLoad.objects.all():
        rows = Booking.objects.filter(work_center_id=load.work_center_id, day=load.day)
        assert sum(row.minutes for row in rows) == load.booked


def test_it_is_worked_out_again_if_somebody_books_meanwhile(
    ordered: list[str], lamp: ReleasedProduct, glass: Configuration, monkeypatch: Any
) -> None:
    """Nobody waits while it is worked out; so somebody may take a place, and is not overbooked."""
    bench = WorkCenter.objects.get(code="bench")
    change = closing(bench.pk, THURSDAY, MONDAY)
    seen, look, tries = effect_of(change), replanning.effect_of, list[int]()

    def slowly(asked: Change) -> Any:
        found = look(asked)
        if len(tries) < 2:
            services.hold(
                key=f"design:{9 + len(tries)}", product=lamp, configuration=glass, quantity=20
            )
        tries.append(len(found.moves))
        return found

    monkeypatch.setattr(replanning, "effect_of", slowly)
    with pytest.raises(Stale):
        apply(change, seen.version, seen=seen.mark)
    assert len(tries) == 3
    assert days("fit")[:3] == [THURSDAY] * 3
    effect = look(change)
    apply(change, effect.version, Closure(first_day=THURSDAY, last_day=MONDAY).save)
    check()


def test_while_everybody_books_it_is_worked_out_with_all_others_waiting(
    ordered: list[str], lamp: ReleasedProduct, glass: Configuration, monkeypatch: Any
) -> None:
    look, tries = replanning.effect_of, list[int]()

    def slowly(asked: Change) -> Any:
        found = look(asked)
        tries.append(0)
        services.hold(key=f"design:{len(tries)}0", product=lamp, configuration=glass, quantity=1)
        return found

    monkeypatch.setattr(replanning, "effect_of", slowly)
    change = Change(pins={(ordered[0], "fit"): TUESDAY})
    effect = look(change)
    apply(change, effect.version, seen=effect.mark)
    assert len(tries) == replanning.TRIES
    assert TUESDAY in days("fit")
    check()


def test_a_closure_shows_what_it_moves_and_breaks(ordered: list[str]) -> None:
    bench = WorkCenter.objects.get(code="bench")
    effect = effect_of(closing(bench.pk, THURSDAY, MONDAY))
    assert days("fit") == [THURSDAY] * 3  # nothing is written
    assert {(m.key, m.operation, m.before, m.after) for m in effect.moves} == {
        (key, "fit", (THURSDAY,), (TUESDAY,)) for key in ordered
    }
    assert [(b.key, b.promised_on, b.ready_on) for b in effect.broken] == [
        (key, THURSDAY, TUESDAY) for key in ordered
    ]

    def save() -> None:
        Closure.objects.create(work_center=bench, first_day=THURSDAY, last_day=MONDAY)

    apply(closing(bench.pk, THURSDAY, MONDAY), effect.version, save)
    assert days("fit") == [TUESDAY] * 3
    assert days("cut") == [THURSDAY] * 3
    assert set(Reservation.objects.values_list("promised_on", "ready_on")) == {(THURSDAY, TUESDAY)}
    assert DayLoad.objects.get(work_center=bench, day=THURSDAY).capacity == 0
    check()


def test_two_leads_at_once(ordered: list[str]) -> None:
    change = closing(None, THURSDAY, THURSDAY)
    effect = effect_of(change)
    apply(
        change,
        effect.version,
        lambda: Closure.objects.create(first_day=THURSDAY, last_day=THURSDAY),
    )
    with pytest.raises(Stale) as told:
        apply(closing(None, FRIDAY, FRIDAY), effect.version)
    assert {move.before for move in told.value.effect.moves} == {(FRIDAY,)}
    assert days("fit") == [FRIDAY] * 3


def test_shorter_hours_move_no_more_than_they_must(ordered: list[str]) -> None:
    rows = {row[1]: row for row in centers_now()}
    pk, code, _hours, *rest = rows["bench"]
    change = Change(centers=((pk, code, "mon-fri 08:00-08:24", *rest),))  # type: ignore[arg-type]
    effect = effect_of(change)
    assert {move.key for move in effect.moves} == {"line:2-1"}

    def save() -> None:
        WorkCenter.objects.filter(pk=pk).update(hours="mon-fri 08:00-08:24")

    apply(change, effect.version, save)
    assert Reservation.objects.get(key="line:2-1").ready_on == FRIDAY
    check()


def test_a_date_set_by_hand_stays(ordered: list[str]) -> None:
    pin = Change(pins={("line:0-1", "fit"): FRIDAY})
    effect = effect_of(pin)
    assert [(m.key, m.after) for m in effect.moves] == [("line:0-1", (FRIDAY,))]
    assert [broken.ready_on for broken in effect.broken] == [FRIDAY]
    apply(pin, effect.version)
    assert days("fit") == [FRIDAY, THURSDAY, THURSDAY]
    check()
    shut = closing(None, FRIDAY, FRIDAY)
    effect = effect_of(shut)
    assert [(s.key, s.operation, s.day) for s in effect.stuck] == [("line:0-1", "fit", FRIDAY)]
    assert effect.moves == ()
    apply(shut, effect.version)
    assert days("fit") == [FRIDAY, THURSDAY, THURSDAY]
    check()
    loose = Change(loose=frozenset({("line:0-1", "fit")}))
    apply(loose, effect_of(loose).version)
    assert days("fit") == [THURSDAY] * 3
    check()


def test_by_hand_nothing_goes_where_there_is_no_room(ordered: list[str]) -> None:
    saturday = FRIDAY + timedelta(days=1)
    with pytest.raises(NoRoom) as told:
        effect_of(Change(pins={("line:0-1", "fit"): saturday}))
    assert (told.value.day, told.value.free, told.value.wanted) == (saturday, 0, 10)
    with pytest.raises(TooEarly) as early:
        effect_of(
            Change(pins={("line:0-1", "fit"): date(2026, 11, 30), ("line:0-1", "cut"): FRIDAY})
        )
    assert early.value.possible == FRIDAY


def test_what_is_done_stays_and_what_is_overdue_is_planned_anew(
    ordered: list[str], morning: Any
) -> None:
    morning.move_to(f"{FRIDAY} 09:00Z")
    services.finish_operation(key="line:0-1", operation="cut")
    change = Change(loose=frozenset((key, "fit") for key in ordered))
    apply(change, effect_of(change).version)
    assert days("cut") == [THURSDAY, FRIDAY, FRIDAY]
    assert days("fit") == [FRIDAY] * 3
    assert replace(change).pins == {}
