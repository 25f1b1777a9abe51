"""The content of a product as the engine's model: variables, rules, tables and price terms."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from configurator.catalog.configuration import exact, value_from_json, value_to_json
from configurator.catalog.content import Content, options_of, sha_of
from configurator.engine import (
    NONE,
    Model,
    Rule,
    Schema,
    Table,
    Term,
    Value,
    Variable,
    cells,
    parse,
    with_delays,
)

SPACE_KINDS = ("choice", "toggle", "number")
BASE = "base"
"""The name of the term that is the base price."""
LEAD_DAYS = "lead_days"
"""The attribute of a choice that says by how many working days it delays."""
MAX_NUMBER_VALUES = 5_000


def quoted(code: str) -> str:
    """A choice's code as the rule language has it, whatever letters it is made of."""
    return f'"{code}"'


def model_of(content: Content) -> Model:
    """The engine's model of a checked content."""
    options = options_of(content)
    inside = [option for option in options if option["kind"] in SPACE_KINDS]
    rules: list[Rule | Table] = [rule for option in inside for rule in _applying(option)]
    kinds = {option["code"]: option for option in inside}
    rules += [_rule(rule, kinds) for rule in content["rules"]]
    texts = tuple(option["code"] for option in options if option["kind"] == "text")
    variables = tuple(variable_of(option) for option in inside)
    return with_delays(Model(variables, tuple(rules), tuple(terms_of(content)), texts))


def delays_of(content: Content) -> dict[str, dict[Value, int]]:
    """For each option that delays, the working days of the values which do."""
    delays = {v.name: v.attributes.get(LEAD_DAYS, {}) for v in model_of(content).variables}
    return {
        name: {value: int(n) for value, n in days.items() if n and not isinstance(n, str)}
        for name, days in delays.items()
        if any(days.values())
    }


def schema_of(content: Content) -> Schema:
    """What formulas of this content may speak of."""
    options = options_of(content)
    inside = [variable_of(option) for option in options if option["kind"] in SPACE_KINDS]
    return Schema(inside, [option["code"] for option in options if option["kind"] == "text"])


def number_values(option: Content) -> tuple[Value, ...]:
    """The values of a number option, smallest first."""
    low, high = Decimal(option["minimum"]), Decimal(option["maximum"])
    step = Decimal(option["step"])
    return tuple(exact(low + index * step) for index in range(int((high - low) / step) + 1))


def variable_of(option: Content) -> Variable:
    """The variable of an option that is a choice, a toggle or a number."""
    code, kind = option["code"], option["kind"]
    if kind == "toggle":
        days = option["lead_days"]
        return Variable(code, (False, True), kind, "", {LEAD_DAYS: {True: days}} if days else {})
    values = number_values(option) if kind == "number" else _codes(option)
    if option["when"]:
        values = (NONE, *values)  # first: of equally cheap designs, the one without it is taken
    return Variable(code, values, kind, option["unit"], _attributes(option))


def _codes(option: Content) -> tuple[Value, ...]:
    return tuple(choice["code"] for choice in option["choices"])


def _attributes(option: Content) -> dict[str, dict[Value, Any]]:
    attributes: dict[str, dict[Value, Any]] = {}
    for choice in option["choices"]:
        for name, value in choice["attributes"].items():
            attributes.setdefault(name, {})[choice["code"]] = value_from_json(value)
        if choice["lead_days"]:
            attributes.setdefault(LEAD_DAYS, {})[choice["code"]] = choice["lead_days"]
    return attributes


def _applying(option: Content) -> Iterator[Rule]:
    """The rule which ties an option to its `when`."""
    code, when = option["code"], option["when"]
    if not when:
        return
    name = applies_name(code)
    if option["kind"] == "toggle":
        yield Rule(name, f"not (\n{when}\n) implies {code} = no")
    else:
        yield Rule(name, f"(\n{when}\n) iff {code} != {NONE}")


def applies_name(code: str) -> str:
    """The name of the rule that says when the option `code` applies."""
    return f"{code}: when"


def _rule(rule: Content, options: dict[str, Content]) -> Rule | Table:
    table = rule["allow"] or rule["forbid"]
    if not table:
        return Rule(rule["code"], rule["rule"])
    columns = tuple(table["options"])
    rows = [
        tuple(
            table_cell(value, options[column]["kind"])
            for column, value in zip(columns, row, strict=True)
        )
        for row in table["rows"]
    ]
    variables = [variable_of(options[column]) for column in columns]
    return cells.table(rule["code"], rows, variables, bool(rule["allow"]))


