"""What a figure consists of on the page, and what figures over time have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from orders.factory.figures import charts
from orders.factory.figures.charts import Bars, Columns, Point
from orders.factory.figures.counting import Promises, Yields
from orders.factory.figures.writing import (
    percent,
    short_span,
    span_header,
    span_text,
    told,
    written,
)
from orders.tables import Cell


@dataclass(frozen=True)
class Table:
    """The numbers of a figure. The first column names the row; the others are numbers."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def shown(self) -> list[tuple[str, list[str]]]:
        """The rows as they are written in the reader's language."""
        return [(str(row[0]), [written(cell) for cell in row[1:]]) for row in self.rows]


@dataclass(frozen=True)
class Section:
    """A figure: what it is in one sentence, its number at large, how it went, the numbers."""

    name: str
    title: str
    definition: str
    value: str
    note: str
    empty: bool
    table: Table
    columns: Columns | None = None
    bars: Bars | None = None


def by_span(
    name: str,
    parts: Sequence[Any],
    whole: Any,
    cells: Callable[[Any], tuple[Cell, ...]],
    header: Sequence[str],
) -> Table:
    """A row for each span, and one for the whole period."""
    rows = [(span_text(part.span), *cells(part)) for part in parts]
    names = (span_header([part.span for part in parts]), *header)
    return Table(name, names, [*rows, (_("Whole period"), *cells(whole))])


def shares(name: str, title: str, parts: Sequence[Promises] | Sequence[Yields]) -> Columns:
    """How a share went, up to all of it."""
    return charts.columns(
        name,
        title,
        told([(span_text(part.span), percent(part.share)) for part in parts]),
        [Point(short_span(part.span), part.share) for part in parts],
        percent,
        most=100,
    )
