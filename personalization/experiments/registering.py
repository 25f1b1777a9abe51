"""The plan as it is written down when an experiment starts, under a seal."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from personalization.experiments.metrics import metrics
from personalization.experiments.models import Experiment

ALPHA = 0.05
"""Of so many experiments without any effect one may be found to have one."""


def registered(experiment: Experiment) -> dict[str, Any]:
    """All that the results hang on."""
    caps = {
        each.code: float(experiment.most_revenue) if each.money else each.cap for each in metrics()
    }
    salt = experiment.code
    if experiment.kind == Experiment.Kind.TEST:
        salt += f":{experiment.pk}"  # another one of this name draws anew; holdouts keep theirs
    arms = experiment.arms.values_list("code", "name", "weight")
    return {
        "question": experiment.question,
        "metric": experiment.metric,
        "caps": caps,
        "salt": salt,
        "currency": experiment.currency,
        "window_days": experiment.window_days,
        "alpha": ALPHA,
        "group": experiment.group,
        "slot": experiment.slot,
        "share": experiment.share,
        "arms": [list(arm) for arm in arms],
    }


def hashed(plan: dict[str, Any]) -> str:
    """The seal of a registered plan."""
    text = json.dumps(plan, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
