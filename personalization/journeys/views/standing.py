"""Who is in a journey, and taking somebody out of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from personalization.journeys import places, sentences
from personalization.journeys.models import Journey, Place
from personalization.journeys.plan import Plan
from personalization.journeys.roles import EDIT, SEE
from personalization.people.marketers import marketer

PER_PAGE = 50


@require_safe
@marketer(SEE)
def people(request: HttpRequest, journey: str) -> HttpResponse:
    """Who is on the way, or waits at one step; who goes on next comes first."""
    found = get_object_or_404(Journey.objects.select_related("live"), slug=journey)
    plan = Plan.from_json(found.live.plan if found.live else found.draft)
    step = plan.step(request.GET.get("step", ""))
    rows = places.on_the_way(found, step.id if step else None)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "journey": found,
        "step": sentences.said(plan, step) if step else "",
        "step_id": step.id if step else "",
        "page": page,
        "standings": places.told(page.object_list),
    }
    return render(request, "personalization/journeys/people.html", context)


@require_POST
@marketer(EDIT)
def take_out(request: HttpRequest, journey: str, pk: int) -> HttpResponse:
    """They go no further. Back to the person, or to those who are in the journey."""
    rows = Place.objects.select_related("journey", "person__into", "version")
    found = get_object_or_404(rows, pk=pk, journey__slug=journey)
    if places.take_out(place=found, by=request.user.get_username()):
        said = _("Taken out of “%(journey)s”: they hear nothing more of it.")
        messages.success(request, said % {"journey": found.journey.name})
    else:
        messages.info(request, _("They are not on the way any more."))
    if request.POST.get("back") == "journey":
        return redirect("journeys:people", journey)
    return redirect("marketing:person", (found.person.into or found.person).key)
