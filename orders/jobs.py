"""Durable work: a job is a row, written with its cause and done with its effect.

A producer calls `enqueue` inside its transaction, so the job exists if and only if the cause does.
The relay (relay.py) publishes the ids of due rows to Celery. A task calls `perform`, which marks
the row done in the transaction of the effect: whatever is delivered twice, late or never, the
effect happens once. A job that fails waits longer each time; after JOB_MAX_ATTEMPTS beginnings it
is parked, to be seen and retried in the admin.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from orders.models import Job, Listener

QUEUES = ("factory", "render", "mail", "hooks", "publish", "examine")
LONGEST_BACKOFF = timedelta(minutes=5)
LONGEST_ERROR = 2000  # characters kept
ADDRESS = re.compile(r"[^\s<>'\"(),;:]+@[^\s<>'\"(),;:]+")

Prepared = TypeVar("Prepared")
logger = logging.getLogger(__name__)

doorbell = threading.Event()
"""Rung when this process commits a job; a relay in the same process need not wait to poll."""


def has_a_cause() -> bool:
    """Whether this is in a transaction: the one of what the job follows from."""
    return connection.in_atomic_block


def enqueue(
    *,
    kind: str,
    queue: str,
    payload: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
) -> Job:
    """Write a job with the effect that needs it; only inside the caller's transaction.

    `kind` is the name of the Celery task which performs it, `payload` is plain JSON.
    """
    if queue not in QUEUES:
        raise ValueError(f"no queue is called {queue!r}; there are {', '.join(QUEUES)}")
    if not has_a_cause():
        raise transaction.TransactionManagementError("a job is enqueued with its cause or never")
    job = Job.objects.create(
        kind=kind, queue=queue, payload=dict(payload or {}), due_at=due_at or timezone.now()
    )
    transaction.on_commit(doorbell.set, robust=True)
    return job


def enqueue_if_wanted(*, kind: str, queue: str, payload: Mapping[str, Any]) -> None:
    """Write the job if somebody listens for its kind."""
    if Listener.objects.filter(pk=kind).exists():
        enqueue(kind=kind, queue=queue, payload=payload)


def listen(*, kind: str, wanted: bool) -> None:
    """From now on jobs of this kind are wanted, or not any more."""
    if wanted:
        Listener.objects.get_or_create(pk=kind)
    else:
        Listener.objects.filter(pk=kind).delete()


def perform(
    job_id: str | UUID,
    effect: Callable[[Job], None],
) -> bool:
    """Run `effect(job)` and mark the job done, both in one transaction; True if that happened now.

    False: it was done before, is parked, is running elsewhere, or has failed (the error is kept
    in the row and the job becomes due again later).
    """
    return perform_prepared(job_id, lambda job: None, lambda job, _nothing: effect(job))


def perform_prepared(
    job_id: str | UUID,
    prepare: Callable[[Job], Prepared],
    commit: Callable[[Job, Prepared], None],
) -> bool:
    """Like `perform`, for slow work: `prepare(job)` runs before the transaction of `commit`.

    `prepare` may run again after a crash, so it must leave nothing that a second run would double.
    """
    job = _claim(job_id)
    if job is None:
        return False
    try:
        prepared = prepare(job)
        with transaction.atomic():
            if not _lock(job):
                return False
            commit(job, prepared)
            _mark_done(job)
    except Exception as error:
        logger.warning("%s failed (%d)", job, job.attempts, exc_info=True)
        _note_failure(job, error)
        return False
    return True


class Lost(Exception):
    """The job took longer than its lease, and another process has begun it since."""


def keep(job: Job) -> None:
    """Hold a job for another lease; called now and then by a long `prepare`. Lost: give up."""
    until = timezone.now() + lease()
    mine = Job.objects.filter(pk=job.pk, state=Job.State.DUE, attempts=job.attempts)
    if not mine.update(running_until=until, leased_until=until):
        raise Lost(str(job))


@contextmanager
def holding(job: Job) -> Iterator[None]:
    """Keep a job while its `prepare` waits for something that can't tell that it lives."""
    over = threading.Event()

    def hold() -> None:
        while not over.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                keep(job)
            except (Lost, DatabaseError):
                logger.warning("%s could not be kept", job, exc_info=True)
            finally:
                connection.close()

    thread = threading.Thread(target=hold, name=f"holding {job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def retry(jobs: models.QuerySet[Job]) -> int:
    """Make parked jobs due at once, with all their attempts before them; how many."""
    with transaction.atomic():
        count = jobs.filter(state=Job.State.PARKED).update(
            state=Job.State.DUE,
            due_at=timezone.now(),
            attempts=0,
            leased_until=None,
            running_until=None,
        )
        transaction.on_commit(doorbell.set, robust=True)
    return count


def release_leases() -> int:
    """Make every published or begun job due now; for a process that knows it is alone."""
    held = Job.objects.filter(state=Job.State.DUE).exclude(leased_until=None, running_until=None)
    return held.update(leased_until=None, running_until=None)


def lease() -> timedelta:
    """How long a published or begun job is left alone before it is published again."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 2, 4, 8 … seconds, 5 minutes at most."""
    return min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_BACKOFF)


def _claim(job_id: str | UUID) -> Job | None:
    """Begin a due job that nobody runs, counting the attempt; None if there is nothing to do."""
    now = timezone.now()
    until = now + lease()
    free = Q(running_until=None) | Q(running_until__lt=now)
    claimed = (
        Job.objects.filter(free, pk=job_id, state=Job.State.DUE)
        .filter(attempts__lt=settings.JOB_MAX_ATTEMPTS)
        .update(running_until=until, leased_until=until, attempts=F("attempts") + 1)
    )
    return Job.objects.get(pk=job_id) if claimed else None


def _lock(job: Job) -> bool:
    """Whether the job still waits for its effect; holds its row until the transaction ends."""
    rows = Job.objects.select_for_update().filter(pk=job.pk, state=Job.State.DUE)
    return rows.values_list("pk", flat=True).first() is not None


def _mark_done(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.DONE,
        done_at=timezone.now(),
        error="",
        leased_until=None,
        running_until=None,
    )


def _note_failure(job: Job, error: Exception) -> None:
    """Keep the error; the job is due again after a while, or parked after too many attempts."""
    spent = job.attempts >= settings.JOB_MAX_ATTEMPTS
    mine = Job.objects.filter(pk=job.pk, state=Job.State.DUE, attempts=job.attempts)
    mine.update(
        state=Job.State.PARKED if spent else Job.State.DUE,
        due_at=timezone.now() + backoff(job.attempts),
        error=_told(error),
        leased_until=None,
        running_until=None,
    )


def _told(error: Exception) -> str:
    """The error as it is kept and shown to leads: without whom a mail was for."""
    said = f"{type(error).__name__}: {error}".replace("\x00", "")
    return ADDRESS.sub("(address)", said)[:LONGEST_ERROR]
