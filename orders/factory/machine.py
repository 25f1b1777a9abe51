"""What may happen to work orders and to their operations: from where, to where, and by whom.

These tables are all there is to know; services/ carries them out, and whatever they do not name is
refused. Two events have more than one outcome: what was interrupted goes on as what it was.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from orders.factory.models import WorkOrder, WorkOrderOperation

State = WorkOrder.State
Step = WorkOrderOperation.State

OPEN: tuple[State, ...] = (
    State.RELEASED,
    State.STARTED,
    State.PAUSED,
    State.HELD,
    State.REWORK,
)
ENDED: tuple[State, ...] = (State.FINISHED, State.SHIPPED, State.SCRAPPED, State.CANCELED)


@dataclass(frozen=True)
class Move:
    """An event of a work order; `stamp` is the field that keeps when it happened."""

    before: Set[State]
    after: Set[State]
    lead: bool = False  # only for the factory's leads
    stamp: str = ""


WORK_ORDER: Mapping[str, Move] = {
    "start": Move({State.RELEASED}, {State.STARTED}, stamp="started_at"),
    "pause": Move({State.STARTED, State.REWORK}, {State.PAUSED}),
    "resume": Move({State.PAUSED}, {State.STARTED, State.REWORK}),
    "hold": Move({State.RELEASED, State.STARTED, State.PAUSED, State.REWORK}, {State.HELD}),
    "unhold": Move(
        {State.HELD}, {State.RELEASED, State.STARTED, State.PAUSED, State.REWORK}, lead=True
    ),
    "finish": Move({State.STARTED, State.REWORK}, {State.FINISHED}, stamp="finished_at"),
    "rework": Move(
        {State.STARTED, State.PAUSED, State.HELD, State.REWORK, State.FINISHED},
        {State.REWORK},
        lead=True,
    ),
    "scrap": Move(
        {State.STARTED, State.PAUSED, State.HELD, State.REWORK, State.FINISHED},
        {State.SCRAPPED},
        lead=True,
    ),
    "cancel": Move(set(OPEN), {State.CANCELED}, lead=True),
    "ship": Move({State.FINISHED}, {State.SHIPPED}, lead=True, stamp="shipped_at"),
}

MENDED = Move({State.REWORK}, {State.STARTED})
"""The rework is done and the rest goes on; it follows from an operation, nobody asks for it."""


@dataclass(frozen=True)
class Act:
    """An event of an operation, and the states of its work order in which it may happen."""

    before: Set[Step]
    after: Step
    within: Set[State]


OPERATION: Mapping[str, Act] = {
    "start": Act(
        {Step.WAITING},
        Step.STARTED,
        {State.RELEASED, State.STARTED, State.PAUSED, State.REWORK},
    ),
    "pause": Act({Step.STARTED}, Step.PAUSED, {State.STARTED, State.REWORK}),
    "resume": Act({Step.PAUSED}, Step.STARTED, {State.STARTED, State.PAUSED, State.REWORK}),
    "done": Act({Step.STARTED}, Step.DONE, {State.STARTED, State.REWORK}),
}

ALONG: Mapping[str, Mapping[str, Act]] = {
    "pause": {"pause": Act({Step.STARTED}, Step.PAUSED, {State.PAUSED})},
    "hold": {"pause": Act({Step.STARTED}, Step.PAUSED, {State.HELD})},
    "resume": {"resume": Act({Step.PAUSED}, Step.STARTED, {State.STARTED, State.REWORK})},
    "finish": {"done": Act({Step.WAITING, Step.STARTED, Step.PAUSED}, Step.DONE, {State.FINISHED})},
    "rework": {"again": Act({Step.STARTED, Step.PAUSED, Step.DONE}, Step.WAITING, {State.REWORK})},
    "scrap": {"pause": Act({Step.STARTED}, Step.PAUSED, {State.SCRAPPED})},
    "cancel": {"pause": Act({Step.STARTED}, Step.PAUSED, {State.CANCELED})},
}
"""What moves of a whole work order do to its operations."""


def possible(state: str, *, lead: bool) -> list[str]:
    """The events that somebody may bring upon a work order in this state."""
    return [
        event
        for event, move in WORK_ORDER.items()
        if state in move.before and (lead or not move.lead)
    ]
