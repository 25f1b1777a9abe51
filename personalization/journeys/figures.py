"""What came of a journey: how many are where, and what was decided at each step."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from personalization.journeys.models import Journey, Place, Tally, Version
from personalization.journeys.plan import Plan, source_of
from personalization.messages.models import Message, Verdict


@dataclass(frozen=True)
class StepFigures:
    """`passed`: by outcome; `here`: who waits there now; `sent` and `withheld`: of its messages,
    these by the reason."""

    passed: Counter[str] = field(default_factory=Counter)
    here: int = 0
    sent: int = 0
    waiting: int = 0
    withheld: Counter[str] = field(default_factory=Counter)

    @property
    def reached(self) -> int:
        return sum(self.passed.values()) + self.here


@dataclass(frozen=True)
class Figures:
    """`ended`: by why; `steps`: by the step's id."""

    came: int
    on_the_way: int
    ended: Counter[str]
    steps: dict[str, StepFigures]

    @property
    def goal(self) -> int:
        return self.ended["goal"] + self.ended["ordered"]


def figures(journey: Journey, version: Version | None, plan: Plan) -> Figures:
    """Of one version, with the messages of all."""
    if version is None:
        return Figures(0, 0, Counter(), {step.id: StepFigures() for step in plan.steps})
    outcomes: dict[str, Counter[str]] = {}
    for step, outcome, count in Tally.objects.filter(version=version).values_list(
        "step", "outcome", "count"
    ):
        outcomes.setdefault(step, Counter())[outcome] += count
    waiting = Place.objects.filter(version=version, state=Place.State.WAITING)
    here = dict(waiting.order_by().values_list("step").annotate(count=Count("id")))
    start = outcomes.pop("", Counter())
    came = start.pop("began", 0) + start.pop("held", 0)
    start.pop("moved", 0)
    said = _messages(journey, plan)
    steps = {
        step.id: StepFigures(
            outcomes.get(step.id, Counter()), here.get(step.id, 0), *said.get(step.id, (0, 0))
        )
        for step in plan.steps
    }
    for step_id, reasons in _withheld(journey, plan).items():
        steps[step_id].withheld.update(reasons)
    return Figures(came, sum(here.values()), start, steps)


def _sources(journey: Journey, plan: Plan) -> dict[str, str]:
    return {source_of(journey.slug, step.id): step.id for step in plan.speaking}


def _messages(journey: Journey, plan: Plan) -> dict[str, tuple[int, int]]:
    """Sent, and waiting, by step."""
    sources = _sources(journey, plan)
    rows = Message.objects.filter(source__in=sources).order_by()
    counts: dict[str, Counter[str]] = {}
    for source, state, count in rows.values_list("source", "state").annotate(n=Count("id")):
        counts.setdefault(sources[source], Counter())[state] += count
    return {step: (c[Message.State.SENT], c[Message.State.WAITING]) for step, c in counts.items()}


def _withheld(journey: Journey, plan: Plan) -> dict[str, Counter[str]]:
    """Why it was not said, by step."""
    sources = _sources(journey, plan)
    rows = Verdict.objects.filter(
        outcome=Verdict.Outcome.WITHHELD, message__source__in=sources
    ).order_by()
    found: dict[str, Counter[str]] = {}
    for source, reason, count in rows.values_list("message__source", "reason").annotate(
        n=Count("id")
    ):
        found.setdefault(sources[source], Counter())[str(Verdict.Reason(reason).label)] += count
    return found
