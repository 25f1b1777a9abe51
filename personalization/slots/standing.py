"""What was found out about somebody a moment ago: kept for some seconds. What is true of them is
not kept once they have done anything since; the lots they drew are. Whether any of it may be used
is asked anew for each page (`visiting`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from django.core.cache import cache
from django.utils.functional import cached_property

from personalization.people import profiles
from personalization.people.models import Fact, Person
from personalization.segments import language as s
from personalization.segments.evaluating import Everybody, Flags, Floats
from personalization.segments.models import Member
from personalization.segments.words import OF_PERSONS, SCORES

KEPT = 30
"""Seconds."""
FAVORITES = ("last_product", "favorite_product")
DAY = 86_400


class Kept:
    """Answers about one whole person, by what was asked."""

    def __init__(self, name: str, person: Person, *, anew: bool = False) -> None:
        self.person, self._key = person, f"slots-{name}-{person.pk}"
        self._told: dict[str, Any] = {} if anew else cache.get(self._key) or {}

    def get(self, asked: str) -> Any:
        """The answer; None where it has to be found out."""
        return self._told.get(asked)

    def keep(self, **answers: Any) -> None:
        self._told.update(answers)
        cache.set(self._key, self._told, KEPT)


class Standing(Kept):
    """What is true of somebody who has done nothing since."""

    def __init__(self, person: Person) -> None:
        super().__init__("standing", person, anew=person.stale)
        self._fresh = not person.stale

    def _refresh(self) -> None:
        if not self._fresh or not self._told:
            profiles.refresh(self.person)
            self._fresh = True

    def rules(self, wanted: Iterable[str]) -> dict[str, bool]:
        """Which of the rules are true of them; those that can't be read any more are not."""
        known: dict[str, bool] = self.get("rules") or {}
        new = [rule for rule in wanted if rule not in known]
        if new:
            self._refresh()
            everybody = _Once(profiles.members(self.person.pk))
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
            self._refresh()
            rows = Fact.objects.filter(person_id=self.person.pk, name__in=FAVORITES)
            told = dict(rows.values_list("name", "text"))
            found = [told[name] for name in FAVORITES if name in told]
            self.keep(favorites=found)
        return list(found)


class _Once(Everybody):
    """One person: asks each thing once, however many rules want it, and for all facts together."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__(only=ids)
        self._numbers: dict[s.Node, Floats] = {}
        self._flags: dict[s.Node, Flags] = {}

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.name: fact for fact in Fact.objects.filter(person_id__in=self.ids.tolist())}

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
        fact = self._facts.get(name)
        number = 0.0 if fact is None or fact.number is None else fact.number
        return np.full(len(self.ids), number)

    def _age(self, name: str) -> Floats:
        fact = self._facts.get(name)
        if fact is None or fact.moment is None or fact.moment > self.now:
            return np.full(len(self.ids), np.inf)
        return np.full(len(self.ids), (self.now - fact.moment).total_seconds() / DAY)

    def _one_of(self, name: str, values: frozenset[str]) -> Flags:
        if name in OF_PERSONS:
            return super()._one_of(name, values)
        fact = self._facts.get(name)
        return np.full(len(self.ids), fact is not None and fact.text in values)


def _is_true(everybody: _Once, rule: str) -> bool:
    try:
        return bool(everybody.holds(s.parse(rule)).any())
    except s.BadRule:
        return False
