"""Pages in the marketer's room: their places, what stands there for whom, and how it looks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from personalization.people.marketers import marketer
from personalization.slots import catalog, room, services, trying
from personalization.slots.forms import VariantForm, sources_of
from personalization.slots.known import PLACES, WORDS, Place
from personalization.slots.models import Variant
from personalization.slots.roles import EDIT, SEE

ANY = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@marketer(SEE)
def listed(request: HttpRequest) -> HttpResponse:
    """Every place, with what everybody gets there and its variants."""
    return render(request, "personalization/slots/list.html", {"places": room.places()})


@ANY
@marketer(EDIT)
def new(request: HttpRequest, place: str) -> HttpResponse:
    """One more variant at a place."""
    found = PLACES.get(place)
    if found is None:
        raise Http404("no such place")
    return _edit(request, found, Variant(place=place, source=sources_of(found)[0]))


@ANY
@marketer(EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a variant."""
    variant = get_object_or_404(Variant, pk=pk)
    return _edit(request, PLACES[variant.place], variant)


def _edit(request: HttpRequest, place: Place, variant: Variant) -> HttpResponse:
    form = VariantForm(place, request.POST or None, request.FILES or None, instance=variant)
    if request.method == "POST" and form.is_valid():
        kept = services.save(variant=form.variant())
        messages.success(request, _("Kept. Pages show it from now on."))
        return redirect("slots:edit", kept.pk)
    context: dict[str, Any] = {
        "form": form,
        "place": place,
        "variant": variant,
        "name": Variant.objects.get(pk=variant.pk).name if variant.pk else "",
        "texts": form.texts() if place.kind == WORDS else [],
        "known": catalog.item_choices(place),
        "page": trying.page_of(variant),
    }
    status = 422 if form.errors else 200
    return render(request, "personalization/slots/variant.html", context, status=status)


@require_POST
@marketer(EDIT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """It is gone."""
    services.remove(variant=get_object_or_404(Variant, pk=pk))
    messages.success(request, _("It is deleted."))
    return redirect("slots:list")


@require_POST
@marketer(EDIT)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show it, or don't."""
    variant = get_object_or_404(Variant, pk=pk)
    services.switch(variant=variant, on=request.POST.get("on") == "yes")
    return redirect("slots:list")


@require_safe
@marketer(SEE)
def look(request: HttpRequest) -> HttpResponse:
    """A page as somebody else would see it, in a frame."""
    context = {
        "whom": trying.whom_choices(),
        "pages": trying.page_choices(),
        "chosen_whom": request.GET.get("as", "anonymous"),
        "chosen_page": request.GET.get("page", "home"),
        "variant": _asked(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "personalization/slots/look.html", context)


@require_safe
@xframe_options_sameorigin
@marketer(SEE)
def looked_at(request: HttpRequest) -> HttpResponse:
    """The page alone."""
    visitor = trying.pretended(request.GET.get("as", ""), _asked(request))
    return trying.shown(request, request.GET.get("page", "home"), visitor)


def _asked(request: HttpRequest) -> Variant | None:
    key = request.GET.get("variant", "")
    if not (key.isascii() and key.isdigit() and len(key) < 12):
        return None
    return Variant.objects.filter(pk=int(key)).first()
