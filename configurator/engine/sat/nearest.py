"""Designs near to a wish, and the one that comes first: what a search alone leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from pysat.card import ITotalizer

from configurator.engine.compile.domains import Layers
from configurator.engine.compile.terms import read_terms, rounded
from configurator.engine.language.evaluate import number as exact_number
from configurator.engine.model import Model, Value
from configurator.engine.sat.prover import Prover

FEW = 8
"""Changes that a counter counts at first; it is enlarged when more are needed."""


class Seeker:
    """Finds particular designs, the same ones whatever the solver was asked before."""

    def __init__(self, model: Model, layers: Layers, prover: Prover) -> None:
        self.layers = layers
        self.prover = prover
        self.ranked = _ranked(model, layers)
        sizes = layers.sizes.tolist()
        self._layers = [layer for layer, size in enumerate(sizes) for _ in range(size)]

    def first(self, literals: list[int], fixed: Sequence[int]) -> list[int] | None:
        """The design with the best ranked values, option by option in the order of the catalog;
        `literals` are further assumptions. None if there is none."""
        design = self.prover.solve_literals(literals, fixed)
        if design is None:
            return None
        decided = {self.layer(number) for number in fixed}
        open_ = [values for layer, values in self.ranked if layer not in decided]
        kept, place, width = list(fixed), 0, FEW
        while place < len(open_):
            block = open_[place : place + width]
            wanted = [values[0] for values in block]
            found = self._having(design, literals, kept, wanted)
            if found is None and width > 1:
                width //= 2
                continue
            if found is None:
                found, wanted = self._best(design, literals, kept, block[0][1:])
            design, place, width = found, place + len(block), width * 2
            kept += wanted
        return design

    def _having(
        self, design: list[int], literals: list[int], kept: list[int], wanted: list[int]
    ) -> list[int] | None:
        """A design that has the wanted values too: the one at hand, or another."""
        if all(design[self.layer(number)] == number for number in wanted):
            return design
        return self.prover.solve_literals(literals, [*kept, *wanted])

    def _best(
        self, design: list[int], literals: list[int], kept: list[int], values: list[int]
    ) -> tuple[list[int], list[int]]:
        """A design with the first possible one of the values, and this one."""
        for number in values:
            found = self._having(design, literals, kept, [number])
            if found is not None:
                return found, [number]
        raise AssertionError("the design at hand has one of the values")

    def layer(self, number: int) -> int:
        return self._layers[number]

    def nearest(self, fixed: Sequence[int], wished: Sequence[int], limit: int) -> list[list[int]]:
        """Designs with the fixed values, those with most of the wished values first; no two have
        the same values for all options of the wished ones. At most `limit`."""
        if not wished:
            only = self.first([], fixed)
            return [only] if only else []
        prover = self.prover
        with prover.lock:
            try:
                return self._nearest(fixed, wished, limit)
            finally:
                prover.settle()

    def _nearest(self, fixed: Sequence[int], wished: Sequence[int], limit: int) -> list[list[int]]:
        prover = self.prover
        layers = [self.layer(number) for number in wished]
        active = prover.highest = prover.highest + 1
        designs: list[list[int]] = []
        if prover.solve(fixed) is None:
            return []
        with _counter(prover, [-prover.values[number] for number in wished]) as bounds:
            for bound in bounds:
                while len(designs) < limit:
                    design = self.first([active, *bound], fixed)
                    if design is None:
                        break
                    block = [-prover.values[design[layer]] for layer in layers]
                    prover.add([[-active, *block]])
                    designs.append(design)
                if len(designs) == limit:
                    break
        prover.add([[-active]])
        return designs


@contextmanager
def _counter(prover: Prover, literals: list[int]) -> Iterator[Iterator[list[int]]]:
    """Assumptions that no, at most one, two, … of the literals are true; last, none at all."""
    most = min(FEW, len(literals))
    with ITotalizer(literals, most, prover.highest) as counter:
        prover.add(counter.cnf.clauses)
        prover.highest = max(prover.highest, counter.top_id)

        def bounds() -> Iterator[list[int]]:
            for bound in range(len(literals)):
                if bound > counter.ubound:
                    counter.increase(min(2 * bound, len(literals)), prover.highest)
                    prover.add(counter.cnf.clauses[-counter.nof_new :])
                    prover.highest = max(prover.highest, counter.top_id)
                yield [-counter.rhs[bound]]
            yield []

        yield bounds()


def _ranked(model: Model, layers: Layers) -> list[tuple[int, list[int]]]:
    """Of every option, in the order of the catalog, its layer and the numbers of its values: those
    that cost less by themselves first, then in the catalog's order, a toggle that is off first."""
    own = _own_amounts(model)
    found = []
    for variable in model.variables:
        layer = layers.layer_of[variable.name]
        start = int(layers.offsets[layer])
        places = {value: start + index for index, value in enumerate(variable.values)}
        amounts = own.get(variable.name, {})
        ordered = sorted(
            variable.values, key=lambda value: (amounts.get(value, 0), value is True)
        ) if amounts or variable.kind == "toggle" else list(variable.values)  # fmt: skip
        found.append((layer, [places[value] for value in ordered]))
    return found


def _own_amounts(model: Model) -> dict[str, dict[Value, int]]:
    """What the values of an option cost by terms that speak of it alone."""
    values = {variable.name: variable.values for variable in model.variables}
    found: dict[str, dict[Value, int]] = {}
    parsed = read_terms(model)
    for term in model.terms:
        expression = parsed[term.name]
        names = set(expression.references)
        if term.kind != "sum" or len(names) != 1 or not names <= values.keys():
            continue
        (name,) = names
        own = found.setdefault(name, dict.fromkeys(values[name], 0))
        for value in values[name]:
            own[value] += rounded(term, exact_number(expression.node, {name: value}))
    return found
