"""What was found out about somebody a moment ago: kept for some seconds. What is true of them is
not kept once they have done anything since; the lots they drew are. Whether any of it may be used
is asked anew for each page (`visiting`).

A page doesn't wait for a profile to be written: what is new of it is folded for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from django.core.cache import cache
from django.utils.functional import cached_property

from personalization.people import profiles, wholes
from personalization.people.folding import Told
from personalization.people.models import Fact, Person
from personalization.segments import language as s
from personalization.segments.evaluating import Everybody, Flags, Floats
from personalization.segments.models import Member
from personalization.segments.words import FACTS, OF_PERSONS, SCORES

KEPT = 30
"""Seconds."""
FAVORITES = ("last_product", "favorite_product")
DAY = 86_400


class Kept:
    """Answers about one whole person, by what was asked; `as_of`: only those that were found out
    about them as they are now."""

    def __init__(self, name: str, person: Person, *, as_of: str = "") -> None:
        self.person, self._key, self._as_of = person, f"slots-{name}-{person.pk}", as_of
        of, told = cache.get(self._key) or ("", {})
        self._told: dict[str, Any] = told if of == as_of else {}

    def get(self, asked: str) -> Any:
        """The answer; None where it has to be found out."""
        return self._told.get(asked)

    def keep(self, **answers: Any) -> None:
        self._told.update(answers)
        cache.set(self._key, (self._as_of, self._told), KEPT)


def as_of(person: Person) -> str:
    """Another one as soon as they have done something since, or something was done to them that
    their profile doesn't hold yet."""
    return f"{person.seen_at.timestamp()} {person.stale}"


class Standing(Kept):
    """What is true of somebody who has done nothing since."""

    def __init__(self, person: Person) -> None:
        super().__init__("standing", person, as_of=as_of(person))

    @cached_property
    def members(self) -> list[int]:
        """The persons that they are, by their ids."""
        if (known := wholes.known(self.person)) is not None:
            return known
        if (found := self.get("members")) is None:
            found = profiles.members(self.person.pk)
            self.keep(members=found)
        return list(found)

    def fact(self, name: str) -> Fact | Told | None:
        """What is known of them by this name."""
        if self.person.stale and name not in FACTS:
            return self._told_by_them.get(name)
        return self._facts.get(name)

    @cached_property
    def _facts(self) -> Mapping[str, Fact | Told]:
        if self.person.stale:
            return profiles.done_by(self.person.pk, self.members)
        return {fact.name: fact for fact in Fact.objects.filter(person_id=self.person.pk)}

    @cached_property
    def _told_by_them(self) -> Mapping[str, Fact | Told]:
        return profiles.told_by(self.members)

    def rules(self, wanted: Iterable[str]) -> dict[str, bool]:
        """Which of the rules are true of them; those that can't be read any more are not."""
        known: dict[str, bool] = self.get("rules") or {}
        new = [rule for rule in wanted if rule not in known]
        if new:
            everybody = _Once(self.person, self.members, self.fact)
            known = {**known, **{rule: _is_true(everybody, rule) for rule in new}}
            self.keep(rules=known)
        return known

    def lists(self) -> list[int]:
        """The segments whose members they are, by their ids, as they were counted last."""
        if (found := self.get("lists")) is None:
            rows = Member.objects.filter(person_id=self.person.pk)
            found = list(rows.values_list("segment_id", flat=True))
            self.keep(lists=found)
        return list(found)

    def favorites(self) -> list[str]:
        """The products that they looked at last and most."""
        if (found := self.get("favorites")) is None:
            facts = map(self.fact, FAVORITES)
            found = [fact.text for fact in facts if fact is not None]
            self.keep(favorites=found)
        return list(found)


class _Once(Everybody):
    """One person, of whom facts are known by their names: asks each thing once, however many rules
    want it."""

    def __init__(
        self, person: Person, ids: list[int], fact: Callable[[str], Fact | Told | None]
    ) -> None:
        self._person, self._known_as = person, fact
        self._numbers: dict[s.Node, Floats] = {}
        self._flags: dict[s.Node, Flags] = {}
        super().__init__(only=ids)

    def _people(self) -> list[tuple[int, int | None, bool]]:
        whole, quiet = self._person.pk, self._person.quiet
        return [(pk, None if pk == whole else whole, quiet) for pk in sorted(self.only or ())]

    def number(self, node: s.Node) -> Floats:
        if node not in self._numbers:
            self._numbers[node] = super().number(node)
        return self._numbers[node]

    def holds(self, node: s.Node) -> Flags:
        if node not in self._flags:
            self._flags[node] = super().holds(node)
        return self._flags[node]

    def _fact(self, name: str) -> Floats:
        if name in SCORES:
            return super()._fact(name)
        fact = self._known_as(name)
        number = 0.0 if fact is None or fact.number is None else fact.number
        return np.full(len(self.ids), number)

    def _age(self, name: str) -> Floats:
        fact = self._known_as(name)
        if fact is None or fact.moment is None or fact.moment > self.now:
            return np.full(len(self.ids), np.inf)
        return np.full(len(self.ids), (self.now - fact.moment).total_seconds() / DAY)

    def _one_of(self, name: str, values: frozenset[str]) -> Flags:
        if name in OF_PERSONS:
            return super()._one_of(name, values)
        fact = self._known_as(name)
        return np.full(len(self.ids), fact is not None and fact.text in values)


def _is_true(everybody: _Once, rule: str) -> bool:
    try:
        return bool(everybody.holds(s.parse(rule)).any())
    except s.BadRule:
        return False
