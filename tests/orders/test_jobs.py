"""Jobs: written with their cause, done with their effect, once, whatever is delivered."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from orders import jobs
from orders.models import Job, NumberCounter

pytestmark = pytest.mark.django_db


def a_job(**fields: Any) -> Job:
    with transaction.atomic():
        job = jobs.enqueue(kind="orders.send_confirmation", queue="mail", payload={"order": "1"})
    Job.objects.filter(pk=job.pk).update(**fields)
    job.refresh_from_db()
    return job


def count_up(_job: Job) -> None:
    """An effect that shows how often it happened."""
    counter, _new = NumberCounter.objects.get_or_create(kind="test", year=1)
    NumberCounter.objects.filter(kind="test", year=1).update(last=counter.last + 1)


def effects() -> int:
    return (
        NumberCounter.objects.filter(kind="test", year=1).values_list("last", flat=True).first()
        or 0
    )


def test_a_job_dies_with_its_cause() -> None:
    def cause() -> None:
        with transaction.atomic():
            a_job()
            raise RuntimeError("the cause fails")

    with pytest.raises(RuntimeError):
        cause()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_job_without_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        jobs.enqueue(kind="orders.send_confirmation", queue="mail")


def test_an_unknown_queue_is_refused() -> None:
    with pytest.raises(ValueError, match="no queue"):
        jobs.enqueue(kind="orders.send_confirmation", queue="fast")


def test_the_doorbell_rings_after_the_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    jobs.doorbell.clear()
    with django_capture_on_commit_callbacks(execute=True):
        a_job()
        assert not jobs.doorbell.is_set()
    assert jobs.doorbell.is_set()


def test_three_deliveries_are_one_effect() -> None:
    job = a_job()
    assert [jobs.perform(job.pk, count_up) for _ in range(3)] == [True, False, False]
    job.refresh_from_db()
    assert (job.state, job.attempts, effects()) == (Job.State.DONE, 1, 1)


def test_an_unknown_job_is_no_error() -> None:
    assert not jobs.perform("00000000-0000-0000-0000-000000000000", count_up)


def test_a_delivery_during_a_run_waits_for_its_end() -> None:
    job = a_job()
    inner: list[bool] = []

    def prepare(_job: Job) -> None:
        inner.append(jobs.perform(job.pk, count_up))

    assert jobs.perform_prepared(job.pk, prepare, lambda job, _: count_up(job))
    assert inner == [False]
    assert effects() == 1


def test_a_run_that_was_overtaken_has_no_effect() -> None:
    """A worker that slept past its lease finds the job done by another."""
    job = a_job()

    def overtaken(_job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(running_until=None)
        assert jobs.perform(job.pk, count_up)

    assert not jobs.perform_prepared(job.pk, overtaken, lambda job, _: count_up(job))
    assert effects() == 1


def test_a_failure_undoes_the_effect_and_keeps_the_error() -> None:
    job = a_job()

    def fails(job: Job) -> None:
        count_up(job)
        raise OSError(28, "No space left on device")

    assert not jobs.perform(job.pk, fails)
    job.refresh_from_db()
    assert (job.state, effects()) == (Job.State.DUE, 0)
    assert "No space left" in job.error
    assert job.due_at > timezone.now() + timedelta(seconds=1)
    assert jobs.perform(job.pk, count_up)
    job.refresh_from_db()
    assert job.error == ""


def test_waiting_doubles_and_has_a_limit() -> None:
    waits = [jobs.backoff(attempts).total_seconds() for attempts in (1, 2, 3, 30)]
    assert waits == [2, 4, 8, 300]


def test_a_job_is_parked_after_its_attempts_and_can_be_retried(settings: Settings) -> None:
    settings.JOB_MAX_ATTEMPTS = 3
    job = a_job()

    def fails(_job: Job) -> None:
        raise ValueError("it never works")

    for _attempt in range(5):
        jobs.perform(job.pk, fails)
    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.PARKED, 3)
    assert not jobs.perform(job.pk, count_up)

    assert jobs.retry(Job.objects.all()) == 1
    assert jobs.perform(job.pk, count_up)


def test_only_parked_jobs_are_retried() -> None:
    a_job()
    a_job(state=Job.State.DONE)
    assert jobs.retry(Job.objects.all()) == 0


def test_a_process_that_is_alone_takes_back_what_was_held() -> None:
    later = timezone.now() + timedelta(hours=1)
    a_job(leased_until=later, running_until=later)
    a_job(leased_until=later)
    assert jobs.release_leases() == 2
    assert not Job.objects.exclude(leased_until=None, running_until=None).exists()


def test_a_kept_error_does_not_say_whom_the_mail_was_for() -> None:
    def refused(_job: Job) -> None:
        raise OSError({"zofia@example.com": (550, b"<zofia@example.com>: no such mailbox")})

    job = a_job()
    assert not jobs.perform(job.pk, refused)
    job.refresh_from_db()
    assert "no such mailbox" in job.error
    assert "zofia" not in job.error
