"""What is likely is learned every night, by a job that asks for the next one."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from orders.models import Job
from personalization.segments import learning

pytestmark = pytest.mark.django_db


def waiting() -> list[Job]:
    return list(Job.objects.filter(kind=learning.LEARN, state="due"))


def test_one_job_is_due_however_often_it_is_set_up() -> None:
    assert learning.keep_learning()
    assert not learning.keep_learning()
    (job,) = waiting()
    assert timezone.localtime(job.due_at).time() == learning.AT
    assert learning.perform(job.pk)
    (following,) = waiting()
    assert following.pk != job.pk
    assert not learning.perform(job.pk)
    assert len(waiting()) == 1


def test_too_little_to_learn_from_is_no_failure() -> None:
    learning.keep_learning()
    (job,) = waiting()
    learning.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 2, 20, tzinfo=UTC)),
        (datetime(2026, 11, 2, 12, tzinfo=UTC), datetime(2026, 11, 3, 2, 20, tzinfo=UTC)),
        (datetime(2026, 7, 1, 0, 0, tzinfo=UTC), datetime(2026, 7, 1, 1, 20, tzinfo=UTC)),
        (datetime(2026, 7, 1, 1, 20, tzinfo=UTC), datetime(2026, 7, 2, 1, 20, tzinfo=UTC)),
    ],
)
def test_the_night_is_that_of_the_firm(settings: Any, now: datetime, due: datetime) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"
    assert learning.next_night(now) == due
