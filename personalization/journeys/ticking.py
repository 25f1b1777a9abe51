"""Journeys go on by themselves: a job that reads what happened, takes on who is due, and asks to be
done again in a moment, for as long as a journey runs."""

import time
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from orders import jobs
from orders.models import Job
from personalization.journeys import advancing, listening, watching
from personalization.journeys.models import Cursor, Journey, Place

TICK, QUEUE = "journeys.tick", "mail"
EVERY = timedelta(minutes=1)
LONGEST = 30.0  # seconds of work in one job
SLICE = 2_000  # people
LATE = timedelta(minutes=10)
GOING = (Journey.State.LIVE, Journey.State.PAUSED)
"""States in which what people do is heard: who waits in a paused journey may reach its goal."""


def tick(now: datetime | None = None) -> int:
    """Everything that is to be done now; how many steps were passed."""
    advancing.set_right(now)
    listening.listen(now)
    watching.watch(now)
    return advancing.advance(now)


def tick_job(job_id: str | UUID) -> bool:
    """Perform the job: work for a while, a transaction at a time, and come back."""
    return jobs.perform_prepared(job_id, _work, lambda job, more: _again(job, more))


def _work(job: Job) -> bool:
    """Whether there is more to be done at once."""
    started = time.monotonic()
    advancing.set_right()
    listening.listen()
    watching.watch()
    while advancing.advance(at_most=SLICE):
        jobs.keep(job)
        if time.monotonic() - started > LONGEST:
            return True
    return False


def _again(job: Job, more: bool) -> None:
    if not Cursor.objects.filter(name="tick").update(at=timezone.now()):
        Cursor.objects.update_or_create(name="tick", defaults={"at": timezone.now()})
    Job.objects.filter(kind=TICK, state=Job.State.DONE).exclude(pk=job.pk).delete()
    if Journey.objects.filter(state__in=GOING).exists():
        keep_ticking(timezone.now() + (timedelta(0) if more else EVERY), other_than=job)


def keep_ticking(due_at: datetime | None = None, other_than: Job | None = None) -> None:
    """See to it that the job is due; in the caller's transaction."""
    waiting = Job.objects.filter(kind=TICK, state=Job.State.DUE)
    if other_than is not None:
        waiting = waiting.exclude(pk=other_than.pk)
    if not waiting.exists():
        jobs.enqueue(kind=TICK, queue=QUEUE, due_at=due_at)


def stands_still(now: datetime | None = None) -> bool:
    """Whether people are due in a journey that runs, and nobody has come by for long."""
    now = now or timezone.now()
    overdue = Place.objects.filter(
        state=Place.State.WAITING, journey__state=Journey.State.LIVE, due_at__lt=now - LATE
    )
    last = Cursor.objects.filter(name="tick", at__gt=now - LATE)
    return overdue.exists() and not last.exists()
