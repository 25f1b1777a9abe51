"""Who comes into a journey: once an occasion, and again only as the journey says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from personalization.journeys.models import Journey, Place, Version
from personalization.journeys.plan import EVERY, NEVER, Plan

AT_ONCE = 500


@dataclass(frozen=True)
class Coming:
    """Somebody (a whole person's id) whom something brings here that was `at`, and by when they
    begin."""

    person: int
    occasion: str
    at: datetime
    due_at: datetime
    design: UUID | None = None
    order: UUID | None = None
    told: dict[str, Any] = field(default_factory=dict)


def enter(journey: Journey, coming: Iterable[Coming], now: datetime) -> int:
    """Let them in, as far as the journey lets them; in the caller's transaction. How many."""
    if journey.live is None or journey.state != Journey.State.LIVE:
        return 0
    found, count = list(coming), 0
    for begin in range(0, len(found), AT_ONCE):
        count += _enter(journey, journey.live, found[begin : begin + AT_ONCE], now)
    return count


def _enter(journey: Journey, live: Version, coming: Sequence[Coming], now: datetime) -> int:
    plan = Plan.from_json(live.plan)
    people = [each.person for each in coming]
    known: dict[int, list[Place]] = {}
    for place in Place.objects.filter(journey=journey, person__in=people):
        known.setdefault(place.person_id, []).append(place)
    rows = []
    for each in coming:
        before = known.setdefault(each.person, [])
        if not _may(plan, before, each, now):
            continue
        place = Place(
            journey=journey,
            version=live,
            person_id=each.person,
            occasion="once" if plan.again == NEVER else each.occasion[:80],
            design_id=each.design,
            order_id=each.order,
            told=each.told,
            due_at=each.due_at,
            entered_at=each.at,
            moved_at=now,
        )
        before.append(place)
        rows.append(place)
    Place.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _may(plan: Plan, before: Sequence[Place], each: Coming, now: datetime) -> bool:
    """Whether somebody may come, who was here before at these places."""
    if any(place.occasion == each.occasion for place in before):
        return False
    if plan.again == NEVER:
        return not before
    here = [place for place in before if place.state == Place.State.WAITING]
    if plan.again == EVERY:
        same = (each.design, each.order)
        return not any((place.design_id, place.order_id) == same for place in here) or same == (
            None,
            None,
        )
    lately = now - timedelta(days=plan.again_days)
    return not here and not any(place.entered_at > lately for place in before)
