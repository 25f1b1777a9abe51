"""What is planned comes onto the papers: days of operations, and rush."""

from datetime import date

import pytest

from configurator.capacity.models import Booking, Reservation
from configurator.catalog.models import WorkCenter
from orders.factory.models import WorkOrder
from orders.factory.plan import KEY, plan_of
from tests.factory import kit

pytestmark = pytest.mark.django_db

DAYS = (date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 4))


def reserve(number: str, *, rush: bool = False) -> Reservation:
    """A firm reservation: cut over two days, then fit."""
    Reservation.objects.filter(key=f"{KEY}{number}").delete()
    found = Reservation.objects.create(
        key=f"{KEY}{number}",
        state=Reservation.State.FIRM,
        made_of="0" * 64,
        ready_on=DAYS[-1],
        promised_on=DAYS[-1],
        rush=rush,
    )
    for operation, place, day in (
        ("cut", "saw", DAYS[1]),
        ("cut", "saw", DAYS[0]),
        ("fit", "bench", DAYS[2]),
    ):
        Booking.objects.create(
            reservation=found,
            operation=operation,
            position=1,
            work_center=WorkCenter.objects.get(code=place),
            day=day,
            minutes=9,
        )
    return found


def test_the_first_day_counts(work_order: WorkOrder) -> None:
    reserve(work_order.number, rush=True)
    plan = plan_of([work_order.number, "2020-00001-1"])
    number = work_order.number
    assert plan.days == {(number, "cut"): DAYS[0], (number, "fit"): DAYS[2]}
    assert set(plan.rush) == {number}


def test_what_is_done_is_not_planned(work_order: WorkOrder) -> None:
    reserve(work_order.number)
    Booking.objects.filter(operation="cut").update(done=True)
    plan = plan_of([work_order.number])
    assert list(plan.days) == [(work_order.number, "fit")]
    assert not plan.rush


def test_what_is_done_again_has_its_days(work_order: WorkOrder) -> None:
    kit.bring(work_order, "finished")
    assert not plan_of([work_order.number]).days
    kit.event(work_order, "rework", operation="cut")
    days = plan_of([work_order.number]).days
    assert days.keys() == {(work_order.number, "cut"), (work_order.number, "fit")}
    assert set(days.values()) == set(
        Booking.objects.filter(reservation__key=f"{KEY}{work_order.number}/1").values_list(
            "day", flat=True
        )
    )


def test_an_order_brings_its_plan(work_order: WorkOrder) -> None:
    days = plan_of([work_order.number]).days
    assert {operation for _number, operation in days} == {"cut", "fit"}
    assert max(days.values()) <= work_order.due_on
