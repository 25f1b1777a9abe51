"""Moves of whole work orders: started, paused, held, made again, given up, shipped."""

from collections.abc import Callable
from typing import Unpack
from uuid import UUID

from django.contrib.auth.models import User

from orders.factory import machine, reservations
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.services import entries, story
from orders.factory.services.moving import (
    Facts,
    Scene,
    Told,
    act,
    along,
    move,
    perform,
    refresh_ready,
)
from orders.factory.services.refusals import NotPossible, Why
from orders.factory.services.release import remake
from orders.models import Order

State = WorkOrder.State
Step = WorkOrderOperation.State


def start(*, work_order_id: UUID, by: User | None, **told: Unpack[Told]) -> WorkOrder:
    """Begin to build. NotPossible unless it is released (and still at `version`, if given)."""
    return _perform("start", work_order_id, by, told, begin)


def begin(scene: Scene) -> None:
    """Building begins, with the whole or with its first operation."""
    move(scene, "start", machine.WORK_ORDER["start"])
    story.started(scene.order, scene.work_order)


def finish(*, work_order_id: UUID, by: User | None, **told: Unpack[Told]) -> WorkOrder:
    """It is built, with all its operations; with the last work order, the order is finished too."""

    def effect(scene: Scene) -> None:
        complete(scene)
        for operation in along(scene, "finish"):
            reservations.operation_done(scene.work_order, operation)
        refresh_ready(scene)

    return _perform("finish", work_order_id, by, told, effect)


def complete(scene: Scene) -> None:
    """It is built, as a whole or with its last operation."""
    move(scene, "finish", machine.WORK_ORDER["finish"])


def pause(*, work_order_id: UUID, by: User | None, **told: Unpack[Told]) -> WorkOrder:
    """Let it lie for a while, with all that is being done to it."""

    def effect(scene: Scene) -> None:
        move(scene, "pause", machine.WORK_ORDER["pause"])
        along(scene, "pause")

    return _perform("pause", work_order_id, by, told, effect)


def resume(*, work_order_id: UUID, by: User | None, **told: Unpack[Told]) -> WorkOrder:
    """Go on, with all that was paused."""

    def effect(scene: Scene) -> None:
        move(scene, "resume", machine.WORK_ORDER["resume"], under_way(scene))
        along(scene, "resume")

    return _perform("resume", work_order_id, by, told, effect)


def under_way(scene: Scene) -> State:
    """In rework as long as something is to be done again."""
    again = any(operation.rework for operation in scene.operations)
    return State.REWORK if again else State.STARTED


def hold(
    *,
    work_order_id: UUID,
    by: User | None,
    reason: str,
    answerer: str,
    photo: str = "",
    **told: Unpack[Told],
) -> WorkOrder:
    """Stop until somebody has answered. BadEntry without a reason, or for nobody."""
    reason, answerer = entries.reason(reason), entries.answerer(answerer)

    def effect(scene: Scene) -> None:
        changes = {"hold_reason": reason, "hold_for": answerer}
        facts = {"cause": answerer, "note": reason, "photo": photo}
        move(scene, "hold", machine.WORK_ORDER["hold"], changes=changes, facts=facts)
        along(scene, "hold")

    return _perform("hold", work_order_id, by, told, effect)


def unhold(
    *, work_order_id: UUID, by: User | None, note: str = "", **told: Unpack[Told]
) -> WorkOrder:
    """It was answered: go on as before. Who was at it takes it up again."""
    note = entries.note(note)

    def effect(scene: Scene) -> None:
        after = _before_the_hold(scene)
        move(
            scene,
            "unhold",
            machine.WORK_ORDER["unhold"],
            after,
            changes=NO_HOLD,
            facts={"note": note},
        )

    return _perform("unhold", work_order_id, by, told, effect)


NO_HOLD = {"hold_reason": "", "hold_for": ""}


