"""Finding entries of the gallery, a page at a time: as fast at the end as at the beginning."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from configurator.sharing.models import Entry, Like

PAGE = 24
LIKED, NEW = "liked", "new"
CURSOR = re.compile(r"(\d{1,9})-(\d{1,18})\Z", re.ASCII)
MOST_CHOICES = 12


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. `after` is the last entry of the page before: likes and id;
    `budgets` are, by product, the most minor units with the tax that the product has at home."""

    product_id: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    budgets: Mapping[int, int] | None = None
    order: str = LIKED
    after: tuple[int, int] | None = None


def read_cursor(text: str) -> tuple[int, int] | None:
    """Where a page begins; None for what we never wrote."""
    match = CURSOR.match(text)
    return (int(match[1]), int(match[2])) if match else None


def cursor_of(entry: Entry) -> str:
    return f"{entry.likes}-{entry.pk}"


def page_of(wanted: Wanted, size: int = PAGE) -> tuple[list[Entry], bool]:
    """The entries of a page, and whether there are more."""
    order = ("-likes", "-id") if wanted.order == LIKED else ("-id",)
    rows = _filtered(wanted).order_by(*order).select_related("share")
    found = list(rows[: size + 1])
    return found[:size], len(found) > size


def _filtered(wanted: Wanted) -> QuerySet[Entry]:
    rows = Entry.objects.filter(state=Entry.State.SHOWN)
    if wanted.product_id is not None:
        rows = rows.filter(product_id=wanted.product_id)
    for option, value in list(wanted.choices.items())[:MOST_CHOICES]:
        rows = rows.filter(choices__option=option, choices__value=value)
    if wanted.budgets is not None:
        able = Q(pk__in=())
        for product_id, most in wanted.budgets.items():
            able |= Q(product_id=product_id, price__lte=most)
        rows = rows.filter(able)
    if wanted.after is not None:
        likes, key = wanted.after
        if wanted.order == LIKED:
            # The first condition alone lets the database begin in the index.
            rows = rows.filter(likes__lte=likes).filter(Q(likes__lt=likes) | Q(pk__lt=key))
        else:
            rows = rows.filter(pk__lt=key)
    return rows


def liked_of(voter: str, entries: Sequence[Entry]) -> set[int]:
    """Which of the entries a voter likes."""
    if not voter:
        return set()
    rows = Like.objects.filter(voter=voter, entry__in=[entry.pk for entry in entries])
    return set(rows.values_list("entry_id", flat=True))
