"""Test cases: run against a draft before it is published, recorded from a design."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from configurator.catalog.configuration import Configuration, number_text, value_from_json
from configurator.catalog.content import Content
from configurator.catalog.models import DesignCase, Product
from configurator.catalog.problems import Problem
from configurator.catalog.released import ReleasedProduct
from configurator.engine import Choices, Value
from configurator.engine.words import Words as _
from configurator.engine.words import joined

if TYPE_CHECKING:
    from configurator.engine.backend import AnySpace

MOST_TOLD = 6


def failures(cases: Iterable[DesignCase], content: Content, space: AnySpace) -> list[Problem]:
    """What is otherwise than a test case expects, a problem for each case.

    Its path ends with the key of the row, or the index of a case that is not stored.
    """
    found = list(cases)
    if not found:
        return []
    product = ReleasedProduct.load(uuid.UUID(int=0), 0, "", content, space)
    told = ((index, case, failure(case, product)) for index, case in enumerate(found))
    return [
        Problem(
            ("cases", index if case.pk is None else str(case.pk)),
            _("The test case “%(name)s” fails: %(wrong)s", name=case.name, wrong=wrong),
        )
        for index, case, wrong in told
        if wrong
    ]


def failure(case: DesignCase, product: ReleasedProduct) -> str:
    """What is otherwise than the case expects; "" if nothing is."""
    if unknown := _unknown(case, product):
        return unknown
    choices: Choices = {code: value_from_json(value) for code, value in case.choices.items()}
    if product.space.is_valid(choices) != case.possible:
        return _validity(case, product, choices)
    if not case.possible or (case.price is None and case.parts is None):
        return ""
    if not set(product.space.answer({}).possible) <= set(choices):
        return _("it is not a complete design, so it has neither price nor parts.")
    configuration = Configuration(dict(choices), dict(case.texts))
    total = sum((line.amount for line in product.price_lines(configuration)), Decimal(0))
    if case.price is not None and total != case.price:
        return _(
            "the price is %(total)s, not %(wanted)s.",
            total=f"{total:.2f}",
            wanted=f"{case.price:.2f}",
        )
    return _parts(case, product, configuration)


def _unknown(case: DesignCase, product: ReleasedProduct) -> str:
    values = {variable.name: variable.values for variable in product.schema.variables}
    for code, value in case.choices.items():
        if code not in values:
            return _("there is no option “%(code)s” any more.", code=code)
        if value_from_json(value) not in values[code]:
            return _("“%(code)s” cannot be %(value)s any more.", code=code, value=value)
    for code in case.texts:
        if code not in product.options:
            return _("there is no text “%(code)s” any more.", code=code)
    return ""


def _validity(case: DesignCase, product: ReleasedProduct, choices: Choices) -> str:
    if not case.possible:
        return _("it is possible now.")
    kept: dict[str, Value] = {}
    for code, value in choices.items():
        if not product.space.is_valid({**kept, code: value}):
            rules = product.space.explain(kept, code, value).rules
            names = ", ".join(f"“{rule}”" for rule in rules[:MOST_TOLD])
            return _(
                "“%(code)s” cannot be %(value)s any more, because of %(names)s.",
                code=code,
                value=value,
                names=names,
            )
        kept[code] = value
    return _("it is not possible any more.")


def _parts(case: DesignCase, product: ReleasedProduct, configuration: Configuration) -> str:
    if case.parts is None:
        return ""
    there = parts_of(product, configuration)
    if there == case.parts:
        return ""
    wrong = [
        _(
            "%(code)s: %(there)s, not %(wanted)s",
            code=code,
            there=there.get(code, "0"),
            wanted=case.parts.get(code, "0"),
        )
        for code in sorted({*there, *case.parts})
        if there.get(code) != case.parts.get(code)
    ]
    return _("the parts are others (%(list)s).", list=joined("; ", wrong[:MOST_TOLD]))


def parts_of(product: ReleasedProduct, configuration: Configuration) -> dict[str, str]:
    """Quantities by part code, as texts."""
    return {line.code: number_text(line.quantity) for line in product.bom(configuration)}


def record(
    *, product_id: int, product: ReleasedProduct, configuration: Configuration, by: str
) -> DesignCase:
    """Keep a design as a test case: possible; a complete one at this price and of these parts."""
    row = Product.objects.get(pk=product_id)
    complete = set(product.space.answer({}).possible) <= set(configuration.choices)
    stated = configuration.to_json()
    number = row.cases.count() + 1
    while row.cases.filter(name=f"Design {number}").exists():
        number += 1
    total = (
        sum((line.amount for line in product.price_lines(configuration)), Decimal(0))
        if complete
        else None
    )
    return DesignCase.objects.create(
        product=row,
        name=f"Design {number}",
        choices=stated["choices"],
        texts=product.texts_of(configuration),
        price=total,
        parts=parts_of(product, configuration) if complete else None,
        by=by[:150],
    )
