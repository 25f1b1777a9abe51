"""A product as an outline: its steps, options and choices in order, with what matters of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from configurator.catalog.configuration import number_text
from configurator.catalog.models import Choice, Option, Product, Step

SHOWN = 50
"""So many options of a step are shown at a time."""
FOLDED = 100
"""With more options than these, steps are folded until they are asked for."""


@dataclass(frozen=True)
class OptionLine:
    """An option; `choices` only where it is unfolded."""

    row: Option
    count: int
    facts: str
    choices: list[Choice] | None = None


@dataclass(frozen=True)
class StepLine:
    """A step and so many of its options as are shown; the others come with `offset`."""

    row: Step
    count: int
    options: list[OptionLine] = field(default_factory=list)
    offset: int = 0
    folded: bool = False

    @property
    def more(self) -> int | None:
        """Where the options go on that are not shown."""
        end = self.offset + len(self.options)
        return end if end < self.count and not self.folded else None

    @property
    def earlier(self) -> int | None:
        return max(0, self.offset - SHOWN) if self.offset else None


def outline(
    product: Product, *, unfolded: Iterable[int] = (), offsets: dict[int, int] | None = None
) -> list[StepLine]:
    """The steps with their options; the choices of those options that are `unfolded`."""
    unfolded, offsets = set(unfolded), offsets or {}
    steps = list(product.steps.annotate(count=Count("options")))
    many = sum(step.count for step in steps) > FOLDED
    lines = [
        StepLine(
            step,
            step.count,
            offset=min(offsets.get(step.pk, 0), max(step.count - 1, 0)),
            folded=many and step.count > 0 and step.pk not in offsets,
        )
        for step in steps
    ]
    for line in lines:
        if line.folded:
            continue
        rows = list(line.row.options.all()[line.offset : line.offset + SHOWN])
        line.options.extend(_option_lines(rows, unfolded))
    return lines


def option_line(option: Option) -> OptionLine:
    """One option, unfolded."""
    return _option_lines([option], {option.pk})[0]


def _option_lines(rows: list[Option], unfolded: set[int]) -> list[OptionLine]:
    counted = Choice.objects.filter(option__in=rows).order_by().values_list("option")
    counts = dict(counted.annotate(Count("id")))
    return [
        OptionLine(
            row,
            counts.get(row.pk, 0),
            facts_of(row),
            list(row.choices.all()) if row.pk in unfolded else None,
        )
        for row in rows
    ]


def facts_of(option: Option) -> str:
    """What matters of an option besides its kind: bounds, unit, price."""
    facts = []
    if option.kind == Option.Kind.NUMBER and option.minimum is not None:
        unit = f" {option.unit}" if option.unit else ""
        facts.append(f"{_number(option.minimum)}–{_number(option.maximum)}{unit}")
        if option.step_size not in (None, 1):
            facts.append(_("in steps of %(size)s") % {"size": _number(option.step_size)})
    if option.price:
        facts.append(priced(option.price))
    return ", ".join(facts)


def priced(price: str) -> str:
    """A price as it is shown in a line: +12, or its formula."""
    return f"+{price}" if price[:1].isdigit() else price


def _number(number: Decimal | None) -> str:
    return "?" if number is None else number_text(number)