def table_cell(value: Any, kind: str) -> Value:
    """A cell of a table, as the engine has it."""
    if isinstance(value, str) or kind != "toggle":
        return value_from_json(value)
    return bool(value)


def terms_of(content: Content) -> Iterator[Term]:
    """The price, term by term: the base, what the choices cost, then the price rules."""
    base = content["product"]["base_price"]
    if Decimal(base):
        yield Term(BASE, base)
    schema = schema_of(content)
    guards = {
        option["code"]: option["when"] for option in options_of(content) if option["kind"] == "text"
    }
    for option in options_of(content):
        yield from _option_terms(option)
    for price in content["prices"]:
        yield Term(price_name(price["code"]), price["amount"], _guarded(price, guards, schema))


def price_name(code: str) -> str:
    """The name of the term of a price rule; no option's term can have it."""
    return f"price:{code}"


def _option_terms(option: Content) -> Iterator[Term]:
    code = option["code"]
    for choice in option["choices"]:
        if costs(choice["price"]):
            yield Term(
                f"{code}.{choice['code']}", choice["price"], f"{code} = {quoted(choice['code'])}"
            )
    if not costs(option["price"]):
        return
    kind = option["kind"]
    if kind == "toggle":
        yield Term(code, option["price"], code)
    elif kind == "number":
        yield Term(code, option["price"], f"{code} != {NONE}" if option["when"] else "")
    elif kind == "text":
        written = f"len({code}) > 0"
        yield Term(
            code,
            option["price"],
            f"(\n{option['when']}\n) and {written}" if option["when"] else written,
        )


def costs(price: str) -> bool:
    """Whether a price says anything but zero."""
    try:
        return bool(price) and Decimal(price) != 0
    except ArithmeticError:
        return True


def _guarded(price: Content, guards: dict[str, str], schema: Schema) -> str:
    """The condition of a price rule: a text that does not apply costs nothing."""
    parts = [price["when"]] if price["when"] else []
    formulas = [price["amount"], *parts]
    read = frozenset[str]().union(*(parse(text, schema).references for text in formulas))
    parts += [when for code, when in guards.items() if when and code in read]
    return " and ".join(f"(\n{part}\n)" for part in parts)


def model_to_json(model: Model) -> dict[str, Any]:
    """The model as JSON, for another process and for its hash."""
    return {
        "variables": [
            {
                "name": v.name,
                "values": [value_to_json(value) for value in v.values],
                "kind": v.kind,
                "unit": v.unit,
                "attributes": {
                    name: [[value_to_json(k), value_to_json(x)] for k, x in pairs.items()]
                    for name, pairs in v.attributes.items()
                },
            }
            for v in model.variables
        ],
        "rules": [_rule_to_json(rule) for rule in model.rules],
        "terms": [[t.name, t.amount, t.when, t.digits] for t in model.terms],
        "texts": list(model.texts),
    }


def _rule_to_json(rule: Rule | Table) -> dict[str, Any]:
    if isinstance(rule, Rule):
        return {"name": rule.name, "text": rule.text}
    rows = [[value_to_json(value) for value in row] for row in rule.rows]
    return {
        "name": rule.name, "columns": list(rule.columns), "rows": rows, "allowed": rule.allowed
    }  # fmt: skip


def model_from_json(data: dict[str, Any]) -> Model:
    """The inverse of `model_to_json`."""
    return Model(
        tuple(
            Variable(
                v["name"],
                tuple(value_from_json(value) for value in v["values"]),
                v["kind"],
                v["unit"],
                {
                    name: {value_from_json(k): value_from_json(x) for k, x in pairs}
                    for name, pairs in v["attributes"].items()
                },
            )
            for v in data["variables"]
        ),
        tuple(_rule_from_json(rule) for rule in data["rules"]),
        tuple(Term(name, amount, when, digits) for name, amount, when, digits in data["terms"]),
        tuple(data["texts"]),
    )


def _rule_from_json(data: dict[str, Any]) -> Rule | Table:
    if "text" in data:
        return Rule(data["name"], data["text"])
    rows = tuple(tuple(value_from_json(value) for value in row) for row in data["rows"])
    return Table(data["name"], tuple(data["columns"]), rows, data["allowed"])


def model_sha(model: Model) -> str:
    """The name of the model's compiled space: equal models share it."""
    return sha_of(model_to_json(model))
