"""Parts of a customer's own page that rooms above bring: each says so once, in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from personalization.people.models import Person


@dataclass(frozen=True)
class Part:
    """A template, and what it shows of somebody; nothing is shown where that is empty."""

    template: str
    shows: Callable[[Person], Any]


_parts: list[Part] = []


def add(part: Part) -> None:
    """There is one more part."""
    if part not in _parts:
        _parts.append(part)


def parts_of(person: Person | None) -> list[tuple[str, Any]]:
    """The templates of what there is to show, and what."""
    if person is None:
        return []
    found = ((part.template, part.shows(person)) for part in _parts)
    return [(template, shown) for template, shown in found if shown]
