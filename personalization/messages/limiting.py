"""Changing how often, and when, people may be spoken to."""

from datetime import time

from django.db import transaction

from personalization.messages.models import Cap, Message, QuietHours

AT_FIRST = ((24, 1), (7 * 24, 3))
"""Within how many hours how many at most, until marketers say otherwise."""


@transaction.atomic
def begin() -> None:
    """Somebody who has set no limit yet floods nobody; what marketers have set or removed since the
    first message stays so."""
    if not Cap.objects.exists() and not Message.objects.exists():
        Cap.objects.bulk_create(Cap(hours=hours, count=count) for hours, count in AT_FIRST)


@transaction.atomic
def be_quiet(*, starts: time, ends: time) -> None:
    """Say nothing from when until when, by the reader's clock; equal times: never quiet."""
    row = QuietHours.objects.select_for_update().order_by("pk").first() or QuietHours()
    row.starts, row.ends = starts, ends
    row.save()


def limit(*, purpose: str, hours: int, count: int) -> None:
    """At most so many within so many hours; takes the place of an earlier count."""
    Cap.objects.update_or_create(purpose=purpose, hours=hours, defaults={"count": count})


def unlimit(*, cap: int) -> None:
    """This limit counts no more."""
    Cap.objects.filter(pk=cap).delete()
