"""Boolean decision diagrams by OxiDD, and the chain encoding of options.

An option with d values has d-1 boolean variables in a row: value v is "the first v variables are
false, and the next is true", the last value is "all are false". Variables behind the first true
one do not matter, so an option that does not matter leaves no node at all.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from oxidd.bdd import BDDManager
from oxidd.util import DDMemoryError

from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.compile.nodes import Nodes
from configurator.engine.errors import BudgetError
from configurator.engine.model import Budget
from configurator.engine.words import Words as _

Function = Any
"""A boolean function of OxiDD."""


class Diagrams:
    """A manager whose variables encode the layers; all its errors become BudgetErrors."""

    def __init__(self, layers: Layers, budget: Budget) -> None:
        self.layers = layers
        self.budget = budget
        self.deadline = time.monotonic() + budget.seconds
        nodes = max(budget.nodes, 1024)
        self.manager = BDDManager(nodes, max(nodes // 4, 1024), 1)
        bits = layers.sizes - 1
        self.first_bit = np.concatenate(([0], np.cumsum(bits)))
        self.manager.add_vars(int(bits.sum()))
        self.true: Function = self.manager.true()
        self.false: Function = self.manager.false()

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise BudgetError(
                _(
                    "Compilation takes longer than %(seconds)s seconds.",
                    seconds=f"{self.budget.seconds:g}",
                )
            )

    def full(self, what: str = _("The model")) -> BudgetError:
        return BudgetError(
            _(
                "%(what)s needs more than %(nodes)s diagram nodes.",
                what=what,
                nodes=f"{self.budget.nodes:,}",
            ),
            what,
            self.budget.nodes,
        )

    def choice(self, layer: int, branches: Sequence[Function]) -> Function:
        """The function which is branches[v] where the layer has its value v."""
        result = branches[-1]
        first = int(self.first_bit[layer])
        for value in range(len(branches) - 2, -1, -1):
            branch = branches[value]
            if branch is not result:
                result = self.manager.var(first + value).ite(branch, result)
        return result

    def function(self, nodes: Nodes) -> Function:
        """The function of a rule's diagram."""
        functions: list[Function] = [self.false, self.true]
        try:
            for layer, rows in nodes.levels:
                for row in rows.tolist():
                    functions.append(self.choice(layer, [functions[child] for child in row]))
        except DDMemoryError:
            raise self.full(_("This rule")) from None
        return functions[nodes.root]

    def conjoin(self, functions: Sequence[Function]) -> Function:
        """The conjunction of all, pairwise, those with the deepest top first."""
        depth = {id(f): self._top(f) for f in functions}
        waiting = sorted(functions, key=lambda f: -depth[id(f)])
        try:
            while len(waiting) > 1:
                paired = []
                for one, two in zip(waiting[::2], waiting[1::2], strict=False):
                    self.check_time()
                    paired.append(one & two)
                waiting = paired + waiting[len(paired) * 2 :]
        except DDMemoryError:
            raise self.full() from None
        return waiting[0] if waiting else self.true

    def _top(self, function: Function) -> int:
        level = function.node_level()
        return self.manager.num_vars() if level is None else int(level)

    def read(self, function: Function) -> Bits:
        """The nodes of a function as arrays, by way of OxiDD's exchange format."""
        with tempfile.TemporaryDirectory(prefix="customerize-") as folder:
            path = os.path.join(folder, "diagram")
            self.manager.export_dddmp(path, [function], ascii=True, strict=False)
            with open(path, "rb") as file:
                data = file.read()
        return _parse(data)


@dataclass(frozen=True)
class Bits:
    """Nodes 2… of a boolean diagram: variable, child if true, child if false; 0 and 1 are the
    terminals."""

    variable: Ints
    high: Ints
    low: Ints
    root: int


def _parse(data: bytes) -> Bits:
    head, _, body = data.partition(b".nodes\n")
    fields = dict(line.split(b" ", 1) for line in head.splitlines() if b" " in line)
    ids = np.array(fields.get(b".ids", b"").split(), np.int64)
    root = int(fields[b".rootids"])
    lines = body[: body.rindex(b".end")].splitlines()
    terminals = {}
    for line in lines[:2]:
        number, kind, *_ = line.split()
        if kind in (b"F", b"T"):
            terminals[int(number)] = 0 if kind == b"F" else 1
    inner = b" ".join(lines[len(terminals) :])
    table = np.array(inner.split(), np.int64).reshape(-1, 4)
    renumber = np.zeros(len(lines) + 1, np.int64)
    for place, terminal in terminals.items():
        renumber[place] = terminal
    renumber[table[:, 0]] = 2 + np.arange(len(table))
    variable = ids[table[:, 1]] if len(table) else np.zeros(0, np.int64)
    return Bits(
        np.concatenate(([-1, -1], variable)),
        np.concatenate(([0, 1], renumber[table[:, 2]])),
        np.concatenate(([0, 1], renumber[table[:, 3]])),
        int(renumber[root]),
    )
