"""The relay: rings Celery's doorbell for every job row that is due.

It leases rows in the database first and publishes their ids after, so that two relays don't
publish the same row, and a row whose message was lost is published again when its lease is over.
No more than WINDOW jobs of a queue are out at a time: a long queue is not published twice.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from kombu import Connection

from orders import clocks
from orders.jobs import doorbell, lease
from orders.models import Job

WINDOW = 200  # jobs of one queue that are published and not yet finished
POLL_SECONDS = 0.25
LONGEST_PAUSE = 5.0  # seconds between attempts while the database or the broker is away
CLOCK_SECONDS = 60.0  # between looks whether the clock was set back

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Leased:
    """A due job which this relay may publish until its lease ends."""

    id: UUID
    kind: str
    queue: str


@dataclass
class Relay:
    """A loop around `relay_once` that outlives the broker and the database."""

    stop: threading.Event = field(default_factory=threading.Event)
    poll_seconds: float = POLL_SECONDS
    looked: float | None = None

    def run(self) -> None:
        """Publish until `stop` is set; failures are logged once and waited out."""
        publisher, pause = Publisher(), 0.0
        away: tuple[type[Exception], ...] = (Error, *publisher.errors)
        while not self.stop.is_set():
            try:
                self._look_at_the_clock()
                published = relay_once(publisher)
            except away as error:
                pause = min(max(pause * 2, self.poll_seconds), LONGEST_PAUSE)
                logger.warning("The relay waits %.1f s: %s", pause, error)
                publisher.close()
                connection.close()
                self.stop.wait(pause)
            else:
                pause = 0.0
                if not published:
                    self._rest()
        publisher.close()
        connection.close()

    def end(self) -> None:
        """Let `run` return soon; for another thread or a signal handler."""
        self.stop.set()
        doorbell.set()

    def _look_at_the_clock(self) -> None:
        """Now and then: what waits by a clock that was set back waits no longer than it should."""
        now = time.monotonic()
        if self.looked is None or now - self.looked >= CLOCK_SECONDS:
            clocks.set_right()
            self.looked = now

    def _rest(self) -> None:
        doorbell.wait(self.poll_seconds)
        doorbell.clear()


class Publisher:
    """Sends task messages over one broker connection, which is opened anew after an error."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        probe = current_app.connection_for_write()
        recoverable = (*probe.recoverable_connection_errors, *probe.recoverable_channel_errors)
        self.errors: tuple[type[Exception], ...] = (
            OSError,
            *(error for error in recoverable if issubclass(error, Exception)),
        )

    def send(self, job: Leased) -> None:
        """Publish a job's id to its queue; raises one of `errors` when the broker is away."""
        if self._connection is None:
            self._connection = _connect()
        options: dict[str, Any] = {"queue": job.queue, "retry": False}
        current_app.send_task(job.kind, args=[str(job.id)], connection=self._connection, **options)

    def close(self) -> None:
        """Drop the connection; the next `send` opens another."""
        if self._connection is not None:
            self._connection.release()
            self._connection = None


def _connect() -> Connection:
    """A broker connection that fails instead of waiting; the relay does the waiting."""
    connection = current_app.connection_for_write(transport_options={"max_retries": 1})
    connection.connect()
    return connection


def relay_once(publisher: Publisher) -> int:
    """Publish every job that is due now, within the window of its queue; how many.

    When the broker fails, the jobs that were not published are due again at once.
    """
    now = timezone.now()
    if not _publishable(now).exists():
        return 0
    jobs = lease_due(now)
    for position, job in enumerate(jobs):
        try:
            publisher.send(job)
        except publisher.errors:
            _give_back(jobs[position:])
            raise
    return len(jobs)


@transaction.atomic
def lease_due(now: datetime) -> list[Leased]:
    """Lease due jobs, the oldest of each queue first, and park those that killed their workers.

    PostgreSQL skips rows that another relay holds; on SQLite transactions are one at a time.
    """
    skip = connection.features.has_select_for_update_skip_locked
    due = _publishable(now).select_for_update(skip_locked=skip)
    _park_spent(due)
    leased: list[Leased] = []
    for queue, room in _rooms(now).items():
        rows = due.filter(queue=queue).order_by("due_at").values_list("id", "kind", "queue")
        leased += [Leased(*row) for row in rows[:room]]
    ids = [job.id for job in leased]
    Job.objects.filter(pk__in=ids, state=Job.State.DUE).update(leased_until=now + lease())
    return leased


def _publishable(now: datetime) -> QuerySet[Job]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    return Job.objects.filter(free, state=Job.State.DUE, due_at__lte=now)


def _park_spent(due: QuerySet[Job]) -> None:
    """Park jobs that were begun too often without an end: each run took its worker with it."""
    spent = due.filter(attempts__gte=settings.JOB_MAX_ATTEMPTS)
    ids = list(spent.values_list("pk", flat=True)[:WINDOW])
    if ids:
        Job.objects.filter(pk__in=ids).update(
            state=Job.State.PARKED,
            error=f"It was begun {settings.JOB_MAX_ATTEMPTS} times and never came to an end.",
            leased_until=None,
            running_until=None,
        )


def _rooms(now: datetime) -> dict[str, int]:
    """How many more jobs each queue with due jobs may have out."""
    queues = _publishable(now).values_list("queue", flat=True).distinct().order_by()
    out = Job.objects.filter(state=Job.State.DUE, leased_until__gte=now)
    return {queue: max(0, WINDOW - out.filter(queue=queue).count()) for queue in list(queues)}


def _give_back(jobs: Sequence[Leased]) -> None:
    Job.objects.filter(
        pk__in=[job.id for job in jobs], state=Job.State.DUE, running_until=None
    ).update(leased_until=None)
