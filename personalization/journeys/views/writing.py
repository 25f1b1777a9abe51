"""Writing journeys: begun, set, their steps added and changed, and let go live."""

from django import forms as django_forms
from django.conf import settings as project_settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from personalization.journeys import choices, editing, filling, forms, sentences, services
from personalization.journeys.checking import MOST_STEPS, of_step
from personalization.journeys.models import Journey
from personalization.journeys.plan import Plan, Step
from personalization.journeys.roles import EDIT
from personalization.journeys.views.reading import page
from personalization.people.marketers import marketer

ANY = require_http_methods(["GET", "HEAD", "POST"])


@ANY
@marketer(EDIT)
def begun(request: HttpRequest) -> HttpResponse:
    """A new journey: an empty one, or one that is there to begin with."""
    made = request.GET.get("made", "")
    first = {"made": made, "slug": made} if made in dict(choices.made_choices()) else {}
    form = forms.NewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            journey = services.begin(
                slug=form.cleaned_data["slug"], name=form.cleaned_data["name"], plan=form.plan()
            )
        except ValidationError as error:
            _note(form, error)
        else:
            # an empty one is nothing to look at yet: what begins it comes first
            return redirect(
                "journeys:journey" if journey.draft["steps"] else "journeys:settings", journey.slug
            )
    status = 422 if form.errors else 200
    template = "personalization/journeys/new.html"
    return render(request, template, {"form": form}, status=status)


def _note(form: django_forms.Form, error: ValidationError) -> None:
    for field, said in error.message_dict.items():
        form.add_error(field if field in form.fields else None, said)


@ANY
@marketer(EDIT)
def settings(request: HttpRequest, journey: str) -> HttpResponse:
    """What begins it, who comes again, what ends it."""
    found = get_object_or_404(Journey, slug=journey)
    plan = Plan.from_json(found.draft)
    first = forms.SettingsForm.written(found.name, plan)
    form = forms.SettingsForm(request.POST or None, initial=first, plan=plan)
    if request.method == "POST" and form.is_valid():
        changed = form.plan(plan)
        if form.is_valid() and _keep(request, found, changed):
            services.rename(journey=found, name=form.cleaned_data["name"])
            return redirect("journeys:journey", found.slug)
    context = {"form": form, "journey": found, "edition": _edition(request, found)}
    status = 422 if form.errors else 200
    return render(request, "personalization/journeys/settings.html", context, status=status)


def _edition(request: HttpRequest, journey: Journey) -> int:
    """Which state of the draft somebody had before them; theirs stays while they mend errors."""
    said = request.POST.get("edition", "")
    return int(said) if said.isdecimal() and len(said) < 10 else journey.edition


def _keep(request: HttpRequest, journey: Journey, plan: Plan) -> bool:
    """Write the draft, if it is still what was looked at."""
    try:
        services.write(journey=journey, plan=plan, edition=_edition(request, journey))
    except services.Changed:
        messages.error(
            request, _("Somebody else has changed the journey meanwhile. Look again, then repeat.")
        )
        return False
    return True


# Steps


@require_POST
@marketer(EDIT)
def add(request: HttpRequest, journey: str) -> HttpResponse:
    """One more step, behind another; then it is written."""
    found = get_object_or_404(Journey, slug=journey)
    plan = Plan.from_json(found.draft)
    after = request.POST.get("after", plan.steps[-1].id if plan.steps else "")
    try:
        plan, made = editing.added(plan, request.POST.get("kind", ""), after, _used(found))
    except KeyError:
        return page(request, found, 422)
    if len(plan.steps) > MOST_STEPS or not _keep(request, found, plan):
        return redirect("journeys:journey", found.slug)
    return redirect("journeys:step", found.slug, made)


def _used(journey: Journey) -> frozenset[str]:
    """The ids that steps had in versions: people and messages still name them."""
    plans = journey.versions.values_list("plan", flat=True)
    return frozenset(step["id"] for plan in plans for step in plan.get("steps", []))


