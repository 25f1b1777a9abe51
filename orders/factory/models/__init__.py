"""The factory's rows: work orders with parts and operations, what happened, what was printed."""

from orders.factory.models.history import WorkOrderMove
from orders.factory.models.printing import PrintBatch, PrintedPaper
from orders.factory.models.revisions import WorkOrderRevision
from orders.factory.models.showing import Parcel, SharedPhoto, Stage
from orders.factory.models.work_orders import WorkOrder, WorkOrderOperation, WorkOrderPart

__all__ = [
    "Parcel",
    "PrintBatch",
    "PrintedPaper",
    "SharedPhoto",
    "Stage",
    "WorkOrder",
    "WorkOrderMove",
    "WorkOrderOperation",
    "WorkOrderPart",
    "WorkOrderRevision",
]
