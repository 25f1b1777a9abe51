"""What somebody allows. Asked at the moment of the effect, in its transaction; a no is at once."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from personalization.people import events, wholes, withdrawing, wordings
from personalization.people.models import Decision, Event, Person
from personalization.people.purposes import UNASKED, Channel, Purpose, is_asked

BEHAVIOR = (
    *(Event.Kind.VIEWED, Event.Kind.BEGAN, Event.Kind.CHOSE, Event.Kind.BLOCKED),
    *(Event.Kind.TOOK, Event.Kind.SAVED, Event.Kind.CARTED, Event.Kind.SHARED),
    *(Event.Kind.CLICKED, Event.Kind.ENTERED, Event.Kind.LEFT),
)
"""What is forgotten of somebody who objects to pages made for them: what they did on them, and into
which segments it brought them."""


Undo = Callable[[Person, str, str], None]
"""Takes back what a yes had brought about, in the transaction of the no (purpose, channel)."""
_undoing: list[Undo] = []


def undone_by(undo: Undo) -> None:
    """Have this called with every no."""
    if undo not in _undoing:
        _undoing.append(undo)


def allows(person: Person | None, purpose: str, channel: str) -> bool:
    """Whether this may be done to this person now. Inside a transaction the person is held until
    its end: whoever takes their yes back waits for the effect, or the effect sees that they did.

    Nobody (None) is asked nothing and gets what everybody gets.
    """
    if person is None or not is_asked(purpose, channel):
        return (purpose, channel) in UNASKED
    _hold(person)
    last = _decisions(person, purpose, channel).values_list("granted", "wording__version").first()
    return _counts(purpose, channel, *(last or (None, None)))


def word(person: Person | None, purpose: str, channel: str) -> tuple[bool, Decision | None]:
    """The same, and the decision on which it rests; None where nobody was asked."""
    if person is None or not is_asked(purpose, channel):
        return (purpose, channel) in UNASKED, None
    _hold(person)
    last = decision_of(person, purpose, channel)
    if last is None:
        return _counts(purpose, channel, None, None), None
    version = last.wording.version if last.wording else None
    return _counts(purpose, channel, last.granted, version), last


def _hold(person: Person) -> None:
    """Until the end of the transaction, if there is one."""
    if connection.in_atomic_block:
        list(Person.objects.select_for_update().filter(pk=person.whole_id).values_list("pk"))


def _counts(purpose: str, channel: str, granted: bool | None, version: int | None) -> bool:
    """Whether the last answer is a yes now, by the version of the words that it was given to; None:
    nobody was asked."""
    unasked = (purpose, channel) in UNASKED
    if not granted:
        return unasked and granted is None
    return unasked or (version or 0) >= wordings.counts_from(purpose)


def knows(person: Person) -> bool:
    """Whether pages may be made for them, by their row as it was just read: as long as that is done
    until somebody objects, each decision is noted there, in its transaction."""
    if (Purpose.PERSONALIZATION, Channel.SITE) in UNASKED:
        return not person.quiet
    return allows(person, Purpose.PERSONALIZATION, Channel.SITE)


def decision_of(person: Person, purpose: str, channel: str) -> Decision | None:
    """The last decision of the whole person."""
    return _decisions(person, purpose, channel).select_related("wording").first()


def _decisions(person: Person, purpose: str, channel: str) -> QuerySet[Decision]:
    """Theirs, the last one first."""
    effect = connection.in_atomic_block
    whole = wholes.of(person.whole_id) if effect else wholes.now(person)
    return Decision.objects.filter(whole, purpose=purpose, channel=channel).order_by("-id")


def grant(
    *, person: Person, purpose: str, channel: str, where: str, how: str = "page", language: str = ""
) -> Decision:
    """A yes, with its proof. ValueError for what can't be allowed."""
    return _decide(person, purpose, channel, True, where, how, language)


def withdraw(
    *, person: Person, purpose: str, channel: str, where: str, how: str = "page", language: str = ""
) -> Decision:
    """A no; it counts from this moment on, and takes back what the yes had brought about."""
    return _decide(person, purpose, channel, False, where, how, language)


@transaction.atomic
def _decide(
    person: Person,
    purpose: str,
    channel: str,
    granted: bool,
    where: str,
    how: str,
    language: str,
) -> Decision:
    if not is_asked(purpose, channel):
        raise ValueError(f"nobody is asked about {purpose} by {channel}")
    whole = Person.objects.select_for_update().get(pk=person.whole_id)
    made = Decision.objects.create(
        person=whole,
        purpose=purpose,
        channel=channel,
        granted=granted,
        wording=wordings.current(purpose),
        language=language or get_language() or "en",
        where=where[:100],
        how=how,
    )
    if purpose == Purpose.PERSONALIZATION:
        _remember(whole, granted)
    for undo in _undoing if not granted else ():
        undo(whole, purpose, channel)
    kind = Event.Kind.ALLOWED if granted else Event.Kind.REFUSED
    events.append(person=whole, kind=kind, option=purpose, value=channel, source=how)
    if not granted:
        withdrawing.tell(withdrawing.Withdrawal(whole, purpose=purpose))
    return made


def _remember(whole: Person, granted: bool) -> None:
    """Who objects is written down no more, and what they did is forgotten."""
    ids = Q(pk=whole.pk) | Q(into_id=whole.pk)
    Person.objects.filter(ids).update(quiet=not granted, stale=True)
    if not granted:
        forget_behavior(whole)


def forget_behavior(whole: Person) -> None:
    """What somebody looked at and designed is gone from the stream, and from their profile."""
    from personalization.people import profiles

    ids = profiles.members(whole.pk)
    Event.objects.filter(person_id__in=ids, kind__in=BEHAVIOR).delete()
    profiles.rebuild(whole)
