"""Writing down what somebody did."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from personalization.people.models import Event, Person
from personalization.people.purposes import Purpose


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
