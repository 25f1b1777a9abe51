"""What capacity is told of the bench: minutes that were worked off, given back, or needed again."""

import logging
from collections.abc import Sequence

from configurator.capacity import services as capacity
from configurator.capacity.models import Reservation
from configurator.capacity.redoing import redo
from configurator.catalog.configuration import Configuration
from configurator.catalog.queries import released
from orders.factory.models import WorkOrder, WorkOrderOperation
from orders.factory.plan import KEY

logger = logging.getLogger(__name__)


def key_of(work_order: WorkOrder) -> str:
    return f"{KEY}{work_order.number}"


def operation_done(work_order: WorkOrder, operation: WorkOrderOperation) -> None:
    """The minutes of this operation are worked off."""
    for key in _keys(work_order):
        capacity.finish_operation(key=key, operation=operation.code)


def given_up(work_order: WorkOrder) -> None:
    """What is left of the work order's minutes and parts is free again."""
    for key in _keys(work_order):
        capacity.release(key=key)


def again(work_order: WorkOrder, operations: Sequence[WorkOrderOperation]) -> None:
    """These operations need their minutes once more."""
    key, codes = key_of(work_order), [operation.code for operation in operations]
    redo(key=key, operations=codes, new_key=f"{key}/{len(_keys(work_order))}")


def remade(work_order: WorkOrder) -> None:
    """A remake needs minutes and parts of its own, if the first making had some."""
    first = work_order.line.work_orders.get(attempt=1)
    before = Reservation.objects.filter(key=key_of(first)).first()
    if before is None:
        return
    specification, held = work_order.specification, f"remake:{work_order.pk}"
    try:
        capacity.hold(
            key=held,
            product=released(specification.release_id),
            configuration=Configuration.from_json(specification.content["configuration"]),
            quantity=work_order.quantity,
            rush=before.rush,
        )
    except (capacity.NoTime, capacity.Full):
        logger.warning("there is no time to make %s", work_order)  # the board shows it
        return
    capacity.firm(key=held, new_key=key_of(work_order))


def _keys(work_order: WorkOrder) -> list[str]:
    """The work order's place, and those of its rework; none that was released."""
    key = key_of(work_order)
    own = Reservation.objects.filter(key=key) | Reservation.objects.filter(
        key__startswith=f"{key}/"
    )
    firm = own.filter(state=Reservation.State.FIRM).order_by("pk")
    return list(firm.values_list("key", flat=True))
