"""A batch drawn in the background: its progress, and workers that die over it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from orders import jobs
from orders.factory import printing
from orders.factory.models import PrintBatch, WorkOrder
from orders.models import Job
from tests.factory.batches import URL, draw, printed, sent

pytestmark = pytest.mark.django_db


def test_progress_is_told_and_the_job_held(
    lead: Client, two: list[WorkOrder], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "TELL_EVERY", 0.0)
    monkeypatch.setattr(jobs, "lease", lambda: timedelta(0))
    seen: list[int] = []
    true_step = printing.Progress.step

    def step(progress: Any) -> None:
        true_step(progress)
        seen.append(PrintBatch.objects.get().done)

    monkeypatch.setattr(printing.Progress, "step", step)
    batch = printed(lead, two, ["pull_sheet", "build_sheet", "part_label"])
    assert seen == [1, 2, 3, 4, 5]
    assert batch.total == 5


def test_a_job_that_was_taken_over_gives_up(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two))
    job = Job.objects.get(kind=printing.KIND)
    mine = jobs._claim(job.pk)
    assert mine is not None
    jobs.keep(mine)
    Job.objects.filter(pk=job.pk).update(attempts=2)
    with pytest.raises(jobs.Lost):
        jobs.keep(mine)


def test_what_a_killed_worker_left_is_drawn_by_the_next(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two))
    job = Job.objects.get(kind=printing.KIND)
    assert jobs._claim(job.pk) is not None  # and then it is killed
    PrintBatch.objects.update(done=1)
    draw()
    assert PrintBatch.objects.get().state == PrintBatch.State.DRAWING
    Job.objects.filter(pk=job.pk).update(running_until=timezone.now() - timedelta(seconds=1))
    draw()
    batch = PrintBatch.objects.get()
    assert (batch.state, batch.done) == (PrintBatch.State.READY, batch.total)
    assert set(batch.printed.values_list("copy", flat=True)) == {1}


def test_papers_that_could_not_be_drawn_say_so(lead: Client, two: list[WorkOrder]) -> None:
    lead.post(URL, sent(two))
    Job.objects.filter(kind=printing.KIND).update(state=Job.State.PARKED)
    told = lead.get(f"{URL}{PrintBatch.objects.get().key}/").text
    assert "could not be drawn" in told
    assert "hx-trigger" not in told
