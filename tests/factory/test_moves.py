"""The states of work orders and operations: every event in every state, by every kind of person."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from orders.factory import machine, services
from orders.factory.models import WorkOrder, WorkOrderMove
from orders.factory.services import BadEntry, NotAllowed, NotPossible, release_work_orders
from orders.models import Order, OrderEvent
from tests.factory import kit
from tests.factory.conftest import person

pytestmark = pytest.mark.django_db

State = WorkOrder.State

# Written out by hand, so that a slip in the machine's own tables shows.
LEGAL: dict[str, dict[str, str]] = {
    "start": {"released": "started"},
    "pause": {"started": "paused", "rework": "paused"},
    "resume": {"paused": "started"},
    "hold": {"released": "held", "started": "held", "paused": "held", "rework": "held"},
    "unhold": {"held": "paused"},  # who was at it takes it up again
    "finish": {"started": "finished", "rework": "finished"},
    "rework": {
        "started": "rework",
        "paused": "rework",
        "held": "rework",
        "rework": "step",  # nothing was begun since
        "finished": "rework",
    },
    "scrap": dict.fromkeys(["started", "paused", "held", "rework", "finished"], "scrapped"),
    "cancel": dict.fromkeys(["released", "started", "paused", "held", "rework"], "canceled"),
    "ship": {"finished": "shipped"},
}
STEPS: dict[str, dict[str, str]] = {  # of the operation "cut", by the work order's state
    "start": {"released": "started", "rework": "started"},
    "pause": {"started": "paused"},
    "resume": {"paused": "started"},
    "done": {"started": "done"},
}
LEADS = {"unhold", "rework", "scrap", "cancel", "ship"}
ROLES = ["factory operator", "factory lead", "superuser", "marketer", "catalog admin", ""]


def may(role: str, event: str) -> bool:
    if role in ("factory lead", "superuser"):
        return True
    return role == "factory operator" and event not in LEADS


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """What happens inside never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", State.values)
def test_every_event_in_every_state(state: str, work_order: WorkOrder) -> None:
    kit.bring(work_order, state)
    for event in LEGAL:
        with undone():
            after = LEGAL[event].get(state)
            if after not in State.values:
                refuses(work_order, event)
                continue
            moved = kit.event(work_order, event)
            assert moved.state == after
            last = moved.moves.filter(operation=None).last()
            assert last is not None
            assert (last.event, last.before, last.after) == (event, state, after)


@pytest.mark.parametrize("state", State.values)
def test_every_event_of_an_operation_in_every_state(state: str, work_order: WorkOrder) -> None:
    kit.bring(work_order, state)
    for event in STEPS:
        with undone():
            if after := STEPS[event].get(state):
                kit.event(work_order, f"{event} cut")
                assert kit.states(work_order)["cut"] == after
            else:
                refuses(work_order, f"{event} cut")


def refuses(work_order: WorkOrder, event: str) -> None:
    before = photograph(work_order)
    with pytest.raises(NotPossible) as refusal:
        kit.event(work_order, event)
    assert refusal.value.work_order.state == before[-2]
    assert photograph(work_order) == before


@pytest.mark.parametrize("state", State.values)
def test_who_may_do_what(state: str, work_order: WorkOrder) -> None:
    """In every state: a refusal for who may not comes before all else, and changes nothing."""
    kit.bring(work_order, state)
    before = photograph(work_order)
    for role in ROLES:
        somebody = person(role)
        for event in (*LEGAL, *(f"{step} cut" for step in STEPS)):
            if may(role, event):
                with undone(), contextlib.suppress(NotPossible):
                    kit.event(work_order, event, by=somebody)
            else:
                with pytest.raises(NotAllowed):
                    kit.event(work_order, event, by=somebody)
            assert photograph(work_order) == before, (role, event)


def photograph(work_order: WorkOrder) -> list[Any]:
    """Everything that a move may change."""
    return [
        *WorkOrder.objects.order_by("number").values(),
        *work_order.operations.values(),
        *WorkOrderMove.objects.values(),
        *OrderEvent.objects.values(),
        WorkOrder.objects.get(pk=work_order.pk).state,
        Order.objects.get(pk=work_order.line.order_id).state,
    ]


def test_the_tables_say_the_same() -> None:
    """What the machine allows is what is written out above."""
    for event, move in machine.WORK_ORDER.items():
        assert set(move.before) == set(LEGAL[event]), event
        assert move.lead == (event in LEADS), event


