"""Where people stand in journeys, as marketers read it; and taking somebody out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.journeys import asking, sentences
from personalization.journeys.advancing import plans_of
from personalization.journeys.crowd import add
from personalization.journeys.models import Journey, Passage, Place
from personalization.journeys.plan import END, START, Plan
from personalization.people import wholes
from personalization.people.models import Person

TAKEN = "taken"
ENDED = 10  # of a person, the latest
State = Place.State


@dataclass(frozen=True)
class Standing:
    """Somebody in a journey: `at` the step at which they are `since` then, and what follows it at
    `due`, or before, once what they wait for comes (`sooner`); `ended` says how it did."""

    place: Place
    at: str
    since: datetime
    next: str = ""
    due: datetime | None = None
    sooner: str = ""
    ended: str = ""

    @property
    def paused(self) -> bool:
        return self.due is not None and self.place.journey.state != Journey.State.LIVE


def of_person(person: Person) -> list[Standing]:
    """Where they are now, the next to go on first, and where they were last."""
    rows = Place.objects.filter(wholes.of(person.whole_id))
    rows = rows.select_related("journey", "person")
    here = rows.filter(state=State.WAITING).order_by("due_at", "pk")
    before = rows.exclude(state__in=(State.WAITING, State.HELD)).order_by("-ended_at", "-pk")
    return told([*here[:100], *before[:ENDED]])


def on_the_way(journey: Journey, step: str | None = None) -> QuerySet[Place]:
    """Who is in a journey, or waits at one of its steps; who goes on next comes first."""
    rows = journey.places.filter(state=State.WAITING).select_related("journey", "person__into")
    rows = rows if step is None else rows.filter(step=step)
    return rows.order_by("due_at", "pk")


def told(places: Iterable[Place]) -> list[Standing]:
    """In words; all their plans by one query."""
    rows = list(places)
    plans = plans_of(place.version_id for place in rows)
    return [_told(place, plans[place.version_id]) for place in rows]


def _told(place: Place, plan: Plan) -> Standing:
    if place.state != State.WAITING:
        why = sentences.end_name(place.why or place.state)
        why = f"{why} ({place.told['taken_by']})" if "taken_by" in place.told else why
        return Standing(place, _at(place, plan), place.ended_at or place.moved_at, ended=why)
    step = plan.step(place.step)
    awaits = step is not None and step.branches and bool(place.awaiting)
    after = plan.target(step) if step is not None and awaits else _after(plan, place.step)
    return Standing(
        place,
        _at(place, plan),
        place.moved_at if place.step else place.entered_at,
        next=_named(plan, after),
        due=place.due_at,
        sooner=sentences.event_name(place.awaiting) if awaits else "",
    )


def _after(plan: Plan, step: str) -> str:
    known = step == START or step in plan.places
    return plan.after(step) if known else END


def _at(place: Place, plan: Plan) -> str:
    if place.step == START:
        return _("before the first step")
    return _named(plan, place.step)


def _named(plan: Plan, step_id: str) -> str:
    step = plan.step(step_id)
    if step is None:
        return _("the end")
    return f"{plan.places[step_id] + 1}. {sentences.said(plan, step)}"


@transaction.atomic
def take_out(*, place: Place, by: str, now: datetime | None = None) -> bool:
    """They go no further, and hear nothing that waits; place, passage and ledger tell of it.
    False if they are not on the way any more."""
    now = now or timezone.now()
    Person.objects.select_for_update().filter(pk=place.person.whole_id).first()
    row = Place.objects.filter(pk=place.pk, state=State.WAITING)
    changes = {"state": State.LEFT, "why": TAKEN, "awaiting": "", "moved_at": now, "ended_at": now}
    told = {**place.told, "taken_by": by}
    moved = row.update(moves=F("moves") + 1, told=told, **changes)
    if not moved:
        return False
    Passage.objects.create(place=place, step=place.step, outcome=TAKEN, at=now)
    add({(place.version_id, START, TAKEN): 1})
    asking.call_off([place], by=by)
    return True
