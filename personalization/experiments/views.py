"""Experiments in the marketer's room: planning them, starting them, reading what they bring."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from personalization.experiments import forms, pages, services
from personalization.experiments.metrics import metrics
from personalization.experiments.models import Experiment
from personalization.experiments.results import results
from personalization.experiments.roles import PLAN, SEE
from personalization.people.marketers import marketer

ANY = require_http_methods(["GET", "HEAD", "POST"])
FOUND = 200


@require_safe
@marketer(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, those that run first."""
    rows = Experiment.objects.prefetch_related("arms")[:FOUND]
    order = {"running": 0, "draft": 1, "stopped": 2}
    context = {
        "experiments": sorted(rows, key=lambda each: order[each.state]),
        "has_holdout": Experiment.objects.filter(code=services.GLOBAL, state="running").exists(),
        "percent": "5",
        "wrong": {},
    }
    return render(request, "personalization/experiments/list.html", context)


@ANY
@marketer(PLAN)
def planned(request: HttpRequest) -> HttpResponse:
    """A new one."""
    return _form(request, Experiment(most_revenue=services.suggested_cap("EUR")))


@ANY
@marketer(PLAN)
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, to change."""
    found = get_object_or_404(Experiment, pk=pk)
    if found.state != Experiment.State.DRAFT:
        messages.info(request, _("It has started: its plan stands. Make a new one."))
        return redirect("experiments:experiment", pk)
    return _form(request, found)


def _form(request: HttpRequest, experiment: Experiment) -> HttpResponse:
    said, wrong, status = forms.entered(experiment), {}, 200
    if request.method == "POST":
        said = {name: request.POST.get(name, "") for name in said}
        try:
            experiment, arms = forms.read(experiment, said)
            experiment = services.plan(experiment=experiment, arms=arms)
        except ValidationError as error:
            wrong, status = _told(error), 422
        else:
            return redirect("experiments:experiment", experiment.pk)
    context = {
        "experiment": experiment,
        "said": said,
        "wrong": wrong,
        "metrics": metrics(),
    }
    return render(request, "personalization/experiments/form.html", context, status=status)


def _told(error: ValidationError) -> dict[str, list[str]]:
    if hasattr(error, "error_dict"):
        return dict(error.message_dict)
    return {"plan": error.messages}


@require_safe
@marketer(SEE)
def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    """Its plan, and what it has brought until now."""
    return _page(request, get_object_or_404(Experiment, pk=pk))


def _page(
    request: HttpRequest,
    found: Experiment,
    wrong: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    told = results(found) if found.registered else None
    context = {
        "experiment": found,
        "arms": found.arms.all(),
        "metric": next((each for each in metrics() if each.code == found.metric), None),
        "results": told,
        "pages": pages.metric_pages(told, get_language() or "en") if told else [],
        "wrong": wrong or {},
    }
    return render(request, "personalization/experiments/experiment.html", context, status=status)


@require_POST
@marketer(PLAN)
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """From now on people are in it."""
    found = get_object_or_404(Experiment, pk=pk)
    try:
        services.start(experiment=found)
    except ValidationError as error:
        return _page(request, found, _told(error), 422)
    messages.success(request, _("It runs. What counts is written down and stands."))
    return redirect("experiments:experiment", pk)


@require_POST
@marketer(PLAN)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody comes into it any more."""
    found = get_object_or_404(Experiment, pk=pk)
    conclusion = request.POST.get("conclusion", "").replace("\x00", "").strip()
    if len(conclusion) > 2000:
        told = _("Write at most %(most)d characters.") % {"most": 2000}
        return _page(request, found, {"conclusion": [told]}, 422)
    services.stop(experiment=found, conclusion=conclusion)
    messages.success(request, _("It is stopped. What those in it still do counts."))
    return redirect("experiments:experiment", pk)


@require_POST
@marketer(PLAN)
def hold_out(request: HttpRequest) -> HttpResponse:
    """Keep a share of the people out of everything."""
    text = request.POST.get("percent", "").strip()
    percent = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    try:
        made = services.hold_out(
            code=services.GLOBAL, name=_("Without any marketing"), percent=percent
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("experiments:list")
    return redirect("experiments:experiment", made.pk)
