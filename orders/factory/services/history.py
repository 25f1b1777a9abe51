"""The history of work orders: each row is written with its move, and told to who listens."""

from typing import Any

from orders import jobs
from orders.factory.models import WorkOrderMove

TOLD_BY = "erp.tell"
"""The job that carries a move out of the house, where somebody wants that."""


def write(**facts: Any) -> WorkOrderMove:
    """A row of history, inside the transaction of its move; `facts` are its fields."""
    move = WorkOrderMove.objects.create(**facts)
    jobs.enqueue_if_wanted(kind=TOLD_BY, queue="hooks", payload={"move": move.pk})
    return move
