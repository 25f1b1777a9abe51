"""People: what is known of each, why, and what they did. No names: those stand in orders only."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from personalization.people import consent, profiles
from personalization.people.marketers import marketer
from personalization.people.models import Decision, Event, Fact, Person
from personalization.people.purposes import ASKED

PER_PAGE = 50
SHOWN = 100
COLUMNS = ("orders", "spent", "last_order", "designs", "country", "favorite_product")


@require_safe
@marketer()
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody, latest first; found by the beginning of their key."""
    asked = request.GET.get("q", "").strip()[:36]
    rows = Person.objects.filter(into=None)
    if asked:
        rows = rows.filter(key__startswith=asked.lower()) if _is_key(asked) else rows.none()
    pages = Paginator(rows.order_by("-seen_at", "-pk"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    people = list(page.object_list)
    for each in people:
        if each.stale:
            profiles.refresh(each)
    facts: dict[int, dict[str, Fact]] = {person.pk: {} for person in people}
    for fact in Fact.objects.filter(person__in=people, name__in=COLUMNS):
        facts[fact.person_id][fact.name] = fact
    table = [
        {"person": each, "cells": [facts[each.pk].get(name) for name in COLUMNS]} for each in people
    ]
    context = {"rows": table, "page": page, "q": asked, "columns": COLUMNS}
    return render(request, "marketing/people.html", context)


def _is_key(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF-" for letter in text)


@require_safe
@marketer()
def person(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """One person: facts with their sources, decisions with their proof, the latest events."""
    found = get_object_or_404(Person, key=person_key)
    whole = found.into or found
    facts = sorted(profiles.facts_of(whole).values(), key=lambda fact: (fact.kind, fact.name))
    mine = Q(person_id=whole.pk) | Q(person__into_id=whole.pk)
    events = Event.objects.filter(mine).order_by("-id")
    counted = events.order_by("kind").values_list("kind").annotate(n=Count("pk"))
    allowed = [
        {"purpose": purpose.label, "channel": channel.label}
        for purpose, channels in ASKED.items()
        for channel in channels
        if consent.allows(whole, purpose, channel)
    ]
    context = {
        "person": whole,
        "parts": list(whole.parts.all()),
        "facts": facts,
        "allowed": allowed,
        "decisions": Decision.objects.filter(mine).select_related("wording")[:SHOWN],
        "events": events[:SHOWN],
        "counts": [{"kind": Event.Kind(kind).label, "n": n} for kind, n in counted],
    }
    return render(request, "marketing/person.html", context)
