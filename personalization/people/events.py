"""Writing down what somebody did."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from personalization.people.models import Event, Person
from personalization.people.purposes import Purpose

AT_ONCE = 500


def append(
    *,
    person: int | Person,
    kind: str,
    source: str = "shop",
    purpose: str = Purpose.PERSONALIZATION,
    seen: bool = True,
    **facts: Any,
) -> Event | None:
    """One event, in the caller's transaction if there is one. None if the person objects. Not
    `seen`: it was done to them, not by them.

    The person's row is held first, so that their events are numbered as they are committed: whoever
    folds them later misses none.
    """
    now = facts.pop("at", None) or timezone.now()
    pk = person if isinstance(person, int) else person.pk
    with transaction.atomic(savepoint=False):
        rows = Person.objects.filter(pk=pk, quiet=False)
        if not rows.update(stale=True, **({"seen_at": now} if seen else {})):
            return None
        return Event.objects.create(
            person_id=pk, kind=kind, source=source, purpose=purpose, at=now, **facts
        )


@transaction.atomic
def append_to_all(persons: Iterable[int], *, purpose: str, at: datetime, **facts: Any) -> None:
    """The same event of many (ids), which was done to them and not by them; of none who object.
    They are held as by `append`, some hundred at a time."""
    listed = sorted(persons)
    for start in range(0, len(listed), AT_ONCE):
        rows = Person.objects.filter(pk__in=listed[start : start + AT_ONCE], quiet=False)
        held = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        rows.update(stale=True)
        Event.objects.bulk_create(
            Event(person_id=pk, purpose=purpose, at=at, **facts) for pk in held
        )
