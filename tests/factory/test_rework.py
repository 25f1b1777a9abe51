"""Work that is done again: some operations, or all of them as a work order of its own."""

import pytest

from orders.factory.models import WorkOrder
from orders.factory.services import NotPossible
from orders.models import Order
from tests.factory import kit
from tests.factory.kit import State

pytestmark = pytest.mark.django_db


def test_rework_goes_back_to_an_operation_and_on_from_there(work_order: WorkOrder) -> None:
    kit.bring(work_order, "finished")
    kit.event(work_order, "rework", photo="f" * 64)
    assert kit.states(work_order) == {"cut": "waiting", "fit": "waiting"}
    cut, fit = work_order.operations.all()
    assert (cut.rework, cut.ready, fit.rework, fit.ready) == (True, True, True, False)
    move = work_order.moves.get(event="rework")
    assert (move.cause, move.note, move.photo) == ("surface", "A scratch", "f" * 64)
    assert kit.event(work_order, "start cut").state == State.REWORK
    assert kit.event(work_order, "done cut").state == State.REWORK
    kit.event(work_order, "start fit")
    done = kit.event(work_order, "done fit")
    assert (done.state, done.finished_at is not None) == (State.FINISHED, True)


def test_when_the_rework_is_done_the_rest_goes_on(work_order: WorkOrder) -> None:
    kit.bring(work_order, "rework")
    kit.event(work_order, "start cut")
    assert kit.event(work_order, "pause cut").state == State.PAUSED
    assert kit.event(work_order, "resume cut").state == State.REWORK
    assert kit.event(work_order, "done cut").state == State.STARTED


def test_what_has_not_begun_is_not_done_again(work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    with pytest.raises(NotPossible):
        kit.event(work_order, "rework", operation="fit")
    assert WorkOrder.objects.get(pk=work_order.pk).state == State.STARTED


def test_a_scrapped_work_order_is_made_anew(work_order: WorkOrder, order: Order) -> None:
    kit.bring(work_order, "started")
    scrapped = kit.event(work_order, "scrap")
    (again,) = scrapped.remakes.all()
    assert again.number == f"{order.number}-1R1"
    assert (again.attempt, again.state, again.line) == (2, State.RELEASED, work_order.line)
    assert again.specification_id == scrapped.specification_id
    assert again.parts.count() == scrapped.parts.count() == 2
    assert kit.states(again) == {"cut": "waiting", "fit": "waiting"}
    kit.event(again, "start cut")
    third = kit.event(again, "scrap").remakes.get()
    assert (third.number, third.attempt, third.remake_of) == (f"{order.number}-1R2", 3, again)


def test_a_scrap_tapped_twice_makes_one_remake(work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    for _time in range(2):
        kit.event(work_order, "scrap", key="once")
    assert work_order.remakes.count() == 1
