"""Whose a phone number is: it is shown by a code that was texted to it.

Nothing here tells whether anybody else has a number. Whoever shows it last has it: numbers change
hands, so nobody is taken for somebody else because of one.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from allauth.core.internal import ratelimit
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from orders import jobs
from orders.models import Job
from personalization.messages import codes, providers, sms
from personalization.messages.models import PhoneCode
from personalization.people import contacts, wholes
from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel

TEXT, DROP = "messages.text_code", "messages.drop_code"
MINUTES = 10
TRIES = 5
RATES = {"asked": "10/h/ip,3/h/key,6/d/key", "texted": "3/h/key,6/d/key"}
"""How many codes may be asked for by an address or a person, and texted to a number. Whoever asks
too often is told; of a number nothing is told: others may have asked, too."""


@dataclass(frozen=True)
class Answer:
    """What came of a code that was typed: `number` is shown, or there are `left` tries."""

    number: str = ""
    left: int = 0


def may_ask(request: HttpRequest, person: Person) -> bool:
    """Whether somebody may have one more code texted from here; counts it."""
    about = {"app": "phones", "config": RATES}
    return bool(
        ratelimit.consume(request, action="asked", key=f"person:{person.whole_id}", **about)
    )


def _may_text(request: HttpRequest, number: str) -> bool:
    """Whether one more code goes to this number, and whether the firm still sends any."""
    one = ratelimit.consume(request, app="phones", action="texted", config=RATES, key=number)
    most = {"all": f"{settings.SMS_CODES_PER_HOUR}/h/key"}
    return bool(
        one and ratelimit.consume(request, app="phones", action="all", config=most, key="*")
    )


@transaction.atomic
def ask(*, request: HttpRequest, person: Person, number: str) -> PhoneCode:
    """Have a code texted; the one before opens nothing any more."""
    Person.objects.select_for_update().get(pk=person.whole_id)
    PhoneCode.objects.filter(_whole(person)).delete()
    until = timezone.now() + timedelta(minutes=MINUTES)
    row = PhoneCode.objects.create(person_id=person.whole_id, number=number, expires_at=until)
    about = {"code": row.pk, "language": get_language() or "en"}
    if _may_text(request, number):
        jobs.enqueue(kind=TEXT, queue="mail", payload=about)
    jobs.enqueue(kind=DROP, queue="mail", payload={"code": row.pk}, due_at=until)
    return row


def text_code(job_id: str | UUID) -> bool:
    """Perform the job: text the code, which no row and no job holds."""
    return jobs.perform(job_id, _text)


def drop_code(job_id: str | UUID) -> bool:
    """Perform the job: a number that was not shown to be anybody's is not kept."""
    return jobs.perform(job_id, _drop)


def _drop(job: Job) -> None:
    PhoneCode.objects.filter(pk=job.payload["code"]).delete()


def _text(job: Job) -> None:
    row = PhoneCode.objects.filter(pk=job.payload["code"], expires_at__gt=timezone.now()).first()
    provider = providers.provider_of(Channel.SMS)
    if row is None or not isinstance(provider, sms.Sms):
        return
    with override(job.payload["language"]):
        text = _words(code_of(row))
    try:
        provider.say(row.number, text, codes.sign("phone", row.pk))
    except providers.NotThere:
        PhoneCode.objects.filter(pk=row.pk).update(failed=True)


def _words(code: str) -> str:
    """The code, and below it what lets phones fill it in, on our pages only (WICG)."""
    said = _("%(code)s is your code for %(firm)s. It works for %(minutes)d minutes.")
    about = {"code": code, "firm": settings.FIRM_NAME, "minutes": MINUTES}
    host = str(settings.SITE_URL).partition("//")[2].strip("/").partition(":")[0]
    return sms.written(said % about, f"@{host} #{code}", at_most=2)


def code_of(row: PhoneCode) -> str:
    """Six digits that only whoever holds our secret can tell."""
    said = f"{row.key}:{row.number}"
    return f"{int(salted_hmac('phones.code', said, algorithm='sha256').hexdigest(), 16) % 10**6:06}"


def pending(person: Person | None) -> PhoneCode | None:
    """The number of which a code is awaited."""
    if person is None:
        return None
    rows = PhoneCode.objects.filter(_whole(person), expires_at__gt=timezone.now())
    return rows.filter(tries__lt=TRIES).first()


@transaction.atomic
def prove(*, person: Person, given: str) -> Answer:
    """The number is theirs, if this is its code; it is nobody else's from then on."""
    Person.objects.select_for_update().get(pk=person.whole_id)
    row = pending(person)
    if row is None:
        return Answer()
    counted = PhoneCode.objects.filter(pk=row.pk, tries__lt=TRIES)
    if not counted.update(tries=F("tries") + 1):
        return Answer()
    if not constant_time_compare(given, code_of(row)):
        return Answer(left=TRIES - row.tries - 1)
    Contact.objects.filter(channel=Channel.SMS).filter(
        Q(address=row.number) | Q(pk__in=Contact.objects.filter(_whole(person)).values("pk"))
    ).delete()
    contacts.note(person=person, channel=Channel.SMS, address=row.number, proven=True)
    row.delete()
    return Answer(number=row.number)


@transaction.atomic
def remove(*, person: Person) -> bool:
    """No text reaches them any more: a message that is being sent is waited for."""
    Person.objects.select_for_update().get(pk=person.whole_id)
    PhoneCode.objects.filter(_whole(person)).delete()
    rows = Contact.objects.filter(_whole(person), channel=Channel.SMS)
    return bool(rows.delete()[0])


def _whole(person: Person) -> Q:
    return wholes.of(person.whole_id)
