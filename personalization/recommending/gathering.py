"""The history of a product, from its orders: what each customer chose last. Nothing about who.

Whoever ordered often counts once, so that nobody's taste is taken for everybody's, and a number of
customers is a number of people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models.functions import Lower

from configurator.catalog.configuration import Configuration
from configurator.catalog.released import ReleasedProduct
from configurator.engine import NONE, Choices, Value
from orders.models import Order, OrderLine
from personalization.recommending.histories import MISSING, Codes, Column, Histories

MOST = 50_000
"""Customers who are learned from, the latest ones."""
LEARNED = ("choice", "toggle", "number")
COUNTED = [
    state for state in Order.State if state not in (Order.State.AWAITING, Order.State.CANCELED)
]


@dataclass(frozen=True)
class History:
    """What customers chose of the options of a release."""

    columns: tuple[Column, ...]
    codes: Codes

    @property
    def sizes(self) -> list[int]:
        return [column.size for column in self.columns]

    def halves(self) -> Histories:
        """Two folds, every other customer in each."""
        return Histories(self.columns, (self.codes[::2], self.codes[1::2]), (), ())


def history_of(product_id: int, released: ReleasedProduct) -> History:
    """What was ordered of all releases, as far as this one knows the options and the values."""
    columns = tuple(
        Column(variable, tuple(variable.values), tuple(map(str, variable.values)))
        for variable in released.space.model.variables
        if variable.name in released.options and released.options[variable.name].kind in LEARNED
    )
    numbers = [number_of(column.values) for column in columns]
    rows = [
        [_code(column, codes, choices) for column, codes in zip(columns, numbers, strict=True)]
        for choices in _choices(product_id)
    ]
    return History(columns, np.array(rows, np.int64).reshape(len(rows), len(columns)))


def number_of(values: Sequence[Value]) -> dict[tuple[Value, bool], int]:
    """The code of each value; a toggle's yes is no 1."""
    return {(value, isinstance(value, bool)): code for code, value in enumerate(values)}


def _code(column: Column, codes: dict[tuple[Value, bool], int], choices: Choices) -> int:
    """What does not apply is NONE; a value that the release does not have is not known."""
    value = choices.get(column.variable.name, NONE)
    return codes.get((value, isinstance(value, bool)), MISSING)


def _choices(product_id: int) -> Iterator[Choices]:
    """What each customer has ordered last, the latest first."""
    lines = (
        OrderLine.objects.filter(
            specification__release__product_id=product_id, order__state__in=COUNTED
        )
        .annotate(by=Lower("order__email"))
        .order_by("-order__placed_at", "order_id", "position")
        .values_list("by", "order_id", "specification__content__configuration")
    )
    seen: set[str] = set()
    for by, order, configuration in lines.iterator(chunk_size=500):
        who = by or str(order)
        if who not in seen:
            seen.add(who)
            yield _read(configuration)
        if len(seen) == MOST:
            return


def _read(configuration: Any) -> Choices:
    return Configuration.from_json(configuration).choices
