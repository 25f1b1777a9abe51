"""Features of UVL and DIMACS models: toggles, and rules that are written about them."""

import re
from collections.abc import Mapping
from decimal import Decimal

from configurator.catalog.configuration import number_text
from configurator.catalog.content import Content
from configurator.engine import Model, Rule, Variable

REFERENCE = re.compile(r'"([^"]*)"(?:\."([^"]*)")?')
"""How the engine's readers write a feature, or an attribute of one."""


def blank(name: str, code: str) -> Content:
    """An option of which nothing is said but its name."""
    return {
        "code": code,
        "name": {"en": " ".join(name.split())[:100]},
        "help": {},
        "when": "",
        "needs": "",
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
        "choices": [],
    }


def feature(variable: Variable, code: str, price: str) -> Content:
    """A feature as a switch."""
    return {**blank(variable.name, code), "kind": "toggle", "control": "switch", "price": price}


def prices_of(model: Model) -> dict[str, str]:
    """What features cost, where the model says it."""
    costs = {term.name for term in model.terms}
    return {
        variable.name: written
        for variable in model.variables
        for name, facts in variable.attributes.items()
        if name.lower() in costs and (written := _number(facts.get(True)))
    }


def _number(value: object) -> str:
    """A number as formulas have it, "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return ""
    return number_text(value)


class Writer:
    """Writes the model's rules about options: `names` are their codes."""

    def __init__(self, model: Model, names: Mapping[str, str]) -> None:
        self.names = names
        self.facts = {variable.name: variable.attributes for variable in model.variables}

    def condition(self, rule: Rule, code: str) -> Content:
        text = REFERENCE.sub(self._written, rule.text)
        return {"code": code, "rule": text, "allow": None, "forbid": None, "message": {}}

    def _written(self, found: re.Match[str]) -> str:
        name, attribute = found[1], found[2]
        code = self.names[name]
        if attribute is None:
            return code
        value = self.facts[name][attribute].get(True)
        if isinstance(value, bool):
            return code if value else f"({code} and not {code})"
        return f"(if {code} then {_number(value) or 0} else 0)"
