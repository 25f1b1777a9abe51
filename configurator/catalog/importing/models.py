"""A product from a model of another tool: every variable an option, every constraint a rule.

XCSP 2.1 (.xml) has variables with values; UVL (.uvl) and DIMACS (.cnf, .dimacs) have features.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from django.utils.text import slugify

from configurator.catalog.checks.names import RESERVED
from configurator.catalog.content import FORMAT, Content
from configurator.catalog.importing.errors import refuse
from configurator.catalog.importing.features import Writer, blank, feature, prices_of
from configurator.catalog.importing.lines import Lines
from configurator.catalog.importing.mosaic import mosaic
from configurator.engine import EngineError, Model, Table, Variable
from configurator.engine.formats import load_model

STEP = 12
"""How many options a page of the wizard gets."""
MOST_OPTIONS = 2_000
MOST_CHOICES = 1_000
ABSENT = {"en": "Absent", "es": "Ausente", "pl": "Brak"}
GENERIC_NAMES = ("model", "instance", "product", "problem")


def content_of_model(file: Path) -> tuple[Content, Lines]:
    """The content of a model file, and where its things stand; raises ImportRefused."""
    lines = Lines.of(file)
    try:
        model = load_model(file)
    except EngineError as error:
        reason = str(error).removeprefix(f"{file.name}: ").removeprefix(f"{file}: ")
        line = lines.blamed(reason)
        reason = reason.removeprefix(f"line {line}: ")
        raise refuse(file, reason[:1].upper() + reason[1:], line) from None
    _check_sizes(file, model, lines)
    found = [variable.name for variable in model.variables]
    names = dict(zip(found, _codes(found), strict=True))
    optional = _jokers(file)
    prices = prices_of(model)
    options = [
        feature(each, names[each.name], prices.get(each.name, ""))
        if each.kind == "toggle"
        else _option(each, names[each.name], optional)
        for each in model.variables
    ]
    _tell_apart(options)
    codes = {each.name: _value_codes(each, optional) for each in model.variables}
    writer = Writer(model, names)
    rule_codes = _codes([rule.name for rule in model.rules])
    content = {
        "format": FORMAT,
        "product": _product(file),
        "steps": _steps(options),
        "rules": [
            _rule(rule, code, names, codes)
            if isinstance(rule, Table)
            else writer.condition(rule, code)
            for rule, code in zip(model.rules, rule_codes, strict=True)
        ],
        "prices": [],
        "parts": [],
        "operations": [],
        "coverage": [],
        "picture": {},
        "files": {},
    }
    lines.place(model, STEP)
    return {**content, "picture": mosaic(content)}, lines


def product_slug(file: Path) -> str:
    """The slug from the file's name, or its folder's where the file is called model.xml."""
    stem = file.stem if file.stem.lower() not in GENERIC_NAMES else file.resolve().parent.name
    return slugify(stem.replace("_", "-"))[:60].strip("-") or "product"


def _check_sizes(file: Path, model: Model, lines: Lines) -> None:
    if len(model.variables) > MOST_OPTIONS:
        raise refuse(
            file, f"There are {len(model.variables):,} variables; {MOST_OPTIONS:,} at most."
        )
    for variable in model.variables:
        if variable.kind == "number":
            reason = (
                f"The feature “{variable.name}” is a number or has copies; only the engine's"
                " command line reads that, a product needs a feature for every value"
            )
            raise refuse(file, f"{reason}.", lines.of_variable(variable.name))
        if len(variable.values) > MOST_CHOICES:
            reason = f"The variable “{variable.name}” has {len(variable.values):,} values"
            line = lines.of_variable(variable.name)
            raise refuse(file, f"{reason}; {MOST_CHOICES:,} at most.", line)


def _product(file: Path) -> Content:
    slug = product_slug(file)
    name = slug.replace("-", " ").capitalize()
    return {
        "slug": slug,
        "name": {"en": name},
        "tagline": {},
        "description": {},
        "currency": "EUR",
        "tax_rate": "0.00",
        "base_price": "0.00",
        "base_days": 5,
        "position": 100,
        "showcase": {},
    }


def _steps(options: list[Content]) -> list[Content]:
    steps = []
    for start in range(0, len(options), STEP):
        part = options[start : start + STEP]
        first, last = start + 1, start + len(part)
        numbers = f"{first}–{last}" if last > first else f"{first}"
        name = {"en": f"Options {numbers}", "es": f"Opciones {numbers}", "pl": f"Opcje {numbers}"}
        steps.append({"code": f"options_{first}", "name": name, "help": {}, "options": part})
    return steps


def _option(variable: Variable, code: str, optional: set[str]) -> Content:
    codes = _choice_codes(variable, optional)
    return {
        **blank(variable.name, code),
        "kind": "choice",
        "control": "segmented" if len(codes) <= 4 else "select",
        "choices": [
            _choice(str(value), choice, variable.name in optional)
            for value, choice in zip(variable.values, codes, strict=True)
        ],
    }


def _choice(value: str, code: str, optional: bool) -> Content:
    absent = optional and value == "-1"
    return {
        "code": code,
        "name": ABSENT if absent else {"en": value},
        "help": {},
        "swatch": "",
        "image": "",
        "price": "",
        "lead_days": 0,
        "attributes": {},
        "needs": "",
    }


def _value_codes(variable: Variable, optional: set[str]) -> dict[str, str | bool]:
    """What tables say for the values; toggles stay as they are."""
    if variable.kind == "toggle":
        return {str(value): bool(value) for value in variable.values}
    return dict(zip(map(str, variable.values), _choice_codes(variable, optional), strict=True))


def _choice_codes(variable: Variable, optional: set[str]) -> list[str]:
    """The values as choice codes: 3 → 3, -2 → minus_2, the joker -1 → absent."""
    joker = variable.name in optional
    return [
        "absent" if joker and value == "-1" else value.replace("-", "minus_")
        for value in map(str, variable.values)
    ]


def _rule(
    table: Table, code: str, names: dict[str, str], codes: dict[str, dict[str, str | bool]]
) -> Content:
    rows = [
        [codes[column].get(str(v), str(v)) for column, v in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    body = {"options": [names[column] for column in table.columns], "rows": rows}
    return {
        "code": code,
        "rule": "",
        "allow": body if table.allowed else None,
        "forbid": None if table.allowed else body,
        "message": {},
    }


def _tell_apart(options: list[Content]) -> None:
    """Where two names differ in nothing but capitals, the code stands behind the second one."""
    seen: set[str] = set()
    for option in options:
        name = option["name"]["en"]
        if not name.strip() or name.casefold() in seen:
            option["name"] = {"en": f"{name} ({option['code']})".strip()}
        seen.add(name.casefold())


def _codes(names: Iterable[str]) -> list[str]:
    """A valid code for every name, each only once: v[1].a → v_1_a."""
    codes: dict[str, None] = {}
    for name in names:
        base = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_")[:50] or "option"
        if not base[0].isalpha():
            base = f"x{base}"
        if base.lower() in RESERVED:
            base = f"{base}_"
        code, number = base, 2
        while code in codes:
            code, number = f"{base}_{number}", number + 1
        codes[code] = None
    return list(codes)


def _jokers(file: Path) -> set[str]:
    """The variables whose domain says that -1 means “absent” (the attribute optional="-1")."""
    if file.suffix.lower() != ".xml":
        return set()
    root: Any = fromstring(file.read_bytes(), forbid_dtd=True)
    domains = {
        each.get("name") for each in root.iterfind(".//domain") if each.get("optional") == "-1"
    }
    return {
        str(each.get("name"))
        for each in root.iterfind(".//variable")
        if each.get("domain") in domains
    }
