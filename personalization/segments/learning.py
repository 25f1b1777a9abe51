"""Learning every night who is likely to order, and to leave: a job that asks for the next one."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from orders import jobs
from orders.models import Job
from personalization.segments.predicting import TooFew, train
from personalization.segments.words import SCORES

LEARN, QUEUE = "segments.learn", "examine"
AT = time(3, 20)
"""By the firm's clock, when few look."""

log = logging.getLogger(__name__)


def keep_learning() -> bool:
    """See to it that a job is due; whether there was none."""
    with transaction.atomic():
        if Job.objects.filter(kind=LEARN, state=Job.State.DUE).exists():
            return False
        jobs.enqueue(kind=LEARN, queue=QUEUE, due_at=next_night(timezone.now()))
    return True


def next_night(now: datetime) -> datetime:
    """The next time that it is AT; on the day when clocks change, too."""
    local = timezone.localtime(now)
    day = local.date() if local.time() < AT else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, AT))


def perform(job_id: str | UUID) -> bool:
    """Perform the job: learn, and have it done again in the next night, whatever came of it."""
    return jobs.perform_prepared(job_id, _learn, lambda job, _nothing: _again(job))


def _learn(job: Job) -> None:
    """Each is learned in a transaction of its own; a second time it is only learned anew."""
    with jobs.holding(job):
        for name in SCORES:
            try:
                train(name)
            except TooFew:
                log.info("%s: too little has happened to learn from", name)


def _again(job: Job) -> None:
    Job.objects.filter(kind=LEARN, state=Job.State.DONE).exclude(pk=job.pk).delete()
    waiting = Job.objects.filter(kind=LEARN, state=Job.State.DUE).exclude(pk=job.pk)
    if not waiting.exists():
        jobs.enqueue(kind=LEARN, queue=QUEUE, due_at=next_night(timezone.now()))
