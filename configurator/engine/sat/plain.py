"""The usual way to ask a SAT solver about a model, to compare with: a literal for every value and
for every row of a table, all rules as clauses, one incremental call for every value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pysat.solvers import Cadical195

from configurator.engine.compile.domains import Layers
from configurator.engine.compile.rules import RuleCompiler, read_rules, table_rows
from configurator.engine.model import Budget, Model, Table
from configurator.engine.sat.encoder import Encoder

Solve = Callable[[Sequence[int]], bool]


class PlainEncoder(Encoder):
    """Rules that are always in force. A row of a table implies its values, and a value one of the
    rows that have it; of a table of conflicts each row is a clause."""

    def add_rule(self, literal: int) -> None:
        self.clauses.append([literal])

    def add_table(self, table: Table) -> None:
        scope, rows = table_rows(self.layers, table)
        offsets = self.layers.offsets[scope]
        values = [[self.values[number] for number in row] for row in (rows + offsets).tolist()]
        if not table.allowed:
            self.clauses += [[-value for value in row] for row in values]
            return
        supports: dict[int, list[int]] = {}
        for layer in scope:
            start, stop = self.layers.offsets[layer : layer + 2].tolist()
            supports |= {value: [] for value in self.values[start:stop]}
        for row in values:
            chosen = self.fresh()
            self.clauses += [[-chosen, value] for value in row]
            for value in row:
                supports[value].append(chosen)
        self.clauses += [[-value, *chosen] for value, chosen in supports.items()]


class PlainSearch:
    """CaDiCaL with these clauses. `values` are the literals of all values."""

    def __init__(self, model: Model, layers: Layers, budget: Budget) -> None:
        encoder = PlainEncoder(layers, budget)
        compiler = RuleCompiler(encoder)
        parsed = read_rules(model)
        for rule in model.rules:
            encoder.check_time()
            if isinstance(rule, Table):
                encoder.add_table(rule)
            else:
                encoder.add_rule(compiler.rule(rule, parsed.get(rule.name)).number)
        self.values = encoder.values
        self.solver = Cadical195(bootstrap_with=encoder.clauses)

    def solve(self, literals: Sequence[int]) -> bool:
        """Whether some product has all these literals."""
        return bool(self.solver.solve(literals))

    def close(self) -> None:
        self.solver.delete()
