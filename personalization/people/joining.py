"""Two persons turn out to be one, and may be taken apart again: no event is moved for it."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from personalization.people import visitors
from personalization.people.models import Fact, Join, Person, Profile


def sign_in(request: HttpRequest, user: User) -> Person | None:
    """Whoever was here in this browser is this account's person from now on. A browser whose person
    is another account's is not joined: its account's own is taken."""
    mine = visitors.of_user(user)
    if mine is None:
        return None
    before = request.session.get(visitors.KEY)
    browser = Person.objects.filter(pk=before).first() if isinstance(before, int) else None
    if browser is not None:
        join(person=browser, into=mine, why="signed in")
    request.session[visitors.KEY] = mine.pk
    request.session["person_user"] = user.pk
    return mine


@transaction.atomic
def join(*, person: Person, into: Person, why: str) -> Join | None:
    """This person is that one. None if they are one already, or if both have accounts."""
    wholes = dict(
        Person.objects.select_for_update()
        .filter(pk__in=[person.pk, into.pk])
        .order_by("pk")
        .values_list("pk", "into_id")
    )
    ids = {pk: wholes[pk] or pk for pk in (person.pk, into.pk)}
    rows = {row.pk: row for row in Person.objects.filter(pk__in=ids.values())}
    one, other = rows[ids[person.pk]], rows[ids[into.pk]]
    if one.pk == other.pk or (one.user_id and other.user_id):
        return None
    if one.user_id:
        one, other = other, one
    made = Join.objects.create(person=one, into=other, why=why)
    _settle({one.pk, other.pk})
    if one.quiet or other.quiet:
        _quieten(other)
    return made


@transaction.atomic
def part(joined: Join) -> None:
    """They are two after all."""
    Join.objects.filter(pk=joined.pk, undone_at=None).update(undone_at=timezone.now())
    _settle({joined.person_id, joined.into_id})


def _quieten(whole: Person) -> None:
    """Who objected in one browser objects in all of theirs, until they say otherwise."""
    Person.objects.filter(Q(pk=whole.pk) | Q(into_id=whole.pk)).update(quiet=True)


def _settle(ids: set[int]) -> None:
    """Write down anew who is whole, of all connected with these; profiles are folded anew."""
    known, border = set(ids), set(ids)
    while border:
        parts = Person.objects.filter(into_id__in=border).values_list("pk", flat=True)
        up = Person.objects.filter(pk__in=border, into__isnull=False)
        joins = Join.objects.filter(undone_at=None, into_id__in=border)
        found = {
            *parts,
            *up.values_list("into_id", flat=True),
            *joins.values_list("person_id", flat=True),
        }
        border = {pk for pk in found if pk is not None} - known
        known |= border
    step = dict(
        Join.objects.filter(undone_at=None, person_id__in=known).values_list("person_id", "into_id")
    )
    for pk in known:
        top = pk
        while top in step:
            top = step[top]
        Person.objects.filter(pk=pk).update(into_id=None if top == pk else top, stale=True)
    Profile.objects.filter(person_id__in=known).delete()
    Fact.objects.filter(person_id__in=known).delete()
