"""What a space answers to the choices made so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from configurator.engine.model import Value


class Answer:
    """Everything a page shows after a click. Count and completion are worked out when read.

    possible: per option, which values some product has, given all other choices
    total, totals: minor units of the cheapest product that keeps the choices (with the value)
    days, days_by_value: working days of the fastest one
    """

    def __init__(
        self,
        possible: Mapping[str, Mapping[Value, bool]],
        total: int | None,
        totals: Mapping[str, Mapping[Value, int | None]],
        count: Callable[[], int],
        completion: Callable[[], dict[str, Value]],
        fastest: Callable[[], tuple[int | None, Mapping[str, Mapping[Value, int | None]]]],
    ) -> None:
        self.possible = possible
        self.total = total
        self.totals = totals
        self._count = count
        self._completion = completion
        self._fastest = fastest

    @cached_property
    def count(self) -> int:
        """Complete designs that keep all choices."""
        return self._count()

    @cached_property
    def completion(self) -> dict[str, Value]:
        """The cheapest complete design that keeps the choices; empty when there is none."""
        found = self._completion()
        self._completion = found.copy  # lets go of the sweep behind it
        return found

    @cached_property
    def _days(self) -> tuple[int | None, Mapping[str, Mapping[Value, int | None]]]:
        return self._fastest()

    @property
    def days(self) -> int | None:
        """Lead days of the fastest design that keeps the choices."""
        return self._days[0]

    @property
    def days_by_value(self) -> Mapping[str, Mapping[Value, int | None]]:
        """Lead days of the fastest design with each value, all other choices kept."""
        return self._days[1]
