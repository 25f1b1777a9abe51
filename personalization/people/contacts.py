"""Where somebody is reached; only an address that is known to be theirs is written to."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from personalization.people import wholes
from personalization.people.models import Contact, Person
from personalization.people.purposes import Channel


def note(*, person: Person, channel: str, address: str, proven: bool = False) -> Contact:
    """Remember an address; `proven` if it is shown to be theirs, as by a link mailed to it."""
    clean = address.strip().lower() if channel == Channel.MAIL else address.strip()
    row, _new = Contact.objects.get_or_create(
        person_id=person.whole_id, channel=channel, address=clean
    )
    if proven and row.proven_at is None:
        row.proven_at, row.failed_at = timezone.now(), None
        row.save(update_fields=["proven_at", "failed_at"])
    return row


@transaction.atomic
def fail(*, channel: str, address: str) -> None:
    """It reaches nobody: whoever has it proves it anew before they are written to there again."""
    now = timezone.now()
    if channel == Channel.MAIL:
        owners = EmailAddress.objects.filter(email__iexact=address, user__person__isnull=False)
        for owner in owners.select_related("user__person"):
            note(person=owner.user.person, channel=channel, address=address)
    rows = Contact.objects.filter(channel=channel, address__iexact=address)
    rows.update(proven_at=None, failed_at=now)


def drop(*, person: Person, channel: str, address: str) -> None:
    """Reach them there no more: it bounced, or they said so."""
    mine = Contact.objects.filter(_whole(person), channel=channel)
    mine.filter(address__iexact=address).delete()


def address_of(person: Person, channel: str) -> str:
    """The proven address of a person by a channel; "" if there is none."""
    row = Contact.objects.filter(_whole(person), channel=channel, proven_at__isnull=False).first()
    if row is not None:
        return row.address
    if channel == Channel.MAIL:
        return _of_account(person)
    return ""


def addresses_of(persons: Sequence[Person], channel: str) -> dict[int, str]:
    """The proven addresses of many, by whole person; an account's mail is not looked up."""
    of_them = wholes.of({person.whole_id for person in persons})
    rows = Contact.objects.filter(of_them, channel=channel, proven_at__isnull=False)
    told = rows.values_list(Coalesce("person__into_id", "person_id"), "address")
    found: dict[int, str] = {}
    for whole, address in told:
        found.setdefault(whole, address)
    return found


def is_reached_at(person: Person, channel: str, address: str) -> bool:
    """Whether this address is theirs for certain."""
    clean = address.strip()
    mine = Contact.objects.filter(_whole(person), channel=channel, proven_at__isnull=False)
    if mine.filter(address__iexact=clean).exists():
        return True
    owned = EmailAddress.objects.filter(user__person=person.whole_id, verified=True)
    return channel == Channel.MAIL and owned.filter(email__iexact=clean).exists()


def _of_account(person: Person) -> str:
    owned = EmailAddress.objects.filter(
        Q(user__person=person.whole_id), verified=True, user__is_active=True
    )
    failed = Contact.objects.filter(
        _whole(person), channel=Channel.MAIL, failed_at__isnull=False
    ).values_list("address", flat=True)
    kept = [each.email for each in owned.order_by("-primary", "pk")]
    gone = set(failed) if kept else set()
    return next((str(each) for each in kept if each.lower() not in gone), "")


def _whole(person: Person) -> Q:
    return wholes.of(person.whole_id)