def _before_the_hold(scene: Scene) -> State:
    last = scene.work_order.moves.filter(operation=None, after=State.HELD).last()
    if any(operation.state == Step.PAUSED for operation in scene.operations):
        return State.PAUSED
    known = last.before if last else ""
    return State(known) if known in machine.WORK_ORDER["unhold"].after else under_way(scene)


def rework(
    *,
    work_order_id: UUID,
    by: User | None,
    operation: str,
    cause: str,
    note: str = "",
    photo: str = "",
    **told: Unpack[Told],
) -> WorkOrder:
    """Back to an operation: it, and what was done after it, is to be done again.

    BadEntry without a cause; NotPossible if the operation has not begun.
    """
    cause, note = entries.cause(cause), entries.note(note)

    def effect(scene: Scene) -> None:
        back_to = scene.operation("rework", operation)
        facts = {"cause": cause, "note": note, "photo": photo}
        changes: Facts = {**NO_HOLD, "finished_at": None}
        possible = scene.work_order.state in machine.WORK_ORDER["rework"].before
        if possible and back_to.state == Step.WAITING:
            raise NotPossible("rework", scene.work_order, Why.STEP, back_to)
        move(scene, "rework", machine.WORK_ORDER["rework"], changes=changes, facts=facts)
        (rule,) = machine.ALONG["rework"].values()
        again = [o for o in following(back_to, scene.operations) if o.state in rule.before]
        for one in again:
            act(scene, "again", rule, one, {"cause": cause if one is back_to else ""})
        refresh_ready(scene)
        reservations.again(scene.work_order, again)

    return _perform("rework", work_order_id, by, told, effect)


def following(
    operation: WorkOrderOperation, operations: list[WorkOrderOperation]
) -> list[WorkOrderOperation]:
    """An operation and all that build on it, in the routing's order."""
    codes = {operation.code}
    while True:
        more = {o.code for o in operations if codes & set(o.predecessors)} - codes
        if not more:
            return [o for o in operations if o.code in codes]
        codes |= more


def scrap(
    *,
    work_order_id: UUID,
    by: User | None,
    cause: str,
    note: str = "",
    photo: str = "",
    **told: Unpack[Told],
) -> WorkOrder:
    """Give it up, and make it anew (`work_order.remakes`) unless the order was canceled."""
    cause, note = entries.cause(cause), entries.note(note)

    def effect(scene: Scene) -> None:
        facts = {"cause": cause, "note": note, "photo": photo}
        move(scene, "scrap", machine.WORK_ORDER["scrap"], changes=NO_HOLD, facts=facts)
        along(scene, "scrap")
        reservations.given_up(scene.work_order)
        if scene.order.state != Order.State.CANCELED:
            reservations.remade(remake(scene.work_order))

    return _perform("scrap", work_order_id, by, told, effect)


def cancel(
    *, work_order_id: UUID, by: User | None, note: str = "", **told: Unpack[Told]
) -> WorkOrder:
    """It is not to be built; with the last work order, the order is canceled too."""
    note = entries.note(note)

    def effect(scene: Scene) -> None:
        move(scene, "cancel", machine.WORK_ORDER["cancel"], changes=NO_HOLD, facts={"note": note})
        along(scene, "cancel")
        reservations.given_up(scene.work_order)

    return _perform("cancel", work_order_id, by, told, effect)


def ship(
    *, work_order_id: UUID, by: User | None, note: str = "", **told: Unpack[Told]
) -> WorkOrder:
    """It left the house; with the last work order, the order is shipped too."""
    note = entries.note(note)

    def effect(scene: Scene) -> None:
        move(scene, "ship", machine.WORK_ORDER["ship"], facts={"note": note})

    return _perform("ship", work_order_id, by, told, effect)


def _perform(
    event: str,
    work_order_id: UUID,
    by: User | None,
    told: Told,
    effect: Callable[[Scene], None],
) -> WorkOrder:
    return perform(event, work_order_id, by, told, effect, lead=machine.WORK_ORDER[event].lead)
