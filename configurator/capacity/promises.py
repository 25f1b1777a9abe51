"""The day for which something can be promised, and what each value would change about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

import numpy as np
from django.conf import settings

from configurator.capacity.calendar import DAY
from configurator.capacity.days import ready_on
from configurator.capacity.making import Making, Need, Work, making_of
from configurator.capacity.many import Many
from configurator.capacity.places import free_without, held
from configurator.capacity.schedule import AHEAD, NoTime, Plan, Task
from configurator.capacity.snapshot import Snapshot, current, now_minute
from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Completions, Value

NEVER = timedelta(days=AHEAD)


@dataclass(frozen=True)
class Promise:
    """When something can be ready, `planned` being the plan behind it, without the buffer.

    It is not `known` if a work center has no time for as far as anybody plans.
    """

    ready_on: date
    known: bool = True
    planned: Plan | None = None
    work: Work | None = None
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True)
class Desk:
    """Where promises for a release are made: one snapshot, one moment."""

    product: ReleasedProduct
    snapshot: Snapshot
    now: int
    quantity: int = 1
    rush: bool = False
    counted: frozenset[str] | None = None  # of parts with these numbers alone; None: with any
    _made: dict[Work, Promise] = field(default_factory=dict, repr=False)

    @cached_property
    def making(self) -> Making:
        return making_of(self.product)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(self.snapshot.stock) if self.counted is None else self.counted

    def counting_less(self) -> Desk:
        """The same, for comparing designs: what there is enough of for any of them delays none, so
        only scarce parts are counted."""
        scarce = self.making.scarce(self.snapshot.stock, self.quantity)
        return replace(self, counted=scarce, _made={})

    def promise(self, choices: Mapping[str, Value], texts: Mapping[str, str]) -> Promise:
        """The earliest day for a complete design, or for what its making reads of one."""
        work = self.making.work(choices, texts, self.quantity, self.numbers)
        return self._promised(work)

    def days(self, found: Completions, texts: Mapping[str, str]) -> dict[int, date]:
        """The day of the design in each row that is known."""
        rows = np.flatnonzero(found.known)
        if not len(rows):
            return {}
        many = Many(self.making, found, rows, texts, self.quantity, self.numbers)
        works, which = many.works()
        days = [self._promised(work).ready_on for work in works]
        return {row: days[n] for row, n in zip(rows.tolist(), which.tolist(), strict=True)}

    def _promised(self, work: Work) -> Promise:
        if work not in self._made:
            self._made[work] = self._promise(work)
        return self._made[work]

    def _promise(self, work: Work) -> Promise:
        if not work.tasks:
            days = self.product.base_days + work.lead_days
            return Promise(ready_on(days, self.snapshot.today), work=work)
        today, begin = self.snapshot.today, 0
        if work.lead_days:
            begin = ready_on(work.lead_days, today).toordinal() * DAY
        tasks = work.ready(late(work.needs, self.snapshot.stock, today), begin)
        try:
            plan = self.snapshot.plan(tasks, self.now, rush=self.rush)
        except NoTime:
            return Promise(self.snapshot.today + NEVER, known=False, work=work)
        return Promise(day_of(plan.finish), planned=plan, work=work, tasks=tasks)


def day_of(finish: int) -> date:
    """The day that is told for a plan which ends at a minute: with the buffer on top."""
    return ready_on(settings.PROMISE_BUFFER_DAYS, date.fromordinal((finish - 1) // DAY))


def late(needs: Iterable[Need], stock: Mapping[str, Decimal], today: date) -> dict[str, int]:
    """Operations whose parts are not all there, with the minute from which they are."""
    wanted: dict[str, Decimal] = defaultdict(Decimal)
    found: dict[str, int] = {}
    needs = list(needs)
    for need in needs:
        wanted[need.number] += need.quantity
    for need in needs:
        if need.lead_days and wanted[need.number] > stock[need.number]:
            minute = ready_on(need.lead_days, today).toordinal() * DAY
            found[need.operation] = max(minute, found.get(need.operation, 0))
    return found


def desk(product: ReleasedProduct, *, quantity: int = 1, rush: bool = False, key: str = "") -> Desk:
    """The desk of now; for whoever holds a place by a key, what it has is free."""
    snapshot = current()
    if key in snapshot.held and (place := held(key)) is not None:
        snapshot = free_without((place, ()))
    return Desk(product, snapshot, now_minute(), quantity, rush)


def promise(
    product: ReleasedProduct,
    configuration: Configuration,
    *,
    quantity: int = 1,
    rush: bool = False,
) -> Promise:
    """The earliest day on which a complete design can be ready, as things are now."""
    texts = product.texts_of(configuration)
    return desk(product, quantity=quantity, rush=rush).promise(configuration.choices, texts)


def days_by_value(at: Desk, found: Completions, texts: Mapping[str, str]) -> dict[int, date]:
    """For every value (by its row) the day of the design to which it leads."""
    return at.counting_less().days(found, texts)
