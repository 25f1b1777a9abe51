"""What there is before the first person comes: limits, experiments, holdouts, what is said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal

from personalization.experiments import services as experiments
from personalization.experiments.models import Experiment
from personalization.experiments.services import ArmPlan
from personalization.journeys import ready_made
from personalization.journeys import services as journeys
from personalization.journeys.plan import Plan
from personalization.messages import limiting
from personalization.people.purposes import Purpose

WELCOME, SAME, ADVICE = "sim-welcome", "sim-same", "sim-advice"
OFFER, NEWS = "sim-offer", "sim-news"
JOURNEYS = {
    "sim-left": ("A design was left", "left-a-design", 40),
    "sim-care": ("Tips for care", "care-tips", 0),
}
"""What they are called, of which ready-made ones they are, how many of a hundred are held out."""
LEFT = "journey-sim-left"
"""The code of the holdout of those who left a design."""
TESTS = {
    WELCOME: "A warmer welcome",
    SAME: "The same twice",
    ADVICE: "Advice in the wizard",
    OFFER: "Ten percent",
}
DRAWN = (SAME, ADVICE, OFFER)
"""Those of which one meets an arm by coming; the welcome is met where it stands on a page."""
NOW, NEW = "now", "new"
ARMS = {NOW: "As it is", NEW: "The new one"}
QUIET = (time(21), time(9))
CAPS = (("", 24, 1), ("", 7 * 24, 3), (Purpose.MARKETING, 7 * 24, 2))
MOST_SPENT = Decimal(5_000)


@dataclass(frozen=True)
class Trial:
    """An experiment or a holdout, and the treatments that only its second arm's people meet."""

    code: str
    treatments: tuple[str, ...]


TRIALS = (
    Trial(WELCOME, ("welcome",)),
    Trial(SAME, ()),
    Trial(ADVICE, ("advice",)),
    Trial(OFFER, ("offer",)),
    Trial(LEFT, ("left",)),
    Trial(experiments.GLOBAL, ("welcome", "advice", "offer", "left", "news")),
)


def make(days: int) -> dict[str, Experiment]:
    """Set it all going; the experiments by their codes. Whoever met an arm counts for a window."""
    window = max(1, min(7, days // 3))
    limiting.be_quiet(starts=QUIET[0], ends=QUIET[1])
    for purpose, hours, count in CAPS:
        limiting.limit(purpose=purpose, hours=hours, count=count)
    held = experiments.GLOBAL, "Nothing at all", 15
    found = {held[0]: _held(*held, window), LEFT: _held(LEFT, "Left a design", 40, window)}
    for code, name in TESTS.items():
        plan = Experiment(
            code=code, name=name, window_days=window, most_revenue=MOST_SPENT, metric="ordered"
        )
        arms = [ArmPlan(arm, called) for arm, called in ARMS.items()]
        found[code] = experiments.start(experiment=experiments.plan(experiment=plan, arms=arms))
    for slug, (called, made, held_out) in JOURNEYS.items():
        journey = journeys.begin(slug=slug, name=called, plan=_plan(made, held_out))
        journeys.go_live(journey=journey)
    return found


def _plan(made: str, held_out: int) -> Plan:
    """A ready-made journey, without pictures: drawing them is measured elsewhere."""
    found = ready_made.made(made)
    assert found is not None
    plan = ready_made.begun(found, None)
    steps = tuple(replace(step, picture=False) for step in plan.steps)
    return replace(plan.with_steps(steps), holdout=held_out)


def _held(code: str, name: str, percent: int, window: int) -> Experiment:
    return experiments.hold_out(code=code, name=name, percent=percent, days=window)


def told_arm(code: str, arm: str) -> str:
    """Which arm of which experiment somebody is in, for the diary."""
    return f"is in “{ARMS.get(arm, arm)}” of the experiment “{TESTS[code]}”"
