"""What has to be done for a design: its operations as tasks to plan, and the parts it takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product as every
from math import prod
from typing import Any, TypeVar

from configurator.capacity.schedule import Task
from configurator.catalog.explode import rounded
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.routing import predecessors
from configurator.engine import Choices, EngineError, Expression, Value

Memo = dict[tuple[int, tuple[Any, ...]], Any]
Found = TypeVar("Found")
KEPT = 20_000
MOST_COMBINATIONS = 500
"""So many combinations of what a part's quantity reads are tried for the most of it."""


@dataclass(frozen=True)
class Need:
    """So much of a part, used at an operation ("" is the first one)."""

    number: str
    operation: str
    quantity: Decimal
    lead_days: int


@dataclass(frozen=True, eq=False)
class Work:
    """A design's operations, without dates; minutes are for the whole quantity.

    Equal work of a release is one and the same object.
    """

    tasks: tuple[Task, ...]
    needs: tuple[Need, ...]
    lead_days: int  # of the slowest choice: nothing begins before

    def ready(self, late: Mapping[str, int], begin: int = 0) -> tuple[Task, ...]:
        """The tasks, none before `begin`, those of some operations not before their parts are
        there."""
        if not late and not begin:
            return self.tasks
        found, first = [], True
        for task in self.tasks:
            ready = max(late.get(task.code, 0), begin)
            if first and not task.after:
                ready, first = max(ready, late.get("", 0)), False
            found.append(task.at(ready) if ready else task)
        return tuple(found)


