"""Who acts now: whoever sends the request that is answered, or who is said to act (`acting`).

A browser's person hangs on the session that it has anyway; nobody gets a cookie for being known.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language

from personalization.people import wholes
from personalization.people.models import Person

KEY = "person"
KNOWN = "known_person"
SIGNAL = "1"
"""Global Privacy Control: a browser that says it objects for its visitor."""

_request: ContextVar[HttpRequest | None] = ContextVar("people_request", default=None)
_acting: ContextVar[int | None] = ContextVar("people_acting", default=None)


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """While a request is answered, whoever sent it acts."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """This person acts, without a request: for programs that do as a customer would."""
    token = _acting.set(person.whole_id)
    try:
        yield
    finally:
        _acting.reset(token)


def current_id() -> int | None:
    """The id of who acts, made where there is none yet but may be."""
    if (acts := _acting.get()) is not None:
        return acts
    request = _request.get()
    return None if request is None else id_of(request)


def known() -> Person | None:
    """Who acts, as far as anything is known of them: nobody is made for being asked."""
    if (acts := _acting.get()) is not None:
        return Person.objects.get(pk=acts)
    request = _request.get()
    return person_of(request) if request is not None and hasattr(request, "session") else None


def id_of(request: HttpRequest) -> int | None:
    """The id of this visitor's person, by their session. None for people of the firm, for who has
    no session yet, and for browsers that object."""
    session = getattr(request, "session", None)
    if session is None:
        return None
    known = session.get(KEY)
    if isinstance(known, int) and not (request.user.is_authenticated and _strange(request, known)):
        return None if _objects(request) else known
    return _made(request)


def person_of(request: HttpRequest, *, make: bool = False) -> Person | None:
    """This visitor as a whole person; `make`: one who decides something is somebody from then on,
    even with a browser that objects."""
    known = request.session.get(KEY)
    found = Person.objects.filter(pk=known).first() if isinstance(known, int) else None
    if request.user.is_authenticated and (found is None or found.user_id != request.user.pk):
        found = of_user(request.user) if isinstance(request.user, User) else None
    if found is None and make:
        found = Person.objects.create(language=get_language() or "en")
    if found is not None and found.into is not None:
        found = found.into
    if found is not None and request.session.get(KEY) != found.pk and make:
        request.session[KEY] = found.pk
    return found


def known_to(request: HttpRequest) -> Person | None:
    """Whom this visitor is known as, whole, where nothing is to be written for a look at a page;
    asked once while a request is answered, as soon as they are known."""
    if isinstance(kept := getattr(request, KNOWN, None), Person):
        return kept
    session = getattr(request, "session", None)
    known = session.get(KEY) if session is not None else None
    user = request.user.pk if request.user.is_authenticated else None
    found = _whole(known) if isinstance(known, int) else None
    if user is not None and (found is None or found.user_id != user):
        found = Person.objects.select_related("into").filter(user=user).first()
        found = found and (found.into or found)
    elif user is None and found is not None and found.user_id is not None and found.pk == known:
        return None  # an account's, which has signed out
    if found is not None:
        setattr(request, KNOWN, found)
    return found


def _whole(pk: int) -> Person | None:
    """The whole person of whom this one is a part, with all that they are."""
    rows = {each.pk: each for each in Person.objects.filter(Q(pk=pk) | Q(into=pk)).order_by()}
    found = rows.get(pk)
    if found is None or found.into_id is not None:
        return None if found is None else found.into
    return wholes.know(found, rows)


def of_user(user: User) -> Person | None:
    """An account's person; None for people of the firm."""
    found = Person.objects.filter(user=user).first()
    if found is None and not is_staff(user):
        language = get_language() or "en"
        found, _new = Person.objects.get_or_create(user=user, defaults={"language": language})
    return found


def is_staff(user: User) -> bool:
    """Whether this is one of the firm's people."""
    return user.is_staff or user.groups.exists()


def _strange(request: HttpRequest, known: int) -> bool:
    """Whether the session's person is not the account's; asked once a session."""
    return bool(request.session.get("person_user") != request.user.pk)


def _objects(request: HttpRequest) -> bool:
    return request.headers.get("Sec-GPC") == SIGNAL and not request.user.is_authenticated


def _made(request: HttpRequest) -> int | None:
    """A person for a session that is there or just beginning."""
    user = request.user
    if isinstance(user, User) and user.is_authenticated:
        person = of_user(user)
        if person is not None:
            request.session[KEY] = person.pk
            request.session["person_user"] = user.pk
        return person.pk if person is not None else None
    begun = request.session.session_key or not request.session.is_empty()
    if not begun or _objects(request):
        return None
    person = Person.objects.create(language=get_language() or "en")
    request.session[KEY] = person.pk
    return person.pk
