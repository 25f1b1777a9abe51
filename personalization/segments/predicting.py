"""What is likely: a small logistic model, learned from what people did until some days of the past
and in the days after each, and judged on people whom it has not seen.

How far it trusts what people did (the ridge), and how sure it is of what it tells, is decided by
people whom it has not seen either: J. Platt, Probabilistic outputs for support vector machines,
1999, on predictions across folds.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from personalization.segments import language as s
from personalization.segments.evaluating import Everybody, Flags, Floats, Ids
from personalization.segments.models import Score, Trained

AHEAD = 30
"""So many days ahead is told."""
FEWEST = 30
"""Of either kind, among those who are learned from; with fewer nothing is told at all."""
FEATURES = tuple(
    s.Events(kind, "count", days=days)
    for kind in ("viewed", "began", "chose", "carted", "ordered")
    for days in (7, 30, 180)
)
ACTS = ("viewed", "began", "chose", "carted", "ordered")
LATELY = (7, 14, 30, 60)
"""Whether anything was done within so many days: who left for good is known by it, and no count of
what they did before tells."""
BINS = 10
PASTS = 3
"""So many months one before the other are learned from, as far as anything is known of them."""
FOLDS = 5
RIDGES = (1.0, 10.0, 100.0, 1000.0)


class TooFew(Exception):
    """Not enough has happened to learn from."""


@dataclass(frozen=True)
class Learned:
    """`weights` of the features, which are taken as log(1 + n), less `mean`, over `spread`."""

    weights: Floats
    mean: Floats
    spread: Floats

    def likely(self, features: Floats) -> Floats:
        """From 0 to 1, of each row."""
        return _sigmoid(self.sums(features))

    def sums(self, features: Floats) -> Floats:
        """The same as log odds."""
        told: Floats = _with_one((features - self.mean) / self.spread) @ self.weights
        return told


def train(name: str, now: datetime | None = None) -> Trained:
    """Learn `likely_to_order` or `likely_to_leave` anew, and score everybody. Raises TooFew."""
    now = now or timezone.now()
    after = Everybody(now)
    past = past_of(name, now, after)
    held = past.ids % FOLDS == 0
    latest = held & (past.month == 0)
    learned = learn(past.features[~held], past.happened[~held], past.ids[~held])
    likely, happened = learned.likely(past.features[latest]), past.happened[latest]
    with transaction.atomic():
        made = Trained.objects.create(
            name=name,
            weights={"weights": learned.weights.tolist()},
            scores=judged(likely, happened, float(past.happened[~held].mean())),
            calibration=calibrated(likely, happened),
            at=now,
        )
        told = about(name, after)
        values = 100 * learned.likely(features_of(after)[told])
        Score.objects.filter(name=name).delete()
        rows = [
            Score(person_id=int(pk), name=name, value=float(value), at=now)
            for pk, value in zip(after.ids[told], values, strict=True)
        ]
        Score.objects.bulk_create(rows, batch_size=2_000)
    return made


@dataclass(frozen=True)
class Past:
    """Each row is somebody at a day of the past, `month` months before the latest."""

    ids: Ids
    month: Ids
    features: Floats
    happened: Flags


def past_of(name: str, now: datetime, after: Everybody) -> Past:
    """Whom there is something to learn from, and whether it happened in the days after."""
    months = []
    for month in range(PASTS):
        before = Everybody(now - timedelta(days=AHEAD * (month + 1)))
        here = about(name, before)
        happened = _happened(name, after)[here]
        ids = before.ids[here]
        months.append(Past(ids, np.full(len(ids), month), features_of(before)[here], happened))
        after = before
    return Past(
        *(
            np.concatenate([getattr(each, each_of.name) for each in months])
            for each_of in fields(Past)
        )
    )


def features_of(everybody: Everybody) -> Floats:
    """The logarithms of how often, and whether lately, as columns."""
    often = np.log1p(np.column_stack([everybody.number(each) for each in FEATURES]))
    return np.column_stack([often, *(_acted(everybody, days) for days in LATELY)])


def _acted(everybody: Everybody, days: float) -> Flags:
    counts = [everybody.number(s.Events(kind, "count", days=days)) for kind in ACTS]
    result: Flags = np.sum(counts, axis=0) > 0
    return result


def about(name: str, everybody: Everybody) -> Flags:
    """Whom it is told of: who was here in half a year; leaves only who was here of late."""
    return _acted(everybody, 180 if name == "likely_to_order" else 60)


def _happened(name: str, after: Everybody) -> Flags:
    if name == "likely_to_order":
        ordered: Flags = after.number(s.Events("ordered", "count", days=AHEAD)) > 0
        return ordered
    return ~_acted(after, AHEAD)


def learn(features: Floats, happened: Flags, ids: Ids) -> Learned:
    """The ridge that tells best of people not seen, and told no surer than they bear out. Those of
    one id are seen together. Raises TooFew."""
    if min(happened.sum(), (~happened).sum()) < FEWEST:
        raise TooFew
    across = [_across(features, happened, ids, ridge) for ridge in RIDGES]
    ridge, sums = min(
        zip(RIDGES, across, strict=True), key=lambda pair: _loss(_sigmoid(pair[1]), happened)
    )
    learned = fit(features, happened, ridge)
    base, slope = _fitted(_with_one(sums[:, None]), happened, np.zeros(2))
    if not 0 <= slope <= 1:  # never surer than it was, and never the other way round
        slope = min(max(slope, 0.0), 1.0)
        base = _base(slope * sums, happened)
    weights = learned.weights * slope
    weights[0] += base
    return Learned(weights, learned.mean, learned.spread)


def _across(features: Floats, happened: Flags, ids: Ids, ridge: float) -> Floats:
    """What is told of everybody, as log odds, by what was learned from the others."""
    fold = ids // FOLDS % FOLDS
    sums = np.zeros(len(ids))
    for each in range(FOLDS):
        theirs = fold == each
        if theirs.any() and not theirs.all():
            sums[theirs] = fit(features[~theirs], happened[~theirs], ridge).sums(features[theirs])
    return sums


def _base(sums: Floats, happened: Flags) -> float:
    """What has to be added to the log odds so that as much is told as happened."""
    low, high = -50.0, 50.0
    for _halving in range(60):
        middle = (low + high) / 2
        more = _sigmoid(sums + middle).mean() < happened.mean()
        low, high = (middle, high) if more else (low, middle)
    return low


def fit(features: Floats, happened: Flags, ridge: float = 1.0) -> Learned:
    """Newton's method to the end; the ridge keeps the weights small."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    rows = _with_one((features - mean) / spread)
    ridges = np.full(rows.shape[1], ridge)
    ridges[0] = 0
    return Learned(_fitted(rows, happened, ridges), mean, spread)


