"""What belongs to whole persons, with all the parts that they turned out to be."""

from collections.abc import Iterable

from django.db.models import Q

from personalization.people.models import Person


def of(wholes: int | Iterable[int], by: str = "person") -> Q:
    """Rows of whole persons (ids) by the field that names a part: looked up in its index. Asking
    beside each row whose part it is would read all rows that there are."""
    ids = [wholes] if isinstance(wholes, int) else list(wholes)
    parts = Person.objects.filter(Q(pk__in=ids) | Q(into__in=ids)).order_by()
    return Q(**{f"{by}__in": parts.values("pk")})
