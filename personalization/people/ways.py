"""What other apps add to the page of what one allows, each part with its template."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from personalization.people.models import Person


@dataclass(frozen=True)
class Section:
    """A part of the page; the template reads `section`."""

    template: str
    context: dict[str, object]


Make = Callable[[HttpRequest, Person | None], Section]
_makers: list[Make] = []


def add(make: Make) -> None:
    """There is one more section."""
    if make not in _makers:
        _makers.append(make)


def sections_of(request: HttpRequest, person: Person | None) -> list[Section]:
    """All of them, in the order in which they were added."""
    return [make(request, person) for make in _makers]
