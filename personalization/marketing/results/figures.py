"""What a figure of the results consists of, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import gettext as _

from orders.factory.figures import charts
from orders.factory.figures.charts import Bars, Columns, Point
from orders.factory.figures.period import Period
from orders.factory.figures.writing import plain, short_span, span_header, span_text, told, written
from orders.factory.telling import language
from orders.money import say_money
from orders.papers import words
from orders.tables import Cell
from personalization.marketing.results.daily import shifted

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Table:
    """The numbers of a figure. The first `texts` columns are words; amounts are Decimals."""

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    texts: int = 1

    @property
    def shown(self) -> list[tuple[list[str], list[str]]]:
        """The rows as they are written in the reader's language: words, numbers."""
        return [
            ([str(c or "–") for c in row[: self.texts]], [_written(c) for c in row[self.texts :]])
            for row in self.rows
        ]


def _written(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return str(format_decimal(cell, "#,##0.00", locale=words.locale_of(language())))
    return written(cell)


@dataclass(frozen=True)
class Figure:
    """A figure: its number at large ("": none) with what it was before, how it went, the numbers
    behind it."""

    name: str
    title: str
    definition: str
    value: str
    change: str  # against the period before; "" where there is nothing to compare
    note: str
    empty: bool
    table: Table
    columns: Columns | None = None
    bars: Bars | None = None


def change(now: float, then: float) -> str:
    """By how much it is more or less than in the period before: +12 %, −3 %."""
    if not then:
        return _("nothing before") if now else ""
    percent = round(100 * (now - then) / then)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    return f"{sign}{plain(abs(percent))}\N{NO-BREAK SPACE}%"


def amount(value: float) -> Decimal:
    return Decimal(str(value)).quantize(CENT)


def money(value: float, currency: str) -> str:
    return say_money(amount(value), currency, language())


def whole_money(value: float, currency: str) -> str:
    """As it is written at large, without cents."""
    return (
        words.money(Decimal(round(value)), currency, language())
        .replace(".00", "")
        .replace(",00", "")
    )


def compact(value: float) -> str:
    """12K, as the axis of a plot has room for."""
    return str(format_compact_decimal(value, locale=words.locale_of(language()), fraction_digits=1))


def over_time(
    name: str,
    title: str,
    spans: Sequence[Period],
    days: int,
    of: Callable[[Period], float],
    number: Callable[[float], str] = plain,
    *,
    compared: bool = True,
    second: Callable[[Period], float] | None = None,
    legend: tuple[str, str] | None = None,
) -> Columns:
    """A bar for each span, with a mark for the same span of the period before, or for `second`."""
    marks = second or (lambda span: of(shifted(span, days)))
    marked = compared or second is not None
    points = [Point(short_span(s), of(s), marks(s) if marked else None) for s in spans]
    first, mark = legend or (_("this period"), _("the period before"))
    spoken = [
        (
            span_text(s),
            number(p.value or 0) + (f" / {number(p.mark)}" if p.mark is not None else ""),
        )
        for s, p in zip(spans, points, strict=True)
    ]
    return charts.columns(
        name,
        title,
        told(spoken),
        points,
        number if number is plain else compact,
        first=first,
        second=mark if marked else "",
    )


def by_span(
    spans: Sequence[Period],
    whole: Period,
    header: Sequence[str],
    cells: Callable[[Period], Sequence[Cell]],
) -> Table:
    """A row for each span, and one for the whole period."""
    rows = [(span_text(span), *cells(span)) for span in spans]
    return Table((span_header(spans), *header), [*rows, (_("Whole period"), *cells(whole))])
