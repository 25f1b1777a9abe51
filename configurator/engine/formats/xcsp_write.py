"""Writing a model as XCSP 2.1: every rule as the table of its combinations.

Values are whole numbers there: a number that is whole is itself, all others are counted from 0, and
a comment beside the domain tells what they stand for. Every product of the model is one solution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from xml.sax.saxutils import quoteattr

from configurator.engine.compile.rules import read_rules
from configurator.engine.errors import FormatError
from configurator.engine.language import syntax
from configurator.engine.language.evaluate import holds
from configurator.engine.model import Model, Table, Value, Variable, numbered

MOST_ROWS = 50_000
MOST_PARTS = 200
UNSAFE = re.compile(r"\s+")
Rows = list[tuple[int, ...]]


def write_xcsp(model: Model) -> bytes:
    """XML; FormatError for rules over too many combinations."""
    codes = {v.name: _codes(v) for v in model.variables}
    names = dict(zip(codes, numbered(UNSAFE.sub("_", name) or "_" for name in codes), strict=True))
    constraints = list(_constraints(model, codes))
    arity = max((len(columns) for _name, columns, _rows, _allowed in constraints), default=0)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<instance>",
        f'<presentation format="XCSP 2.1" maxConstraintArity="{arity}"/>',
        f'<domains nbDomains="{len(names)}">',
        *(line for v in model.variables for line in _domain(names[v.name], v, codes[v.name])),
        "</domains>",
        f'<variables nbVariables="{len(names)}">',
        *(f"<variable name={_named(n)} domain={_named('D_' + n)}/>" for n in names.values()),
        "</variables>",
        f'<relations nbRelations="{len(constraints)}">',
    ]
    for index, (_name, columns, rows, allowed) in enumerate(constraints):
        how = "supports" if allowed else "conflicts"
        tuples = "|".join(" ".join(map(str, row)) for row in rows)
        lines.append(
            f'<relation name="R{index}" arity="{len(columns)}" nbTuples="{len(rows)}"'
            f' semantics="{how}">{tuples}</relation>'
        )
    lines += ["</relations>", f'<constraints nbConstraints="{len(constraints)}">']
    called = numbered(UNSAFE.sub("_", name) for name, _columns, _rows, _allowed in constraints)
    for index, (_name, columns, _rows, _allowed) in enumerate(constraints):
        scope = " ".join(names[column] for column in columns)
        lines.append(
            f'<constraint name={_named(called[index])} arity="{len(columns)}"'
            f' scope={_named(scope)} reference="R{index}"/>'
        )
    lines += ["</constraints>", "</instance>"]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _named(text: str) -> str:
    return quoteattr(re.sub(r"[\x00-\x1f]", "_", text))


def _codes(variable: Variable) -> dict[Value, int]:
    """The whole number of every value."""
    whole = [v for v in variable.values if isinstance(v, int) and not isinstance(v, bool)]
    if len(whole) == len(variable.values):
        return {value: value for value in whole}
    return {value: index for index, value in enumerate(variable.values)}


def _domain(name: str, variable: Variable, codes: Mapping[Value, int]) -> Iterator[str]:
    if any(value is not code for value, code in codes.items()):
        told = ", ".join(f"{code} = {value}" for value, code in codes.items())
        yield f"<!-- {name}: {re.sub('-(?=-)', '- ', told)} -->"
    values = " ".join(map(str, codes.values()))
    yield f'<domain name={_named("D_" + name)} nbValues="{len(codes)}">{values}</domain>'


Constraint = tuple[str, tuple[str, ...], Rows, bool]


def _constraints(model: Model, codes: Mapping[str, Mapping[Value, int]]) -> Iterator[Constraint]:
    """Each with its name, its variables, its rows, and whether these are the allowed ones."""
    variables = {variable.name: variable for variable in model.variables}
    parsed = read_rules(model)
    for rule in model.rules:
        if isinstance(rule, Table):
            yield rule.name, rule.columns, _coded(rule.columns, rule.rows, codes), rule.allowed
            continue
        for node in _conjuncts(parsed[rule.name].node):
            yield from _enumerated(rule.name, node, variables, codes)


def _coded(
    columns: tuple[str, ...],
    rows: tuple[tuple[Value, ...], ...] | list[tuple[Value, ...]],
    codes: Mapping[str, Mapping[Value, int]],
) -> Rows:
    of_columns = [codes[column] for column in columns]
    return [tuple(map(dict.__getitem__, of_columns, row)) for row in rows]  # type: ignore[arg-type]


def _conjuncts(node: syntax.Node) -> Iterator[syntax.Node]:
    """The parts of a condition that must all hold: smaller tables than that of the whole."""
    match node:
        case syntax.All(items):
            for item in items:
                yield from _conjuncts(item)
        case syntax.Not(syntax.Any(items)):
            for item in items:
                yield from _conjuncts(syntax.Not(item))
        case syntax.Not(syntax.Not(item)):
            yield from _conjuncts(item)
        case syntax.Any(items) if parts := _distributed(items):
            yield from parts
        case _:
            yield node


def _distributed(items: tuple[syntax.Node, ...]) -> list[syntax.Node]:
    """“not a or (b and c)” as “not a or b” and “not a or c”; nothing where that is no help."""
    parts = [[i] if isinstance(i, syntax.Any) else list(_conjuncts(i)) for i in items]
    if 1 < prod(len(part) for part in parts) <= MOST_PARTS:
        return [syntax.Any(chosen) for chosen in product(*parts)]
    return []


def _enumerated(
    name: str,
    node: syntax.Node,
    variables: Mapping[str, Variable],
    codes: Mapping[str, Mapping[Value, int]],
) -> Iterator[Constraint]:
    """A condition as the list of its combinations: the allowed or the forbidden ones, whichever
    are fewer."""
    columns = tuple(sorted(syntax.names_in(node))) or (next(iter(variables)),)
    domains = [variables[column].values for column in columns]
    if prod(len(domain) for domain in domains) > MOST_ROWS:
        among = ", ".join(f"“{column}”" for column in columns)
        raise FormatError(
            f"the rule “{name}” has too many combinations of {among} to be written as XCSP."
        )
    rows: dict[bool, list[tuple[Value, ...]]] = {True: [], False: []}
    for row in product(*domains):
        rows[holds(node, dict(zip(columns, row, strict=True)))].append(row)
    if rows[False]:
        allowed = len(rows[True]) <= len(rows[False])
        yield name, columns, _coded(columns, rows[allowed], codes), allowed
