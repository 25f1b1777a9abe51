"""Segments: rules with their count while they are written, and lists."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from personalization.people.marketers import marketer
from personalization.people.models import Event, Person
from personalization.people.naming import name_of
from personalization.segments import language, services, words
from personalization.segments.models import Segment, Trained
from personalization.segments.sentences import sentence

EDIT = "segments.change_segment"
SHOWN = 50
TAKEN = ("new", "count")
EXAMPLES = (
    "orders at least 2 and last_order within 90 days",
    'count(viewed, "touring-bicycle", 30 days) >= 3 and not did(ordered, 365 days)',
    "sum(ordered, 365 days) > 500 or country in {PL, ES}",
    "did(chose, frame = titanium, 14 days)",
    "temperature < 5 and did(viewed, 30 days)",
)


if TYPE_CHECKING:
    FormBase = forms.ModelForm[Segment]
else:
    FormBase = forms.ModelForm


class SegmentForm(FormBase):
    """A segment as it is written."""

    class Meta:
        model = Segment
        fields = ("name", "slug", "kind", "rule")
        labels = {"name": pgettext_lazy("segment", "Name")}

    def clean_slug(self) -> str:
        """Not what a page of this room is called."""
        slug = str(self.cleaned_data["slug"])
        if slug in TAKEN:
            raise ValidationError(_("Choose another code: this one is taken by a page."))
        return slug

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Segment.Kind.RULE:
            try:
                language.parse(data.get("rule", ""))
            except language.BadRule as error:
                self.add_error("rule", ValidationError(_place(error)))
        return data


def _place(error: language.BadRule) -> str:
    return _("Line %(line)s, character %(column)s: %(said)s") % vars(error)


@require_safe
@marketer()
def listed(request: HttpRequest) -> HttpResponse:
    """All segments, with how many are in each."""
    rows = []
    for segment in Segment.objects.all():
        rows.append(
            {"segment": segment, "count": segment.members.count(), "said": _said(segment.rule)}
        )
    models = {model.name: model for model in Trained.objects.order_by("id")}
    context = {"rows": rows, "models": [_model(each) for each in models.values()]}
    return render(request, "marketing/segments.html", context)


def _model(model: Trained) -> dict[str, Any]:
    """A learned model with its calibration, as percents and as places in a square of 200."""
    rows = [
        {
            "told": 100 * row["told"],
            "true": 100 * row["true"],
            "people": row["people"],
            "x": f"{40 + 200 * row['told']:.1f}",
            "y": f"{220 - 200 * row['true']:.1f}",
        }
        for row in model.calibration
    ]
    return {"model": model, "name": name_of(model.name), "rows": rows, **model.scores}


def _said(rule: str) -> str:
    try:
        return sentence(language.parse(rule)) if rule else ""
    except language.BadRule as error:
        return _place(error)


@require_http_methods(["GET", "HEAD", "POST"])
@marketer(EDIT)
def edit(request: HttpRequest, segment: str = "") -> HttpResponse:
    """Write a segment; without scripts it is counted by a button."""
    row = get_object_or_404(Segment, slug=segment) if segment else Segment()
    form = SegmentForm(request.POST or None, instance=row)
    if request.method == "POST" and "count" not in request.POST and form.is_valid():
        services.save(segment=form.save(commit=False))
        messages.success(request, _("The segment is kept, and counted from now on."))
        return redirect("marketing:segments")
    counting = request.method == "POST" and "count" in request.POST
    rule = request.POST.get("rule", row.rule)
    context = {
        "form": form,
        "segment": row,
        "tried": _tried(rule) if counting or row.rule else None,
        "names": [(name, name_of(name), kind) for name, kind in sorted(words.known().items())],
        "events": [(kind, Event.Kind(kind).label) for kind in words.EVENTS],
        "examples": EXAMPLES,
        "listed": list(row.members.select_related("person")[:SHOWN]) if row.pk else [],
    }
    status = 422 if form.errors and not counting else 200
    return render(request, "marketing/segment.html", context, status=status)


@require_POST
@marketer()
def count(request: HttpRequest) -> HttpResponse:
    """How many a rule is true of, while it is written."""
    tried = _tried(request.POST.get("rule", ""))
    return render(request, "marketing/_tried.html", {"tried": tried})


def _tried(rule: str) -> dict[str, Any]:
    try:
        node = language.parse(rule)
        found = services.people(rule)
    except language.BadRule as error:
        return {"error": _place(error)}
    everybody = Person.objects.filter(into=None, quiet=False).count()
    share = 100 * len(found) / everybody if everybody else 0
    return {"count": len(found), "of": everybody, "share": share, "said": sentence(node)}


@require_POST
@marketer(EDIT)
def remove(request: HttpRequest, segment: str) -> HttpResponse:
    """It is gone."""
    get_object_or_404(Segment, slug=segment).delete()
    messages.success(request, _("The segment is deleted."))
    return redirect("marketing:segments")


@require_POST
@marketer(EDIT)
def listing(request: HttpRequest, segment: str) -> HttpResponse:
    """Put people on a list by their keys, or take one off."""
    row = get_object_or_404(Segment, slug=segment, kind=Segment.Kind.LIST)
    asked = request.POST.get("keys", "")[:20_000].replace(",", " ").split()
    found = [person for key in asked if (person := _person(key)) is not None]
    if request.POST.get("act") == "take":
        for person in found:
            services.take(segment=row, person=person)
    else:
        added = services.put(segment=row, persons=found)
        messages.success(request, _("On the list now: %(count)d more.") % {"count": added})
    if len(found) < len(asked):
        messages.warning(request, _("Not found: %(count)d.") % {"count": len(asked) - len(found)})
    return redirect("marketing:segment", segment)


def _person(key: str) -> Person | None:
    """By a key, or its beginning where that is one's alone."""
    clean = key.strip().lower()
    if len(clean) < 8 or not all(letter in "0123456789abcdef-" for letter in clean):
        return None
    found = list(Person.objects.filter(key__startswith=clean)[:2])
    return found[0] if len(found) == 1 else None
