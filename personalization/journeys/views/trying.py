"""Trying a journey on one person, before it goes live; nothing of it is written."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from personalization.journeys import trying
from personalization.journeys.models import Journey
from personalization.journeys.plan import WAIT, Plan
from personalization.journeys.roles import SEE
from personalization.messages.marketing_views import ALONE
from personalization.messages.quiet import zone_of
from personalization.people.marketers import marketer
from personalization.people.models import Person


@require_safe
@marketer(SEE)
def tried(request: HttpRequest, journey: str) -> HttpResponse:
    """Each step as it would go for somebody."""
    found = get_object_or_404(Journey, slug=journey)
    plan = Plan.from_json(found.draft)
    key = request.GET.get("who", "")
    person = _person(key)
    at, wrong = _moment(request.GET.get("at", ""))
    trial = _trial(request, found, plan, person, at) if person and not wrong else None
    awaited = [
        (step, plan.places[step.id] + 1, bool(request.GET.get(f"comes_{step.id}")))
        for step in plan.steps
        if step.kind == WAIT and step.how == "event"
    ]
    context = {
        "journey": found,
        "who": key[:40],
        "nobody": bool(key) and person is None,
        "person": person,
        "people": trying.candidates(plan),
        "at": timezone.localtime(at).strftime("%Y-%m-%dT%H:%M"),
        "wrong": wrong,
        "zone": zone_of(person.time_zone if person else "", settings.TIME_ZONE).key,
        "languages": settings.LANGUAGES,
        "language": _language(request),
        "awaited": awaited,
        "rows": trial.go() if trial and plan.steps else [],
        "empty": not plan.steps,
        "nobody_yet": _needed(plan),
    }
    status = 422 if wrong else 200
    return render(request, "personalization/journeys/try.html", context, status=status)


@require_safe
@marketer(SEE)
def mail(request: HttpRequest, journey: str, step_id: str) -> HttpResponse:
    """The laid-out mail of a step as it would be now: no script, nothing from elsewhere."""
    found = get_object_or_404(Journey, slug=journey)
    plan = Plan.from_json(found.draft)
    row, person = plan.step(step_id), _person(request.GET.get("who", ""))
    if row is None or not row.speaks or person is None:
        raise Http404("nothing to look at")
    copy = _trial(request, found, plan, person, timezone.now()).look(row)
    if copy is None or not copy.html:
        raise Http404("nothing to look at")
    return HttpResponse(copy.html, headers={"Content-Security-Policy": ALONE})


def _needed(plan: Plan) -> str:
    """What somebody must have for it to be tried on them."""
    if plan.trigger.has_design:
        return "design"
    return "order" if plan.trigger.has_order else ""


def _trial(
    request: HttpRequest, journey: Journey, plan: Plan, person: Person, at: datetime
) -> trying.Trial:
    comes = {step.id: bool(request.GET.get(f"comes_{step.id}")) for step in plan.steps}
    return trying.Trial(journey, plan, person, at, comes, _language(request))


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else ""


def _person(key: str) -> Person | None:
    """By a key, or its beginning where that is one's alone; the whole person."""
    clean = key.strip().lower()
    if not 8 <= len(clean) <= 36 or not all(letter in "0123456789abcdef-" for letter in clean):
        return None
    found = list(Person.objects.select_related("into").filter(key__startswith=clean)[:2])
    return (found[0].into or found[0]) if len(found) == 1 else None


def _moment(said: str) -> tuple[datetime, str]:
    """When it begins; now, where nothing is said, or nothing that can be read: then why."""
    now = timezone.now()
    if not said:
        return now, ""
    try:
        read = datetime.fromisoformat(said[:20])
        aware = timezone.make_aware(read) if timezone.is_naive(read) else read
        if not 2000 <= aware.year <= 2100:
            raise ValueError
    except (ValueError, OverflowError):
        return now, _("Write a day and a time.")
    return aware, ""
