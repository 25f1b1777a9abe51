"""A mail to whoever has taken a talk on, once, when its answer is late."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from configurator.shops.embedding import public
from orders import jobs
from orders.mailing import Letter, plain_letter
from orders.models import Job
from personalization.dialogue.models import Thread

REMIND = "dialogue.remind"


def remind_later(thread: Thread) -> None:
    """See to it that whoever has the talk hears of it once it is late; in the caller's
    transaction. Once for each deadline, whoever has it then."""
    if thread.due_at is None or thread.assigned_to_id is None:
        return
    payload = {"thread": str(thread.pk), "due": thread.due_at.isoformat()}
    if not Job.objects.filter(kind=REMIND, payload=payload).exists():
        jobs.enqueue(kind=REMIND, queue="mail", payload=payload, due_at=thread.due_at)


def remind(job_id: str | UUID) -> bool:
    """Perform the job. The mail has one Message-ID for each deadline, however often it is sent."""
    return jobs.perform_prepared(job_id, _remind, lambda _job, _nothing: None)


def _remind(job: Job) -> None:
    """Nothing where it was answered meanwhile, or is nobody's any more."""
    rows = Thread.objects.filter(pk=job.payload["thread"], state=Thread.State.OPEN)
    thread = rows.select_related("assigned_to", "product").first()
    if thread is None or thread.due_at is None or thread.due_at.isoformat() != job.payload["due"]:
        return
    who = thread.assigned_to
    if thread.due_at <= timezone.now() and isinstance(who, User) and who.is_active and who.email:
        _mail(thread, who).send()


def _mail(thread: Thread, who: User) -> Letter:
    facts = {
        "product": thread.product.name,
        "link": public(reverse("marketing_inbox:thread", args=[thread.pk])),
        "name": who.get_short_name() or who.get_username(),
    }
    body = _(
        "Hello %(name)s,\n\na customer is waiting for your answer about “%(product)s”, and its"
        " deadline has passed.\n\n%(link)s"
    )
    return plain_letter(
        to=who.email,
        subject=_("An answer is late: %(product)s") % facts,
        body=body % facts,
        key=f"late-{thread.pk}-{thread.due_at:%Y%m%d%H%M}",
    )
