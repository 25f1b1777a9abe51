"""What a customer has decided: values, texts, and files by their hash."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from configurator.engine import Value


@dataclass(frozen=True)
class Configuration:
    """`choices` holds choices, toggles and numbers; `files` references to stored artwork.

    A reference is the sha256 and, where the picture was moved, its placement (see `placements`).
    """

    choices: dict[str, Value] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON: strings are choice codes, true and false toggles, numbers numbers."""
        choices = {code: value_to_json(value) for code, value in self.choices.items()}
        return {"choices": choices, "texts": dict(self.texts), "files": dict(self.files)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Configuration":
        """The inverse of `to_json`; missing parts are empty."""
        choices = {str(code): value_from_json(v) for code, v in data.get("choices", {}).items()}
        texts = {str(code): str(text) for code, text in data.get("texts", {}).items()}
        files = {str(code): str(sha) for code, sha in data.get("files", {}).items()}
        return cls(choices, texts, files)


def exact(number: Decimal | int) -> int | Decimal:
    """`number` as an int where it is whole, else as a Decimal without trailing zeros."""
    whole = int(number)
    if whole == number:
        return whole
    return Decimal(number).normalize()


def number_text(number: Decimal | int) -> str:
    """`number` as it is written in a content and in formulas: 300, 2.5."""
    number = exact(number)
    return str(number) if isinstance(number, int) else f"{number:f}"


def value_to_json(value: Value) -> str | bool | int | float:
    return float(value) if isinstance(value, Decimal) else value


def value_from_json(value: Any) -> Value:
    """A JSON value as the engine has it; floats were written from short decimals."""
    if isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return exact(Decimal(repr(value)))
    raise ValueError(f"{value!r} is not the value of an option")
