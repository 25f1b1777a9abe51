"""Who is in what: by a hash of the experiment and the person, the same after every restart.

No Django here. Nothing is stored to know somebody's arm, so nothing can be lost or be moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

WHOLE = 2**64


def lot(salt: str, person: str) -> float:
    """A number in [0, 1), uniform over people and independent between salts."""
    digest = hashlib.sha256(f"{len(salt)}:{salt}:{person}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / WHOLE


def arm_by_weight(salt: str, person: str, weights: Sequence[int]) -> int:
    """The place of the arm that somebody drew; weights are whole numbers, not all 0."""
    drawn = lot(salt, person) * sum(weights)
    for place, weight in enumerate(weights):
        drawn -= weight
        if drawn < 0:
            return place
    return max(place for place, weight in enumerate(weights) if weight)


@dataclass(frozen=True)
class Slot:
    """An experiment's part of the people in its exclusion group, as a slice of [0, 1)."""

    group: str
    start: float = 0.0
    stop: float = 1.0

    def holds(self, person: str) -> bool:
        """Whether the person is in this part; parts that do not overlap share nobody."""
        return self.start <= lot(f"group:{self.group}", person) < self.stop


def held_out(name: str, person: str, share: float) -> bool:
    """Whether the person is among this share of a holdout. A greater share keeps who was in it."""
    return lot(f"holdout:{name}", person) < share
