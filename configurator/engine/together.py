"""Many questions at once: which values are possible after each of many sets of choices.

A sweep in (or, and), as for one customer's click, but on 64 questions in each machine word. For
whoever goes through thousands of designs: a single click is asked of `Space.answer`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from configurator.engine.compile.domains import Bools, Ints

if TYPE_CHECKING:
    from configurator.engine.diagram import Diagram
    from configurator.engine.space import Space

Words = NDArray[np.uint64]
"""(rows, words): bit q of a row is its answer to question q."""
BATCH = 1024
"""Questions of one sweep."""


class Step(NamedTuple):
    """The edges of one layer in order, where those of each node begin, and these nodes."""

    edges: Any
    starts: Ints
    nodes: Ints


class Together:
    """Asks a compiled space many questions at once."""

    def __init__(self, space: Space) -> None:
        self.numbering = space.numbering
        self.diagram: Diagram = space.diagram
        self.layer_of_value = np.repeat(np.arange(len(space.layers.sizes)), space.layers.sizes)
        self.source = self.diagram.edge_source()

    def possible(self, masks: Bools) -> Bools:
        """(questions, values): the values that some design has all of whose values are in the mask.

        Values are numbered as in `Numbering`; a mask leaves every option one value at least.
        """
        found = np.empty_like(masks)
        for begin in range(0, len(masks), BATCH):
            part = masks[begin : begin + BATCH]
            found[begin : begin + BATCH] = _unpacked(self._swept(_packed(part)), len(part))
        return found

    def _swept(self, allowed: Words) -> Words:
        diagram = self.diagram
        nodes = len(diagram.node_layer)
        at_edge = allowed[diagram.edge_value]
        up, down = np.zeros((2, nodes, allowed.shape[1]), np.uint64)
        up[-1] = down[0] = ~np.uint64(0)
        for edges, starts, own in self._upward:
            through = up[diagram.edge_target[edges]] & at_edge[edges]
            up[own] = np.bitwise_or.reduceat(through, starts)
        for edges, starts, own in self._downward:
            through = down[self.source[edges]] & at_edge[edges]
            down[own] = np.bitwise_or.reduceat(through, starts)
        used = down[self.source] & at_edge & up[diagram.edge_target]
        found = self._by_value(used, len(allowed))
        return found | (self._passed(used, up[0])[self.layer_of_value] & allowed)

    def _by_value(self, used: Words, values: int) -> Words:
        """Which values the edges that are used have."""
        order, starts, numbers = self._values
        found = np.zeros((values, used.shape[1]), np.uint64)
        if len(numbers):
            found[numbers] = np.bitwise_or.reduceat(used[order], starts)
        return found

    def _passed(self, used: Words, whole: Words) -> Words:
        """Which layers some design passes over, so that all their allowed values are possible."""
        passed = np.zeros((self._depth, used.shape[1]), np.uint64)
        passed[: self.diagram.node_layer[0]] = whole
        for edge, begin, end in self._skips:
            passed[begin:end] |= used[edge]
        return passed

    @property
    def _depth(self) -> int:
        return len(self.numbering.names)

    @cached_property
    def _skips(self) -> list[tuple[int, int, int]]:
        """The edges that pass over layers, and which ones."""
        layer = self.diagram.node_layer
        begin, end = layer[self.source] + 1, layer[self.diagram.edge_target]
        skipping = np.flatnonzero(end > begin)
        return list(
            zip(skipping.tolist(), begin[skipping].tolist(), end[skipping].tolist(), strict=True)
        )

    @cached_property
    def _values(self) -> tuple[Ints, Ints, Ints]:
        """The edges by their values, where each value's begin, and the values."""
        order = np.argsort(self.diagram.edge_value, kind="stable")
        numbers, starts = np.unique(self.diagram.edge_value[order], return_index=True)
        return order, starts, numbers

    @cached_property
    def _upward(self) -> list[Step]:
        return self._steps(np.arange(len(self.source)), self.source)[::-1]

    @cached_property
    def _downward(self) -> list[Step]:
        target = self.diagram.edge_target
        return self._steps(np.argsort(target, kind="stable"), target)

    def _steps(self, order: Ints, near: Ints) -> list[Step]:
        """A step for each layer: the edges in `order`, drawn together at their `near` nodes."""
        ordered = near[order]
        layers = self.diagram.node_layer[ordered]
        bounds = np.flatnonzero(np.diff(layers, prepend=-1, append=self._depth + 1))
        steps = []
        for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            nodes, starts = np.unique(ordered[begin:end], return_index=True)
            steps.append(Step(order[begin:end], starts, nodes))
        return steps


def _packed(masks: Bools) -> Words:
    """(values, words) from (questions, values)."""
    padded = np.zeros((masks.shape[1], -(-len(masks) // 64) * 64), np.bool_)
    padded[:, : len(masks)] = masks.T
    return np.packbits(padded, axis=1, bitorder="little").view(np.uint64)


def _unpacked(words: Words, questions: int) -> Bools:
    """(questions, values) from (values, words)."""
    bits = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
    return bits[:, :questions].T.astype(np.bool_)
