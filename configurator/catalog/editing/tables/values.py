"""Single cells: what is entered becomes a column's value, or is refused with the reason."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import DecimalField, Field, IntegerField, Model
from django.utils.translation import gettext as _

from configurator.catalog.configuration import number_text
from configurator.catalog.editing.numbers import number_from
from configurator.catalog.texts import FALLBACK

FACT = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}\Z")
FLAGS = {"yes": True, "true": True, "no": False, "false": False}


def shown(value: Any) -> str:
    """A value as it stands in a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number_text(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return number_text(value)
    return " ".join(str(value).split())  # a cell is one line


def number(text: str) -> str | None:
    """A plain number in the cell, however a spreadsheet writes it."""
    try:
        return number_from(text)
    except ValueError:
        told = _("“%(text)s” can be read in two ways; write it without a sign for thousands.")
        raise ValueError(told % {"text": text}) from None


def fact(text: str) -> Any:
    """An attribute: a number, yes or no, or a text; None where nothing is written."""
    if not text:
        return None
    if text.casefold() in FLAGS:
        return FLAGS[text.casefold()]
    plain = number(text) if not re.match(r"0\d", text) else None
    if plain is None:
        if len(text) > 200:
            raise ValueError(_("Write 200 characters at most."))
        return text
    exact = Decimal(plain)
    if abs(exact) > 1_000_000_000_000:
        raise ValueError(_("This number is too large."))
    return int(exact) if exact == int(exact) else float(exact)


def put(row: Model, column: str, text: str) -> None:
    """Set a column of a row; ValueError or ValidationError with the reason."""
    field = _field(row, column)
    if isinstance(field, DecimalField | IntegerField):
        _put_number(row, field, text)
        return
    value: Any = text
    if column == "price":
        value = number(text) or text
    if column == f"name_{FALLBACK}" and not text:
        raise ValueError(_("Write a name."))
    field.clean(value, row)
    setattr(row, column, value)
    if column.removesuffix(f"_{FALLBACK}") != column:
        setattr(row, column.removesuffix(f"_{FALLBACK}"), value)


def _put_number(row: Model, field: Field[Any, Any], text: str) -> None:
    if not text:
        setattr(row, field.name, None if field.null else field.get_default())
        return
    plain = number(text)
    if plain is None:
        raise ValueError(_("“%(text)s” is not a number.") % {"text": text[:40]})
    if isinstance(field, IntegerField) and Decimal(plain) != int(Decimal(plain)):
        raise ValueError(_("A whole number is expected here."))
    value = int(Decimal(plain)) if isinstance(field, IntegerField) else Decimal(plain)
    setattr(row, field.name, field.clean(value, row))


def _field(row: Model, column: str) -> Field[Any, Any]:
    field = row._meta.get_field(column)
    if not isinstance(field, Field):
        raise FieldDoesNotExist(column)
    return field
