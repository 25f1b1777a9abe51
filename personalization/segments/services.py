"""Who is in a segment: asked now, or kept with an event for each who came and left."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orders import jobs
from orders.models import Job
from personalization.people import events, profiles
from personalization.people.models import Event, Person
from personalization.people.purposes import Purpose
from personalization.segments.evaluating import Everybody
from personalization.segments.language import BadRule, parse
from personalization.segments.models import Member, Segment

REFRESH = "segments.refresh"
EVERY = timedelta(minutes=15)
FRESH = 200
"""So many profiles at most are folded before somebody who waits is answered."""


def people(rule: str, now: datetime | None = None) -> list[int]:
    """The ids of the whole persons whom a rule is true of. Raises BadRule."""
    node = parse(rule)
    profiles.refresh_all(at_most=FRESH)
    return [int(pk) for pk in Everybody(now).where(node)]


def matches(rule: str, person: Person, now: datetime | None = None) -> bool:
    """Whether a rule is true of one person now. Raises BadRule."""
    node = parse(rule)
    profiles.refresh(person)
    return bool(len(Everybody(now, profiles.members(person.whole_id)).where(node)))


def is_in(person: Person, segment: Segment) -> bool:
    """Whether somebody is in a segment now: a rule is asked, a list looked up."""
    if segment.kind == Segment.Kind.RULE:
        try:
            return matches(segment.rule, person)
        except BadRule:
            return False
    return segment.members.filter(person_id=person.whole_id).exists()


def members(segment: Segment, now: datetime | None = None) -> list[int]:
    """The ids of the whole persons in a segment now; nobody is where its rule names a fact that
    nobody has told any more."""
    if segment.kind == Segment.Kind.RULE:
        try:
            return people(segment.rule, now)
        except BadRule:
            return []
    return list(segment.members.values_list("person_id", flat=True))


def save(*, segment: Segment) -> Segment:
    """Keep a segment, and count who is in it from now on. Raises BadRule."""
    if segment.kind == Segment.Kind.RULE:
        parse(segment.rule)
    with transaction.atomic():
        segment.save()
        jobs.enqueue(kind=REFRESH, queue="render", payload={"segment": segment.pk})
    return segment


@transaction.atomic
def refresh(segment: Segment, now: datetime | None = None) -> tuple[int, int]:
    """Bring the members up to date; how many came, and left. Each is an event of theirs."""
    Segment.objects.select_for_update().get(pk=segment.pk)
    if segment.kind == Segment.Kind.RULE:
        wanted = set(members(segment, now))
        came, left = _move(segment, wanted, now or timezone.now())
    else:
        came, left = 0, 0
    Segment.objects.filter(pk=segment.pk).update(counted_at=now or timezone.now())
    return came, left


def _move(segment: Segment, wanted: set[int], now: datetime) -> tuple[int, int]:
    known = set(segment.members.values_list("person_id", flat=True))
    came, left = wanted - known, known - wanted
    rows = [Member(segment=segment, person_id=pk, since=now) for pk in sorted(came)]
    Member.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    gone = sorted(left)
    for begin in range(0, len(gone), 500):
        segment.members.filter(person_id__in=gone[begin : begin + 500]).delete()
    about = {"option": segment.slug, "source": "segments", "purpose": Purpose.PERSONALIZATION}
    events.append_to_all(came, kind=Event.Kind.ENTERED, at=now, **about)
    events.append_to_all(gone, kind=Event.Kind.LEFT, at=now, **about)
    return len(came), len(left)


def put(*, segment: Segment, persons: Iterable[Person]) -> int:
    """Put people on a list; how many were not on it."""
    wanted = {person.whole_id for person in persons}
    with transaction.atomic():
        known = set(segment.members.values_list("person_id", flat=True))
        return _move(segment, known | wanted, timezone.now())[0]


def take(*, segment: Segment, person: Person) -> bool:
    """Take somebody off a list; whether they were on it."""
    with transaction.atomic():
        known = set(segment.members.values_list("person_id", flat=True))
        return _move(segment, known - {person.whole_id}, timezone.now())[1] > 0


def refresh_job(job_id: str | UUID) -> bool:
    """Perform the job: bring a segment up to date, and have it done again in a while."""
    return jobs.perform(job_id, _refresh_again)


def _refresh_again(job: Job) -> None:
    segment = Segment.objects.filter(pk=job.payload["segment"], kind=Segment.Kind.RULE).first()
    if segment is None:
        return
    refresh(segment)
    waiting = Job.objects.filter(kind=REFRESH, payload__segment=segment.pk, state=Job.State.DUE)
    if not waiting.exclude(pk=job.pk).exists():
        payload = {"segment": segment.pk}
        due = timezone.now() + EVERY
        jobs.enqueue(kind=REFRESH, queue="render", payload=payload, due_at=due)
