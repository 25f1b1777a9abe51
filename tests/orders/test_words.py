"""Moments as they are printed: to the minute, in local time, in the language's order."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from orders.papers import words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Dec 4, 2026, 3:05 PM"),
        ("es", "4 dic 2026, 15:05"),
        ("pl", "4 gru 2026, 15:05"),
        ("xx", "Dec 4, 2026, 3:05 PM"),
    ],
)
def test_a_moment(settings: Any, language: str, text: str) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"
    at = datetime(2026, 12, 4, 14, 5, 33, tzinfo=UTC)
    assert words.moment(at, language).replace("\u202f", " ") == text


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("50", "en", "€50"),
        ("50.00", "pl", "50 €"),
        ("1050", "es", "1.050 €"),
        ("49.50", "es", "49,50 €"),
    ],
)
def test_an_amount_has_cents_only_where_there_are_some(
    value: str, language: str, text: str
) -> None:
    assert words.amount(Decimal(value), "EUR", language) == text
