"""What somebody told us, and what it changed on their pages: noted for their receipt."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from django.core.cache import cache

from configurator.catalog import places
from personalization.people import receipts
from personalization.people.models import Person
from personalization.segments import language as s
from personalization.segments.words import FACTS, OF_PERSONS, SCORES
from personalization.slots.models import Variant

KEPT = 600
"""Seconds for which is kept what a rule names."""
ONCE = 86_400
"""Seconds in which the same is noted once."""


def note(variant: Variant, rule: str, person: Person) -> None:
    """Note that this variant is shown because of what they told, once a day."""
    for fact in told_names(rule):
        if cache.add(f"slots-noted-{person.pk}-{variant.pk}-{fact}", True, ONCE):
            what = "design" if variant.place == places.DESIGNS else "page"
            receipts.changed(person=person, fact=fact, what=what)


def told_names(rule: str) -> list[str]:
    """The facts in a rule that people tell themselves."""
    key = f"slots-names-{blake2b(rule.encode(), digest_size=12).hexdigest()}"
    found: list[str] | None = cache.get(key)
    if found is None:
        try:
            names = set(_names(s.parse(rule)))
        except s.BadRule:
            return []
        found = sorted(names - {*FACTS, *OF_PERSONS, *SCORES})
        cache.set(key, found, KEPT)
    return found


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, s.Fact | s.Age | s.OneOf):
        yield node.name
    elif isinstance(node, tuple):
        for part in node:
            yield from _names(part)
    elif isinstance(node, s.Sum | s.Compare | s.Both | s.Either | s.No):
        for part in vars(node).values():
            yield from _names(part)
