"""Taps that come twice, late, or from a page seen long ago."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from orders.factory import services
from orders.factory.models import WorkOrder
from orders.factory.services import NotPossible
from orders.models import Order
from tests.factory import kit
from tests.factory.kit import State, another_line, photograph

pytestmark = pytest.mark.django_db


def test_a_page_seen_long_ago_moves_nothing(work_order: WorkOrder) -> None:
    with pytest.raises(NotPossible):
        services.start(work_order_id=work_order.pk, by=None, version=7)
    assert WorkOrder.objects.get(pk=work_order.pk).state == State.RELEASED


# The same tap, twice and late


def test_the_same_tap_counts_once(work_order: WorkOrder) -> None:
    kit.event(work_order, "start cut", key="a")
    before = photograph(work_order)
    for _again in range(3):
        assert kit.event(work_order, "start cut", key="a").state == State.STARTED
    kit.event(work_order, "done cut", key="b")
    kit.event(work_order, "start cut", key="a")  # late: its time is over
    assert kit.states(work_order) == {"cut": "done", "fit": "waiting"}
    assert len(before) < len(photograph(work_order))


def test_a_tap_is_not_taken_for_another_work_order_s(work_order: WorkOrder, order: Order) -> None:
    kit.event(work_order, "start cut", key="a")
    other = another_line(order)
    with pytest.raises(NotPossible):
        kit.event(other, "start cut", key="a")
    assert kit.states(other)["cut"] == "waiting"


def test_a_delayed_tap_counts_when_it_was_made(work_order: WorkOrder) -> None:
    with time_machine.travel("2026-11-26 08:00Z", tick=False):
        kit.event(work_order, "start cut")
    with time_machine.travel("2026-11-26 08:30Z", tick=False):
        kit.event(work_order, "done cut", ago=600)
    cut = work_order.operations.get(code="cut")
    assert cut.worked_minutes == 20
    assert str(cut.done_at) == "2026-11-26 08:20:00+00:00"


@pytest.mark.parametrize("ago", [-60, float("nan"), 1e12])
def test_a_tap_never_comes_before_what_was_counted(ago: float, work_order: WorkOrder) -> None:
    kit.event(work_order, "start cut")
    kit.event(work_order, "done cut", ago=ago)
    times = list(work_order.moves.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[-1] <= timezone.now()


def test_the_clock_stands_still_during_a_pause(work_order: WorkOrder) -> None:
    start = timezone.now()
    for minutes, event in enumerate(["start cut", "pause cut", "resume cut", "hold", "unhold"]):
        with time_machine.travel(start + timedelta(minutes=minutes * 10), tick=False):
            kit.event(work_order, event)
    with time_machine.travel(start + timedelta(minutes=60), tick=False):
        kit.event(work_order, "resume cut")
    with time_machine.travel(start + timedelta(minutes=65), tick=False):
        kit.event(work_order, "done cut")
    assert work_order.operations.get(code="cut").worked_minutes == 25
