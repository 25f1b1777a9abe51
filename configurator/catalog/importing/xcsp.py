"""A product from a constraint model (XCSP 2.1): every variable an option, every table a rule."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import fromstring
from django.utils.text import slugify

from configurator.catalog.checks.names import RESERVED
from configurator.catalog.content import FORMAT, Content
from configurator.catalog.importing.errors import refuse
from configurator.catalog.importing.mosaic import mosaic
from configurator.engine import EngineError, Model, Table, Variable
from configurator.engine.formats import load_model

STEP = 12
"""How many options a page of the wizard gets."""
MOST_OPTIONS = 2_000
MOST_CHOICES = 1_000
ABSENT = {"en": "Absent", "es": "Ausente", "pl": "Brak"}
GENERIC_NAMES = ("model", "instance", "product", "problem")


def content_of_model(file: Path) -> Content:
    """The content of a model file; raises ImportRefused."""
    try:
        model = load_model(file)
    except EngineError as error:
        reason = str(error).removeprefix(f"{file.name}: ").removeprefix(f"{file}: ")
        raise refuse(file, reason[:1].upper() + reason[1:]) from None
    _check_sizes(file, model)
    found = [variable.name for variable in model.variables]
    names = dict(zip(found, _codes(found), strict=True))
    optional = _jokers(file)
    options = [_option(each, names[each.name], optional) for each in model.variables]
    _tell_apart(options)
    codes = {
        each.name: dict(zip(map(str, each.values), _choice_codes(each, optional), strict=True))
        for each in model.variables
    }
    tables = [rule for rule in model.rules if isinstance(rule, Table)]
    rule_codes = _codes([table.name for table in tables])
    content = {
        "format": FORMAT,
        "product": _product(file),
        "steps": _steps(options),
        "rules": [
            _rule(table, code, names, codes) for table, code in zip(tables, rule_codes, strict=True)
        ],
        "prices": [],
        "parts": [],
        "operations": [],
        "picture": {},
        "files": {},
    }
    return {**content, "picture": mosaic(content)}


def product_slug(file: Path) -> str:
    """The slug from the file's name, or its folder's where the file is called model.xml."""
    stem = file.stem if file.stem.lower() not in GENERIC_NAMES else file.resolve().parent.name
    return slugify(stem.replace("_", "-"))[:60].strip("-") or "product"


def _check_sizes(file: Path, model: Model) -> None:
    if len(model.variables) > MOST_OPTIONS:
        raise refuse(
            file, f"There are {len(model.variables):,} variables; {MOST_OPTIONS:,} at most."
        )
    for variable in model.variables:
        if len(variable.values) > MOST_CHOICES:
            raise refuse(
                file,
                f"The variable “{variable.name}” has {len(variable.values):,} values; "
                f"{MOST_CHOICES:,} at most.",
            )


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
        "code": code,
        "name": {"en": variable.name[:100]},
        "help": {},
        "kind": "choice",
        "control": "segmented" if len(codes) <= 4 else "select",
        "when": "",
        "price": "",
        "lead_days": 0,
        "unit": "",
        "minimum": None,
        "maximum": None,
        "step": None,
        "required": False,
        "max_length": None,
        "characters": "",
        "placeholder": {},
        "accept": [],
        "max_megabytes": None,
        "minimum_pixels": None,
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
    }


def _choice_codes(variable: Variable, optional: set[str]) -> list[str]:
    """The values as choice codes: 3 → 3, -2 → minus_2, the joker -1 → absent."""
    joker = variable.name in optional
    return [
        "absent" if joker and value == "-1" else value.replace("-", "minus_")
        for value in map(str, variable.values)
    ]


def _rule(
    table: Table, code: str, names: dict[str, str], codes: dict[str, dict[str, str]]
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
    root: Any = fromstring(file.read_bytes(), forbid_dtd=True)
    domains = {
        each.get("name") for each in root.iterfind(".//domain") if each.get("optional") == "-1"
    }
    return {
        str(each.get("name"))
        for each in root.iterfind(".//variable")
        if each.get("domain") in domains
    }
