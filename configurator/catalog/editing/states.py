"""Rows as JSON states, and back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import CharField, Field, Model, TextField
from django.utils import translation
from modeltranslation.translator import translator

from configurator.catalog.configuration import number_text
from configurator.catalog.texts import FALLBACK

State = dict[str, Any]


def state_of(row: Model) -> State:
    """The row's columns but its key; texts once a language."""
    return {
        field.attname: _plain(field, field.value_from_object(row)) for field in columns(type(row))
    }


@cache
def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that say something; a translated text's own column repeats a language's."""
    translated = set(_translated(model))
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in translated
    ]


def row_of(model: type[Model], key: int, state: State) -> Model:
    """A row, not saved, in an earlier state. Columns that came later are as new rows have them."""
    row = model(pk=key)
    with translation.override(FALLBACK):
        for field in columns(model):
            if field.attname in state:
                setattr(row, field.attname, field.to_python(state[field.attname]))
        for name in _translated(model):
            setattr(row, name, getattr(row, f"{name}_{FALLBACK}"))
    return row


@cache
def _translated(model: type[Model]) -> list[str]:
    if model not in translator.get_registered_models():
        return []
    return list(translator.get_options_for_model(model).all_fields)


def _plain(field: Field[Any, Any], value: Any) -> Any:
    if value is None and isinstance(field, CharField | TextField):
        return ""  # a language in which nothing is written
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
