"""Journeys in the marketer's room: all of them, and one as a list of steps and as a picture."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from personalization.experiments.models import Experiment
from personalization.journeys import ready_made, sentences, ticking
from personalization.journeys.asking import holdout_of
from personalization.journeys.checking import Problem, problems
from personalization.journeys.drawing import drawing
from personalization.journeys.figures import Figures, StepFigures, figures
from personalization.journeys.models import Journey, Place
from personalization.journeys.plan import KINDS, Plan, Step
from personalization.journeys.roles import SEE
from personalization.people.marketers import marketer


@require_safe
@marketer(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """All journeys, and those that are there to begin with."""
    waiting = Count("places", filter=Q(places__state=Place.State.WAITING))
    rows = [
        {
            "journey": journey,
            "begins": sentences.begins(Plan.from_json(journey.draft).trigger),
            "here": journey.here,
        }
        for journey in Journey.objects.annotate(here=waiting)
    ]
    known = set(Journey.objects.values_list("slug", flat=True))
    context = {
        "rows": rows,
        "made": [each for each in ready_made.MADE if each.slug not in known],
        "stands_still": ticking.stands_still(),
    }
    return render(request, "personalization/journeys/list.html", context)


@require_safe
@marketer(SEE)
def shown(request: HttpRequest, journey: str) -> HttpResponse:
    """One journey: its draft, or a version that went live, with what came of it."""
    return page(request, get_object_or_404(Journey.objects.select_related("live"), slug=journey))


def page(request: HttpRequest, found: Journey, status: int = 200, **more: object) -> HttpResponse:
    """The page of a journey."""
    draft = Plan.from_json(found.draft)
    asked = request.GET.get("version", "")
    numbered = found.versions.filter(number=int(asked)) if asked.isdecimal() else None
    version = numbered.first() if numbered is not None and len(asked) < 7 else None
    plan = Plan.from_json(version.plan) if version else draft
    told = figures(found, version or found.live, plan)
    wrong = [] if version else problems(plan)
    live_plan = found.live.plan if found.live else None
    context = {
        "journey": found,
        "version": version,
        "versions": found.versions.all()[:20],
        "plan": plan,
        "begins": sentences.begins(plan.trigger),
        "again": sentences.again(plan),
        "goal": sentences.goal(plan),
        "leave": sentences.rule_said(plan.leave) if plan.leave else "",
        "rows": [_row(plan, step, told, wrong) for step in plan.steps],
        "wrong": [each for each in wrong if not each.step],
        "grave": any(each.grave for each in wrong),
        "drawing": drawing(plan),
        "figures": told,
        "ended": _ended(told),
        "changed": live_plan is not None and draft.to_json() != live_plan,
        "kinds": [(kind, sentences.kind_name(kind)) for kind in KINDS],
        "is_draft": version is None,
        "experiment": Experiment.objects.filter(code=holdout_of(found)).first(),
        **more,
    }
    return render(request, "personalization/journeys/journey.html", context, status=status)


def _row(plan: Plan, step: Step, told: Figures, wrong: list[Problem]) -> dict[str, Any]:
    number = told.steps.get(step.id, StepFigures())
    return {
        "step": step,
        "number": plan.places[step.id] + 1,
        "said": sentences.said(plan, step),
        "otherwise": sentences.otherwise(plan, step),
        "purpose": sentences.purpose_name(step) if step.speaks else "",
        "figures": number,
        "passed": [(sentences.outcome_name(name), n) for name, n in sorted(number.passed.items())],
        "withheld": sorted(number.withheld.items()),
        "wrong": [each for each in wrong if each.step == step.id],
        "first": plan.places[step.id] == 0,
        "last": plan.places[step.id] == len(plan.steps) - 1,
    }


def _ended(told: Figures) -> list[tuple[str, int]]:
    return [(sentences.end_name(why), count) for why, count in sorted(told.ended.items())]
