"""The plan board and its changes, for leads alone: looked at first, saved if it is still so."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.dateparse import parse_date
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from configurator.capacity.changes import Effect, NoRoom, Stale, TooEarly
from configurator.capacity.minutes import Full
from configurator.capacity.replanning import apply, effect_of
from configurator.capacity.schedule import NoTime
from orders.factory.access import factory_lead
from orders.factory.board import asking, effects, history, pages, reading
from orders.factory.board.asking import Asked, Bad

NO_ERRORS: Mapping[str, str] = MappingProxyType({})
LONGEST_SEEN = 400_000
FIELDS = (
    *("what", "key", "operation", "day", "step", "center", "first", "last", "reason", "closure"),
    *("at_center", "at_day", "note"),
)


@require_safe
@factory_lead
def board(request: HttpRequest) -> HttpResponse:
    """Loads, one day of one work center, what is late, closures."""
    try:
        day = parse_date(request.GET.get("day", ""))
    except ValueError:
        day = None
    page = pages.board(request.GET.get("center", "")[:80], day)
    context = {"page": page, "latest": history.latest(), "at_board": True}
    return _fresh(render(request, "factory/board/board.html", context))


@require_safe
@factory_lead
def plan_history(request: HttpRequest) -> HttpResponse:
    """Who changed the plan, when and why; the latest first."""
    found, lines = history.page(request.GET.get("page", "")[:9])
    context = {"found": found, "lines": lines, "at_board": True}
    return _fresh(render(request, "factory/board/history.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@factory_lead
def change(request: HttpRequest) -> HttpResponse:
    """GET: what a change would do. POST: do it, if it would still do what was shown."""
    sent = request.POST if request.method == "POST" else request.GET
    fields = {name: sent.get(name, "")[:300] for name in FIELDS}
    try:
        asked = asking.read(fields)
        if request.method == "POST":
            return _save(request, asked, fields)
        return _shown(request, asked, effect_of(asked.change), fields)
    except Bad as bad:
        return _refused(request, fields, bad.errors)
    except NoRoom as refusal:
        return _refused(request, fields, {"day": asking.no_room(refusal, asked)}, asked)
    except TooEarly as refusal:
        return _refused(request, fields, {"day": asking.too_early(refusal)}, asked)
    except (NoTime, Full):
        told = _("With this there would be no time for what is ordered.")
        return _refused(request, fields, {"": told})


def _save(request: HttpRequest, asked: Asked, fields: dict[str, str]) -> HttpResponse:
    before = request.POST.get("seen", "")[:LONGEST_SEEN]
    try:
        version = UUID(request.POST.get("version", ""))
    except ValueError:
        return _shown(request, asked, effect_of(asked.change), fields, before)
    try:
        note = asked.note(request.user, asking.why(fields))
    except Bad as bad:
        return _shown(request, asked, effect_of(asked.change), fields, errors=bad.errors)
    try:
        apply(asked.change, version, asked.save, seen=request.POST.get("mark", ""), note=note)
    except Stale as stale:
        return _shown(request, asked, stale.effect, fields, before)
    messages.success(request, _("The plan is changed."))
    at = {"center": fields["at_center"], "day": asked.fields.get("day") or fields["at_day"]}
    query = urlencode({name: value for name, value in at.items() if value})
    return HttpResponseRedirect(f"{reverse('factory:board')}?{query}")


def _shown(
    request: HttpRequest,
    asked: Asked,
    effect: Effect,
    fields: dict[str, str],
    before: str | None = None,
    errors: Mapping[str, str] = NO_ERRORS,
) -> HttpResponse:
    """The effect, to be saved; 409 with the difference if it is not what was seen."""
    context = {
        "page": effects.page(asked, effect, before),
        "stale": before is not None,
        "errors": errors,
        **_form(asked.what, {**fields, **asked.fields}),
    }
    status = 422 if errors else 200 if before is None else 409
    return _fresh(render(request, "factory/board/change.html", context, status=status))


def _refused(
    request: HttpRequest,
    fields: dict[str, str],
    errors: dict[str, str],
    asked: Asked | None = None,
) -> HttpResponse:
    """What is wrong, at its field, with all that was written."""
    written = {**fields, **(asked.fields if asked else {})}
    context = {
        "heading": effects.title(asked) if asked else "",
        "errors": errors,
        "general": errors.get(""),
        **_form(written.get("what", ""), written),
    }
    return _fresh(render(request, "factory/board/change.html", context, status=422))


def _form(what: str, fields: dict[str, str]) -> dict[str, Any]:
    """The form that asks for the change again, with another day perhaps."""
    back = {"center": fields.get("at_center", ""), "day": fields.get("at_day", "")}
    query = urlencode({name: value for name, value in back.items() if value})
    names = reading.center_names()
    return {
        "what": what,
        "fields": fields,
        "centers": sorted(names.items(), key=lambda pair: pair[1]),
        "back": f"{reverse('factory:board')}?{query}",
        "at_board": True,
    }


def _fresh(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response
