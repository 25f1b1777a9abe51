"""Options and values by name on the outside, by number on the inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from configurator.engine.compile.domains import Bools, Layers
from configurator.engine.errors import ModelError
from configurator.engine.language.schema import closest
from configurator.engine.model import Choices, Value, Variable


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
        self._catalog_order = [number for span in spans for number in span]

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
        layer = self.layers.layer_of.get(name)
        if layer is None:
            hint = closest(name, self.names)
            extra = f" Did you mean “{hint}”?" if hint else ""
            raise ModelError(f"There is no option called “{name}”.{extra}")
        values = self.layers.variables[layer].values
        index = self.index[layer].get(value)
        if index is None or isinstance(value, bool) != isinstance(values[index], bool):
            hint = closest(str(value), map(str, values))
            extra = f" Did you mean “{hint}”?" if hint else ""
            raise ModelError(f"“{name}” has no value “{value}”.{extra}")
        return self.offsets[layer] + index

    def numbers(self, choices: Choices) -> list[int]:
        return [self.number(name, value) for name, value in choices.items()]

    def allowed(self, choices: Choices) -> Bools:
        """The mask of values that the choices leave."""
        mask = np.ones(self.offsets[-1], np.bool_)
        for name, value in choices.items():
            number = self.number(name, value)
            mask[self.span(name)] = False
            mask[number] = True
        return mask

    def by_name(self, facts: list[Any]) -> dict[str, dict[Value, Any]]:
        """Option -> value -> fact, from one fact per value number."""
        ordered = map(facts.__getitem__, self._catalog_order)
        return {name: dict(zip(values, ordered, strict=False)) for name, values in self._values}

    def design(self, numbers: Sequence[int]) -> dict[str, Value]:
        """Option -> value in catalog order, from one value number per layer."""
        return {
            name: values[numbers[layer] - start] for name, layer, start, _, values in self._slots
        }
