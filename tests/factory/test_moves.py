"""The states of a work order: every event in every state, and the order's story."""

import pytest

from orders.factory.models import WorkOrder, WorkOrderMove
from orders.factory.services import NotPossible, finish, release_work_orders, start
from orders.models import Order, OrderEvent
from tests.factory.conftest import person

State = WorkOrder.State
EVENTS = {"start": start, "finish": finish}
LEGAL = {("start", State.RELEASED): State.STARTED, ("finish", State.STARTED): State.FINISHED}


@pytest.mark.django_db
@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", State)
def test_every_event_in_every_state(event: str, state: State, work_order: WorkOrder) -> None:
    WorkOrder.objects.filter(pk=work_order.pk).update(state=state)
    moves = WorkOrderMove.objects.count()
    if (event, state) in LEGAL:
        moved = EVENTS[event](work_order_id=work_order.pk, by=None)
        assert moved.state == LEGAL[event, state]
        assert WorkOrderMove.objects.count() == moves + 1
    else:
        with pytest.raises(NotPossible) as refusal:
            EVENTS[event](work_order_id=work_order.pk, by=None)
        assert refusal.value.work_order.state == state
        assert WorkOrderMove.objects.count() == moves
        assert WorkOrder.objects.get(pk=work_order.pk).state == state


@pytest.mark.django_db
def test_a_move_says_who_and_when(work_order: WorkOrder) -> None:
    someone = person("factory operator")
    moved = start(work_order_id=work_order.pk, by=someone)
    move = moved.moves.get(after="started")
    assert (move.before, move.by) == ("released", someone)
    assert moved.started_at is not None
    assert moved.version == 1


@pytest.mark.django_db
def test_a_page_seen_long_ago_moves_nothing(work_order: WorkOrder) -> None:
    with pytest.raises(NotPossible):
        start(work_order_id=work_order.pk, by=None, version=7)
    assert WorkOrder.objects.get(pk=work_order.pk).state == State.RELEASED


@pytest.mark.django_db
def test_the_order_follows(work_order: WorkOrder, order: Order) -> None:
    start(work_order_id=work_order.pk, by=None)
    order.refresh_from_db()
    assert order.state == Order.State.IN_PRODUCTION
    finish(work_order_id=work_order.pk, by=None)
    order.refresh_from_db()
    assert order.state == Order.State.FINISHED
    kinds = list(OrderEvent.objects.filter(order=order).values_list("kind", flat=True))
    assert kinds == ["placed", "released", "started", "finished"]


@pytest.mark.django_db
def test_an_order_is_finished_with_its_last_work_order(work_order: WorkOrder, order: Order) -> None:
    line = order.lines.get()
    line.pk, line.position = None, 2
    line.save()
    first, second = release_work_orders(order_id=order.pk)
    for one in (first, second):
        start(work_order_id=one.pk, by=None)
    finish(work_order_id=second.pk, by=None)
    order.refresh_from_db()
    assert order.state == Order.State.IN_PRODUCTION
    finish(work_order_id=first.pk, by=None)
    order.refresh_from_db()
    assert order.state == Order.State.FINISHED