def _fitted(rows: Floats, happened: Flags, ridges: Floats) -> Floats:
    """The weights of a logistic model; a breath of a ridge where there is none, lest what is told
    apart without an exception needs endless weights."""
    weights: Floats = np.zeros(rows.shape[1])
    ridge = np.diag(ridges + 1e-6)
    for _step in range(30):
        likely = _sigmoid(rows @ weights)
        slope = rows.T @ (happened - likely) - ridge @ weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def judged(likely: Floats, happened: Flags, base: float) -> dict[str, float]:
    """On those whom it has not seen: log loss, and that of always telling the base rate; the share
    of pairs that it puts in the right order (AUC)."""
    ranks = np.argsort(np.argsort(likely)) + 1
    yes, no = int(happened.sum()), int((~happened).sum())
    auc = (ranks[happened].sum() - yes * (yes + 1) / 2) / (yes * no) if yes and no else 0.5
    return {
        "people": len(happened),
        "happened": yes,
        "loss": _loss(likely, happened),
        "base_loss": _loss(np.full(len(happened), base), happened),
        "auc": float(auc),
    }


def _loss(likely: Floats, happened: Flags) -> float:
    if not len(happened):
        return 0.0
    safe = np.clip(likely, 1e-9, 1 - 1e-9)
    return float(-np.mean(np.where(happened, np.log(safe), np.log(1 - safe))))


def calibrated(likely: Floats, happened: Flags) -> list[dict[str, Any]]:
    """Where it told so much, how often it came true; by tenths of the people."""
    order = np.argsort(likely, kind="stable")
    return [
        {
            "told": float(likely[part].mean()),
            "true": float(happened[part].mean()),
            "people": len(part),
        }
        for part in np.array_split(order, BINS)
        if len(part)
    ]


def _with_one(rows: Floats) -> Floats:
    return np.column_stack([np.ones(len(rows)), rows])


def _sigmoid(sums: Floats) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.clip(sums, -35, 35)))
    return result
