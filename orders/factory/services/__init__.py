"""Every write of the factory: work orders are released, and moved as machine.py allows."""

from orders.factory.services.operations import (
    finish_operation,
    pause_operation,
    resume_operation,
    start_operation,
)
from orders.factory.services.refusals import BadEntry, NotAllowed, NotPossible
from orders.factory.services.release import release_work_orders
from orders.factory.services.revising import PastCutOff, begun, revise
from orders.factory.services.work_orders import (
    cancel,
    finish,
    hold,
    pause,
    resume,
    rework,
    scrap,
    ship,
    start,
    unhold,
)

__all__ = [
    "BadEntry",
    "NotAllowed",
    "NotPossible",
    "PastCutOff",
    "begun",
    "cancel",
    "finish",
    "finish_operation",
    "hold",
    "pause",
    "pause_operation",
    "release_work_orders",
    "resume",
    "resume_operation",
    "revise",
    "rework",
    "scrap",
    "ship",
    "start",
    "start_operation",
    "unhold",
]
