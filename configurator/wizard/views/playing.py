"""Playing with a design: surprises, and its history."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from configurator.wizard import playing
from configurator.wizard.history import history_of
from configurator.wizard.queries import design_or_404
from configurator.wizard.screen import Screen
from configurator.wizard.views.actions import perform
from configurator.wizard.views.responding import design_context, is_fragment, only

MOST_DIGITS = 9


@only("POST")
def surprise(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Decide at random what was not chosen by hand; with `anew`, everything."""
    anew = bool(request.POST.get("anew"))
    return perform(
        request, design_id, lambda edit, _product: playing.surprise(edit=edit, anew=anew), ""
    )


@only("GET")
def history(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """What was done, step by step: a page, or what the dialog shows."""
    screen = Screen(design_or_404(design_id), step=request.GET.get("step", ""))
    found = history_of(screen, _number(request.GET.get("before", "")))
    context = {**design_context(request, screen), "history": found}
    part = "_history" if is_fragment(request) else "history"
    response = render(request, f"wizard/{part}.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@only("POST")
def restore(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Go back to the state after a revision."""
    to = _number(request.POST.get("to", ""))
    return perform(
        request, design_id, lambda edit, _product: playing.restore(edit=edit, revision=to), ""
    )


def _number(entered: str) -> int:
    fits = entered.isascii() and entered.isdigit() and len(entered) <= MOST_DIGITS
    return int(entered) if fits else 0
