"""What somebody told us, and what it changed on their pages: noted for their receipt."""

from __future__ import annotations

from hashlib import blake2b

from django.core.cache import cache

from configurator.catalog import places
from personalization.people import receipts
from personalization.people.models import Person
from personalization.segments.reading import told_in
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
        found = sorted(told_in(rule))
        cache.set(key, found, KEPT)
    return found
