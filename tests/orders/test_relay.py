"""The relay: publishes what is due, once a lease, and survives without a broker."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from orders import clocks, jobs, relay
from orders.models import Job
from orders.relay import Leased, Publisher, Relay, relay_once

pytestmark = pytest.mark.django_db


class Post(Publisher):
    """Keeps what is published; fails once `broken_after` messages are out."""

    def __init__(self, broken_after: int | None = None) -> None:
        super().__init__()
        self.sent: list[Leased] = []
        self.broken_after = broken_after

    def send(self, job: Leased) -> None:
        if self.broken_after is not None and len(self.sent) >= self.broken_after:
            raise ConnectionRefusedError("the broker is away")
        self.sent.append(job)


def due_jobs(count: int, **fields: Any) -> None:
    for _number in range(count):
        with transaction.atomic():
            jobs.enqueue(kind="orders.send_confirmation", queue="mail")
    Job.objects.update(**fields)


def test_every_due_job_is_published_once_a_lease() -> None:
    due_jobs(5)
    post = Post()
    assert (relay_once(post), relay_once(post)) == (5, 0)
    assert {job.id for job in post.sent} == set(Job.objects.values_list("id", flat=True))


def test_a_job_of_tomorrow_waits() -> None:
    due_jobs(1, due_at=timezone.now() + timedelta(days=1))
    assert relay_once(Post()) == 0


def test_done_and_parked_jobs_stay() -> None:
    due_jobs(1, state=Job.State.DONE)
    due_jobs(1, state=Job.State.PARKED)
    assert relay_once(Post()) == 0


def test_a_lost_message_is_published_again_after_the_lease() -> None:
    due_jobs(1)
    assert relay_once(Post()) == 1
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert relay_once(Post()) == 1


def test_without_a_broker_nothing_is_lost_and_no_attempt_is_counted() -> None:
    due_jobs(4)
    post = Post(broken_after=1)
    with pytest.raises(ConnectionRefusedError):
        relay_once(post)
    post.broken_after = None
    assert relay_once(post) == 3
    assert not Job.objects.exclude(attempts=0).exists()


def test_no_more_than_a_window_is_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "WINDOW", 3)
    due_jobs(5)
    post = Post()
    assert (relay_once(post), relay_once(post)) == (3, 0)
    for job in post.sent:
        jobs.perform(job.id, lambda _job: None)
    assert relay_once(post) == 2


def test_a_full_queue_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "WINDOW", 2)
    due_jobs(5)
    with transaction.atomic():
        jobs.enqueue(kind="factory.release_work_orders", queue="factory")
    post = Post()
    relay_once(post)
    assert sorted(job.queue for job in post.sent) == ["factory", "mail", "mail"]


def test_a_job_that_kills_its_workers_is_parked(settings: Settings) -> None:
    due_jobs(1, attempts=settings.JOB_MAX_ATTEMPTS)
    assert relay_once(Post()) == 0
    job = Job.objects.get()
    assert job.state == Job.State.PARKED
    assert "never came to an end" in job.error


@pytest.mark.django_db(transaction=True)
def test_the_loop_outlives_the_broker_and_ends_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def away(_publisher: Publisher) -> int:
        tries.append(1)
        raise ConnectionRefusedError("the broker is away")

    monkeypatch.setattr(relay, "relay_once", away)
    loop = Relay(poll_seconds=0.01)
    thread = threading.Thread(target=loop.run)
    thread.start()
    while len(tries) < 3:
        pass
    loop.end()
    thread.join(5)
    assert not thread.is_alive()


def test_jobs_of_a_clock_that_was_set_back_wait_no_longer_than_they_should() -> None:
    now, ahead = timezone.now(), timezone.now() + timedelta(days=200)
    with time_machine.travel(ahead, tick=False):
        due_jobs(1)
        Job.objects.update(due_at=ahead + timedelta(hours=3), leased_until=ahead)
    assert clocks.set_right(now) == 1
    assert Job.objects.get().due_at == now + timedelta(hours=3)
    with time_machine.travel(now + timedelta(hours=3), tick=False):
        assert relay_once(Post()) == 1


def test_a_job_that_failed_by_such_a_clock_is_tried_again() -> None:
    now, ahead = timezone.now(), timezone.now() + timedelta(days=200)
    due_jobs(1, attempts=1, due_at=ahead)
    assert clocks.set_right(now) == 1
    assert relay_once(Post()) == 1


def test_the_clock_is_right_and_everything_waits_as_it_did() -> None:
    due_jobs(2, due_at=timezone.now() + timedelta(days=1))
    before = list(Job.objects.values_list("due_at", "created_at"))
    assert clocks.set_right() == 0
    assert list(Job.objects.values_list("due_at", "created_at")) == before
