"""How numbers and spans of days are written in the reader's language."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from babel.dates import format_skeleton
from babel.units import format_unit
from django.utils.translation import gettext as _

from orders.factory.figures.period import Period
from orders.factory.telling import language
from orders.papers import words
from orders.tables import Cell


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def plain(value: float | None) -> str:
    return "–" if value is None else words.number(Decimal(str(round(value, 1))), language())


def written(cell: Cell) -> str:
    return plain(cell) if isinstance(cell, int | float) else str(cell or "–")


def percent(value: float | None) -> str:
    return "–" if value is None else f"{plain(value)}\N{NO-BREAK SPACE}%"


def days(value: float | None) -> str:
    """6.2 days, declined as the language declines fractions."""
    return "–" if value is None else _unit(round(value, 1), "duration-day", "long")


def minutes(value: float) -> str:
    """320 min"""
    return _unit(round(value), "duration-minute", "short")


def _unit(value: float, unit: str, length: Literal["short", "long"]) -> str:
    told = format_unit(value, unit, length, locale=words.locale_of(language()))
    return told.replace(" ", "\N{NO-BREAK SPACE}")  # on one line, however narrow its place is


def told(pairs: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{label}: {value}" for label, value in pairs)


def span_header(spans: Sequence[Period]) -> str:
    longest = max(span.days for span in spans)
    return _("Day") if longest == 1 else _("Week") if longest <= 7 else _("Month")


def span_text(span: Period) -> str:
    """One day, or both ends."""
    if span.days == 1:
        return words.short_date(span.first, language())
    last = words.short_date(span.last, language())
    return f"{_short_day(span.first)} – {last}"


def short_span(span: Period) -> str:
    if span.days > 7:
        return format_skeleton("yMMM", span.first, locale=words.locale_of(language()))
    return _short_day(span.first)


def _short_day(day: date) -> str:
    return format_skeleton("MMMd", day, locale=words.locale_of(language()))
