"""Options and values by name on the outside, by number on the inside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Bools, Layers
from configurator.engine.errors import ModelError
from configurator.engine.language.schema import closest
from configurator.engine.model import Choices, Value, Variable

PATTERNS = 256
"""Different facts that are kept for an option, because copies are made faster."""
Kept = dict[bytes, dict[Value, bool]]


class Numbering:
    """Numbers all values of all layers; names are listed in catalog order."""

    def __init__(self, layers: Layers, variables: Sequence[Variable]) -> None:
        self.layers = layers
        self.names = [variable.name for variable in variables]
        self.offsets: list[int] = layers.offsets.tolist()
        self.index = [layers.index(layer) for layer in range(len(layers.sizes))]
        self._slots = [self._slot(name) for name in self.names]
        self._values = [(name, values) for name, _, _, _, values in self._slots]
        spans = [range(start, stop) for _, _, start, stop, _ in self._slots]
        lengths = [len(values) for _, values in self._values]
        self._patterns: list[tuple[str, int, int, Kept]] = [
            (name, end - length, end, {})
            for name, length, end in zip(self.names, lengths, accumulate(lengths), strict=True)
        ]
        self._catalog_order = np.array([number for span in spans for number in span], np.int64)
        self._layer_of_value = np.repeat(np.arange(len(layers.sizes)), layers.sizes)
        self._numbers = {
            name: {
                (value, isinstance(value, bool)): start + place
                for place, value in enumerate(values)
            }
            for name, _, start, _, values in self._slots
        }

    def _slot(self, name: str) -> tuple[str, int, int, int, tuple[Value, ...]]:
        layer = self.layers.layer_of[name]
        values = self.layers.variables[layer].values
        return name, layer, self.offsets[layer], self.offsets[layer + 1], values

    def span(self, name: str) -> slice:
        """The numbers of an option's values."""
        layer = self.layers.layer_of[name]
        return slice(self.offsets[layer], self.offsets[layer + 1])

    def number(self, name: str, value: Value) -> int:
        """The number of a value; ModelError for an unknown option or value."""
        known = self._numbers.get(name)
        if known is None:
            raise ModelError(f"There is no option called “{name}”.{_hint(name, self.names)}")
        number = known.get((value, isinstance(value, bool)))
        if number is None:
            hint = _hint(str(value), [str(other) for other, _ in known])
            raise ModelError(f"“{name}” has no value “{value}”.{hint}")
        return number

    def numbers(self, choices: Choices) -> list[int]:
        return [self.number(name, value) for name, value in choices.items()]

    def allowed(self, choices: Choices) -> Bools:
        """The mask of values that the choices leave."""
        numbers = self.numbers(choices)
        open_ = np.ones(len(self.layers.sizes), np.bool_)
        open_[[self.layers.layer_of[name] for name in choices]] = False
        mask = open_.take(self._layer_of_value)
        mask[numbers] = True
        return mask

    def nothing(self) -> dict[str, dict[Value, None]]:
        """Option -> value -> None."""
        return {name: dict.fromkeys(values) for name, values in self._values}

    def possible(self, known: Bools) -> dict[str, dict[Value, bool]]:
        """Option -> value -> whether it is one of those known."""
        ordered = known.take(self._catalog_order).tobytes()
        found = {}
        for name, begin, end, kept in self._patterns:
            pattern = ordered[begin:end]
            facts = kept.get(pattern) or self._keep(name, pattern, kept)
            found[name] = facts.copy()
        return found

    def _keep(self, name: str, pattern: bytes, kept: Kept) -> dict[Value, bool]:
        if len(kept) >= PATTERNS:
            kept.clear()
        values = self.layers.variables[self.layers.layer_of[name]].values
        kept[pattern] = dict(zip(values, map(bool, pattern), strict=True))
        return kept[pattern]

    def by_name(self, facts: NDArray[Any]) -> dict[str, dict[Value, Any]]:
        """Option -> value -> fact, from one fact per value number."""
        ordered = iter(facts.take(self._catalog_order).tolist())
        return {name: dict(zip(values, ordered, strict=False)) for name, values in self._values}

    def design(self, numbers: Sequence[int]) -> dict[str, Value]:
        """Option -> value in catalog order, from one value number per layer."""
        return {
            name: values[numbers[layer] - start] for name, layer, start, _, values in self._slots
        }


def _hint(name: str, known: Sequence[str]) -> str:
    hint = closest(name, known)
    return f" Did you mean “{hint}”?" if hint else ""
