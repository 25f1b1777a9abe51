"""People: what is known of each, why, and what they did. No names: those stand in orders only."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from personalization.journeys import places
from personalization.people import consent, profiles, wholes
from personalization.people.marketers import marketer
from personalization.people.models import Decision, Event, Fact, Person
from personalization.people.naming import name_of
from personalization.people.purposes import ASKED
from personalization.segments.models import Segment

PER_PAGE = 50
SHOWN = 100
KINDS = list(Fact.Kind.values)
SHOWN_OF_EACH = (
    "orders",
    "spent",
    "currency",
    "last_order",
    "designs",
    "country",
    "favorite_product",
)


@dataclass(frozen=True)
class Asked:
    """Whom the list was asked for; anything unknown counts as nothing."""

    q: str = ""
    segment: Segment | None = None

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        q = request.GET.get("q", "").strip()[:36]
        slug = request.GET.get("segment", "")[:60]
        return cls(q, Segment.objects.filter(slug=slug).first() if slug else None)

    @property
    def query(self) -> str:
        """The same again, for the links to other pages."""
        found = {"q": self.q, "segment": self.segment.slug if self.segment else ""}
        return urlencode({name: value for name, value in found.items() if value})

    def people(self) -> QuerySet[Person]:
        rows = Person.objects.filter(into=None)
        if self.q:
            rows = rows.filter(key__startswith=self.q.lower()) if _is_key(self.q) else rows.none()
        if self.segment:
            rows = rows.filter(memberships__segment=self.segment)
        return rows.order_by("-seen_at", "-pk")


@require_safe
@marketer()
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody, latest first; found by the beginning of their key, or by a segment."""
    asked = Asked.of(request)
    page = Paginator(asked.people(), PER_PAGE).get_page(request.GET.get("page"))
    people = list(page.object_list)
    for each in people:
        if each.stale:
            profiles.refresh(each)
    facts: dict[int, dict[str, Fact]] = {person.pk: {} for person in people}
    for fact in Fact.objects.filter(person__in=people, name__in=SHOWN_OF_EACH):
        facts[fact.person_id][fact.name] = fact
    rows = [
        {"person": each, **{f"{name}_": facts[each.pk].get(name) for name in SHOWN_OF_EACH}}
        for each in people
    ]
    context = {"rows": rows, "page": page, "asked": asked, "segments": Segment.objects.all()}
    return render(request, "marketing/people.html", context)


def _is_key(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF-" for letter in text)


@require_safe
@marketer()
def person(request: HttpRequest, person_key: UUID) -> HttpResponse:
    """One person: facts with their sources, decisions with their proof, the latest events."""
    found = get_object_or_404(Person, key=person_key)
    whole = found.into or found
    known = profiles.facts_of(whole)
    facts = sorted(known.values(), key=lambda fact: (KINDS.index(fact.kind), name_of(fact.name)))
    mine = wholes.of(whole.pk)
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
        "currency": known["currency"].value if "currency" in known else "",
        "segments": Segment.objects.filter(members__person=whole),
        "allowed": allowed,
        "standings": places.of_person(whole),
        "decisions": Decision.objects.filter(mine).select_related("wording")[:SHOWN],
        "events": events[:SHOWN],
        "counts": [{"kind": Event.Kind(kind).label, "n": n} for kind, n in counted],
    }
    return render(request, "marketing/person.html", context)
