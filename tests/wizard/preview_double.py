"""A released product as far as the renderer knows one, made from a few lines."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

from configurator.catalog.infos import ChoiceInfo, OptionInfo
from configurator.catalog.released import ReleasedProduct
from configurator.catalog.texts import Text, say
from configurator.engine import NONE, Choices, Schema, Value, Variable, parse


@dataclass
class Double:
    """Options are written as in product.yaml."""

    picture: dict[str, Any]
    written: list[dict[str, Any]] = field(default_factory=list)
    sha: str = ""
    name: Text = field(default_factory=lambda: {"en": "Box", "pl": "Pudełko"})

    def __post_init__(self) -> None:
        facts = json.dumps([self.picture, self.written])
        self.sha = self.sha or hashlib.sha256(facts.encode()).hexdigest()
        spaced = [o for o in self.written if o["kind"] in ("choice", "toggle", "number")]
        texts = [o["code"] for o in self.written if o["kind"] in ("text", "file")]
        self.schema = Schema([_variable(o) for o in spaced], texts)
        self.options = {o["code"]: _option(o, self.schema) for o in self.written}

    def applies(self, code: str, choices: Choices) -> bool:
        when = self.options[code].when
        return when is None or bool(when.evaluate(choices))

    def label(self, code: str, value: Value, locale: str) -> str:
        choice = self.options[code].choice(value)
        if choice:
            return say(choice.name, locale)
        return f"{value} {self.options[code].unit}".strip()


def product(
    picture: dict[str, Any], options: list[dict[str, Any]] | None = None, **more: Any
) -> ReleasedProduct:
    """The double, as the renderer wants it."""
    return cast(ReleasedProduct, Double(picture, options or [], **more))


def _values(option: Mapping[str, Any]) -> tuple[Value, ...]:
    values: tuple[Value, ...]
    if option["kind"] == "toggle":
        values = (False, True)
    elif option["kind"] == "number":
        values = tuple(range(option["minimum"], option["maximum"] + 1, option["step"]))
    else:
        values = tuple(choice["code"] for choice in option["choices"])
    return (*values, NONE) if option.get("when") and option["kind"] != "toggle" else values


def _variable(option: Mapping[str, Any]) -> Variable:
    facts: dict[str, dict[Value, Any]] = {}
    for choice in option.get("choices", ()):
        for name, fact in choice.get("attributes", {}).items():
            exact = Decimal(str(fact)) if isinstance(fact, float) else fact
            facts.setdefault(name, {})[choice["code"]] = exact
    unit = option.get("unit", "")
    return Variable(option["code"], _values(option), option["kind"], unit, facts)


def _text(text: Any) -> Text:
    return text if isinstance(text, dict) else {"en": str(text)}


def _option(option: Mapping[str, Any], schema: Schema) -> OptionInfo:
    when = option.get("when")
    return OptionInfo(
        code=option["code"],
        step="step",
        name=_text(option.get("name", option["code"])),
        help={},
        kind=option["kind"],
        control="",
        when=parse(when, schema, want="condition") if when else None,
        price="",
        lead_days=0,
        unit=option.get("unit", ""),
        minimum=option.get("minimum"),
        maximum=option.get("maximum"),
        step_size=option.get("step"),
        required=False,
        max_length=None,
        characters="",
        placeholder={},
        accept=(),
        max_bytes=None,
        minimum_pixels=None,
        choices=tuple(_choice(choice) for choice in option.get("choices", ())),
    )


def _choice(choice: Mapping[str, Any]) -> ChoiceInfo:
    return ChoiceInfo(
        code=choice["code"],
        name=_text(choice.get("name", choice["code"])),
        help={},
        swatch=choice.get("swatch", ""),
        image="",
        price="",
        lead_days=0,
        attributes=choice.get("attributes", {}),
    )
