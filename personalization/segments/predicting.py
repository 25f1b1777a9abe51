"""What is likely: a small logistic model, learned from what people did until a day, and judged on
people whom it has not seen by what they did in the days after it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from personalization.segments import language as s
from personalization.segments.evaluating import Everybody, Flags, Floats
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
BINS = 10
RIDGE = 1.0


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
        told: Floats = _sigmoid(_with_one((features - self.mean) / self.spread) @ self.weights)
        return told


def train(name: str, now: datetime | None = None) -> Trained:
    """Learn `likely_to_order` or `likely_to_leave` anew, and score everybody. Raises TooFew."""
    now = now or timezone.now()
    before, after = Everybody(now - timedelta(days=AHEAD)), Everybody(now)
    about = _about(name, before)
    features = _features(before)[about]
    happened = _happened(name, after)[about]
    held = before.ids[about] % 5 == 0
    learned = fit(features[~held], happened[~held])
    likely = learned.likely(features[held])
    with transaction.atomic():
        made = Trained.objects.create(
            name=name,
            weights={"weights": learned.weights.tolist()},
            scores=judged(likely, happened[held], float(happened[~held].mean())),
            calibration=calibrated(likely, happened[held]),
            at=now,
        )
        told = _about(name, after)
        values = 100 * learned.likely(_features(after)[told])
        Score.objects.filter(name=name).delete()
        rows = [
            Score(person_id=int(pk), name=name, value=float(value), at=now)
            for pk, value in zip(after.ids[told], values, strict=True)
        ]
        Score.objects.bulk_create(rows, batch_size=2_000)
    return made


def _features(everybody: Everybody) -> Floats:
    return np.log1p(np.column_stack([everybody.number(each) for each in FEATURES]))


def _acted(everybody: Everybody, days: float) -> Flags:
    counts = [everybody.number(s.Events(kind, "count", days=days)) for kind in ACTS]
    result: Flags = np.sum(counts, axis=0) > 0
    return result


def _about(name: str, everybody: Everybody) -> Flags:
    """Whom it is told of: who was here in half a year; leaves only who was here of late."""
    return _acted(everybody, 180 if name == "likely_to_order" else 60)


def _happened(name: str, after: Everybody) -> Flags:
    if name == "likely_to_order":
        ordered: Flags = after.number(s.Events("ordered", "count", days=AHEAD)) > 0
        return ordered
    return ~_acted(after, AHEAD)


def fit(features: Floats, happened: Flags) -> Learned:
    """Newton's method with a ridge, to the end. Raises TooFew."""
    if min(happened.sum(), (~happened).sum()) < FEWEST:
        raise TooFew
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    rows = _with_one((features - mean) / spread)
    ridge = RIDGE * np.eye(rows.shape[1])
    ridge[0, 0] = 0
    weights: Floats = np.zeros(rows.shape[1])
    for _step in range(30):
        likely = _sigmoid(rows @ weights)
        slope = rows.T @ (happened - likely) - ridge @ weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return Learned(weights, mean, spread)


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
