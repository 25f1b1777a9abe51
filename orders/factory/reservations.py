"""What capacity is told of the bench: minutes that were worked off, given back, or needed again.

Until the room of capacity keeps reservations, there is nobody to tell.
"""

from collections.abc import Sequence

from orders.factory.models import WorkOrder, WorkOrderOperation


def operation_done(work_order: WorkOrder, operation: WorkOrderOperation) -> None:
    """The minutes of this operation are worked off."""


def ended(work_order: WorkOrder) -> None:
    """What is left of the work order's minutes is free again."""


def again(work_order: WorkOrder, operations: Sequence[WorkOrderOperation]) -> None:
    """These operations need their minutes once more."""


def remade(work_order: WorkOrder) -> None:
    """A remake needs minutes of its own."""
