"""What a text may speak of: options with their values and attributes, free texts, local names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from configurator.engine.language.units import UNITS, size_of
from configurator.engine.model import NONE, Value, Variable


@dataclass(frozen=True)
class Schema:
    """`names` are extra local names, such as the counter of a repetition: name -> type."""

    variables: Sequence[Variable]
    texts: Sequence[str] = ()
    names: Mapping[str, type] = field(default_factory=dict)

    def __post_init__(self) -> None:
        by_name = {variable.name: variable for variable in self.variables}
        object.__setattr__(self, "_by_name", by_name)

    def variable(self, name: str) -> Variable | None:
        """The option called `name`, if there is one."""
        by_name: dict[str, Variable] = self._by_name  # type: ignore[attr-defined]
        return by_name.get(name)

    def totaled(self, name: str) -> dict[str, tuple[str, Fraction]]:
        """Options with an attribute, and what it is multiplied with; where no option has it, those
        with its name and a unit behind it (weight_kg), in base units."""
        exact = {v.name: (name, Fraction(1)) for v in self.variables if name in v.attributes}
        return exact or {
            variable.name: (attribute, size_of(unit))
            for variable in self.variables
            for attribute in variable.attributes
            for stem, _, unit in (attribute.rpartition("_"),)
            if stem == name and unit in UNITS
        }

    def known(self, name: str) -> bool:
        return self.variable(name) is not None or name in self.texts or name in self.names

    def suggest_name(self, name: str) -> str:
        known = [variable.name for variable in self.variables]
        return closest(name, [*known, *self.texts, *self.names])


def closest(word: str, known: Iterable[str]) -> str:
    """The known word which `word` was probably meant to be, or an empty string."""
    folded = {candidate.casefold(): candidate for candidate in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


def codes(variable: Variable) -> list[str]:
    """The codes of a choice as texts, without `none`."""
    return [str(value) for value in variable.values if value != NONE]


def code_value(variable: Variable, code: str) -> Value | None:
    """The value whose code is `code`."""
    if code in variable.values:
        return code
    return None
