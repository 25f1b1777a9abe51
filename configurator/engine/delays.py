"""Rules about delivery: “engraving requires delivery at least 3 days later” forbids nothing, it
gives lead days to values. The longest lead days of a value count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from configurator.engine.errors import ExpressionError
from configurator.engine.language import Expression, Schema, delays_of
from configurator.engine.model import LEAD_DAYS, Model, Rule, Scalar, Table, Value, Variable


def with_delays(model: Model) -> Model:
    """The model without its rules about delivery, whose days its values have instead. Rules that
    can't be read stay, for whoever reads all of them to tell."""
    schema = Schema(model.variables, model.texts)
    kept: list[Rule | Table] = []
    delays: list[tuple[Expression, int]] = []
    for rule in model.rules:
        found = _delays(rule, schema)
        delays += found
        if not found:
            kept.append(rule)
    if not delays:
        return model
    variables = tuple(_delayed(variable, delays) for variable in model.variables)
    return replace(model, variables=variables, rules=tuple(kept))


def _delays(rule: Rule | Table, schema: Schema) -> list[tuple[Expression, int]]:
    try:
        return delays_of(rule.text, schema) if isinstance(rule, Rule) else []
    except ExpressionError:
        return []


def _delayed(variable: Variable, delays: list[tuple[Expression, int]]) -> Variable:
    mine = [(when, days) for when, days in delays if when.references == {variable.name}]
    if not mine:
        return variable
    found: dict[Value, Scalar] = dict(variable.attributes.get(LEAD_DAYS, {}))
    for value in variable.values:
        longest = [days for when, days in mine if when.evaluate({variable.name: value})]
        if longest:
            found[value] = max(*longest, _number(found, value))
    return replace(variable, attributes={**variable.attributes, LEAD_DAYS: found})


def _number(found: Mapping[Value, Scalar], value: Value) -> int:
    own = found.get(value, 0)
    return 0 if isinstance(own, str) else int(own)
