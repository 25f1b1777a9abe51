"""Profiles kept up to date: what is new is folded, or all of it anew."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from personalization.people import folding
from personalization.people.folding import Told
from personalization.people.models import Event, Fact, Person, Profile, Statement

MANY = 100
"""So many events are folded for a look; more are folded once for all."""
FIELDS = ("kind", "text", "number", "moment", "source", "purpose", "since")
AT_ONCE = 500


def facts_of(person: Person) -> dict[str, Fact]:
    """What is known of somebody now, by name."""
    refresh(person)
    return {fact.name: fact for fact in Fact.objects.filter(person_id=person.whole_id)}


def done_by(whole: int, ids: Sequence[int]) -> Mapping[str, Fact | Told]:
    """What events tell of somebody, for a page that is waited for: what is new is folded for it
    alone, and kept when nobody waits. Nobody is held meanwhile."""
    profile = Profile.objects.filter(person_id=whole).first() or Profile(person_id=whole)
    new = Event.objects.filter(person_id__in=ids, id__gt=profile.folded_to).order_by("id")
    events = list(new[: MANY + 1])
    if len(events) > MANY:
        _refold(whole)
        return {fact.name: fact for fact in Fact.objects.filter(person_id=whole)}
    return {each.name: each for each in folding.facts_of(folding.fold(profile.state, events))}


def told_by(ids: Sequence[int]) -> Mapping[str, Fact | Told]:
    """What they told themselves, as it is now."""
    return {each.name: each for each in folding.facts_of({}, _stated(ids))}


def refresh(person: Person) -> None:
    """Fold what is new of one person."""
    if Person.objects.filter(pk__in=members(person.whole_id), stale=True).exists():
        _refold(person.whole_id)


def refresh_all(at_most: int | None = None) -> int:
    """Fold what is new of everybody, or of so many; of how many it was."""
    count = 0
    size = AT_ONCE if at_most is None else at_most
    while (at_most is None or count < at_most) and (
        found := list(Person.objects.filter(stale=True).order_by("-seen_at")[:size])
    ):
        for whole in dict.fromkeys(person.whole_id for person in found):
            _refold(whole)
            count += 1
    return count


def rebuild(person: Person) -> None:
    """Fold all of one person anew, as if nothing had been folded."""
    with transaction.atomic():
        Profile.objects.filter(person_id=person.whole_id).delete()
        _refold(person.whole_id)


def members(whole: int) -> list[int]:
    """The ids of the persons that are one whole."""
    parts = Person.objects.filter(into_id=whole).values_list("pk", flat=True)
    return [whole, *parts]


@transaction.atomic
def _refold(whole: int) -> None:
    # Held, so that nobody's event is numbered before those that are folded and committed after; the
    # whole first, so that nobody is joined to them meanwhile.
    if not _held(Q(pk=whole, into=None)):
        return  # they have turned out to be a part of somebody, who is folded with them
    ids = [whole, *_held(Q(into_id=whole))]
    profile, _new = Profile.objects.get_or_create(person_id=whole)
    new = Event.objects.filter(person_id__in=ids, id__gt=profile.folded_to).order_by("id")
    events = list(new)
    profile.state = folding.fold(profile.state, events)
    profile.folded_to = events[-1].pk if events else profile.folded_to
    profile.save(update_fields=["state", "folded_to"])
    _write(whole, folding.facts_of(profile.state, _stated(ids)))
    Person.objects.filter(pk__in=ids).update(stale=False)


def _held(which: Q) -> list[int]:
    """These persons (ids), held until the transaction ends."""
    rows = Person.objects.select_for_update().filter(which).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _stated(ids: Sequence[int]) -> Iterable[Statement]:
    """What they told, the latest of each name."""
    rows = Statement.objects.filter(person_id__in=ids).order_by("since", "id")
    return {each.name: each for each in rows}.values()


def _write(whole: int, told: Iterable[Told]) -> None:
    """The rows become what is told; those that are so already are left alone."""
    wanted = {each.name: each for each in told}
    known = {fact.name: fact for fact in Fact.objects.filter(person_id=whole)}
    gone = [fact.pk for name, fact in known.items() if name not in wanted]
    if gone:
        Fact.objects.filter(pk__in=gone).delete()
    new = []
    for name, each in wanted.items():
        values = {field: getattr(each, field) for field in FIELDS}
        fact = known.get(name)
        if fact is None or any(getattr(fact, field) != value for field, value in values.items()):
            new.append(Fact(person_id=whole, name=name, **values))
    Fact.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["person", "name"], update_fields=FIELDS
    )
