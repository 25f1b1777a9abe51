"""Moves of a work order's operations; the work order follows the first and the last of them."""

from collections.abc import Mapping
from typing import Unpack
from uuid import UUID

from django.contrib.auth.models import User

from orders.factory import machine, reservations
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.services import entries
from orders.factory.services.moving import (
    Scene,
    Told,
    act,
    missing,
    move,
    perform,
    refresh_ready,
    touch,
)
from orders.factory.services.refusals import NotPossible, Why
from orders.factory.services.work_orders import begin, complete, under_way

State = WorkOrder.State
Step = WorkOrderOperation.State


def start_operation(
    *, work_order_id: UUID, code: str, by: User | None, **told: Unpack[Told]
) -> WorkOrder:
    """Begin an operation once all before it are done; the first one begins the work order."""

    def effect(scene: Scene) -> None:
        operation = _workable(scene, "start", code)
        first = missing(operation, scene.operations)
        if first and operation.state == Step.WAITING:
            raise NotPossible("start", scene.work_order, Why.BEFORE, operation, first)
        act(scene, "start", machine.OPERATION["start"], operation)
        if scene.work_order.state == State.RELEASED:
            begin(scene)
        else:
            _go_on(scene)

    return perform("start", work_order_id, by, told, effect)


def pause_operation(
    *, work_order_id: UUID, code: str, by: User | None, **told: Unpack[Told]
) -> WorkOrder:
    """Let it lie for a while; with the last that is being done, the work order is paused too."""

    def effect(scene: Scene) -> None:
        operation = _workable(scene, "pause", code)
        act(scene, "pause", machine.OPERATION["pause"], operation)
        if any(other.state == Step.STARTED for other in scene.operations):
            touch(scene)
        else:
            move(scene, "pause", machine.WORK_ORDER["pause"])

    return perform("pause", work_order_id, by, told, effect)


def resume_operation(
    *, work_order_id: UUID, code: str, by: User | None, **told: Unpack[Told]
) -> WorkOrder:
    """Go on with it."""

    def effect(scene: Scene) -> None:
        operation = _workable(scene, "resume", code)
        act(scene, "resume", machine.OPERATION["resume"], operation)
        _go_on(scene)

    return perform("resume", work_order_id, by, told, effect)


def finish_operation(
    *,
    work_order_id: UUID,
    code: str,
    by: User | None,
    lots: Mapping[str, str] | None = None,
    note: str = "",
    **told: Unpack[Told],
) -> WorkOrder:
    """It is done, with these lots of its parts (by their codes); the last one finishes the whole.

    BadEntry for lots of parts that it does not use.
    """

    def effect(scene: Scene) -> None:
        operation = _workable(scene, "done", code)
        used = entries.lots(lots or {}, parts_of(scene.work_order, operation, scene.operations))
        facts = {"lots": used, "note": entries.note(note)}
        act(scene, "done", machine.OPERATION["done"], operation, facts)
        refresh_ready(scene)
        reservations.operation_done(scene.work_order, operation)
        _after_one_is_done(scene)

    return perform("done", work_order_id, by, told, effect)


def parts_of(
    work_order: WorkOrder,
    operation: WorkOrderOperation,
    operations: list[WorkOrderOperation],
) -> list[str]:
    """The codes of the parts that an operation uses; the first has those that name none."""
    codes = [operation.code]
    if operations and operation.pk == operations[0].pk:
        codes.append("")
    return list(work_order.parts.filter(operation__in=codes).values_list("code", flat=True))


def _workable(scene: Scene, event: str, code: str) -> WorkOrderOperation:
    """The operation, if the work order is in a state to work on it, here."""
    operation = scene.operation(event, code)
    if scene.work_order.state not in machine.OPERATION[event].within:
        raise NotPossible(event, scene.work_order, Why.STATE, operation)
    station = scene.told.get("station")
    if station and station != operation.work_center:
        raise NotPossible(event, scene.work_order, Why.STATION, operation)
    return operation


def _go_on(scene: Scene) -> None:
    """Something is being done: a paused work order is no longer."""
    if scene.work_order.state == State.PAUSED:
        move(scene, "resume", machine.WORK_ORDER["resume"], under_way(scene))
    else:
        touch(scene)


def _after_one_is_done(scene: Scene) -> None:
    if all(operation.state == Step.DONE for operation in scene.operations):
        complete(scene)
    elif scene.work_order.state == State.REWORK and under_way(scene) == State.STARTED:
        move(scene, "mend", machine.MENDED)
    else:
        touch(scene)
