"""Who else edits a product now, and what they have changed since a page was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone

from configurator.catalog.editing.histories import Entry, entries_after
from configurator.catalog.models import Presence, Revision

if TYPE_CHECKING:
    from collections.abc import Sequence

ALIVE = timedelta(seconds=50)
"""So long after its last sign of life somebody still counts as being there."""
FORGOTTEN = timedelta(days=1)
MOST = 8


@dataclass(frozen=True)
class Other:
    """Somebody else, and on which page of the product."""

    name: str
    page: str
    at: datetime


@dataclass(frozen=True)
class Company:
    """Others at a product now; `changes` are theirs after the revision `since`."""

    product_id: int
    page: str
    since: int
    others: Sequence[Other] = ()
    changes: Sequence[Entry] = field(default_factory=list)


def come(user: User, product_id: int, page: str, since: int | None = None) -> Company:
    """Say that somebody is at a product's page, and hear who else is, and what has happened."""
    now = timezone.now()
    Presence.objects.update_or_create(
        user=user, product_id=product_id, defaults={"page": page[:200], "at": now}
    )
    Presence.objects.filter(at__lt=now - FORGOTTEN).delete()
    there = Presence.objects.filter(product_id=product_id, at__gte=now - ALIVE)
    rows = there.exclude(user=user).select_related("user").order_by("-at")
    others = [Other(each.user.get_username(), each.page, each.at) for each in rows[:MOST]]
    if since is None:
        return Company(product_id, page, latest(product_id), others)
    return Company(product_id, page, since, others, entries_after(product_id, since, user, MOST))


def latest(product_id: int) -> int:
    """The last revision of the product's rows; 0 where there is none."""
    rows = Revision.objects.filter(product_key=product_id)
    return int(rows.aggregate(last=Max("id"))["last"] or 0)
