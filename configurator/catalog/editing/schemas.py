"""What a few formulas may speak of, without reading a whole product, which may be large."""

from __future__ import annotations

import re
from collections.abc import Iterable

from configurator.catalog.drafts import choice_content, option_content
from configurator.catalog.modeling import SPACE_KINDS, variable_of
from configurator.catalog.models import Choice, Option, Product
from configurator.engine import EngineError, Schema, Variable

WORD = re.compile(r"\w+")
ALL = "total"  # sums an attribute over all options


def schema_about(product: Product, texts: Iterable[str]) -> Schema | None:
    """All options of a product, with values and attributes of those that the texts may name.

    None where the rows are not in order, which others will tell.
    """
    words = set(WORD.findall(" ".join(texts)))
    options = list(Option.objects.filter(product=product))
    named = [row for row in options if row.code in words or ALL in words]
    try:
        known = _variables(named)
    except (EngineError, ArithmeticError, TypeError, KeyError, AttributeError, ValueError):
        return None
    inside = [
        known.get(row.code) or Variable(row.code, (), row.kind, row.unit)  # type: ignore[arg-type]
        for row in options
        if row.kind in SPACE_KINDS
    ]
    return Schema(inside, [row.code for row in options if row.kind == Option.Kind.TEXT])


def _variables(options: list[Option]) -> dict[str, Variable]:
    choices: dict[int, list[Choice]] = {}
    for choice in Choice.objects.filter(option__in=options):
        choices.setdefault(choice.option_id, []).append(choice)
    contents = [
        {**option_content(row), "choices": [choice_content(c) for c in choices.get(row.pk, ())]}
        for row in options
        if row.kind in SPACE_KINDS
    ]
    return {content["code"]: variable_of(content) for content in contents}