class Making:
    """The formulas of a release; each is worked out once for the values that it reads."""

    def __init__(self, product: ReleasedProduct) -> None:
        self.product = product
        self.operations = product.content["operations"]
        self.parts = product.content["parts"]
        self.texts = {code for code, option in product.options.items() if option.kind == "text"}
        self._memo: Memo = {}
        recipe = product.recipe
        self.timed = [
            self._reads(formulas.when, formulas.setup_minutes, formulas.run_minutes)
            for formulas in recipe.operations
        ]
        self._counted = [self._reads(formulas.when, formulas.quantity) for formulas in recipe.parts]
        self._delays = product.delays
        self._needed: dict[tuple[int, Decimal, int, str], Need] = {}
        self._works: dict[tuple[Any, ...], Work] = {}
        self._places: dict[frozenset[str], list[tuple[int, tuple[str, ...]]]] = {}
        self._outcomes: dict[tuple[Any, tuple[str, ...]], dict[tuple[int, ...], Any]] = {}
        self._orders: dict[tuple[str, ...], dict[str, tuple[int, ...]]] = {}

    def reads(self, numbers: frozenset[str]) -> list[str]:
        """The options (no texts) on which a plan depends, parts of these numbers counted."""
        found = set(self._delays)
        for names in self.timed:
            found |= set(names)
        for part, names in zip(self.parts, self._counted, strict=True):
            if part["number"] in numbers:
                found |= set(names)
        for code in found & self.texts:
            when = self.product.options[code].when
            found |= when.references if when else frozenset()
        known = self.product.options  # in the order of the catalog
        return [code for code in known if code in found and code not in self.texts]

    def scarce(self, free: Mapping[str, Decimal], quantity: int) -> frozenset[str]:
        """The numbers of parts that take days to get, and of which a design may take more than
        is free."""
        slow = {part["number"] for part in self.parts if part.get("lead_days")}
        return frozenset(
            number
            for number, most in self._most.items()
            if number in slow
            and number in free
            and (most is None or free[number] < most * quantity + 1)
        )

    @cached_property
    def _most(self) -> dict[str, Decimal | None]:
        """The most that any design takes of each part number; None if that is not known."""
        most: dict[str, Decimal | None] = {}
        for place, part in enumerate(self.parts):
            if number := part["number"]:
                before, own = most.get(number, Decimal(0)), self._bound(place)
                most[number] = None if before is None or own is None else before + own
        return most

    def _bound(self, place: int) -> Decimal | None:
        """The most of one part, with what is lost; None where too many combinations decide it."""
        names = self._counted[place]
        known = [self.product.schema.variable(name) for name in names]
        domains = [variable.values for variable in known if variable is not None]
        if len(domains) < len(names) or prod(map(len, domains)) > MOST_COMBINATIONS:
            return None
        try:
            most = max(
                self.each(place, dict(zip(names, row, strict=True))) for row in every(*domains)
            )
        except EngineError:
            return None
        lost = Fraction(str(self.parts[place].get("scrap") or 0)) / 100
        return rounded(Fraction(most) * (1 + lost), "0.001")

    def work(
        self,
        choices: Choices,
        texts: Mapping[str, str],
        quantity: int,
        numbers: frozenset[str],
    ) -> Work:
        """What there is to do, for choices of at least the options that it reads."""
        values = {**choices, **dict.fromkeys(self.texts, ""), **texts}
        times = tuple(
            (number, *found)
            for number in range(len(self.operations))
            if (found := self.tenths(number, values)) is not None
        )
        each = [(place, self.each(place, values)) for place, _names in self.counted(numbers)]
        delay = self.delay(choices, self.delayed)
        return self.assembled(times, [(place, n) for place, n in each if n], delay, quantity)

    def assembled(
        self,
        times: tuple[tuple[int, int, int], ...],
        each: Iterable[tuple[int, Decimal]],
        delay: int,
        quantity: int,
    ) -> Work:
        """The work with these operations (place, setup, run in tenths of minutes) and so much of
        the parts at these places for each piece."""
        codes = {self.operations[number]["code"] for number, *_minutes in times}
        needs = tuple(self._need(place, count, quantity, codes) for place, count in each)
        key = (times, needs, delay, quantity)
        if key not in self._works:
            if len(self._works) >= KEPT:
                self._works.clear()
            self._works[key] = Work(self._tasks(times, quantity), needs, delay)
        return self._works[key]

    def outcomes(self, mark: Any, written: tuple[str, ...]) -> dict[tuple[int, ...], Any]:
        """What is known of a formula with these texts, by the numbers of the values it reads: to be
        filled by whoever works it out."""
        if sum(map(len, self._outcomes.values())) >= KEPT:
            self._outcomes.clear()
        return self._outcomes.setdefault((mark, written), {})

    @property
    def delayed(self) -> Collection[str]:
        """The options with choices that take days to get."""
        return self._delays.keys()

    def counted(self, numbers: frozenset[str]) -> list[tuple[int, tuple[str, ...]]]:
        """The places of the parts with these numbers, and what their quantities read."""
        if numbers not in self._places:
            self._places[numbers] = [
                (place, self._counted[place])
                for place, part in enumerate(self.parts)
                if part["number"] and part["number"] in numbers
            ]
        return self._places[numbers]

    def delay(self, choices: Choices, among: Iterable[str]) -> int:
        """The lead days of the slowest choice among some options."""
        chosen = ((self._delays.get(code, {}), choices.get(code)) for code in among)
        return max((days.get(value, 0) for days, value in chosen if value is not None), default=0)

    def _tasks(self, times: tuple[tuple[int, int, int], ...], quantity: int) -> tuple[Task, ...]:
        found = {
            self.operations[number]["code"]: (
                self.operations[number]["work_center"],
                max(0, -(-(setup + run * quantity) // 10)),
            )
            for number, setup, run in times
        }
        return tuple(
            Task(code, found[code][0], found[code][1], after, units=quantity)
            for code, after in self._order(tuple(found)).items()
        )

    def _order(self, codes: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
        """Operations that apply, predecessors first, with the places of their predecessors."""
        if codes not in self._orders:
            before = predecessors(self.operations, codes)
            listed: list[str] = []
            while len(listed) < len(codes):
                free = [c for c in codes if c not in listed and set(before[c]) <= set(listed)]
                listed += free or [c for c in codes if c not in listed]
            self._orders[codes] = {
                code: tuple(sorted(listed.index(each) for each in before[code])) for code in listed
            }
        return self._orders[codes]

    def tenths(self, number: int, values: Mapping[str, Value]) -> tuple[int, int] | None:
        """An operation's setup and run in tenths of minutes; None if it does not apply."""
        formulas = self.product.recipe.operations[number]

        def evaluated() -> tuple[int, int] | None:
            if formulas.when is not None and not formulas.when.evaluate(values):
                return None
            setup, run = formulas.setup_minutes, formulas.run_minutes
            return _tenths(setup.evaluate(values)), _tenths(run.evaluate(values))

        return self._once(number, self.timed[number], values, evaluated)

    def _need(self, place: int, each: Decimal, quantity: int, codes: set[str]) -> Need:
        """So much of a part for each piece; worked out once."""
        at = self.parts[place].get("operation") or ""
        used = at if at in codes else ""
        key = (place, each, quantity, used)
        found = self._needed.get(key)
        if found is None:
            part = self.parts[place]
            lost = Fraction(str(part.get("scrap") or 0)) / 100
            total = rounded(Fraction(each) * quantity * (1 + lost), "0.001")
            found = Need(part["number"], used, total, part.get("lead_days") or 0)
            if len(self._needed) >= KEPT:
                self._needed.clear()
            self._needed[key] = found
        return found

    def each(self, place: int, values: Mapping[str, Value]) -> Decimal:
        """So much of a part each piece takes."""
        formulas = self.product.recipe.parts[place]

        def evaluated() -> Decimal:
            if formulas.when is not None and not formulas.when.evaluate(values):
                return Decimal(0)
            return rounded(formulas.quantity.evaluate(values), "0.001")

        return self._once(-1 - place, self._counted[place], values, evaluated)

    def _once(
        self,
        number: int,
        names: tuple[str, ...],
        values: Mapping[str, Value],
        evaluated: Callable[[], Found],
    ) -> Found:
        key = (number, tuple([values.get(name) for name in names]))
        if key not in self._memo:
            if len(self._memo) >= KEPT:
                self._memo.clear()
            self._memo[key] = evaluated()
        found: Found = self._memo[key]
        return found

    def _reads(self, *formulas: Expression | None) -> tuple[str, ...]:
        names = [f.references for f in formulas if f is not None]
        return tuple(sorted(frozenset[str]().union(*names)))


@lru_cache(maxsize=64)
def making_of(product: ReleasedProduct) -> Making:
    """The making of a release, prepared once."""
    return Making(product)


def _tenths(number: Any) -> int:
    return int(rounded(number, "0.1") * 10)
