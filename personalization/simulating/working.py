"""The jobs that are due, done in the order in which they are due: what relay and workers do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from celery import current_app
from django.db.models import QuerySet

from orders.models import Job
from personalization.messages.models import Copy, Message
from personalization.simulating.clock import Clock

APART = (
    *("factory.release_work_orders", "factory.render_build_sheet", "orders.render_confirmation"),
    *("orders.send_confirmation", "orders.send_shipped", "orders.send_cancellation"),
    *("paying.issue_invoice", "orders.release_places"),
)
"""Papers and pictures of orders: other simulations and tests are about them."""


LAZY = ("journeys.tick", "segments.refresh")
"""What asks to be done again all the time: here once an hour, as by workers with much to do."""
HOUR = timedelta(hours=1)


class Workers(Protocol):
    """Does what is due."""

    done: int
    kills: int

    def until(self, moment: datetime) -> None: ...

    def close(self) -> None: ...


class Post:
    """Tells of every message that came to somebody, once, in the order in which they came."""

    def __init__(self, came: Callable[[Message], None]) -> None:
        self.came, self.last = came, 0

    def look(self) -> None:
        rows = Copy.objects.filter(pk__gt=self.last).order_by("pk").select_related("message")
        for copy in list(rows):
            self.last = copy.pk
            self.came(copy.message)


def due(moment: datetime) -> QuerySet[Job]:
    """What is due until then, the first first."""
    jobs = Job.objects.filter(state=Job.State.DUE, due_at__lte=moment).exclude(kind__in=APART)
    return jobs.order_by("due_at", "created_at")


class Hands:
    """Does what is due, here and at once."""

    def __init__(self, clock: Clock, post: Post) -> None:
        self.clock, self.post = clock, post
        self.done = self.kills = 0
        self.tick = clock.now
        current_app.loader.import_default_modules()

    def until(self, moment: datetime) -> None:
        """Everything that is due until then; the clock stands where the last one was done."""
        while self.tick + HOUR <= moment:
            self.tick += HOUR
            self._do(self.tick, due(self.tick).exclude(kind__in=LAZY))
            self.clock.to(self.tick)
            self._do(self.tick, due(self.tick))
        self._do(moment, due(moment).exclude(kind__in=LAZY))

    def _do(self, moment: datetime, jobs: QuerySet[Job]) -> None:
        tried: set[tuple[object, int]] = set()
        while (job := jobs.first()) is not None:
            if (job.pk, job.attempts) in tried:
                raise RuntimeError(f"{job} does not come to an end: {job.error}")
            tried.add((job.pk, job.attempts))
            self.clock.to(job.due_at)
            current_app.tasks[job.kind](str(job.pk))
            self.done += 1
            self.post.look()

    def close(self) -> None:
        """Nothing is left open."""
