"""Places in the workshop: held, firm, released; minutes and parts are never given away twice."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum

from configurator.capacity import services, stock
from configurator.capacity.minutes import Full, Wanted, lock, take
from configurator.capacity.models import (
    Booking,
    DayLoad,
    Reservation,
    StockClaim,
    StockItem,
    StockMove,
)
from configurator.capacity.promises import days_by_value, desk, promise
from configurator.capacity.queries import planned
from configurator.capacity.snapshot import current
from configurator.catalog.configuration import Configuration
from configurator.catalog.models import WorkCenter
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Space

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
LEAD = 3  # working days of the kit's choices


def hold(lamp: ReleasedProduct, glass: Configuration, key: str = "design:1", **more: Any) -> Any:
    more = {"quantity": 1, **more}
    return services.hold(key=key, product=lamp, configuration=glass, **more)


def booked() -> int:
    return int(DayLoad.objects.aggregate(sum=Sum("booked"))["sum"] or 0)


def test_a_promise_plans_every_operation_after_the_slowest_choice(
    lamp: ReleasedProduct, glass: Configuration
) -> None:
    found = promise(lamp, glass)
    assert found.planned is not None
    start = lamp.lead_days(glass.choices) - lamp.base_days
    assert [slot.minutes for slot in found.planned.slots] == [6, 10]
    assert found.ready_on == TODAY + timedelta(days=start)


def test_a_place_is_held_firm_and_given_back(lamp: ReleasedProduct, glass: Configuration) -> None:
    held = hold(lamp, glass)
    assert (held.state, booked()) == ("held", 16)
    again = hold(lamp, glass)
    assert again.pk == held.pk
    services.firm(key="design:1", new_key="line:2026-00001-1")
    (cut, fit) = planned(["line:2026-00001-1"])["line:2026-00001-1"]
    assert (cut.operation, fit.operation, cut.minutes) == ("cut", "fit", 6)
    services.release(key="line:2026-00001-1")
    services.release(key="line:2026-00001-1")
    assert booked() == 0
    with pytest.raises(services.NoPlace):
        services.firm(key="design:1", new_key="line:2026-00001-1")


def test_a_place_that_is_not_ordered_in_time_is_somebody_elses(
    lamp: ReleasedProduct, glass: Configuration, morning: Any
) -> None:
    hold(lamp, glass)
    morning.shift(timedelta(minutes=16))
    hold(lamp, glass, "design:2")
    assert list(Reservation.objects.values_list("key", flat=True)) == ["design:2"]
    assert booked() == 16
    morning.shift(timedelta(minutes=16))
    assert services.sweep() == 1
    assert booked() == 0


def test_a_browser_holds_few_places(lamp: ReleasedProduct, glass: Configuration) -> None:
    for number in range(services.MOST_HELD + 3):
        hold(lamp, glass, f"design:{number}", holder="browser")
    hold(lamp, glass, "design:other", holder="another")
    held = set(Reservation.objects.values_list("key", flat=True))
    assert held == {*(f"design:{n}" for n in range(3, services.MOST_HELD + 3)), "design:other"}
    assert booked() == 16 * len(held)


def test_another_quantity_takes_another_place(lamp: ReleasedProduct, glass: Configuration) -> None:
    hold(lamp, glass)
    hold(lamp, glass, quantity=3)
    assert Reservation.objects.count() == 1
    assert booked() == 2 + 4 * 3 + 10 * 3


def test_who_comes_later_is_done_later(lamp: ReleasedProduct, glass: Configuration) -> None:
    WorkCenter.objects.filter(code="bench").update(hours="mon-fri 08:00-08:25")
    days = [hold(lamp, glass, f"design:{n}").ready_on for n in range(5)]
    assert days == sorted(days)
    assert len(set(days)) == 2  # 50 minutes, of which a day has 25
    assert all(load.booked <= load.capacity for load in DayLoad.objects.all())


def test_the_database_itself_refuses_too_much(lamp: ReleasedProduct, glass: Configuration) -> None:
    hold(lamp, glass)
    load = DayLoad.objects.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        DayLoad.objects.filter(pk=load.pk).update(booked=load.capacity + 1)
    with transaction.atomic():
        lock()
        wanted = [Wanted(load.work_center_id, load.day, 480)]
        with pytest.raises(Full):
            take(wanted, current(), rush=False)


def test_a_finished_operation_frees_what_lay_ahead(
    lamp: ReleasedProduct, glass: Configuration
) -> None:
    hold(lamp, glass)
    services.firm(key="design:1", new_key="line:1-1")
    services.finish_operation(key="line:1-1", operation="cut")
    assert booked() == 10
    services.finish_operation(key="line:1-1", operation="cut")
    assert booked() == 10
    assert Booking.objects.get(operation="cut").done
    services.release(key="line:1-1")
    assert booked() == 0


def test_some_minutes_are_kept_for_rush_orders(
    lamp: ReleasedProduct, glass: Configuration, settings: Any
) -> None:
    settings.RUSH_SHARE, settings.RUSH_RELEASE_DAYS = 50, 1
    WorkCenter.objects.filter(code="bench").update(hours="mon-fri 08:00-08:40")
    first, second, third = (hold(lamp, glass, f"design:{n}").ready_on for n in range(3))
    assert first == second < third
    assert hold(lamp, glass, "design:3", rush=True).ready_on == first
    services.release(key="design:3")
    settings.RUSH_RELEASE_DAYS = 20  # now these days are near
    assert hold(lamp, glass, "design:4").ready_on == first


def test_its_own_place_is_not_in_the_way_of_another_promise(
    lamp: ReleasedProduct, glass: Configuration
) -> None:
    WorkCenter.objects.filter(code="bench").update(hours="mon-fri 08:00-08:10")  # one a day
    held = hold(lamp, glass)
    before = current().version
    assert promise(lamp, glass).ready_on > held.ready_on
    days = [desk(lamp, rush=True, key=f"design:{n}").promise(glass.choices, {}) for n in (1, 2)]
    assert days[0].ready_on == held.ready_on < days[1].ready_on
    assert (booked(), current().version) == (16, before)  # nothing was given up
    assert Booking.objects.aggregate(sum=Sum("minutes"))["sum"] == 16


# Stock


def stocked(lamp: ReleasedProduct, on_hand: int) -> StockItem:
    part = lamp.content["parts"][0]
    part["number"], part["lead_days"], part["when"] = "P-1", 8, ""
    return StockItem.objects.create(number="P-1", on_hand=on_hand)


def test_a_part_that_is_not_there_makes_it_wait(
    lamp: ReleasedProduct, glass: Configuration
) -> None:
    before = promise(lamp, glass).ready_on
    item = stocked(lamp, 0)
    lock_version()
    late = promise(lamp, glass).ready_on
    assert late == date(2026, 12, 10) > before
    hold(lamp, glass)
    assert StockClaim.objects.get().state == "short"
    stock.receive(number="P-1", quantity=Decimal(5))
    item.refresh_from_db()
    assert StockClaim.objects.get().state == "covered"
    assert [item.on_hand, item.reserved] == [5, 1]


@pytest.mark.parametrize("on_hand", [0, 1, 50])
def test_the_days_of_values_count_the_parts_that_may_be_short(
    lamp: ReleasedProduct, glass: Configuration, on_hand: int
) -> None:
    stocked(lamp, on_hand)
    lock_version()
    at = desk(lamp)
    assert isinstance(lamp.space, Space)
    found = lamp.space.completions({})
    days = days_by_value(at, found, {})
    whole = promise(lamp, glass).ready_on
    assert (date(2026, 12, 10) in set(days.values())) is (on_hand == 0)
    assert (whole == date(2026, 12, 10)) is (on_hand == 0)
    assert at.making.scarce({"P-1": Decimal(on_hand)}, 1) == (
        frozenset() if on_hand == 50 else {"P-1"}
    )


def lock_version() -> None:
    with transaction.atomic():
        lock()


def test_a_part_is_reserved_used_and_let_go(lamp: ReleasedProduct, glass: Configuration) -> None:
    item = stocked(lamp, 2)
    lock_version()
    for number in range(3):
        hold(lamp, glass, f"design:{number}")
    states = StockClaim.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["covered", "covered", "short"]
    services.release(key="design:0")
    assert list(states.all()) == ["covered", "covered"]
    services.firm(key="design:1", new_key="line:1-1")
    services.finish_operation(key="line:1-1", operation="")
    item.refresh_from_db()
    assert [item.on_hand, item.reserved] == [1, 1]
    kinds = list(StockMove.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["reserved", "reserved", "released", "reserved", "used"]
    with pytest.raises(stock.NotThatMany):
        stock.count(number="P-1", quantity=Decimal(0))
