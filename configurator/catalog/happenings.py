"""What happens in the shop, told to whoever listens above.

The rooms of designing and ordering don't know who writes down what somebody did. They tell it,
inside the transaction of its cause; a room above says once, as the program starts, that it listens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

VIEWED, BEGAN, CHOSE, BLOCKED = "viewed", "began", "chose", "blocked"
TOOK = "took"  # what others chose, told beside CHOSE
SAVED, CARTED, SHARED = "saved", "carted", "shared"
ORDERED, BOUGHT, CANCELED = "ordered", "bought", "canceled"
SHIPPED, RETURNED = "shipped", "returned"
PAID, STARTED, MADE = "paid", "started", "made"
FINISHED, REOPENED = "finished", "reopened"
"""What becomes of an order in the workshop; MADE: one operation (`option`) of one line is done."""
RATED, WROTE = "rated", "wrote"
PUBLISHED = "published"  # a release went live: done by the firm, and no event of anybody


@dataclass(frozen=True)
class Happening:
    """One thing that somebody did, or that was done to their order. Never what they wrote
    themselves: `value` is a choice of the catalog or empty. `number` is a count or stars."""

    kind: str
    product: str = ""  # its slug
    design: UUID | None = None
    order: UUID | None = None
    option: str = ""
    value: str = ""
    amount: Decimal | None = None
    currency: str = ""
    number: int | None = None
    country: str = ""


Listener = Callable[[Happening], None]
_listeners: list[Listener] = []


def heard_by(listener: Listener) -> None:
    """Say who listens."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(happening: Happening) -> None:
    """Tell what happened, in the caller's transaction."""
    for listener in _listeners:
        listener(happening)
