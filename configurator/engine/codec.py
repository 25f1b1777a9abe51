"""Models as plain JSON data, without loss."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from configurator.engine.model import Model, Rule, Scalar, Table, Term, Value, Variable


def value_to_data(value: Scalar) -> Any:
    """Decimals become {"decimal": "1.5"}; everything else is JSON already."""
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def value_from_data(data: Any) -> Any:
    return Decimal(data["decimal"]) if isinstance(data, dict) else data


def variable_to_data(variable: Variable) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": variable.name,
        "values": [value_to_data(value) for value in variable.values],
        "kind": variable.kind,
    }
    if variable.unit:
        data["unit"] = variable.unit
    if variable.attributes:
        index = {value: number for number, value in enumerate(variable.values)}
        data["attributes"] = {
            name: [[index[v], value_to_data(fact)] for v, fact in facts.items() if v in index]
            for name, facts in variable.attributes.items()
        }
    return data


def variable_from_data(data: Mapping[str, Any]) -> Variable:
    values: tuple[Value, ...] = tuple(map(value_from_data, data["values"]))
    attributes = {
        name: {values[index]: value_from_data(fact) for index, fact in facts}
        for name, facts in data.get("attributes", {}).items()
    }
    return Variable(data["name"], values, data["kind"], data.get("unit", ""), attributes)


def rule_to_data(rule: Rule | Table, index: Mapping[str, Mapping[Value, int]]) -> dict[str, Any]:
    if isinstance(rule, Rule):
        return {"name": rule.name, "text": rule.text}
    columns = [index[column] for column in rule.columns]
    return {
        "name": rule.name,
        "columns": list(rule.columns),
        "rows": [[column[v] for column, v in zip(columns, row, strict=True)] for row in rule.rows],
        "allowed": rule.allowed,
    }


def rule_from_data(
    data: Mapping[str, Any], values: Mapping[str, tuple[Value, ...]]
) -> Rule | Table:
    if "text" in data:
        return Rule(data["name"], data["text"])
    columns = [values[column] for column in data["columns"]]
    rows = tuple(
        tuple(column[number] for column, number in zip(columns, row, strict=True))
        for row in data["rows"]
    )
    return Table(data["name"], tuple(data["columns"]), rows, data["allowed"])


def term_to_data(term: Term) -> dict[str, Any]:
    return {
        "name": term.name,
        "amount": term.amount,
        "when": term.when,
        "digits": term.digits,
        "kind": term.kind,
    }


def rules_to_data(model: Model) -> list[dict[str, Any]]:
    index = {v.name: {value: i for i, value in enumerate(v.values)} for v in model.variables}
    return [rule_to_data(rule, index) for rule in model.rules]


def rules_from_data(
    data: list[dict[str, Any]], variables: tuple[Variable, ...]
) -> tuple[Rule | Table, ...]:
    values = {variable.name: variable.values for variable in variables}
    return tuple(rule_from_data(rule, values) for rule in data)


def frame_to_data(model: Model) -> dict[str, Any]:
    """Everything of a model except its rules."""
    return {
        "variables": [variable_to_data(variable) for variable in model.variables],
        "terms": [term_to_data(term) for term in model.terms],
        "texts": list(model.texts),
    }


def frame_from_data(data: Mapping[str, Any]) -> Model:
    return Model(
        tuple(variable_from_data(variable) for variable in data["variables"]),
        (),
        tuple(Term(**term) for term in data["terms"]),
        tuple(data["texts"]),
    )


def model_to_data(model: Model) -> dict[str, Any]:
    return {**frame_to_data(model), "rules": rules_to_data(model)}


def model_from_data(data: Mapping[str, Any]) -> Model:
    frame = frame_from_data(data)
    rules = rules_from_data(data["rules"], frame.variables)
    return Model(frame.variables, rules, frame.terms, frame.texts)
