"""The factory's rows: work orders with their parts and operations, and what happened to them."""

from orders.factory.models.history import WorkOrderMove
from orders.factory.models.work_orders import WorkOrder, WorkOrderOperation, WorkOrderPart

__all__ = ["WorkOrder", "WorkOrderMove", "WorkOrderOperation", "WorkOrderPart"]
