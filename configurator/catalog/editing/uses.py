"""Where a product speaks of one of its rows: what would have to be mended without it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from configurator.catalog.models import (
    Choice,
    Layer,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
    Step,
)

MOST = 200
TEXTS: dict[type[Model], tuple[str, ...]] = {
    Option: ("when", "price"),
    Choice: ("price",),
    Rule: ("text", "columns", "rows"),
    PriceRule: ("when", "amount"),
    Part: (
        *("when", "quantity", "cut_length", "cut_width", "cut_thickness", "cost"),
        *("material_en", "operation"),
    ),
    Operation: (
        *("when", "setup_minutes", "run_minutes", "instructions_en", "checks", "tooling_en"),
        *("pictures", "predecessors"),
    ),
    Layer: ("when", "spec"),
}
"""The columns in which rows speak of others."""


@dataclass(frozen=True)
class Use:
    """A row that speaks of another, and where it does."""

    row: Any
    field: str

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def column(self) -> str:
        return str(self.row._meta.get_field(self.field).verbose_name)


def uses_of(row: Any) -> list[Use]:
    """The rows that speak of this one by its code (of a choice: of it and its option)."""
    codes = _codes(row)
    if not codes:
        return []
    product: Product = row.option.product if isinstance(row, Choice) else row.product
    inside = {each.pk for each in _inside(row)}
    found: list[Use] = []
    for model, fields in TEXTS.items():
        for use in _uses(model, fields, product, codes):
            if not (isinstance(use.row, Option) and use.row.pk in inside) and use.row != row:
                found.append(use)
    found += [Use(case, "choices") for case in product.cases.all() if _names(case.choices, codes)]
    rows = product.inspirations.all()
    found += [Use(each, "design") for each in rows if _names(each.design, codes)]
    if _names(product.showcase, codes):
        found.append(Use(product, "showcase"))
    if _names(product.guide, codes):
        found.append(Use(product, "guide"))
    if _names(product.coverage, codes):
        found.append(Use(product, "coverage"))
    return found[:MOST]


Codes = list[tuple[str, ...]]
"""Each of these, with all of its words, is to blame."""


def _codes(row: Any) -> Codes:
    if isinstance(row, Step):
        return [(option.code,) for option in row.options.all()]
    if isinstance(row, Choice):
        return [(row.option.code, row.code)]
    return [(row.code,)] if isinstance(row, Option | Part | Operation) else []


def _inside(row: Any) -> list[Option]:
    if isinstance(row, Step):
        return list(row.options.all())
    return [row] if isinstance(row, Option) else []


def _uses(
    model: type[Model], fields: tuple[str, ...], product: Product, codes: Codes
) -> Iterator[Use]:
    owner = {"option__product": product} if model is Choice else {"product": product}
    named = Q()
    for field in fields:
        for code in codes:
            named |= Q(**{f"{field}__contains": code[0]}) if _is_text(model, field) else Q()
    rows: Any = model._default_manager.filter(**owner)
    if all(_is_text(model, field) for field in fields):
        rows = rows.filter(named)
    for row in rows.select_related("option") if model is Choice else rows:
        for field in fields:
            if _names(getattr(row, field), codes):
                yield Use(row, field)
                break


def _is_text(model: type[Model], field: str) -> bool:
    return model._meta.get_field(field).get_internal_type() != "JSONField"


def _names(value: Any, codes: Codes) -> bool:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return any(all(_has_word(text, word) for word in words) for words in codes)


def _has_word(text: str, word: str) -> bool:
    return word in text and bool(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))
