"""What the shop tells of people is likely, beside what is true of them and what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import prod, sqrt
from typing import TYPE_CHECKING

import numpy as np

from personalization.people.models import Event
from personalization.segments.models import Score
from personalization.segments.predicting import AHEAD, TooFew, train
from personalization.simulating.crowd import Somebody

if TYPE_CHECKING:
    from personalization.simulating.run import Run

NAME = "likely_to_order"
LEAST_DAYS = 3 * AHEAD + 7
"""As long as a run has to be: what is told is learned from the days after others, and these from
as many before, lest all be newcomers then."""
PARTS = 5
SURE = 2.576
"""So many standard errors to either side hold 99 of 100 truths: five at once, in 95 of 100 runs."""


@dataclass(frozen=True)
class Forecast:
    """What was told at a moment: percent by person."""

    at: datetime
    told: dict[int, float]


@dataclass(frozen=True)
class Part:
    """Some people of whom about the same was told: shares from 0 to 1."""

    people: int
    told: float
    true: float
    came: float

    @property
    def between(self) -> tuple[float, float]:
        """The shares of which the one that came is no surprise: Wilson's interval, of 99 %."""
        n, squared = self.people, SURE**2
        middle = (self.came + squared / (2 * n)) / (1 + squared / n)
        spread = sqrt(self.came * (1 - self.came) / n + squared / (4 * n * n))
        half = SURE * spread / (1 + squared / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    @property
    def honest(self) -> bool:
        """Whether what was told is no surprise, seen what came."""
        least, most = self.between
        return least <= self.told <= most


def moment(begins: datetime, days: int) -> datetime | None:
    """When it is told; None where the run is too short."""
    return begins + timedelta(days=days - AHEAD) if days >= LEAST_DAYS else None


def tell(run: Run) -> None:
    """Learn, and keep what is told of everybody."""
    try:
        train(NAME)
    except TooFew:
        return
    rows = Score.objects.filter(name=NAME).values_list("person_id", "value")
    run.forecast = Forecast(run.clock.now, dict(rows))


def parts(
    forecast: Forecast | None, people: Sequence[Somebody], chances: dict[int, list[float]]
) -> list[Part]:
    """Fifths of the people, by what was told of them; whoever objects is left out.

    True is the chance that somebody with these habits orders within the days, with the chances
    that treatments gave them meanwhile.
    """
    if forecast is None:
        return []
    since = Event.objects.filter(kind=Event.Kind.ORDERED, at__gt=forecast.at)
    ordered = set(since.values_list("person_id", flat=True))
    rows = [
        (forecast.told[who.pk] / 100, _true(who, chances.get(who.pk, [])), who.pk in ordered)
        for who in people
        if who.pk in forecast.told and not who.quiet
    ]
    table = np.array(sorted(rows), dtype=float).reshape(-1, 3)
    return [
        Part(len(part), *(float(value) for value in part.mean(axis=0)))
        for part in np.array_split(table, PARTS)
        if len(part)
    ]


def _true(who: Somebody, chances: Sequence[float]) -> float:
    none_of_their_own = (1 - who.habits.visits * who.habits.buys) ** AHEAD
    return 1 - none_of_their_own * prod(1 - chance for chance in chances)
