"""Whoever has taken a talk on hears of it once its answer is late, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.utils import timezone

from orders.models import Job
from personalization.dialogue import answering, asking, reminding
from personalization.dialogue.models import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria() -> User:
    return User.objects.create_user("maria", email="maria@example.com")


@pytest.fixture
def late(lamp: Any) -> Thread:
    """A question whose deadline is over."""
    from configurator.catalog.models import Product

    past = timezone.now() - timedelta(hours=1)
    return Thread.objects.create(product=Product.objects.get(), asked_at=past, due_at=past)


def reminders() -> list[Job]:
    return list(Job.objects.filter(kind=reminding.REMIND, state="due"))


def test_who_has_it_is_reminded_once(late: Thread, maria: User) -> None:
    answering.assign(thread=late, to=maria)
    answering.assign(thread=late, to=maria)
    (job,) = reminders()
    assert job.due_at == late.due_at
    assert reminding.remind(job.pk)
    assert not reminding.remind(job.pk)
    (sent,) = mail.outbox
    assert sent.to == ["maria@example.com"]
    assert f"/marketing/inbox/talk/{late.pk}/" in sent.body
    answering.assign(thread=late, to=maria)
    assert reminders() == []


def test_nobody_is_reminded_of_what_was_answered_or_given_back(late: Thread, maria: User) -> None:
    answering.assign(thread=late, to=maria)
    answering.answer(thread=late, texts={"en": "Yes."}, by=maria, seen=0)
    (job,) = reminders()
    reminding.remind(job.pk)
    assert mail.outbox == []


def test_a_talk_of_nobody_reminds_nobody(late: Thread) -> None:
    answering.assign(thread=late, to=None)
    assert reminders() == []


def test_a_customer_who_goes_on_brings_a_new_deadline(late: Thread, maria: User) -> None:
    answering.assign(thread=late, to=maria)
    answering.answer(thread=late, texts={"en": "Yes."}, by=maria, seen=0)
    asking.write_again(thread=late, words="And in green?")
    assert len(reminders()) == 2
    (old, new) = sorted(reminders(), key=lambda job: job.due_at)
    reminding.remind(old.pk)
    assert mail.outbox == []
    Thread.objects.update(due_at=timezone.now())
    reminding.remind(new.pk)
    assert mail.outbox == []  # its deadline is another one now