def _step(journey: str, step_id: str) -> tuple[Journey, Plan, Step]:
    found = get_object_or_404(Journey, slug=journey)
    plan = Plan.from_json(found.draft)
    row = plan.step(step_id)
    if row is None:
        raise Http404("no such step")
    return found, plan, row


@ANY
@marketer(EDIT)
def step(request: HttpRequest, journey: str, step_id: str) -> HttpResponse:
    """Write one step."""
    found, plan, row = _step(journey, step_id)
    kind = forms.FORMS[row.kind]
    form = kind(request.POST or None, plan=plan, step=row, initial=forms.written(row))
    if request.method == "POST" and form.is_valid():
        changed = form.step()
        if form.is_valid() and _keep(request, found, editing.changed(plan, changed)):
            return redirect(f"{reverse('journeys:journey', args=[found.slug])}#{row.id}")
    names = filling.known(plan.trigger, has_code=True)
    context = {
        "form": form,
        "journey": found,
        "step": row,
        "number": plan.places[row.id] + 1,
        "kind": sentences.kind_name(row.kind),
        "edition": _edition(request, found),
        "problems": [each for each in of_step(plan, row) if not each.grave],
        "fields": [(name, filling.FIELDS[name][1]) for name in names],
        "languages": form_languages(form) if row.speaks else [],
    }
    status = 422 if form.errors else 200
    return render(request, "personalization/journeys/step.html", context, status=status)


def form_languages(form: forms.StepForm) -> list[dict[str, object]]:
    """The parts of a message's form, one a language."""
    return [
        {
            "code": code,
            "name": name,
            "subject": form[f"subject_{code}"],
            "text": form[f"text_{code}"],
        }
        for code, name in project_settings.LANGUAGES
    ]


@require_POST
@marketer(EDIT)
def act(request: HttpRequest, journey: str, step_id: str) -> HttpResponse:
    """Move a step up or down, write it twice, or take it out."""
    found, plan, row = _step(journey, step_id)
    doing = request.POST.get("act", "")
    if doing in ("up", "down"):
        plan = editing.moved(plan, row.id, -1 if doing == "up" else 1)
    elif doing == "copy" and len(plan.steps) < MOST_STEPS:
        plan = editing.copied(plan, row.id, _used(found))
    elif doing == "remove":
        plan = editing.without(plan, row.id)
    else:
        return page(request, found, 422)
    _keep(request, found, plan)
    anchor = "steps" if doing == "remove" else row.id
    return redirect(f"{reverse('journeys:journey', args=[found.slug])}#{anchor}")


# Its state


@require_POST
@marketer(EDIT)
def do(request: HttpRequest, journey: str) -> HttpResponse:
    """Let it go live, pause it, stop it, delete a draft."""
    found = get_object_or_404(Journey, slug=journey)
    doing = request.POST.get("act", "")
    try:
        if doing == "live":
            move = request.POST.get("move") == "on"
            seen = _edition(request, found)
            by = request.user.get_username()
            services.go_live(journey=found, by=by, move=move, edition=seen)
            messages.success(request, _("It is live: from now on people come into it."))
        elif doing == "pause":
            services.pause(journey=found)
        elif doing == "resume":
            services.resume(journey=found)
        elif doing == "stop":
            count = services.stop(journey=found)
            messages.success(request, _("It is stopped. On the way were: %(n)d.") % {"n": count})
        elif doing == "remove":
            services.remove(journey=found)
            return redirect("journeys:list")
        else:
            return page(request, found, 422)
    except services.Changed:
        messages.error(
            request, _("Somebody else has changed the journey meanwhile. Look again, then repeat.")
        )
    except services.NotReady:
        messages.error(request, _("It can’t go live yet: see what is wrong below."))
        return page(request, found, 422)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("journeys:journey", found.slug)
