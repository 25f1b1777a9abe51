"""Operations in their order and place; holds, lots, and what is written with them."""

from typing import Any

import pytest

from orders.factory.models import WorkOrder
from orders.factory.services import BadEntry, NotPossible
from tests.factory import kit
from tests.factory.kit import State, photograph

pytestmark = pytest.mark.django_db


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
