"""What an experiment has brought until now: by its registered plan, and valid at every moment.

Counted are people whose days are over, in the order of their first exposure; whoever met two arms
before they turned out to be one person counts where they were first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count
from django.utils import timezone

from personalization.experiments import ratio
from personalization.experiments.columns import Floats, Ints
from personalization.experiments.meeting import Met, met
from personalization.experiments.metrics import Metric, Reading, metric_of, metrics
from personalization.experiments.models import Experiment, Exposure
from personalization.experiments.registering import hashed
from personalization.experiments.sequential import Bools, Interval, Walk, interval, walk

MOST_POINTS = 120
"""So many places of the way there are in a plot."""


@dataclass(frozen=True)
class ArmResult:
    """What those in an arm did. `people` have met it, `counted` of them had all their days."""

    code: str
    name: str
    weight: int
    people: int
    counted: int
    total: float

    @property
    def mean(self) -> float | None:
        return self.total / self.counted if self.counted else None


@dataclass(frozen=True)
class Comparison:
    """An arm against the first one, by one metric. `way`: people, estimate, low and high."""

    arm: ArmResult
    base: ArmResult
    interval: Interval | None
    p: float
    way: Sequence[tuple[float, float, float, float]]
    decided_after: int | None  # so many people; None: not decided

    @property
    def relative(self) -> float | None:
        """The estimate as a part of what the first arm brings."""
        if self.interval is None or not self.base.mean:
            return None
        return self.interval.estimate / self.base.mean


@dataclass(frozen=True)
class MetricResult:
    """One metric; `main` is the one that was written down as what counts."""

    metric: Metric
    main: bool
    arms: Sequence[ArmResult]
    comparisons: Sequence[Comparison]


@dataclass(frozen=True)
class Results:
    """All of it. `intact`: the plan is the one that was registered."""

    experiment: Experiment
    people: int
    counted: int
    unbalanced: bool
    intact: bool
    metrics: Sequence[MetricResult] = field(default=())

    @property
    def main(self) -> MetricResult | None:
        return next((each for each in self.metrics if each.main), None)


def results(experiment: Experiment, now: datetime | None = None) -> Results:
    """The results of an experiment that has started, as of now."""
    plan, now = experiment.registered, now or timezone.now()
    weights = {code: weight for code, _name, weight in plan["arms"]}
    all_met = met(experiment, list(weights), now)
    ripe = all_met.until(now - timedelta(days=plan["window_days"]))
    reached = [all_met.in_arm(place) for place in range(len(weights))]
    reading = Reading(_first(ripe, now), plan["currency"])
    return Results(
        experiment=experiment,
        people=all_met.count,
        counted=ripe.count,
        unbalanced=ratio.alarms(reached, list(weights.values())),
        intact=not altered(experiment),
        metrics=[
            _metric(plan, metric_of(code), reached, ripe, reading)
            for code in [plan["metric"], *(m.code for m in metrics() if m.code != plan["metric"])]
            if code in plan["caps"]
        ],
    )


def altered(experiment: Experiment) -> bool:
    """Whether the plan is not the one that was registered."""
    return hashed(experiment.registered) != experiment.registered_sha


def alarmed(experiment: Experiment) -> bool:
    """Whether the arms get people otherwise than planned: read one by one only if rows say so."""
    plan = experiment.registered
    weights = {code: weight for code, _name, weight in plan["arms"]}
    rows = Exposure.objects.filter(experiment=experiment).order_by().values_list("arm")
    counts = dict(rows.annotate(n=Count("pk")))
    if not ratio.alarms([counts.get(code, 0) for code in weights], list(weights.values())):
        return False
    all_met = met(experiment, list(weights), timezone.now())
    reached = [all_met.in_arm(place) for place in range(len(weights))]
    return ratio.alarms(reached, list(weights.values()))


def _first(ripe: Met, now: datetime) -> datetime:
    """When the first of them came; nothing before counts."""
    return ripe.at[0].item().replace(tzinfo=UTC) if ripe.count else now


def _metric(
    plan: dict[str, Any], metric: Metric, reached: Sequence[int], ripe: Met, reading: Reading
) -> MetricResult:
    cap = plan["caps"][metric.code]
    outcomes = ripe.sums(metric.read(reading), plan["window_days"], cap)
    arms = []
    for place, (code, name, weight) in enumerate(plan["arms"]):
        mine = ripe.arms == place
        total = float(outcomes[mine].sum())
        arms.append(ArmResult(code, name, weight, reached[place], int(mine.sum()), total))
    alpha = plan["alpha"] / (len(arms) - 1)  # several arms are several chances to be fooled
    against = [
        _comparison(arms[0], arm, _of_both(ripe.arms, outcomes, place), cap, alpha)
        for place, arm in enumerate(arms[1:], 1)
    ]
    return MetricResult(metric, metric.code == plan["metric"], arms, against)


def _of_both(arms: Ints, outcomes: Floats, place: int) -> tuple[Bools, Floats]:
    """Who of the first arm and of another is in the other, and what both did."""
    both = (arms == 0) | (arms == place)
    return arms[both] == place, outcomes[both]


def _comparison(
    base: ArmResult, arm: ArmResult, both: tuple[Bools, Floats], cap: float, alpha: float
) -> Comparison:
    share = arm.weight / (arm.weight + base.weight)
    found = walk(*both, share=share, cap=cap)
    if not found.counts.size:
        return Comparison(arm, base, None, 1.0, (), None)
    p = found.p_values()
    crossed = np.flatnonzero(p <= alpha)
    return Comparison(
        arm=arm,
        base=base,
        interval=interval(found, alpha),
        p=min(1.0, float(p[-1]) * (0.05 / alpha)),
        way=_way(found, alpha),
        decided_after=int(crossed[0]) + 1 if crossed.size else None,
    )


def _way(found: Walk, alpha: float) -> list[tuple[float, float, float, float]]:
    count = found.counts.size
    places = np.unique(np.linspace(0, count - 1, min(count, MOST_POINTS)).astype(np.intp))
    some = found.at(places)
    middle, half = some.estimate(), some.halves(alpha)
    return [
        (float(n), float(m), float(m - h), float(m + h))
        for n, m, h in zip(some.counts, middle, half, strict=True)
    ]
