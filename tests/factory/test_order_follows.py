"""What its work orders go through, the order follows."""

import pytest

from orders.factory import services
from orders.factory.models import WorkOrder
from orders.models import Order
from tests.factory import kit
from tests.factory.conftest import person
from tests.factory.kit import another_line, state_of, story

pytestmark = pytest.mark.django_db


def test_finishing_the_whole_finishes_its_operations(work_order: WorkOrder) -> None:
    services.start(work_order_id=work_order.pk, by=None)
    services.finish(work_order_id=work_order.pk, by=person("factory operator"))
    assert kit.states(work_order) == {"cut": "done", "fit": "done"}
    assert {move.by.username for move in work_order.moves.filter(event="done") if move.by} == {
        "factory-operator"
    }


def test_the_order_follows(work_order: WorkOrder, order: Order) -> None:
    kit.event(work_order, "start cut")
    assert state_of(order) == Order.State.IN_PRODUCTION
    kit.event(work_order, "done cut")
    kit.event(work_order, "start fit")
    kit.event(work_order, "done fit")
    assert state_of(order) == Order.State.FINISHED
    kit.event(work_order, "ship")
    assert state_of(order) == Order.State.SHIPPED
    assert story(order) == ["placed", "released", "started", "finished", "shipped"]


def test_what_comes_back_is_told_as_it_is(work_order: WorkOrder, order: Order) -> None:
    kit.bring(work_order, "finished")
    kit.event(work_order, "rework", operation="fit")
    assert state_of(order) == Order.State.IN_PRODUCTION
    kit.event(work_order, "start fit")
    kit.event(work_order, "done fit")
    again = kit.event(work_order, "scrap").remakes.get()
    assert state_of(order) == Order.State.IN_PRODUCTION
    kit.event(again, "start")
    kit.event(again, "finish")
    assert state_of(order) == Order.State.FINISHED
    told = story(order)
    assert told.count("reopened") == 2
    assert told.count("finished") == 3


def test_an_order_is_finished_with_its_last_work_order(work_order: WorkOrder, order: Order) -> None:
    second = another_line(order)
    for one in (work_order, second):
        kit.event(one, "start")
    kit.event(second, "finish")
    assert state_of(order) == Order.State.IN_PRODUCTION
    kit.event(work_order, "finish")
    assert state_of(order) == Order.State.FINISHED


def test_a_canceled_line_does_not_keep_the_rest(work_order: WorkOrder, order: Order) -> None:
    second = another_line(order)
    kit.event(second, "cancel")
    assert state_of(order) == Order.State.PLACED
    kit.bring(work_order, "shipped")
    assert state_of(order) == Order.State.SHIPPED


def test_an_order_is_canceled_with_its_last_work_order(work_order: WorkOrder, order: Order) -> None:
    second = another_line(order)
    kit.event(work_order, "cancel")
    kit.event(second, "cancel")
    assert state_of(order) == Order.State.CANCELED
    assert story(order)[-1] == "canceled"
