"""A mailed link that shows whose an address is: it opens the sender's own page in any browser."""

from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from orders import jobs
from orders.models import Job
from personalization.people import consent, contacts, joining, visitors
from personalization.people.models import Contact, Person
from personalization.people.purposes import ASKED, Channel, Purpose

MAIL_LINK = "people.mail_link"
SALT = "people.reaching"
DAYS = 7
RATES = {"mail": "20/h/ip,4/h/key"}


def may_mail(request: HttpRequest, email: str) -> bool:
    """Whether one more mail may go to this address, asked for from here; counts it."""
    key = email.strip().lower()
    used = ratelimit.consume(request, app="people", action="mail", config=RATES, key=key)
    return bool(used)


@transaction.atomic
def ask(*, person: Person, email: str) -> Contact:
    """Have a link mailed that shows that the address is theirs."""
    contact = contacts.note(person=person, channel=Channel.MAIL, address=email)
    payload = {"contact": contact.pk, "language": get_language() or "en"}
    jobs.enqueue(kind=MAIL_LINK, queue="mail", payload=payload)
    return contact


def mail_link(job_id: str | UUID) -> bool:
    """Perform the job: mail the link, which no job's details hold."""
    return jobs.perform_prepared(job_id, _send, lambda _job, _sent: None)


def _send(job: Job) -> None:
    contact = Contact.objects.filter(pk=job.payload["contact"]).first()
    if contact is None:
        return
    with override(job.payload["language"]):
        context = {"link": link_for(contact), "firm": settings.FIRM_NAME, "days": DAYS}
        EmailMessage(
            subject=_("Your page with us"),
            body=render_to_string("people/link.txt", context),
            to=[contact.address],
        ).send()


def link_for(contact: Contact) -> str:
    """The link for whoever reads the mails of this address."""
    token = signing.dumps(contact.pk, salt=SALT)
    site = str(settings.SITE_URL).rstrip("/")
    return site + reverse("people:mailed", args=[token])


def contact_of(token: str) -> Contact | None:
    """The address that a link was mailed to; None if it is altered, old, or was dropped."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return Contact.objects.select_related("person").filter(pk=pk).first()


def asked_for(contact: Contact) -> list[Purpose]:
    """What whoever had the link mailed allowed by mail, for the reader to confirm."""
    asked = [purpose for purpose, channels in ASKED.items() if Channel.MAIL in channels]
    return [each for each in asked if consent.allows(contact.person, each, Channel.MAIL)]


@transaction.atomic
def arrive(*, request: HttpRequest, contact: Contact) -> Person | None:
    """The address is this browser's: with it goes what was allowed by mail, and everybody of whom
    the same is proven is one.

    Whoever had the link mailed is not joined for it: they may have written somebody else's address,
    and would be shown what that person keeps here.
    """
    person = visitors.person_of(request, make=True)
    if person is None:
        return None
    address = contact.address
    contacts.note(person=person, channel=Channel.MAIL, address=address, proven=True)
    for purpose in asked_for(contact):
        if not consent.allows(person, purpose, Channel.MAIL):
            facts = {"purpose": purpose, "channel": Channel.MAIL, "where": "/you/mailed/"}
            consent.grant(person=person, how="confirmed by mail", **facts)
    same = Contact.objects.filter(channel=Channel.MAIL, address=address, proven_at__isnull=False)
    for other in same.exclude(person=person).select_related("person"):
        joining.join(person=person, into=other.person, why="same address")
    return visitors.person_of(request, make=True)
