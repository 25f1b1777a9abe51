"""Brute force over every combination: what the engine is checked against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st

from configurator.engine import Model, Rule, Schema, Table, Term, Value, Variable, parse
from configurator.engine.compile.terms import rounded
from tests.effort import often


def examples(count: int) -> settings:
    """So many random models (tests/effort.py)."""
    return settings(max_examples=often(count), deadline=None)


Design = dict[str, Value]


class Oracle:
    """All valid designs of a small model, with their totals for given texts."""

    def __init__(self, model: Model, texts: Mapping[str, str] | None = None) -> None:
        self.model = model
        self.texts = dict(texts or {})
        schema = Schema(model.variables, model.texts)
        self.conditions = [
            parse(rule.text, schema, want="condition")
            for rule in model.rules
            if isinstance(rule, Rule)
        ]
        self.amounts = [
            (
                term,
                parse(term.amount, schema, want="number"),
                parse(term.when, schema, want="condition") if term.when else None,
            )
            for term in model.terms
        ]
        self.designs = [design for design in self._all() if self.valid(design)]

    def _all(self) -> Iterator[Design]:
        names = [variable.name for variable in self.model.variables]
        for values in product(*(variable.values for variable in self.model.variables)):
            yield dict(zip(names, values, strict=True))

    def valid(self, design: Design) -> bool:
        for rule in self.model.rules:
            if isinstance(rule, Table):
                row = tuple(design[column] for column in rule.columns)
                if (row in rule.rows) != rule.allowed:
                    return False
        return all(condition.evaluate(design) for condition in self.conditions)

    def term_amounts(self, design: Design) -> dict[str, int]:
        values = {**dict.fromkeys(self.model.texts, ""), **self.texts, **design}
        found = {}
        for term, amount, when in self.amounts:
            exact = amount.evaluate(values) if when is None or when.evaluate(values) else 0
            assert not isinstance(exact, str)
            found[term.name] = rounded(term, exact)  # type: ignore[arg-type]
        return found

    def total(self, design: Design) -> int:
        amounts = self.term_amounts(design)
        return sum(amounts[term.name] for term in self.model.terms if term.kind == "sum")

    def days(self, design: Design) -> int:
        amounts = self.term_amounts(design)
        found = [amounts[term.name] for term in self.model.terms if term.kind == "max"]
        for variable in self.model.variables:
            days = variable.attributes.get("lead_days", {}).get(design[variable.name], 0)
            assert isinstance(days, int)
            found.append(days)
        return max([0, *found])

    def keeping(self, choices: Mapping[str, Value], *, without: str = "") -> list[Design]:
        """The valid designs that keep the choices (of other options than `without`)."""
        kept = {name: value for name, value in choices.items() if name != without}
        return [
            design
            for design in self.designs
            if all(design[name] == value for name, value in kept.items())
        ]


NAMES = ("a", "b", "c", "d", "e")


@st.composite
def variables(draw: st.DrawFn) -> tuple[Variable, ...]:
    found = []
    for name in NAMES[: draw(st.integers(1, 5))]:
        kind = draw(st.sampled_from(("choice", "toggle", "number")))
        values: tuple[Value, ...]
        if kind == "choice":
            values = ("red", "green", "blue", "none")[: draw(st.integers(1, 4))]
        elif kind == "toggle":
            values = (False, True)
        else:
            values = (1, 2, Decimal("2.5"), 4, "none")[: draw(st.integers(1, 5))]
        days = {value: draw(st.integers(0, 5)) for value in values}
        weights = {value: draw(st.integers(-3, 9)) for value in values}
        attributes = {"lead_days": days, "weight": weights}
        found.append(Variable(name, values, kind, attributes=attributes))  # type: ignore[arg-type]
    return tuple(found)


def written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


@st.composite
def conditions(draw: st.DrawFn, known: tuple[Variable, ...], depth: int = 2) -> str:
    kind = draw(st.sampled_from(("is", "not", "in", "and", "or", "if", "iff", "compare", "count")))
    if depth == 0 or kind in ("is", "not", "in"):
        variable = draw(st.sampled_from(known))
        some = draw(st.lists(st.sampled_from(variable.values), min_size=1, max_size=3))
        if kind == "in":
            return f"{variable.name} in {{{', '.join(written(value) for value in some)}}}"
        return f"{variable.name} {'!=' if kind == 'not' else '='} {written(some[0])}"
    if kind == "compare":
        one, two = draw(formulas(known, depth - 1)), draw(formulas(known, depth - 1))
        operator = draw(st.sampled_from(("<=", "<", ">", ">=", "=", "!=")))
        return f"({one} {operator} {two})"
    one, two = draw(conditions(known, depth - 1)), draw(conditions(known, depth - 1))
    if kind == "count":
        how = draw(st.sampled_from(("at most", "at least", "exactly")))
        return f"{how} 1 of {{{one}, {two}}}"
    if kind == "if":
        three = draw(conditions(known, depth - 1))
        return f"(if {one} then {two} else {three})"
    word = {"and": "and", "or": "or", "iff": "iff"}[kind]
    return f"({one} {word} {two})"


@st.composite
def formulas(
    draw: st.DrawFn, known: tuple[Variable, ...], depth: int = 2, texts: tuple[str, ...] = ()
) -> str:
    kinds = (
        "number",
        "weight",
        "amount",
        "sum",
        "product",
        "if",
        "count",
        "round",
        "min",
        "divide",
    )
    kind = draw(st.sampled_from(kinds))
    if texts and draw(st.integers(0, 4)) == 0:
        return f"{draw(st.integers(1, 3))}.5 * len({texts[0]})"
    numbers = [variable.name for variable in known if variable.kind == "number"]
    if kind == "amount" and numbers:
        return draw(st.sampled_from(numbers))
    if kind == "weight":
        return f"{draw(st.sampled_from(known)).name}.weight"
    if depth == 0 or kind in ("number", "amount"):
        return draw(st.sampled_from(("0", "1", "2.5", "3.333", "0.005")))
    if kind == "count":
        return f"count({draw(conditions(known, 0))}, {draw(conditions(known, 0))})"
    one = draw(formulas(known, depth - 1, texts))
    two = draw(formulas(known, depth - 1, texts))
    if kind == "if":
        return f"(if {draw(conditions(known, depth - 1))} then {one} else {two})"
    if kind == "round":
        return f"round({one}, {draw(st.integers(0, 2))})"
    if kind == "min":
        return f"{draw(st.sampled_from(('min', 'max')))}({one}, {two})"
    if kind == "divide":
        return f"(({one}) / (abs({two}) + 1))"
    sign = draw(st.sampled_from(("+", "-"))) if kind == "sum" else "*"
    return f"({one} {sign} {two})"


@st.composite
def tables(draw: st.DrawFn, known: tuple[Variable, ...], name: str) -> Table:
    scope = draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique_by=id))
    row = st.tuples(*(st.sampled_from(variable.values) for variable in scope))
    rows = draw(st.lists(row, max_size=8))
    columns = tuple(variable.name for variable in scope)
    return Table(name, columns, tuple(rows), draw(st.booleans()))


@st.composite
def models(draw: st.DrawFn, *, terms: bool = True) -> Model:
    known = draw(variables())
    rules: list[Rule | Table] = []
    for number in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            rules.append(draw(tables(known, f"rule-{number}")))
        else:
            rules.append(Rule(f"rule-{number}", draw(conditions(known))))
    found = []
    for number in range(draw(st.integers(0, 3)) if terms else 0):
        kind = draw(st.sampled_from(("sum", "sum", "max")))
        texts = ("note",) if kind == "sum" else ()
        when = draw(st.one_of(st.just(""), conditions(known, 1)))
        amount = draw(formulas(known, 2, texts))
        found.append(Term(f"term-{number}", amount, when, kind=kind))  # type: ignore[arg-type]
    return Model(known, tuple(rules), tuple(found), ("note",))


@st.composite
def choices(draw: st.DrawFn, model: Model, most: int = 5) -> Design:
    chosen = draw(st.lists(st.sampled_from(model.variables), max_size=most, unique_by=id))
    return {variable.name: draw(st.sampled_from(variable.values)) for variable in chosen}
