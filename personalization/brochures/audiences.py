"""For whom a run is: all who allow it, those who did something, a segment, or a pasted list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from personalization.brochures import who
from personalization.brochures.who import DESIGNING
from personalization.people.models import Decision, Event, Person
from personalization.people.purposes import Channel, Purpose
from personalization.segments import services as segments
from personalization.segments.models import Segment


@dataclass(frozen=True)
class Audience:
    """Some people: `ids` gives their persons' ids, whether or not they allow brochures."""

    code: str
    name: str | Promise
    ids: Callable[[], Iterable[int]]


_own: list[Audience] = []
SEGMENT = "segment-"


def own() -> list[Audience]:
    """Those that there always are."""
    return list(_own)


def all_of() -> list[Audience]:
    """The same, and the marketer's segments."""
    return [*_own, *map(_segment, Segment.objects.all())]


def _segment(segment: Segment) -> Audience:
    return Audience(f"{SEGMENT}{segment.slug}", segment.name, lambda: segments.members(segment))


def named(code: str) -> Audience | None:
    return next((each for each in all_of() if each.code == code), None)


def who_allow(audience: Audience) -> list[int]:
    """Of an audience those who allow brochures now, in a steady order."""
    return sorted(who.allowing(audience.ids()))


def by_keys(text: str) -> Sequence[int]:
    """The persons of a pasted list of references (UUIDs), in its order."""
    keys = [word for word in text.replace(",", " ").split() if len(word) in (32, 36)]
    found: dict[str, int] = {}
    for start in range(0, len(keys), 400):
        part = [key for key in keys[start : start + 400] if _is_hex(key)]
        rows = Person.objects.filter(key__in=part).values_list("key", "pk")
        found |= {key.hex: pk for key, pk in rows}
    ordered = (found.get(key.replace("-", "").lower()) for key in keys)
    return [pk for pk in dict.fromkeys(ordered) if pk is not None]


def _is_hex(key: str) -> bool:
    return len(plain := key.replace("-", "")) == 32 and set(plain.lower()) <= set(
        "0123456789abcdef"
    )


def _everybody() -> Iterable[int]:
    rows = Decision.objects.filter(purpose=Purpose.BROCHURES, channel=Channel.PRINT, granted=True)
    return rows.values_list("person", flat=True).distinct()


def _did(*kinds: str) -> Iterable[int]:
    rows = Event.objects.filter(Q(kind__in=kinds), person__in=_everybody())
    return rows.values_list("person", flat=True).distinct()


for _audience in (
    Audience("everybody", _("Everybody who allows printed brochures"), _everybody),
    Audience("designers", _("Of them, who has designed something"), lambda: _did(*DESIGNING)),
    Audience("buyers", _("Of them, who has ordered"), lambda: _did("ordered")),
):
    _own.append(_audience)
