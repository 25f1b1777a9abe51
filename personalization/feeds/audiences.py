"""Hashes of people who allow ads elsewhere, in the columns of Google and Meta.

Whoever withdraws is in the next removal list of each format that has them. The list can be taken
again for `KEPT`, should the network not have taken it in. Only consent that holds in the very
transaction of the export counts; each export is noted with who made it.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from personalization.feeds import hashing
from personalization.feeds.models import Export, Uploaded
from personalization.people.allowing import everybody
from personalization.people.models import Contact
from personalization.people.purposes import Channel, Purpose
from personalization.people.wholes import of as of_wholes

AT_ONCE = 400
KEPT = timedelta(days=180)
"""So long a list of removals can be taken again; then its hashes are deleted."""
FORMATS: dict[str, tuple[Callable[[str], str], Callable[[str], str], tuple[str, str]]] = {
    Export.Format.GOOGLE: (
        hashing.email_for_google,
        hashing.phone_for_google,
        ("Email", "Phone"),
    ),
    Export.Format.META: (hashing.email_for_meta, hashing.phone_for_meta, ("email", "phone")),
}


@dataclass(frozen=True)
class Row:
    """One person's hashes; "" where there is none."""

    email: str
    phone: str


def who_allow() -> set[int]:
    """The whole persons who allow ads elsewhere now."""
    return everybody(Purpose.ADS, Channel.SITE)


def rows_of(persons: Iterable[int], format: str) -> list[Row]:
    """The hashes of these persons' proven addresses, each once; who has none is left out."""
    listed = sorted(persons)
    found: dict[tuple[str, str], Row] = {}
    for start in range(0, len(listed), AT_ONCE):
        part = listed[start : start + AT_ONCE]
        emails, phones = _emails(part), _phones(part)
        for pk in part:
            row = _row(emails.get(pk, ""), phones.get(pk, ""), format)
            if row.email or row.phone:
                found.setdefault((row.email, row.phone), row)
    return sorted(found.values(), key=lambda row: (row.email, row.phone))


def _row(email: str, phone: str, format: str) -> Row:
    as_email, as_phone, _columns = FORMATS[format]
    return Row(hashing.hashed(as_email(email)), hashing.hashed(as_phone(phone)))


def _emails(wholes: Sequence[int]) -> dict[int, str]:
    """Proven addresses, that of the account first."""
    found = _contacts(wholes, Channel.MAIL)
    owned = EmailAddress.objects.filter(
        user__person__in=wholes, verified=True, user__is_active=True
    )
    rows = owned.order_by("primary", "-pk").values_list("user__person", "email")
    return found | dict(rows)


def _phones(wholes: Sequence[int]) -> dict[int, str]:
    return _contacts(wholes, Channel.SMS)


def _contacts(wholes: Sequence[int], channel: str) -> dict[int, str]:
    rows = Contact.objects.filter(of_wholes(wholes), channel=channel, proven_at__isnull=False)
    rows = rows.order_by("proven_at", "pk").annotate(whole=Coalesce("person__into_id", "person_id"))
    return dict(rows.values_list("whole", "address"))


@transaction.atomic
def export(*, format: str, by: User) -> str:
    """The audience as CSV: all who allow ads now. ValueError for an unknown format."""
    if format not in FORMATS:
        raise ValueError(f"there is no format {format!r}")
    rows = rows_of(who_allow(), format)
    Uploaded.objects.bulk_create(
        (Uploaded(format=format, email=r.email, phone=r.phone) for r in rows),
        update_conflicts=True,  # who allows it again is in no list of removals any more
        unique_fields=["format", "email", "phone"],
        update_fields=["taken_back"],
        batch_size=AT_ONCE,
    )
    _note(format, Export.Kind.AUDIENCE, len(rows), by)
    return _csv(rows, format)


@transaction.atomic
def removal(*, format: str, by: User) -> str:
    """All that was handed over in a format and is not allowed any more, as CSV, and noted as taken
    back. ValueError for an unknown format."""
    gone = removable(format)
    made = _note(format, Export.Kind.REMOVAL, len(gone), by)
    for start in range(0, len(gone), AT_ONCE):
        part = [each.pk for each in gone[start : start + AT_ONCE]]
        Uploaded.objects.filter(pk__in=part).update(taken_back=made)
    return _removals(gone, format)


@transaction.atomic
def removal_again(*, export: Export, by: User) -> str:
    """A list of removals once more, without those who were added again since; noted as well."""
    rows = list(export.removals.all())
    _note(export.format, Export.Kind.AGAIN, len(rows), by)
    return _removals(rows, export.format)


def lists(count: int) -> QuerySet[Export]:
    """The latest exports; `is_kept` of those that can be taken again."""
    kept = Uploaded.objects.filter(taken_back=OuterRef("pk"))
    return Export.objects.annotate(is_kept=Exists(kept))[:count]


def forget() -> int:
    """Hashes of lists that were taken long ago are gone for good; how many."""
    old = Uploaded.objects.filter(taken_back__at__lt=timezone.now() - KEPT)
    return old.delete()[0]


def _removals(gone: Iterable[Uploaded], format: str) -> str:
    rows = [Row(each.email, each.phone) for each in gone]
    return _csv(sorted(rows, key=lambda row: (row.email, row.phone)), format)


def removable(format: str) -> list[Uploaded]:
    """What was handed over and may not stay there: withdrawn, forgotten, or another address."""
    if format not in FORMATS:
        raise ValueError(f"there is no format {format!r}")
    still = {(row.email, row.phone) for row in rows_of(who_allow(), format)}
    rows = Uploaded.objects.filter(format=format, taken_back=None).order_by("pk")
    return [each for each in rows if (each.email, each.phone) not in still]


def _note(format: str, kind: str, count: int, by: User) -> Export:
    who = {"by": by, "by_name": by.get_username()}
    return Export.objects.create(format=format, kind=kind, count=count, **who)


def _csv(rows: Iterable[Row], format: str) -> str:
    _email, _phone, columns = FORMATS[format]
    written = StringIO()
    out = csv.writer(written, lineterminator="\r\n")
    out.writerow(columns)
    out.writerows((row.email, row.phone) for row in rows)
    return written.getvalue()
