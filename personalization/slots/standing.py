"""What was found out about somebody a moment ago: kept for some seconds, and not at all once they
have done anything since. Whether it may be used is asked anew for each page (`visiting`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache

from personalization.people import profiles
from personalization.people.models import Person
from personalization.segments import language as s
from personalization.segments.evaluating import Everybody, Flags, Floats
from personalization.segments.models import Member

KEPT = 30
"""Seconds."""


class Standing:
    """Answers about one whole person, by what was asked."""

    def __init__(self, person: Person) -> None:
        self._person, self._key = person, f"slots-standing-{person.pk}"
        self._told: dict[str, Any] = {} if person.stale else cache.get(self._key) or {}

    def get(self, asked: str) -> Any:
        """The answer; None where it has to be found out."""
        return self._told.get(asked)

    def keep(self, **answers: Any) -> None:
        self._told.update(answers)
        cache.set(self._key, self._told, KEPT)

    def rules(self, wanted: Iterable[str]) -> dict[str, bool]:
        """Which of the rules are true of them; those that can't be read any more are not."""
        known: dict[str, bool] = self._told.get("rules", {})
        new = [rule for rule in wanted if rule not in known]
        if new:
            known = {**known, **_answers(self._person, new)}
            self.keep(rules=known)
        return known

    def lists(self) -> list[int]:
        """The segments whose members they are, by their ids, as they were counted last."""
        if (found := self.get("lists")) is None:
            rows = Member.objects.filter(person_id=self._person.pk)
            found = list(rows.values_list("segment_id", flat=True))
            self.keep(lists=found)
        return list(found)


class _Once(Everybody):
    """Asks each thing once, however many rules want it."""

    def __init__(self, ids: list[int]) -> None:
        super().__init__(only=ids)
        self._numbers: dict[s.Node, Floats] = {}
        self._flags: dict[s.Node, Flags] = {}

    def number(self, node: s.Node) -> Floats:
        if node not in self._numbers:
            self._numbers[node] = super().number(node)
        return self._numbers[node]

    def holds(self, node: s.Node) -> Flags:
        if node not in self._flags:
            self._flags[node] = super().holds(node)
        return self._flags[node]


def _answers(person: Person, rules: Iterable[str]) -> dict[str, bool]:
    profiles.refresh(person)
    everybody = _Once(profiles.members(person.pk))
    return {rule: _is_true(everybody, rule) for rule in rules}


def _is_true(everybody: _Once, rule: str) -> bool:
    try:
        return bool(everybody.holds(s.parse(rule)).any())
    except s.BadRule:
        return False
