"""The engine's own format: a model as YAML, without loss.

format: 1
variables:
  - {name: frame, values: [steel, titanium], attributes: {price: {titanium: 900}}}
  - {name: width, kind: number, unit: mm, values: [400, 450.5]}
  - {name: height, kind: number, unit: mm, minimum: 400, maximum: 2400, step: 50}
rules:
  - {name: r1, rule: "frame = titanium requires width <= 400"}
  - {name: r2, columns: [frame, width], rows: [[steel, 400]], allowed: true}
terms:
  - {name: price, amount: frame.price}
texts: [monogram]
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import yaml

from configurator.engine.delays import with_delays
from configurator.engine.errors import FormatError, ModelError
from configurator.engine.formats.files import check_lines
from configurator.engine.formats.ranges import steps
from configurator.engine.model import (
    Model,
    Rule,
    Scalar,
    Table,
    Term,
    Value,
    Variable,
    check_model,
)

DEEPEST = 30
MOST_DIGITS = 40


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Floats are read as exact decimals, dates and octal numbers as texts, aliases not at all."""


def _decimal(loader: Any, node: Any) -> Decimal:
    try:
        number = Decimal(loader.construct_scalar(node))
    except ArithmeticError:
        raise FormatError(f"line {_line(node)}: “{node.value[:40]}” is not a number.") from None
    size = (abs(number.adjusted()), abs(int(number.as_tuple().exponent)), len(node.value))
    if max(size) > MOST_DIGITS:
        raise FormatError(
            f"line {_line(node)}: “{node.value[:40]}” has more than {MOST_DIGITS} digits."
        )
    return number


def _whole(loader: Any, node: Any) -> Any:
    if len(node.value) > MOST_DIGITS:
        raise FormatError(
            f"line {_line(node)}: “{node.value[:40]}” has more than {MOST_DIGITS} digits."
        )
    return loader.construct_yaml_int(node)


def _mapping(loader: Any, node: Any) -> Any:
    """A mapping whose keys are all different; YAML's own reader keeps the last one silently."""
    seen = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
            if (key.tag, key.value) in seen:
                raise FormatError(f"line {_line(key)}: the key “{key.value[:40]}” is there twice.")
            seen.add((key.tag, key.value))
    return loader.construct_yaml_map(node)


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor("tag:yaml.org,2002:int", _whole)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node)
)


