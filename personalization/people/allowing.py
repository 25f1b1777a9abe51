"""Who allows something, of many at once: what `consent.allows` says of each, by few queries.

Only for what needs a yes. It holds nobody; what must not happen after a no is asked once more in
the transaction of the effect.
"""

from collections.abc import Iterable

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from personalization.people import wholes, wordings
from personalization.people.models import Decision, Person

AT_ONCE = 400


def among(persons: Iterable[int], purpose: str, channel: str) -> set[int]:
    """Of these persons (ids) those who allow it now."""
    listed = list(dict.fromkeys(persons))
    found: set[int] = set()
    for start in range(0, len(listed), AT_ONCE):
        rows = Person.objects.filter(pk__in=listed[start : start + AT_ONCE])
        whole_of = dict(rows.values_list("pk", Coalesce("into_id", "pk")))
        of_them = Decision.objects.filter(wholes.of(whole_of.values()))
        yes = _yes(of_them, purpose, channel)
        found |= {person for person, whole in whole_of.items() if whole in yes}
    return found


def everybody(purpose: str, channel: str) -> set[int]:
    """All whole persons (ids) who allow it now."""
    return _yes(Decision.objects.all(), purpose, channel)


def _yes(decisions: QuerySet[Decision], purpose: str, channel: str) -> set[int]:
    """The whole persons whose last word is a yes to words that still count."""
    last = Window(RowNumber(), partition_by=[F("whole")], order_by=F("id").desc())
    rows = (
        decisions.filter(purpose=purpose, channel=channel)
        .annotate(whole=Coalesce("person__into_id", "person_id"))
        .annotate(nth=last)
        .filter(nth=1)
        .values_list("whole", "granted", "wording__version")
    )
    least = wordings.counts_from(purpose)
    return {whole for whole, granted, version in rows if granted and (version or 0) >= least}
