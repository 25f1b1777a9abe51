"""What is charged in another currency than a release's: by a fixed rate and a rule of rounding.

Everything is counted in the release's currency; one amount, the net of a whole design, is turned
into another currency, and every difference that is shown is one of two such amounts. So what is
told always adds up, to the cent (docs/decisions/0015).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

CENT = "0.01"
ENDINGS = ("0.90", "0.95", "0.99")


@dataclass(frozen=True)
class Charge:
    """How amounts in `base` are charged in `currency`. Amounts are net, in minor units."""

    base: str
    currency: str
    rate: Decimal = Decimal(1)
    rounding: str = CENT

    @staticmethod
    def none(base: str) -> "Charge":
        """Charged as it is."""
        return Charge(base, base)

    @property
    def same(self) -> bool:
        return self.base == self.currency

    def of(self, minor: int) -> int:
        """What is charged for it: rounded half up as the rule says, never to nothing."""
        return minor if self.same else _rounded(minor, self.rate, self.rounding)

    def within(self, minor: int) -> int:
        """The most that is charged with no more than this."""
        return minor if self.same else _most(minor, self.rate, self.rounding)

    def plain(self, amount: Decimal) -> Decimal:
        """An amount on its own, in major units, to the cent."""
        if self.same:
            return amount
        return (amount * self.rate).quantize(Decimal(CENT), ROUND_HALF_UP)

    def to_json(self) -> dict[str, str]:
        return {
            "base": self.base,
            "currency": self.currency,
            "rate": str(self.rate),
            "rounding": self.rounding,
        }

    @staticmethod
    def from_json(said: Mapping[str, Any]) -> "Charge | None":
        if not said:
            return None
        return Charge(said["base"], said["currency"], Decimal(said["rate"]), said["rounding"])


@lru_cache(maxsize=65536)
def _rounded(minor: int, rate: Decimal, rounding: str) -> int:
    if minor < 0:
        return -_rounded(-minor, rate, rounding)
    exact = minor * rate
    if rounding in ENDINGS:
        ending = int(Decimal(rounding) * 100)
        return max(0, _steps(exact - ending, 100)) * 100 + ending if minor else 0
    step = int(Decimal(rounding) * 100)
    return _steps(exact, step) * step or _steps(exact, 1)


def _steps(exact: Decimal, step: int) -> int:
    return int((exact / step).quantize(Decimal(1), ROUND_HALF_UP))


@lru_cache(maxsize=4096)
def _most(minor: int, rate: Decimal, rounding: str) -> int:
    """By halving: what is charged never falls where the amount grows."""
    if minor < 0:
        return -1
    low, high = 0, int((minor + 2_000) / rate) + 1
    while low < high:
        middle = (low + high + 1) // 2
        if _rounded(middle, rate, rounding) <= minor:
            low = middle
        else:
            high = middle - 1
    return low
