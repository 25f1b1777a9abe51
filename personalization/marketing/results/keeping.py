"""Counting months ahead every night: a job that asks for the next one."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from orders import jobs
from orders.factory.figures.period import Period
from orders.models import Job, Order
from personalization.feeds import audiences
from personalization.marketing.models import SoldMonth
from personalization.marketing.results import sales
from personalization.segments.learning import next_night

KEEP, QUEUE = "marketing.keep_sales", "examine"


def keep_counting() -> bool:
    """See to it that a job is due; whether there was none."""
    with transaction.atomic():
        if Job.objects.filter(kind=KEEP, state=Job.State.DUE).exists():
            return False
        jobs.enqueue(kind=KEEP, queue=QUEUE, due_at=next_night(timezone.now()))
    return True


def perform(job_id: str | UUID) -> bool:
    """Perform the job, and have it done again in the next night, whatever came of it."""
    return jobs.perform_prepared(job_id, _count, lambda job, _nothing: _again(job))


def keep_sales() -> int:
    """Count the months that are over and whose orders are others than when they were counted last;
    how many it were."""
    first = Order.objects.aggregate(first=Min("placed_at"))["first"]
    if first is None:
        return 0
    this = timezone.localdate().replace(day=1)
    past = [
        month
        for month in sales.months(Period(timezone.localdate(first), this))
        if month.first < this
    ]
    known = dict(SoldMonth.objects.values_list("month", "mark"))
    count = 0
    for month in past:
        # Marked first: what changes while it is counted makes it count no more.
        if (mark := sales.mark(month)) != known.get(month.first):
            facts = {"mark": mark, "rows": sales.rows_of(month), "counted_at": timezone.now()}
            SoldMonth.objects.update_or_create(month=month.first, defaults=facts)
            count += 1
    return count


def _count(job: Job) -> None:
    with jobs.holding(job):
        keep_sales()
        audiences.forget()


def _again(job: Job) -> None:
    Job.objects.filter(kind=KEEP, state=Job.State.DONE).exclude(pk=job.pk).delete()
    if not Job.objects.filter(kind=KEEP, state=Job.State.DUE).exclude(pk=job.pk).exists():
        jobs.enqueue(kind=KEEP, queue=QUEUE, due_at=next_night(timezone.now()))
