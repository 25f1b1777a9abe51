"""Somebody took something back: what it had earned them is taken back by whoever gave it.

The rooms above say so once, in `ready()`; they hear of it in the transaction of the withdrawal.
"""

from collections.abc import Callable
from dataclasses import dataclass

from personalization.people.models import Person


@dataclass(frozen=True)
class Withdrawal:
    """Facts that were told, or a purpose that was allowed."""

    person: Person
    facts: frozenset[str] = frozenset()
    purpose: str = ""


Listener = Callable[[Withdrawal], None]
_listeners: list[Listener] = []


def heard_by(listener: Listener) -> None:
    """There is one more who is told."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(withdrawal: Withdrawal) -> None:
    for listener in _listeners:
        listener(withdrawal)
