"""Taking people on who are due: some of them at a time, each batch in a transaction of its own."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from personalization.journeys.crowd import Crowd, Overtaken, Walker
from personalization.journeys.models import Journey, Place, Version
from personalization.journeys.plan import Plan

AT_ONCE = 200
MOST_FAILURES = 5
AHEAD = timedelta(hours=1)
"""A row that was moved so much later than now was moved by a clock that went ahead."""

logger = logging.getLogger(__name__)


def advance(now: datetime | None = None, at_most: int = 10_000) -> int:
    """Take on all who are due in journeys that run, this many at most; how many steps."""
    steps = people = 0
    waiting = Place.objects.filter(journey=OuterRef("pk"), state=Place.State.WAITING)
    due = Exists(waiting.filter(due_at__lte=now or timezone.now()))
    for journey in Journey.objects.filter(due, state=Journey.State.LIVE).order_by("pk"):
        while people < at_most:
            moved, passed = _batch(journey, now or timezone.now(), AT_ONCE)
            people, steps = people + moved, steps + passed
            if moved < AT_ONCE:
                break
    return steps


def _batch(journey: Journey, now: datetime, size: int) -> tuple[int, int]:
    """Some of those who are due; of how many, and how many steps. What fails together is tried one
    by one, so that nobody waits for somebody else's trouble."""
    try:
        with transaction.atomic():
            return _take(journey, _due(journey, now, size), now)
    except (Overtaken, DatabaseError):
        logger.warning("people in %s are taken on one by one", journey.slug, exc_info=True)
    except Exception:
        logger.exception("people in %s are taken on one by one", journey.slug)
    return _one_by_one(journey, now, size)


def _due(journey: Journey, now: datetime, size: int, only: int | None = None) -> list[Place]:
    """Held where the database can hold rows; elsewhere the transaction is alone."""
    rows = journey.places.select_for_update(skip_locked=True, of=("self",))
    found = rows.filter(state=Place.State.WAITING, due_at__lte=now)
    found = found if only is None else found.filter(pk=only)
    return list(found.select_related("person__into", "design").order_by("due_at")[:size])


def _take(journey: Journey, places: Sequence[Place], now: datetime) -> tuple[int, int]:
    walkers, plans = [], plans_of({place.version_id for place in places})
    for place in places:
        place.journey = journey
        walkers.append(Walker(place, plans[place.version_id], place.version_id, place.step))
    if not walkers:
        return 0, 0
    crowd = Crowd(journey, walkers, now)
    crowd.go()
    return len(walkers), crowd.write()


def plans_of(versions: Iterable[int]) -> dict[int, Plan]:
    """The plans of versions, by their ids."""
    rows = Version.objects.filter(pk__in=set(versions)).values_list("pk", "plan")
    return {pk: Plan.from_json(plan) for pk, plan in rows}


def _one_by_one(journey: Journey, now: datetime, size: int) -> tuple[int, int]:
    people = steps = 0
    due = journey.places.filter(state=Place.State.WAITING, due_at__lte=now).order_by("due_at")
    for pk in list(due.values_list("pk", flat=True)[:size]):
        try:
            with transaction.atomic():
                moved, passed = _take(journey, _due(journey, now, 1, pk), now)
        except Exception:
            logger.exception("a place in %s could not go on", journey.slug)
            _put_off(pk, now)
        else:
            people, steps = people + moved, steps + passed
    return people, steps


def _put_off(pk: int, now: datetime) -> None:
    """Try it later; after some times it is stuck, and marketers see it."""
    row = Place.objects.filter(pk=pk, state=Place.State.WAITING)
    row.update(failures=F("failures") + 1, due_at=now + timedelta(minutes=5))
    row.filter(failures__gte=MOST_FAILURES).update(
        state=Place.State.STUCK, why="failed", ended_at=now
    )


def set_right(now: datetime | None = None) -> int:
    """Who waits by a clock that went ahead and was set back waits as long as they should, from
    now; how many."""
    now = now or timezone.now()
    rows = Place.objects.filter(state=Place.State.WAITING, moved_at__gt=now + AHEAD)
    return rows.update(due_at=F("due_at") - F("moved_at") + now, moved_at=now)
