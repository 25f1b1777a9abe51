"""The states of work orders and operations: every event in every state, by every kind of person."""

import contextlib
from collections.abc import Iterator

import pytest
from django.db import transaction

from orders.factory import machine
from orders.factory.models import WorkOrder, WorkOrderMove
from orders.factory.services import NotAllowed, NotPossible
from tests.factory import kit
from tests.factory.conftest import person
from tests.factory.kit import State, photograph

pytestmark = pytest.mark.django_db
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
