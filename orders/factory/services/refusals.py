"""Why a move is not made. What is said to people about it is worded in telling.py."""

from collections.abc import Sequence
from enum import StrEnum

from orders.factory.models import WorkOrder, WorkOrderOperation


class Why(StrEnum):
    """What stands against a move."""

    STATE = "state"  # the work order is not in a state for it
    VERSION = "version"  # it is no more as the sender saw it
    STEP = "step"  # the operation is not in a state for it
    BEFORE = "before"  # other operations must be done first
    STATION = "station"  # the operation is done elsewhere
    UNKNOWN = "unknown"  # there is no such operation
    KEY = "key"  # the sender's mark belongs to a move of something else


class NotPossible(Exception):
    """The move is not made; `work_order` (and `operation`) are as they truly are.

    `first` are the operations that have to be done before this one.
    """

    def __init__(
        self,
        event: str,
        work_order: WorkOrder,
        why: Why = Why.STATE,
        operation: WorkOrderOperation | None = None,
        first: Sequence[WorkOrderOperation] = (),
    ) -> None:
        where = f"{work_order} {operation.code}" if operation else str(work_order)
        super().__init__(f"{event}: {where} is {work_order.state} ({why})")
        self.event = event
        self.work_order = work_order
        self.why = why
        self.operation = operation
        self.first = tuple(first)


class NotAllowed(Exception):
    """Only a lead may do this."""

    def __init__(self, event: str) -> None:
        super().__init__(event)
        self.event = event


class BadEntry(ValueError):
    """Something that was entered can't be taken; `field` is where, `str()` says what to do."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
