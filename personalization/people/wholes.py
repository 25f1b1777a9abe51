"""What belongs to whole persons, with all the parts that they turned out to be."""

from collections.abc import Iterable

from django.db.models import Q

from personalization.people.models import Person

KNOWN = "known_members"


def know(person: Person, ids: Iterable[int]) -> Person:
    """The whole person, with the ids of all that they are, as they were just read with them."""
    setattr(person, KNOWN, sorted({person.pk, *ids}))
    return person


def known(person: Person) -> list[int] | None:
    """The ids that were read with them; None if they were not."""
    found: list[int] | None = getattr(person, KNOWN, None)
    return found


def now(person: Person, by: str = "person") -> Q:
    """Rows of the whole person for a look at a page: by the ids that were read with them, if they
    were; for effects, `of` asks anew who they are."""
    ids = known(person)
    return of(person.whole_id, by) if ids is None else Q(**{f"{by}__in": ids})


def of(wholes: int | Iterable[int], by: str = "person") -> Q:
    """Rows of whole persons (ids) by the field that names a part: looked up in its index. Asking
    beside each row whose part it is would read all rows that there are."""
    ids = [wholes] if isinstance(wholes, int) else list(wholes)
    parts = Person.objects.filter(Q(pk__in=ids) | Q(into__in=ids)).order_by()
    return Q(**{f"{by}__in": parts.values("pk")})
