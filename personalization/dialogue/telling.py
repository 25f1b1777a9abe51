"""Mails that bring an answer to whoever asked for it: once, while they want to hear of it."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from configurator.catalog.texts import say
from configurator.shops.embedding import public
from orders import jobs
from orders.models import Job
from personalization.dialogue import naming
from personalization.dialogue.models import Idea, Message
from personalization.people import consent
from personalization.people.purposes import Channel, Purpose


def tell(job_id: str | UUID) -> bool:
    """Perform the job: mail the message in its payload.

    The mail leaves before the record that it did; it goes out twice only if the process dies in
    between, and then with the same Message-ID.
    """
    return jobs.perform_prepared(job_id, _send, _record)


def tell_of_idea(job_id: str | UUID) -> bool:
    """Perform the job: mail what becomes of the idea in its payload."""
    return jobs.perform_prepared(job_id, _send_of_idea, lambda _job, _sent: None)


def _message(job: Job) -> Message | None:
    rows = Message.objects.select_related(
        "thread__product", "thread__person", "thread__line__order"
    )
    return rows.filter(pk=job.payload["message"]).first()


def _send(job: Job) -> bool:
    message = _message(job)
    if message is None or message.mailed_at is not None or not wanted(message):
        return False
    mail_of(message).send()
    return True


def _record(job: Job, sent: bool) -> None:
    if sent:
        Message.objects.filter(pk=job.payload["message"]).update(mailed_at=timezone.now())


def wanted(message: Message) -> bool:
    """Whether whoever asked still wants to hear: an answer is what they asked for, no more."""
    thread = message.thread
    allowed = consent.allows(thread.person, Purpose.ORDERS, Channel.MAIL)
    return bool(thread.email) and not thread.quiet and allowed


def mail_of(message: Message) -> EmailMessage:
    """The answer, in the language in which was asked; no more comes after one click (RFC 8058)."""
    thread = message.thread
    host = urlsplit(str(settings.SITE_URL)).hostname or "localhost"
    leave = public(reverse("dialogue:quiet", args=[thread.token]))
    with override(thread.language):
        first = thread.messages.filter(ours=False).first()
        context = {
            "thread": thread,
            "asked": say(first.texts, thread.language) if first else "",
            "answer": say(message.texts, thread.language),
            "product": naming.product_name(thread, thread.language),
            "link": public(reverse("dialogue:talk", args=[thread.token])),
            "leave": leave,
            "firm": settings.FIRM_NAME,
        }
        subject = _("You said, we changed") if thread.release_id else _("Our answer to you")
        return EmailMessage(
            subject=subject,
            body=render_to_string("personalization/dialogue/answer.txt", context),
            to=[thread.email],
            headers={
                "Message-ID": f"<{thread.pk}.{message.pk}.talk@{host}>",
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def _send_of_idea(job: Job) -> None:
    idea = Idea.objects.select_related("product", "release").filter(pk=job.payload["idea"]).first()
    if idea is None or not idea.email or idea.state != job.payload["state"]:
        return  # what it has become since has a job of its own
    host = urlsplit(str(settings.SITE_URL)).hostname or "localhost"
    leave = public(reverse("dialogue:quiet_idea", args=[idea.token]))
    with override(idea.language):
        live = naming.live(idea.product)
        context = {
            "idea": idea,
            "answer": say(idea.answer, idea.language),
            "product": say(live.name, idea.language) if live else idea.product.name,
            "link": public(reverse("dialogue:ideas", args=[idea.product.slug])),
            "leave": leave,
            "firm": settings.FIRM_NAME,
        }
        EmailMessage(
            subject=_("What becomes of your idea"),
            body=render_to_string("personalization/dialogue/idea.txt", context),
            to=[idea.email],
            headers={
                "Message-ID": f"<{idea.pk}.{idea.state}.idea@{host}>",
                "List-Unsubscribe": f"<{leave}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        ).send()
