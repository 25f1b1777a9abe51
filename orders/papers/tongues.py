"""One language or two on a paper.

Inside `speaking("en", "pl")` all that is said with this gettext, and every text of the catalog
that is read with content.spoken, is in both: "Cut list / Lista cięć". Elsewhere there is one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_noop

SLASH = " / "
CONTINUED = gettext_noop("continued")

_second: ContextVar[str] = ContextVar("second language", default="")


@contextmanager
def speaking(first: str, second: str = "") -> Iterator[None]:
    """Speak `first`, and `second` beside it unless it is empty or the same."""
    token = _second.set(second if second != first else "")
    try:
        with translation.override(first):
            yield
    finally:
        _second.reset(token)


def second() -> str:
    """The other language in use, or ""."""
    return _second.get()


def of_factory() -> tuple[str, str]:
    """The languages of the factory's papers; the second may be ""."""
    first, other = settings.FACTORY_LANGUAGE, settings.FACTORY_SECOND_LANGUAGE
    return first, other if other != first else ""


def code(first: str, other: str) -> str:
    """Both languages as one word: en, or en+pl."""
    return f"{first}+{other}" if other and other != first else first


def both(first: str, other: str, between: str = SLASH) -> str:
    """Two sayings of one thing, or the one that they have in common."""
    return first if not other or other == first else f"{first}{between}{other}"


def told(name: str, value: str) -> str:
    """Tools: pliers. The value once, whether the name is in one language or two."""
    return f"{name}: {value}"


def gettext(message: str) -> str:
    return _said(lambda: translation.gettext(message))


def ngettext(singular: str, plural: str, number: int) -> str:
    return _said(lambda: translation.ngettext(singular, plural, number))


def pgettext(context: str, message: str) -> str:
    return _said(lambda: translation.pgettext(context, message))


def again(name: str) -> str:
    """Oak (continued): over what goes on on another page or in another column."""
    return f"{name} ({gettext(CONTINUED)})"


def _said(say: Callable[[], str]) -> str:
    first, other = say(), _second.get()
    if not other:
        return first
    with translation.override(other):
        return both(first, say())
