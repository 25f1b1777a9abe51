"""A range with a step as a list of numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from configurator.engine.errors import FormatError

MOST_STEPS = 10_000


def steps(option: Mapping[str, Any], name: str) -> Iterator[int | Decimal]:
    """The numbers from `minimum` to `maximum`, a `step` (1) apart; whole ones as integers."""
    try:
        low, high, step = (
            Decimal(str(option.get(key, default)))
            for key, default in (("minimum", None), ("maximum", None), ("step", 1))
        )
        sensible = step > 0 and low <= high and (high - low) / step <= MOST_STEPS
    except InvalidOperation:
        raise FormatError(f"“{name}” needs numbers for minimum, maximum and step.") from None
    if not sensible:
        raise FormatError(f"“{name}” has no sensible range from {low} to {high} by {step}.")
    for place in range(int((high - low) / step) + 1):
        number = low + place * step
        yield int(number) if number == number.to_integral_value() else number
