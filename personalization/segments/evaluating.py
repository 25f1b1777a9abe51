"""Who a rule is true of: one query a name, and arithmetic on everybody at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from personalization.people import surroundings
from personalization.people.models import Event, Person
from personalization.people.models import Fact as FactRow
from personalization.segments import language as s
from personalization.segments.models import Score
from personalization.segments.words import SCORES

Floats = np.ndarray[Any, np.dtype[np.float64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Ids = np.ndarray[Any, np.dtype[np.int64]]


class Everybody:
    """All whole persons who don't object (or some of them), and what is known of them at `now`."""

    def __init__(self, now: datetime | None = None, only: Sequence[int] | None = None) -> None:
        self.now = now or timezone.now()
        self.only = only
        table = np.array(self._people(), dtype=np.float64).reshape(-1, 3)
        ids: Ids = table[:, 0].astype(np.int64)
        alone = np.isnan(table[:, 1])
        whole: Ids = np.where(alone, table[:, 0], table[:, 1]).astype(np.int64)
        self.ids: Ids = ids[alone & (table[:, 2] == 0)]
        self._known = ids
        self._whole = self._place(whole)

    def _people(self) -> list[tuple[int, int | None, bool]]:
        """Each by id, with the id of the whole, and whether they object; in the order of ids."""
        rows = Person.objects.order_by("id")
        rows = rows if self.only is None else rows.filter(pk__in=self.only)
        return list(rows.values_list("id", "into_id", "quiet"))

    def _place(self, ids: Ids) -> Ids:
        """Where persons are in `ids`; -1 of those who are not."""
        if not len(self.ids):
            return np.full(len(ids), -1)
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[at] == ids, at, -1)

    def where(self, node: s.Node) -> Ids:
        """The ids of those whom a condition is true of."""
        return self.ids[self.holds(node)]

    def holds(self, node: s.Node) -> Flags:
        match node:
            case s.Both(parts):
                every: Flags = np.all([self.holds(part) for part in parts], axis=0)
                return every
            case s.Either(parts):
                some: Flags = np.any([self.holds(part) for part in parts], axis=0)
                return some
            case s.No(part):
                return ~self.holds(part)
            case s.Compare(left, sign, right):
                return _compared(self.number(left), sign, self.number(right))
            case s.OneOf(name, values):
                return self._one_of(name, values)
            case s.Has():
                return self._spread(Person.objects.filter(user__isnull=False), "id")
        raise TypeError(node)

    def number(self, node: s.Node) -> Floats:
        match node:
            case s.Number(value):
                return np.full(len(self.ids), value)
            case s.Fact("temperature"):
                return self._temperature()
            case s.Fact(name):
                return self._fact(name)
            case s.Age(name):
                return self._age(name)
            case s.Events():
                return self._events(node)
            case s.Sum(parts, signs):
                return _summed([self.number(part) for part in parts], signs)
        raise TypeError(node)

    def _mine(self, rows: QuerySet[Any], field: str = "person_id") -> QuerySet[Any]:
        return rows if self.only is None else rows.filter(**{f"{field}__in": self.only})

    def _spread(self, rows: QuerySet[Any], field: str = "person_id") -> Flags:
        """Which of them have a row."""
        found: Flags = np.zeros(len(self.ids), dtype=bool)
        listed = self._mine(rows, field).order_by().values_list(field, flat=True)
        at = self._place(np.fromiter(listed, dtype=np.int64))
        found[at[at >= 0]] = True
        return found

    def _one_of(self, name: str, values: frozenset[str]) -> Flags:
        if name == "language":
            return self._spread(Person.objects.filter(language__in=values), "id")
        return self._spread(FactRow.objects.filter(name=name, text__in=values))

    def _filled(self, pairs: list[tuple[int, Any]], otherwise: float) -> Floats:
        found: Floats = np.full(len(self.ids), otherwise)
        if pairs:
            table = np.array(pairs, dtype=np.float64)
            at = self._place(table[:, 0].astype(np.int64))
            found[at[at >= 0]] = table[at >= 0, 1]
        return found

    def _fact(self, name: str) -> Floats:
        model: Any = Score if name in SCORES else FactRow
        column = "value" if name in SCORES else "number"
        rows = self._mine(model.objects.filter(name=name)).values_list("person_id", column)
        return self._filled([pair for pair in rows.order_by() if pair[1] is not None], 0.0)

    def _temperature(self) -> Floats:
        """Degrees where they ordered to, today; not a number where that is not known."""
        rows = self._mine(FactRow.objects.filter(name="country").exclude(text=""))
        where = dict(rows.order_by().values_list("person_id", "text"))
        degrees = surroundings.celsius_in(sorted(set(where.values())), timezone.localdate(self.now))
        pairs = [(pk, degrees[each]) for pk, each in where.items() if each in degrees]
        return self._filled(pairs, np.nan)

    def _age(self, name: str) -> Floats:
        rows = self._mine(FactRow.objects.filter(name=name, moment__lte=self.now))
        pairs = rows.order_by().values_list("person_id", "moment")
        day = 86_400.0
        ages = [(person, (self.now - moment).total_seconds() / day) for person, moment in pairs]
        return self._filled(ages, np.inf)

    def _events(self, node: s.Events) -> Floats:
        rows = Event.objects.filter(kind=node.kind, at__lte=self.now)
        if node.days:
            rows = rows.filter(at__gt=self.now - timedelta(days=node.days))
        for field in ("product", "option", "value"):
            if asked := getattr(node, field):
                rows = rows.filter(**{field: asked})
        told = Sum("amount") if node.what == "sum" else Count("id")
        grouped = self._mine(rows).order_by().values_list("person_id").annotate(told=told)
        pairs = [(person, number or 0) for person, number in grouped]
        found: Floats = np.zeros(len(self.ids))
        if pairs:
            table = np.array(pairs, dtype=np.float64)
            known = np.minimum(
                np.searchsorted(self._known, table[:, 0].astype(np.int64)), len(self._known) - 1
            )
            at = np.where(self._known[known] == table[:, 0], self._whole[known], -1)
            np.add.at(found, at[at >= 0], table[at >= 0, 1])
        return found


def _compared(left: Floats, sign: str, right: Floats) -> Flags:
    told: dict[str, Any] = {
        "=": np.equal,
        "!=": np.not_equal,
        "<": np.less,
        "<=": np.less_equal,
        ">": np.greater,
        ">=": np.greater_equal,
    }
    result: Flags = told[sign](left, right) & ~np.isnan(left) & ~np.isnan(right)
    return result


def _summed(parts: list[Floats], signs: tuple[str, ...]) -> Floats:
    total = parts[0]
    for part, sign in zip(parts[1:], signs[1:], strict=True):
        if sign == "/":
            total = np.divide(total, part, out=np.zeros_like(total), where=part != 0)
        else:
            total = {"+": np.add, "-": np.subtract, "*": np.multiply}[sign](total, part)
    return total
