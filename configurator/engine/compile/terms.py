"""Price terms, taken apart: amounts of single values, of combinations, and of texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, prod

import numpy as np

from configurator.engine.compile.amounts import Factor, factor_of_amounts, factor_of_cells
from configurator.engine.compile.domains import Ints, Layers
from configurator.engine.compile.grid import LIMIT, Domains, Grid, Numbers, round_numbers
from configurator.engine.errors import BudgetError, ExpressionError
from configurator.engine.language import Expression, Schema, parse, syntax
from configurator.engine.language.evaluate import number, round_half_up
from configurator.engine.language.residual import reads_text, residual
from configurator.engine.model import LEAD_DAYS, Model, Term
from configurator.engine.words import Words as _

COMBINATIONS = 4_000_000
TEXT_COMBINATIONS = 20_000
ZERO = syntax.Constant(Fraction(0))


@dataclass(frozen=True)
class Cells:
    """A term whose amount is looked up in a cell: what is left of it is the same in all
    combinations of a cell, of which `examples[cell]` is one (numbers of values).

    `values` are (value number, cell) for a term on one option; a term on several options has its
    cells on the diagram's edges, one on none has the single cell 0.
    """

    term: Term
    examples: tuple[tuple[int, ...], ...]
    values: tuple[tuple[int, int], ...] = ()
    on_edges: bool = False


@dataclass
class Terms:
    """All terms of a model, by where their amounts stand."""

    weights: Ints
    days: Ints
    constant: int = 0
    factors: list[Factor] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)


def rounded(term: Term, amount: Fraction) -> int:
    """Minor units of a summed term, whole units (rounded up) of a maximal one."""
    if term.kind == "max":
        return ceil(amount)
    return int(round_half_up(amount * 10**term.digits))


def read_terms(model: Model) -> dict[str, Expression]:
    """Each term's formula with its condition; errors tell the term's name."""
    schema = Schema(model.variables, model.texts)
    parsed = {}
    for term in model.terms:
        try:
            amount = parse(term.amount, schema, want="number")
            if term.when:
                when = parse(term.when, schema, want="condition")
                node: syntax.Node = syntax.Choose(when.node, amount.node, ZERO)
                names = when.references | amount.references
                amount = Expression(amount.text, node, "number", names)
            parsed[term.name] = amount
        except ExpressionError as error:
            raise error.within(term.name) from None
    return parsed


class TermCompiler:
    """Evaluates every term over the combinations of its options."""

    def __init__(self, layers: Layers, texts: tuple[str, ...]) -> None:
        self.layers = layers
        self.texts = frozenset(texts)
        self.domains: Domains = {v.name: v.values for v in layers.variables}
        total = int(layers.sizes.sum())
        self.result = Terms(np.zeros(total, np.int64), _lead_days(layers, total))
        self.shared: dict[tuple[int, ...], tuple[str, Ints]] = {}

    def compile(self, terms: tuple[Term, ...], parsed: dict[str, Expression]) -> Terms:
        for term in terms:
            try:
                self._term(term, parsed[term.name].node)
            except ExpressionError as error:
                raise error.within(term.name) from None
        for scope, (name, amounts) in self.shared.items():
            sizes = [int(self.layers.sizes[layer]) for layer in scope]
            factor = factor_of_amounts(name, list(scope), sizes, amounts)
            self.result.constant += factor.constant
            if len(factor.layer):
                self.result.factors.append(factor)
        return self.result

    def _scope(self, node: syntax.Node) -> list[int]:
        return self.layers.scope(syntax.names_in(node))

    def _grid(self, term: Term, scope: list[int], most: int) -> tuple[Grid, int]:
        size = prod(int(self.layers.sizes[layer]) for layer in scope)
        if size > most:
            names = ", ".join(self.layers.variables[layer].name for layer in scope)
            raise BudgetError(
                _(
                    "The price term “%(name)s” has %(size)s combinations of %(names)s; the most is "
                    "%(most)s. Use larger steps, or split it.",
                    name=term.name,
                    size=f"{size:,}",
                    names=names,
                    most=f"{most:,}",
                ),
                term.name,
                size,
            )
        numbers = np.arange(size)
        columns = {}
        for layer in reversed(scope):
            width = int(self.layers.sizes[layer])
            columns[self.layers.variables[layer].name] = numbers % width
            numbers = numbers // width
        return Grid(columns, self.domains, size), size

    def _term(self, term: Term, node: syntax.Node) -> None:
        if reads_text(node) or (term.kind == "max" and len(self._scope(node)) != 1):
            self._cells(term, node)
        elif term.kind == "max":
            layer, amounts = self._scope(node)[0], self._whole(term, node)
            first = int(self.layers.offsets[layer])
            own = self.result.days[first : first + len(amounts)]
            np.maximum(own, amounts, out=own)
        else:
            for part in self._parts(term, node):
                self._place(term, part)

    def _whole(self, term: Term, node: syntax.Node) -> Ints:
        """Rounded amounts of all combinations of the node's own scope."""
        grid, size = self._grid(term, self._scope(node), COMBINATIONS)
        if term.kind == "max":
            exact = grid.numbers(syntax.Function("ceil", (node,)))
            return np.broadcast_to(exact.numerators, (size,)).astype(np.int64)
        exact = round_numbers(grid.numbers(_times(node, 10**term.digits)), 0)
        if exact.top >= LIMIT:
            biggest = max(abs(int(item)) for item in exact.numerators)
            if biggest >= 1 << 53:
                raise BudgetError(
                    _("The price term “%(name)s” has amounts too large to add up.", name=term.name)
                )
        return np.array(exact.numerators, np.int64)

    def _parts(self, term: Term, node: syntax.Node) -> list[syntax.Node]:
        """The term as a sum of terms on fewer options, where rounding allows it."""
        parts = _summands(node)
        if len(parts) == 1 or len(self._scope(node)) < 2:
            return [node]
        scopes = [self._scope(part) for part in parts]
        sizes = [prod(int(self.layers.sizes[layer]) for layer in scope) for scope in scopes]
        if max(sizes) > COMBINATIONS:
            return [node]
        broken = []
        for part, scope in zip(parts, scopes, strict=True):
            grid, _ = self._grid(term, scope, COMBINATIONS)
            exact = grid.numbers(_times(part, 10**term.digits))
            if (exact.numerators < 0).any():
                broken = [part for part in parts if not self._integral(term, part)]
                return parts if not broken else [node]
            if not _is_integral(exact):
                broken.append(part)
        whole = [part for part in parts if part not in broken]
        return [*whole, syntax.Sum(tuple(broken))] if broken else parts

    def _integral(self, term: Term, part: syntax.Node) -> bool:
        grid, _ = self._grid(term, self._scope(part), COMBINATIONS)
        return _is_integral(grid.numbers(_times(part, 10**term.digits)))

    def _place(self, term: Term, part: syntax.Node) -> None:
        scope = self._scope(part)
        amounts = self._whole(term, part)
        if not scope:
            self.result.constant += int(amounts[0])
        elif len(scope) == 1:
            first = int(self.layers.offsets[scope[0]])
            self.result.weights[first : first + len(amounts)] += amounts
        else:
            name, before = self.shared.get(tuple(scope), (term.name, np.zeros_like(amounts)))
            self.shared[tuple(scope)] = (name, before + amounts)

    def _cells(self, term: Term, node: syntax.Node) -> None:
        """A term whose amounts depend on texts, or count by their maximum."""
        scope = self._scope(node)
        grid, size = self._grid(term, scope, TEXT_COMBINATIONS)
        numbers: dict[syntax.Node, int] = {}
        examples: list[tuple[int, ...]] = []
        cells = np.empty(size, np.int64)
        starts = {self.layers.variables[layer].name: self.layers.offsets[layer] for layer in scope}
        for index in range(size):
            values = {
                name: self.domains[name][int(column[index])]
                for name, column in grid.columns.items()
            }
            left = residual(node, values)
            cells[index] = numbers.setdefault(left, len(numbers))
            if len(numbers) > len(examples):
                spots = [start + grid.columns[name][index] for name, start in starts.items()]
                examples.append(tuple(int(spot) for spot in spots))
                for length in (0, 1):  # a formula that fails is refused now, not at a click
                    rounded(term, number(left, dict.fromkeys(self.texts, "x" * length)))
        self._place_cells(term, scope, tuple(examples), cells)

    def _place_cells(
        self, term: Term, scope: list[int], examples: tuple[tuple[int, ...], ...], cells: Ints
    ) -> None:
        if len(examples) == 1:
            self.result.cells.append(Cells(term, examples))
        elif len(scope) == 1:
            first = int(self.layers.offsets[scope[0]])
            values_ = tuple((first + index, int(cell)) for index, cell in enumerate(cells))
            self.result.cells.append(Cells(term, examples, values_))
        else:
            sizes = [int(self.layers.sizes[layer]) for layer in scope]
            self.result.factors.append(factor_of_cells(term.name, scope, sizes, cells))
            self.result.cells.append(Cells(term, examples, (), True))


