"""The one seam through which simulated time comes in: every clock of the process stands still, and
is moved on. `perf_counter` goes on as ever, so that real seconds can be told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import time_machine

INSTANT = timedelta(microseconds=1_000)
"""What lies between two things that happen one after the other."""


class Clock:
    """What time it is; it never goes back."""

    def __init__(self, traveller: time_machine.Traveller, now: datetime) -> None:
        self._traveller, self.now = traveller, now

    def to(self, moment: datetime) -> None:
        """It is this moment, or an instant later than it was if that is past."""
        self.now = max(moment, self.now + INSTANT)
        self._traveller.move_to(self.now)

    def set(self, moment: datetime) -> None:
        """It is just this moment: for whoever follows another's clock."""
        if moment != self.now:
            self.now = moment
            self._traveller.move_to(moment)

    def wait(self, seconds: float) -> None:
        """So many seconds pass."""
        self.to(self.now + timedelta(seconds=seconds))


@contextmanager
def simulated(start: datetime) -> Iterator[Clock]:
    """Within, it is `start`, and then what the clock is moved to."""
    with time_machine.travel(start, tick=False) as traveller:
        yield Clock(traveller, start)