def test_a_move_says_who_when_and_where(work_order: WorkOrder) -> None:
    someone = person("factory operator")
    kit.event(work_order, "start cut", by=someone, station="saw", key="k1")
    step, whole = WorkOrderMove.objects.exclude(event="release").order_by("pk")
    assert (step.operation, step.event, step.before, step.after) == (
        work_order.operations.get(code="cut"),
        "start",
        "waiting",
        "started",
    )
    assert (step.by, step.station, step.key) == (someone, "saw", "k1")
    assert (whole.operation, whole.before, whole.after) == (None, "released", "started")


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


# In order, at the right place


def test_an_operation_waits_for_those_before_it(work_order: WorkOrder) -> None:
    with pytest.raises(NotPossible) as refusal:
        kit.event(work_order, "start fit")
    assert [operation.code for operation in refusal.value.first] == ["cut"]
    kit.event(work_order, "start cut")
    with pytest.raises(NotPossible):
        kit.event(work_order, "start fit")
    kit.event(work_order, "done cut")
    assert work_order.operations.get(code="fit").ready
    kit.event(work_order, "start fit")


def test_operations_that_wait_for_nothing_run_side_by_side(work_order: WorkOrder) -> None:
    work_order.operations.update(predecessors=[], ready=True)
    kit.event(work_order, "start fit")
    kit.event(work_order, "start cut")
    assert kit.event(work_order, "pause cut").state == State.STARTED
    assert kit.event(work_order, "pause fit").state == State.PAUSED
    assert kit.event(work_order, "resume cut").state == State.STARTED
    assert kit.event(work_order, "done cut").state == State.STARTED
    kit.event(work_order, "resume fit")
    assert kit.event(work_order, "done fit").state == State.FINISHED


def test_an_operation_is_done_at_its_own_station(work_order: WorkOrder) -> None:
    with pytest.raises(NotPossible):
        kit.event(work_order, "start cut", station="bench")
    kit.event(work_order, "start cut", station="saw")


def test_an_operation_that_is_not_there(work_order: WorkOrder) -> None:
    with pytest.raises(NotPossible):
        kit.event(work_order, "start paint")


# Rework, scrap


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


# Holds, lots, and what is written with them


@pytest.mark.parametrize(
    ("event", "more", "field"),
    [
        ("hold", {"reason": " \t\n"}, "reason"),
        ("hold", {"reason": "x" * 301}, "reason"),
        ("hold", {"answerer": "nobody"}, "answerer"),
        ("rework", {"cause": ""}, "cause"),
        ("rework", {"cause": "<b>"}, "cause"),
        ("rework", {"note": "x" * 501}, "note"),
        ("scrap", {"cause": "bad luck"}, "cause"),
        ("done cut", {"lots": {"shade": "x" * 61}}, "lot-shade"),
        ("done cut", {"lots": {"wheel": "L1"}}, "lot-wheel"),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field(
    event: str, more: dict[str, Any], field: str, work_order: WorkOrder
) -> None:
    kit.bring(work_order, "started")
    before = photograph(work_order)
    with pytest.raises(BadEntry) as refusal:
        kit.event(work_order, event, **more)
    assert refusal.value.field == field
    assert photograph(work_order) == before


def test_a_hold_says_why_and_who_must_answer(work_order: WorkOrder) -> None:
    kit.bring(work_order, "started")
    held = kit.event(work_order, "hold", reason=" A \x00scratch\r\n here ")
    assert (held.hold_reason, held.hold_for) == ("A scratch here", "lead")
    free = kit.event(held, "unhold", note="Polish it")
    assert (free.hold_reason, free.hold_for, free.state) == ("", "", State.PAUSED)


def test_what_was_held_before_it_began_may_begin(work_order: WorkOrder) -> None:
    kit.event(work_order, "hold")
    assert kit.event(work_order, "unhold").state == State.RELEASED


def test_lots_stand_in_the_history(work_order: WorkOrder) -> None:
    kit.event(work_order, "start cut")
    kit.event(work_order, "done cut", lots={"pole": " ST-7731 ", "shade": ""})
    assert work_order.moves.get(event="done").lots == {"pole": "ST-7731"}


# The whole, and the customer's story


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


def another_line(order: Order) -> WorkOrder:
    """One more line, and its work order."""
    line = order.lines.get()
    line.pk, line.position, line.design_revision = None, 2, 1000
    line.save()
    return release_work_orders(order_id=order.pk)[1]


def state_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).state


def story(order: Order) -> list[str]:
    return list(OrderEvent.objects.filter(order=order).values_list("kind", flat=True))
