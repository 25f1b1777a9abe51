"""Columns of rows as a content has them, and back."""

from decimal import Decimal
from typing import Any

from django.db import models

from configurator.catalog.configuration import number_text
from configurator.catalog.texts import FALLBACK, Text, languages


def text_of(row: models.Model, field: str) -> dict[str, str]:
    """A translated field in every language that it is written in."""
    said = {code: getattr(row, f"{field}_{code}") for code in languages()}
    return {code: words for code, words in said.items() if words}


def number_of(number: Decimal | None) -> str | None:
    return None if number is None else number_text(number)


def said(field: str, text: Text) -> dict[str, Any]:
    """The values of a translated field's columns."""
    return {field: text.get(FALLBACK, "")} | {
        f"{field}_{code}": text.get(code, "") for code in languages()
    }
