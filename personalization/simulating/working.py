"""The jobs that are due, done in the order in which they are due: what relay and workers do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from celery import current_app

from orders.models import Job
from personalization.simulating.clock import Clock

APART = (
    *("factory.release_work_orders", "factory.render_build_sheet", "orders.render_confirmation"),
    *("orders.send_confirmation", "orders.send_shipped", "orders.send_cancellation"),
    *("paying.issue_invoice", "orders.release_places"),
)
"""Papers and pictures of orders: other simulations and tests are about them."""


class Hands:
    """Does what is due, here and at once. `after` is told of every job that was done."""

    def __init__(self, clock: Clock, after: Callable[[Job], None]) -> None:
        self.clock, self.after = clock, after
        self.done = 0
        current_app.loader.import_default_modules()

    def until(self, moment: datetime) -> None:
        """Everything that is due until then; the clock stands where the last one was done."""
        tried: set[tuple[object, int]] = set()
        while (job := _next(moment)) is not None:
            if (job.pk, job.attempts) in tried:
                raise RuntimeError(f"{job} does not come to an end: {job.error}")
            tried.add((job.pk, job.attempts))
            self.clock.to(job.due_at)
            current_app.tasks[job.kind](str(job.pk))
            self.done += 1
            self.after(job)


def _next(moment: datetime) -> Job | None:
    due = Job.objects.filter(state=Job.State.DUE, due_at__lte=moment).exclude(kind__in=APART)
    return due.order_by("due_at", "created_at").first()
