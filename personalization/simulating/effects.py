"""What is known to have an effect, and the ledger of it: the truth that reports are held against.

A treatment makes somebody order once more, with a chance that is written here, some hours after
they met it. The ledger keeps every such chance, whether it came true or not: what a treatment
really did on average is a sum over chances, not over what happened to happen. No Django here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Treatment:
    """`chance` to order because of it, within so many `hours`."""

    name: str
    chance: float
    hours: float


WELCOME = Treatment("welcome", 0.16, 36)
LEFT = Treatment("left", 0.25, 30)
ADVICE = Treatment("advice", 0.20, 36)
OFFER = Treatment("offer", 0.25, 48)
NEWS = Treatment("news", 0.06, 30)


@dataclass
class Chance:
    """Somebody (by their row's id) met a treatment, and would order for it `at` that moment.
    `seen`: whether the shop writes down what they order then."""

    treatment: str
    person: int
    at: datetime
    chance: float
    fired: bool
    seen: bool = False


@dataclass(frozen=True)
class Bought:
    """An order, and the chance that it came from; None: they would have ordered anyway. `before`
    is the amount without what codes took off."""

    person: int
    at: datetime
    amount: float
    before: float
    why: Chance | None
    seen: bool


@dataclass
class Ledger:
    """All chances, and all orders."""

    chances: list[Chance] = field(default_factory=list)
    bought: list[Bought] = field(default_factory=list)

    def chances_of(self, person: int, treatments: Iterable[str]) -> list[Chance]:
        names = set(treatments)
        return [each for each in self.chances if each.person == person and each.treatment in names]
