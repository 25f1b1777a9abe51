"""Mails to customers outside of their orders: kept with their cause, sent by a job, then gone."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from accounts.models import OutgoingMail
from configurator.shops.embedding import public
from orders import jobs, mailing
from orders.models import Job

SEND = "accounts.send_mail"


def post(*, to: str, subject: str, body: str) -> OutgoingMail:
    """Have a mail sent; it leaves if and only if the caller's transaction commits."""
    with transaction.atomic():
        mail = OutgoingMail.objects.create(
            to=to, subject=" ".join(subject.split())[:200], body=body
        )
        jobs.enqueue(kind=SEND, queue="mail", payload={"mail": str(mail.pk)})
    return mail


def post_template(*, to: str, subject: str, template: str, **context: Any) -> OutgoingMail:
    """Have a mail sent whose text is a template of `templates/accounts/`, in today's language."""
    body = render_to_string(f"accounts/{template}.txt", {"firm": settings.FIRM_NAME, **context})
    return post(to=to, subject=subject, body=body)


def absolute(path: str) -> str:
    """The address of a page as a mail names it."""
    return public(path)


def send(job_id: str | UUID) -> bool:
    """Perform the job: send the mail in its payload, and forget it."""
    return jobs.perform_prepared(job_id, _send, _forget)


def _send(job: Job) -> None:
    mail = OutgoingMail.objects.filter(pk=job.payload["mail"]).first()
    if mail is None:  # sent before, or its reader was forgotten meanwhile
        return
    mailing.plain_letter(to=mail.to, subject=mail.subject, body=mail.body, key=str(mail.pk)).send()


def _forget(job: Job, _sent: None) -> None:
    OutgoingMail.objects.filter(pk=job.payload["mail"]).delete()
