"""A product of the catalog's YAML as a model: its options, rules and prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from configurator.engine import cells
from configurator.engine.delays import with_delays
from configurator.engine.errors import FormatError
from configurator.engine.formats.ranges import steps
from configurator.engine.model import (
    LEAD_DAYS,
    NONE,
    Model,
    Rule,
    Scalar,
    Table,
    Term,
    Value,
    Variable,
    numbered,
)


def read_product(data: Mapping[str, Any]) -> Model:
    """The model of a product; FormatError for what is missing or does not fit."""
    try:
        return _Product(data).model()
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        raise FormatError(f"this is not a complete product: {error!r}.") from None


class _Product:
    """Collects variables, rules and terms while it goes through the options."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.variables: list[Variable] = []
        self.rules: list[Rule | Table] = []
        self.terms: list[Term] = []
        self.texts: list[str] = []

    def model(self) -> Model:
        base = str(self.data.get("product", {}).get("base_price", 0))
        self.terms.append(Term("base price", base))
        for step in self.data["steps"]:
            for option in step["options"]:
                self._option(option)
        values = {variable.name: variable for variable in self.variables}
        for rule in self.data.get("rules") or []:
            self.rules.append(_rule(rule, values))
        for price in self.data.get("prices") or []:
            when = str(price.get("when", ""))
            self.terms.append(Term(str(price["code"]), str(price["amount"]), when))
        names = numbered(term.name for term in self.terms)
        terms = tuple(
            replace(term, name=name) for term, name in zip(self.terms, names, strict=True)
        )
        return with_delays(
            Model(tuple(self.variables), tuple(self.rules), terms, tuple(self.texts))
        )

    def _option(self, option: Mapping[str, Any]) -> None:
        code, kind = str(option["code"]), str(option.get("kind", "choice"))
        when = option.get("when")
        if kind == "text":
            self.texts.append(code)
        elif kind == "file":
            pass
        elif kind == "toggle":
            self._toggle(code, option, when)
        elif kind in ("choice", "number"):
            self._valued(code, kind, option, when)
        else:
            raise FormatError(f"“{code}” has the unknown kind “{kind}”.")

    def _toggle(self, code: str, option: Mapping[str, Any], when: Any) -> None:
        attributes: dict[str, dict[Value, Scalar]] = {LEAD_DAYS: {True: option.get(LEAD_DAYS, 0)}}
        attributes["price"] = {True: option.get("price", 0)}
        self.variables.append(Variable(code, (False, True), "toggle", attributes=attributes))
        self.terms.append(Term(f"{code} price", f"{code}.price"))
        if when:
            self.rules.append(Rule(f"{code} applies", f"not ({when}) implies {code} = no"))

    def _valued(self, code: str, kind: str, option: Mapping[str, Any], when: Any) -> None:
        attributes: dict[str, dict[Value, Scalar]] = {}
        if kind == "choice":
            values: tuple[Value, ...] = tuple(str(choice["code"]) for choice in option["choices"])
            for choice in option["choices"]:
                facts = {
                    "price": choice.get("price", 0),
                    LEAD_DAYS: choice.get(LEAD_DAYS, 0),
                    **(choice.get("attributes") or {}),
                }
                for name, fact in facts.items():
                    if isinstance(fact, int | str | bool | Decimal):
                        attributes.setdefault(str(name), {})[str(choice["code"])] = fact
            self.terms.append(Term(f"{code} price", f"{code}.price"))
        else:
            values = tuple(steps(option, code))
        if when:
            values = (*values, NONE) if NONE not in values else values
            self.rules.append(Rule(f"{code} applies", f"({when}) iff {code} != none"))
        unit = str(option.get("unit", ""))
        self.variables.append(Variable(code, values, kind, unit, attributes))  # type: ignore[arg-type]


def _rule(rule: Mapping[str, Any], variables: Mapping[str, Variable]) -> Rule | Table:
    code = str(rule["code"])
    if "rule" in rule:
        return Rule(code, str(rule["rule"]))
    allowed = "allow" in rule
    table = rule["allow" if allowed else "forbid"]
    columns = tuple(str(name) for name in table["options"])
    rows = tuple(
        tuple(
            _cell(value, variables.get(column)) for value, column in zip(row, columns, strict=True)
        )
        for row in table["rows"]
    )
    if not all(column in variables for column in columns):
        return Table(code, columns, rows, allowed)  # which the model's own check refuses
    try:
        return cells.table(code, rows, [variables[column] for column in columns], allowed)
    except cells.CellError as error:
        raise FormatError(f"“{code}”: {error}") from None


def _cell(value: Any, variable: Variable | None) -> Value:
    if variable is not None and variable.kind == "choice":
        return str(value)
    if isinstance(value, bool | int | str | Decimal):
        return value
    raise FormatError(f"“{value}” is not a value.")
