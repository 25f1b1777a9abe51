"""When designs can be ready: the one shown, and the one to which each value leads.

A customer's day is kept by the lead days that the engine can filter by: the most with which the
cheapest design is planned in time (docs/decisions/0007).
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from configurator.capacity.changing import Wish, change_desk
from configurator.capacity.days import working_days
from configurator.capacity.places import design_key
from configurator.capacity.promises import Desk, days_by_value, desk
from configurator.catalog.configuration import Configuration
from configurator.catalog.recent import Recent
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Completions, Space, Value
from configurator.wizard.answers import Key, answer_of, completed, key_of
from configurator.wizard.limits import FREE, Bounds, Limits, budget_of, delays, knows_prices
from configurator.wizard.models import Design

KEPT = 64
"""How many states' completions a process keeps."""
NOTHING = -1
"""Lead days with which there is no design."""

_kept: Recent[Key, Completions] = Recent(KEPT)


def ready_day(at: Desk, whole: Configuration) -> date:
    """The day on which a complete design can be ready."""
    return at.promise(whole.choices, at.product.texts_of(whole)).ready_on


def day_within(at: Desk, configuration: Configuration, bounds: Bounds = FREE) -> date:
    """The day of the cheapest design that keeps the configuration, within bounds if one is."""
    return ready_day(at, completed(at.product, configuration, bounds))


def bounds_of(limits: Limits, configuration: Configuration, at: Desk) -> Bounds:
    """The limits as the engine counts; a budget only where prices can be compared."""
    product = at.product
    budget = budget_of(limits, product)
    if limits.day is None:
        return budget, None
    if not product.content["operations"]:
        return budget, working_days(limits.day) - product.base_days
    for days in reversed(delays(product)):
        bounds = (budget, days)
        if answer_of(product, configuration, bounds).completion:
            if day_within(at, configuration, bounds) <= limits.day:
                return bounds
        elif not answer_of(product, configuration, (None, days)).completion:
            break  # with fewer days there is nothing at all
    if budget is not None:
        return budget, bounds_of(Limits(day=limits.day), configuration, at)[1]
    return budget, NOTHING


def desk_of(design: Design, product: ReleasedProduct) -> Desk:
    """Where the workshop is asked about a design: what is held for it, or has the order that it
    changes, is free."""
    if design.place:
        return change_desk(Wish.from_json(design.place, product))
    return desk(product, key=design_key(design.pk))


def limited(
    limits: Limits, product: ReleasedProduct, configuration: Configuration, design: Design
) -> Bounds:
    """The same, for who has not made a desk; looks at the workshop only for a day."""
    if limits.day is None:
        return budget_of(limits, product), None
    return bounds_of(limits, configuration, desk_of(design, product))


def fastest(at: Desk, configuration: Configuration, budget: int | None) -> Bounds:
    """The bounds in which the cheapest design is ready the earliest; the dearest is no faster.

    The budget is kept if any design does."""
    product = at.product
    found: list[tuple[date, int]] = []
    for days in reversed(delays(product)):
        if answer_of(product, configuration, (budget, days)).completion:
            found.append((day_within(at, configuration, (budget, days)), -days))
    return (budget, -min(found)[1]) if found else (budget, None)


@dataclass(frozen=True)
class Timing:
    """The days of all values at one state of a design; `whole` is the design shown."""

    at: Desk
    configuration: Configuration
    whole: Configuration
    bounds: Bounds

    @cached_property
    def now(self) -> date:
        return ready_day(self.at, self.whole)

    @cached_property
    def freely(self) -> dict[int, date]:
        return self._days(None)

    @cached_property
    def within(self) -> dict[int, date]:
        return self._days(self.bounds[1]) if self.bounds[1] is not None else self.freely

    @cached_property
    def _rows(self) -> Completions:
        return completions_of(self.at.product, self.configuration)

    def day(self, code: str, value: Value, *, within: bool) -> date | None:
        """The day of the cheapest design with the value; of one within the bounds, if asked."""
        found = self.within if within else self.freely
        return found.get(self._rows.row(code, value))

    def in_time(self, code: str, value: Value, day: date) -> bool:
        """Whether a design with the value is found that is ready by a day."""
        row = self._rows.row(code, value)
        if (found := self.within.get(row)) is not None and found <= day:
            return True
        return any(
            (other := self._days(days).get(row)) is not None and other <= day
            for days in reversed(delays(self.at.product))
        )

    def _days(self, deadline: int | None) -> dict[int, date]:
        if not knows_prices(self.at.product):
            return {}
        found = completions_of(self.at.product, self.configuration, deadline)
        return days_by_value(self.at, found, self.configuration.texts)


def completions_of(
    product: ReleasedProduct, configuration: Configuration, deadline: int | None = None
) -> Completions:
    """The engine's completions for every value; remembered, as answers are."""
    key = key_of(product, configuration, (None, deadline))
    return _kept.get(key, lambda: _complete(product, configuration, deadline))


def _complete(
    product: ReleasedProduct, configuration: Configuration, deadline: int | None
) -> Completions:
    texts = completed(product, configuration).texts
    assert isinstance(product.space, Space)
    return product.space.completions(configuration.choices, texts, deadline=deadline)
