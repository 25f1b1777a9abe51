"""The options as numbers: layers of the diagram, value indices, boolean variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from configurator.engine.model import Value, Variable

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Layers:
    """Options in diagram order. Layer `l` holds option `variables[l]` with `sizes[l]` values.

    `offsets[l]` numbers its values among the values of all layers.
    """

    variables: tuple[Variable, ...]
    layer_of: dict[str, int] = field(init=False)
    sizes: Ints = field(init=False)
    offsets: Ints = field(init=False)

    def __post_init__(self) -> None:
        sizes = np.array([len(variable.values) for variable in self.variables], np.int64)
        layer_of = {variable.name: layer for layer, variable in enumerate(self.variables)}
        object.__setattr__(self, "layer_of", layer_of)
        object.__setattr__(self, "sizes", sizes)
        object.__setattr__(self, "offsets", np.concatenate(([0], np.cumsum(sizes))))

    def scope(self, names: Sequence[str] | frozenset[str]) -> list[int]:
        """The layers of the named options, top first."""
        return sorted(self.layer_of[name] for name in names if name in self.layer_of)

    def index(self, layer: int) -> dict[Value, int]:
        return {value: number for number, value in enumerate(self.variables[layer].values)}
