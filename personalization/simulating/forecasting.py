"""What the shop tells of people is likely, beside what is true of them and what came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import hypot, prod, sqrt
from typing import TYPE_CHECKING

import numpy as np

from personalization.people.models import Event
from personalization.segments.evaluating import Everybody, Floats
from personalization.segments.models import Score
from personalization.segments.predicting import (
    ACTS,
    AHEAD,
    FOLDS,
    TooFew,
    about,
    features_of,
    learn,
    past_of,
    train,
)
from personalization.simulating.crowd import Somebody, never
from personalization.simulating.effects import NEWS, Chance, Ledger

if TYPE_CHECKING:
    from personalization.simulating.run import Run

ORDER, LEAVE = "likely_to_order", "likely_to_leave"
NAMES = {ORDER: "likely to order within 30 days", LEAVE: "likely to leave for 30 days"}
LEAST_DAYS = 3 * AHEAD + 7
"""As long as a run has to be: what is told is learned from the days after others, and these from
as many before, lest all be newcomers then."""
PARTS = 5
SURE = 2.807
"""So many standard errors to either side hold 995 of 1,000: ten at once, in 95 of 100 runs."""
AGAIN = 30
"""So often it is learned anew from others of the kind, to see how far what is told is luck."""


@dataclass(frozen=True)
class Forecast:
    """What was told at a moment, the beginning of a `day`: percent by person, by name; and what
    would have been told, had it been learned from other people of the kind."""

    at: datetime
    day: int
    told: dict[str, dict[int, float]]
    again: dict[str, list[dict[int, float]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """Some people of whom about the same was told: shares from 0 to 1."""

    people: int
    told: float
    true: float
    came: float
    unsure: float = 0.0  # the standard error of what was told, as it was learned from so few

    @property
    def between(self) -> tuple[float, float]:
        """What may be told when as many came: Wilson's interval, of 99.5 %, and as much more as
        what is told is unsure itself."""
        n, squared = self.people, SURE**2
        middle = (self.came + squared / (2 * n)) / (1 + squared / n)
        spread = sqrt(self.came * (1 - self.came) / n + squared / (4 * n * n))
        half = hypot(SURE * spread / (1 + squared / n), SURE * self.unsure)
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
    told, again = {}, {}
    for name in NAMES:
        with suppress(TooFew):
            train(name)
            told[name] = dict(Score.objects.filter(name=name).values_list("person_id", "value"))
            again[name] = list(_again(name, run.asked.seed))
    run.forecast = Forecast(run.clock.now, run.asked.days - AHEAD, told, again)


def _again(name: str, seed: int) -> Iterator[dict[int, float]]:
    """What would be told had others come: as many, drawn from those who came (B. Efron, Bootstrap
    methods: another look at the jackknife, 1979)."""
    everybody, lot = Everybody(), np.random.default_rng(seed)
    past = past_of(name, everybody.now, everybody)
    learned_from = np.unique(past.ids[past.ids % FOLDS != 0])
    rows = [np.flatnonzero(past.ids == each) for each in learned_from]
    here = about(name, everybody)
    features = features_of(everybody)[here]
    for _time in range(AGAIN):
        drawn = np.concatenate([rows[n] for n in lot.integers(len(rows), size=len(rows))])
        with suppress(TooFew):
            learned = learn(past.features[drawn], past.happened[drawn], past.ids[drawn])
            told = 100 * learned.likely(features)
            yield dict(zip(everybody.ids[here].tolist(), told.tolist(), strict=True))


def parts(
    name: str, forecast: Forecast | None, people: Sequence[Somebody], ledger: Ledger
) -> list[Part]:
    """Fifths of the people, by what was told of them; whoever objects is left out."""
    if forecast is None or name not in forecast.told:
        return []
    told, happened = forecast.told[name], _happened(name, forecast)
    chances: dict[int, list[Chance]] = {}
    for each in ledger.chances:
        if each.at > forecast.at:
            chances.setdefault(each.person, []).append(each)
    rows = [
        (
            told[who.pk] / 100,
            _true(name, who, forecast.day, chances.get(who.pk, [])),
            (who.pk in happened) == (name == ORDER),
            who.pk,
        )
        for who in people
        if who.pk in told and not who.quiet
    ]
    table = np.array(sorted(rows), dtype=float).reshape(-1, 4)
    return [
        _part(part, forecast.again.get(name, []))
        for part in np.array_split(table, PARTS)
        if len(part)
    ]


def _part(rows: Floats, again: Sequence[dict[int, float]]) -> Part:
    """Of rows of what is told, is true and came (shares), and who it is."""
    told, true, came = (float(value) for value in rows[:, :3].mean(axis=0))
    means = [np.mean([each[int(pk)] / 100 for pk in rows[:, 3]]) for each in again]
    return Part(len(rows), told, true, came, float(np.std(means, ddof=1)) if means[1:] else 0.0)


def _happened(name: str, forecast: Forecast) -> set[int]:
    """Who ordered since, or did anything at all."""
    kinds = [Event.Kind.ORDERED] if name == ORDER else ACTS
    since = Event.objects.filter(kind__in=kinds, at__gt=forecast.at)
    return set(since.values_list("person_id", flat=True))


def _true(name: str, who: Somebody, day: int, chances: Iterable[Chance]) -> float:
    """The chance that somebody with these habits orders within the days, with the chances that
    treatments gave them meanwhile; or that they do nothing. Who does not come meets only news."""
    habits = who.habits
    if name == ORDER:
        none = never(who, habits.visits * habits.buys, day, AHEAD)
        return 1 - none * prod(1 - each.chance for each in chances)
    none = never(who, habits.visits, day, AHEAD)
    return none * prod(1 - each.chance for each in chances if each.treatment == NEWS.name)
