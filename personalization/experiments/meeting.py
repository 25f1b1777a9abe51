"""Who is in an experiment, in the order in which they came; as arrays, since there may be many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce

from personalization.experiments.columns import WHEN, Floats, Ints, Moment, Moments, columns, moment
from personalization.experiments.metrics import Counted
from personalization.experiments.models import Experiment, Exposure

AT_ONCE = 5_000
NO_ARM = -1


@dataclass(frozen=True)
class Met:
    """Whole persons, each once, with the place of their arm in the plan and when they met it."""

    people: Ints
    arms: Ints
    at: Moments

    @property
    def count(self) -> int:
        return int(self.people.size)

    def in_arm(self, place: int) -> int:
        """How many met this arm."""
        return int(np.count_nonzero(self.arms == place))

    def until(self, at: datetime) -> Met:
        """Those who came until then."""
        first = int(np.searchsorted(self.at, moment(at), side="right"))
        return Met(self.people[:first], self.arms[:first], self.at[:first])

    def sums(self, counted: Counted, days: int, cap: float) -> Floats:
        """What each of them did within so many days of when they came, at most `cap`."""
        found = np.zeros(self.count)
        if self.count:
            order = np.argsort(self.people)
            near = np.searchsorted(self.people, counted.people, sorter=order)
            place = order[np.minimum(near, self.count - 1)]
            since = self.at[place]
            counts = self.people[place] == counted.people
            counts &= (since <= counted.at) & (counted.at < since + np.timedelta64(days, "D"))
            np.add.at(found, place[counts], counted.amounts[counts])
        return np.minimum(found, cap)


def met(experiment: Experiment, codes: Sequence[str], now: datetime) -> Met:
    """Everybody once, where they were first; `codes` are those of the arms."""
    rows = Exposure.objects.filter(experiment=experiment, at__lte=now).order_by("at", "id")
    arm = Case(*(When(arm=code, then=Value(n)) for n, code in enumerate(codes)), default=NO_ARM)
    whole = Coalesce("person__into_id", "person_id")
    read = rows.values_list(whole, arm, Moment("at")).iterator(AT_ONCE)
    people, arms, at = columns(read, 3)
    wholes = np.array(people, np.int64)
    first = np.sort(np.unique(wholes, return_index=True)[1])
    return Met(wholes[first], np.array(arms, np.int64)[first], np.array(at, WHEN)[first])
