"""What is true of an experiment, beside what the shop's own report says of it.

True is the mean, over the people of an arm whose days are over, of what the treatments of that arm
brought each of them on average: a sum over chances in the ledger, whether they came true or not.
That what one treatment brings changes what another could have brought is left out: it is less than
a thousandth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from math import prod

from personalization.experiments import metrics
from personalization.experiments.models import Experiment, Exposure
from personalization.experiments.results import Comparison, results
from personalization.simulating.effects import Bought, Chance, Ledger
from personalization.simulating.world import Trial

PARTS = 20
"""So many amounts stand for those of all orders."""


@dataclass(frozen=True)
class Told:
    """One line: the truth, and the estimate with its interval."""

    trial: str
    metric: str
    people: int
    truth: float
    estimate: float
    low: float
    high: float

    @property
    def covered(self) -> bool:
        return self.low <= self.truth <= self.high

    @property
    def found(self) -> bool:
        """Whether the interval leaves out that there is no effect."""
        return self.low > 0 or self.high < 0


def told_of(trial: Trial, experiment: Experiment, ledger: Ledger, now: datetime) -> list[Told]:
    """A line for each metric; none before anybody's days are over."""
    experiment.refresh_from_db()
    read = results(experiment, now)
    found = []
    for each in read.metrics:
        for compared in each.comparisons:
            truth = _truth(trial, experiment, compared.arm.code, each.metric.code, ledger, now)
            found += _line(trial, each.metric.code, truth, compared)
    return found


def _line(trial: Trial, metric: str, truth: float, compared: Comparison) -> list[Told]:
    met = compared.interval
    if met is None:
        return []
    people = compared.arm.counted + compared.base.counted
    return [Told(trial.code, metric, people, truth, met.estimate, met.low, met.high)]


def _truth(
    trial: Trial, experiment: Experiment, arm: str, metric: str, ledger: Ledger, now: datetime
) -> float:
    window = timedelta(days=experiment.window_days)
    rows = Exposure.objects.filter(experiment=experiment, arm=arm, at__lte=now - window)
    met = dict(rows.values_list("person_id", "at"))
    chances: dict[int, list[Chance]] = defaultdict(list)
    bought: dict[int, list[Bought]] = defaultdict(list)
    for each in ledger.chances:
        if each.treatment in trial.treatments and _within(each, met, window):
            chances[each.person].append(each)
    for order in ledger.bought:
        if _within(order, met, window):
            bought[order.person].append(order)
    worth = {name: _worth(ledger.bought, name) for name in trial.treatments}
    cap = experiment.registered["caps"][metric]
    gains = [_gain(metric, chances[who], bought[who], worth, cap) for who in met]
    return sum(gains) / len(gains) if gains else 0.0


def _within(each: Chance | Bought, met: dict[int, datetime], window: timedelta) -> bool:
    since = met.get(each.person)
    return each.seen and since is not None and since <= each.at < since + window


def _worth(bought: Sequence[Bought], treatment: str) -> list[float]:
    """What orders for a treatment bring, from the least to the most: whatever they are for, they
    are designed alike; what a code takes off is the same share of all."""
    if not bought:
        return [0.0]
    mine = [each for each in bought if each.why and each.why.treatment == treatment]
    full = sum(each.before for each in mine)
    share = sum(each.amount for each in mine) / full if full else 1.0
    before = sorted(each.before * share for each in bought)
    return [before[int((n + 0.5) / PARTS * len(before))] for n in range(PARTS)]


def _gain(
    metric: str,
    chances: list[Chance],
    bought: list[Bought],
    worth: dict[str, list[float]],
    cap: float,
) -> float:
    """What the chances add to somebody's outcome on average, given all else that they ordered; the
    outcome counts as the cap at most."""
    rest = [each for each in bought if each.why is None or each.why not in chances]
    if metric != metrics.REVENUE:
        return _expected([(each.chance, 1.0) for each in chances], float(len(rest)), cap)
    anyway = sum(each.amount for each in rest)
    cases = zip(*(worth[each.treatment] for each in chances), strict=False)
    found = [
        _expected([(x.chance, add) for x, add in zip(chances, adds, strict=True)], anyway, cap)
        for adds in cases
    ]
    return sum(found) / len(found) if found else 0.0


def _expected(adds: list[tuple[float, float]], anyway: float, cap: float) -> float:
    """What so likely additions bring above what is there anyway, up to the cap."""
    total = 0.0
    for came in product((True, False), repeat=len(adds)):
        pairs = list(zip(adds, came, strict=True))
        odds = prod(chance if yes else 1 - chance for (chance, _add), yes in pairs)
        extra = sum(add for (_chance, add), yes in pairs if yes)
        total += odds * (min(cap, anyway + extra) - min(cap, anyway))
    return total
