"""What capacity hears from the bench: minutes worked off, given back, and needed again."""

import pytest

from configurator.capacity.models import Booking, DayLoad, Reservation
from orders.factory.models import WorkOrder
from tests.factory import kit

pytestmark = pytest.mark.django_db


def place(number: str) -> Reservation:
    return Reservation.objects.get(key=f"line:{number}")


def booked() -> int:
    """All minutes that are taken at all work centers."""
    return sum(DayLoad.objects.values_list("booked", flat=True))


def minutes(number: str) -> dict[str, int]:
    """Minutes not yet worked off, by operation."""
    rows = Booking.objects.filter(reservation__key=f"line:{number}", done=False)
    return dict(rows.values_list("operation", "minutes"))


def test_what_is_done_is_worked_off(work_order: WorkOrder) -> None:
    assert minutes(work_order.number) == {"cut": 10, "fit": 20}
    kit.event(work_order, "start cut")
    kit.event(work_order, "done cut")
    assert minutes(work_order.number).keys() == {"fit"}
    kit.event(work_order, "finish")
    assert minutes(work_order.number) == {}


def test_a_canceled_work_order_gives_its_minutes_back(work_order: WorkOrder) -> None:
    assert booked() == 30
    kit.event(work_order, "cancel")
    assert booked() == 0
    assert place(work_order.number).state == Reservation.State.RELEASED


def test_rework_needs_its_minutes_again(work_order: WorkOrder) -> None:
    kit.bring(work_order, "finished")
    before = booked()
    kit.event(work_order, "rework", operation="cut")
    assert booked() == before + 30
    again = f"{work_order.number}/1"
    assert minutes(again) == {"cut": 10, "fit": 20}
    kit.event(work_order, "start cut")
    kit.event(work_order, "done cut")
    assert minutes(again) == {"fit": 20}
    kit.event(work_order, "rework", operation="cut")
    assert minutes(f"{work_order.number}/2") == {"cut": 10}


def test_a_remake_has_minutes_of_its_own(work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    kit.event(work_order, "scrap")
    assert place(work_order.number).state == Reservation.State.RELEASED
    assert minutes(f"{work_order.number}R1") == {"cut": 10, "fit": 20}
    assert booked() == 30


def test_a_work_order_without_a_place_is_built_all_the_same(work_order: WorkOrder) -> None:
    Booking.objects.all().delete()
    Reservation.objects.all().delete()
    kit.bring(work_order, "finished")
    kit.event(work_order, "rework")
    assert kit.event(work_order, "scrap").remakes.count() == 1
    assert not Reservation.objects.exists()