def _lead_days(layers: Layers, total: int) -> Ints:
    days = np.zeros(total, np.int64)
    for layer, variable in enumerate(layers.variables):
        facts = variable.attributes.get(LEAD_DAYS, {})
        for index, value in enumerate(variable.values):
            fact = facts.get(value, 0)
            if not isinstance(fact, str):
                days[int(layers.offsets[layer]) + index] = ceil(Fraction(fact))
    return days


def _is_integral(exact: Numbers) -> bool:
    remainder = exact.numerators % exact.denominators
    return not remainder.any()


def _times(node: syntax.Node, factor: int) -> syntax.Node:
    return node if factor == 1 else syntax.Product((node, syntax.Constant(Fraction(factor))))


def _summands(node: syntax.Node) -> list[syntax.Node]:
    """The node as a list of nodes that add up to it."""
    match node:
        case syntax.Sum(items):
            return [part for item in items for part in _summands(item)]
        case syntax.Choose(condition, then, otherwise) if otherwise == ZERO:
            return [syntax.Choose(condition, part, ZERO) for part in _summands(then)]
        case syntax.Product(items):
            varying = [item for item in items if syntax.names_in(item)]
            fixed = tuple(item for item in items if not syntax.names_in(item))
            if len(varying) == 1 and fixed:
                return [syntax.Product((*fixed, part)) for part in _summands(varying[0])]
    return [node]


def scopes_of(parsed: dict[str, Expression]) -> list[frozenset[str]]:
    """The options which should stand together in the diagram because a term joins them."""
    scopes = []
    for expression in parsed.values():
        if reads_text(expression.node):
            scopes.append(expression.references)
        else:
            scopes += [syntax.names_in(part) for part in _summands(expression.node)]
    return scopes
