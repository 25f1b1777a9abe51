"""A clock that went ahead and was set back: what was put off by it waits no longer than it should.

Whatever was done meanwhile stays done; only the times that lie ahead because of it are set right.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from orders.jobs import lease
from orders.models import Job

AHEAD = timedelta(hours=1)
"""What was written so much later than now was written by a clock that went ahead; clocks of several
machines differ by less."""


@transaction.atomic
def set_right(now: datetime | None = None) -> int:
    """Jobs wait as long as they should, from now, and are left alone for a lease at most; how many
    waited by another clock."""
    now = now or timezone.now()
    due = Job.objects.filter(state=Job.State.DUE)
    late = due.filter(due_at__gt=now + AHEAD)
    # Whoever was begun is due again after minutes, not hours (`jobs.backoff`).
    count = late.filter(attempts__gt=0).update(due_at=now)
    made = late.filter(created_at__gt=now + AHEAD)
    count += made.update(due_at=F("due_at") - F("created_at") + now, created_at=now)
    latest = now + lease() + AHEAD
    due.filter(leased_until__gt=latest).update(leased_until=None)
    due.filter(running_until__gt=latest).update(running_until=None)
    return count