def parse_yaml(data: bytes) -> Any:
    """Plain data of a YAML file. Aliases of whole structures are refused: they can explode."""
    check_lines(data)
    try:
        depth = 0
        scalars: set[str | None] = set()
        for event in yaml.parse(data, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                raise FormatError(
                    f"line {_line(event)}: this is nested more than {DEEPEST} levels deep."
                )
            if isinstance(event, yaml.ScalarEvent) and event.anchor:
                scalars.add(event.anchor)
            if isinstance(event, yaml.AliasEvent) and event.anchor not in scalars:
                raise FormatError(
                    f"line {_line(event)}: the alias *{event.anchor} is not that of a single value."
                )
        return yaml.load(data, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"line {mark.line + 1}: " if mark else ""
        raise FormatError(f"{place}this is not YAML: {error.problem}.") from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise FormatError(f"this is not YAML: {error}.") from None
    except RecursionError:
        raise FormatError("this YAML is nested too deeply.") from None


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def read_yaml(data: bytes) -> Model:
    """A model in the engine's own YAML, or a product in the catalog's."""
    found = parse_yaml(data)
    if not isinstance(found, dict):
        raise FormatError("a model is a mapping with the keys “variables”, “rules”, “terms”.")
    if "steps" in found:
        from configurator.engine.formats.product import read_product

        model = read_product(found)
    else:
        model = _model(found)
    try:
        check_model(model)
    except ModelError as error:
        raise FormatError(str(error)) from None
    return model


def _model(data: Mapping[str, Any]) -> Model:
    unknown = set(data) - {"format", "variables", "rules", "terms", "texts"}
    if unknown:
        raise FormatError(f"“{sorted(map(str, unknown))[0]}” is not a key of a model.")
    if data.get("format", 1) != 1:
        raise FormatError(f"the format {data['format']} is not known; this is the format 1.")
    variables = tuple(_variable(entry) for entry in entries(data, "variables"))
    if not variables:
        raise FormatError("there are no variables.")
    rules = tuple(_rule(entry) for entry in entries(data, "rules"))
    terms = tuple(_term(entry) for entry in entries(data, "terms"))
    texts = data.get("texts") or []
    if not isinstance(texts, list) or not all(isinstance(name, str) for name in texts):
        raise FormatError("“texts” is a list of names.")
    return with_delays(Model(variables, rules, terms, tuple(texts)))


def entries(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A list of mappings under `key`; empty when it is not there."""
    found = data.get(key) or []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise FormatError(f"“{key}” is a list of entries with keys.")
    return found


def text_of(entry: Mapping[str, Any], key: str, default: str | None = None) -> str:
    found = entry.get(key, default)
    if isinstance(found, str):
        return found
    if isinstance(found, int | Decimal) and not isinstance(found, bool):
        return str(found)
    raise FormatError(f"an entry needs a text for “{key}” (in {str(dict(entry))[:60]}…).")


def _value(value: Any, kind: str) -> Value:
    if kind == "choice" and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, bool | int | str | Decimal):
        return value
    raise FormatError(f"“{str(value)[:40]}” is not a value.")


def _variable(entry: Mapping[str, Any]) -> Variable:
    name = text_of(entry, "name")
    kind = entry.get("kind", "choice")
    if kind not in ("choice", "toggle", "number"):
        raise FormatError(f"“{name}”: a kind is choice, toggle or number.")
    listed = entry.get("values", [False, True] if kind == "toggle" else None)
    if listed is None and kind == "number" and "minimum" in entry:
        listed = list(steps(entry, name))
    if not isinstance(listed, list):
        raise FormatError(f"“{name}” needs a list of values.")
    values = tuple(_value(value, kind) for value in listed)
    attributes: dict[str, dict[Value, Scalar]] = {}
    given = entry.get("attributes") or {}
    if not isinstance(given, dict) or not all(isinstance(f, dict) for f in given.values()):
        raise FormatError(f"“{name}”: attributes are mappings from values to facts.")
    for attribute, facts in given.items():
        attributes[str(attribute)] = {
            _value(value, kind): _value(fact, "") for value, fact in facts.items()
        }
    return Variable(name, values, kind, str(entry.get("unit", "")), attributes)


def _rule(entry: Mapping[str, Any]) -> Rule | Table:
    name = text_of(entry, "name")
    if "rule" in entry:
        return Rule(name, text_of(entry, "rule"))
    columns, rows = entry.get("columns"), entry.get("rows")
    if not isinstance(columns, list) or not isinstance(rows, list):
        raise FormatError(f"the rule “{name}” needs either “rule”, or “columns” and “rows”.")
    if not all(isinstance(row, list) for row in rows):
        raise FormatError(f"“{name}”: every row is a list of values.")
    found = tuple(tuple(_value(value, "") for value in row) for row in rows)
    allowed = entry.get("allowed", True)
    if not isinstance(allowed, bool):
        raise FormatError(f"“{name}”: “allowed” is true or false.")
    return Table(name, tuple(map(str, columns)), found, allowed)


def _term(entry: Mapping[str, Any]) -> Term:
    name = text_of(entry, "name")
    digits, kind = entry.get("digits", 2), entry.get("kind", "sum")
    if not isinstance(digits, int) or not 0 <= digits <= 6 or kind not in ("sum", "max"):
        raise FormatError(f"“{name}”: digits are 0 to 6, and a kind is sum or max.")
    return Term(name, text_of(entry, "amount"), text_of(entry, "when", ""), digits, kind)


def write_yaml(model: Model) -> bytes:
    """The model as YAML that reads back to an equal one."""
    data = {
        "format": 1,
        "variables": [_variable_data(variable) for variable in model.variables],
        "rules": [_rule_data(rule) for rule in model.rules],
        "terms": [
            {"name": t.name, "amount": t.amount, "when": t.when, "digits": t.digits, "kind": t.kind}
            for t in model.terms
        ],
        "texts": list(model.texts),
    }
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode("utf-8")


class _Dumper(yaml.CSafeDumper if hasattr(yaml, "CSafeDumper") else yaml.SafeDumper):  # type: ignore[misc]
    """Writes decimals as plain numbers and never uses aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_decimal(dumper: Any, number: Decimal) -> Any:
    text = format(number, "f")
    return dumper.represent_scalar("tag:yaml.org,2002:float", text if "." in text else text + ".0")


_Dumper.add_representer(Decimal, _represent_decimal)


def _variable_data(variable: Variable) -> dict[str, Any]:
    data: dict[str, Any] = {"name": variable.name, "kind": variable.kind}
    if variable.unit:
        data["unit"] = variable.unit
    data["values"] = list(variable.values)
    if variable.attributes:
        data["attributes"] = {key: dict(facts) for key, facts in variable.attributes.items()}
    return data


def _rule_data(rule: Rule | Table) -> dict[str, Any]:
    if isinstance(rule, Rule):
        return {"name": rule.name, "rule": rule.text}
    return {
        "name": rule.name,
        "columns": list(rule.columns),
        "rows": [list(row) for row in rule.rows],
        "allowed": rule.allowed,
    }
