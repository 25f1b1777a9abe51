"""Capacity's rows: free minutes and who has them, closures, and stock."""

from configurator.capacity.models.history import PlanChange, PlanMove
from configurator.capacity.models.minutes import (
    Booking,
    CapacityState,
    Closure,
    DayLoad,
    Reservation,
    WorkCenterHours,
)
from configurator.capacity.models.stock import StockClaim, StockItem, StockMove

__all__ = [
    "Booking",
    "CapacityState",
    "Closure",
    "DayLoad",
    "PlanChange",
    "PlanMove",
    "Reservation",
    "StockClaim",
    "StockItem",
    "StockMove",
    "WorkCenterHours",
]
