"""Writing a model as UVL: toggles are optional features, choices are alternatives.

Every product of the model is exactly one configuration of the feature model.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import prod

from configurator.engine.compile.rules import read_rules
from configurator.engine.errors import FormatError
from configurator.engine.language import syntax
from configurator.engine.language.evaluate import holds
from configurator.engine.model import Model, Table, Value, Variable, numbered

MOST_ROWS = 50_000
Names = dict[tuple[str, Value], str]


def write_uvl(model: Model) -> bytes:
    """UVL text; FormatError for rules over too many combinations."""
    names = _names(model)
    lines = ["features", f'\t"{_root(names)}"']
    toggles = [v for v in model.variables if _is_toggle(v)]
    others = [v for v in model.variables if not _is_toggle(v)]
    if others:
        lines.append("\t\tmandatory")
        for variable in others:
            lines.append(f'\t\t\t"{names[variable.name, ""]}"')
            lines.append("\t\t\t\talternative")
            for value in variable.values:
                lines.append(f'\t\t\t\t\t"{names[variable.name, value]}"')
    if toggles:
        lines.append("\t\toptional")
        lines += [f'\t\t\t"{names[variable.name, True]}"' for variable in toggles]
    constraints = list(_constraints(model, names))
    if constraints:
        lines += ["", "constraints", *(f"\t{constraint}" for constraint in constraints)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _is_toggle(variable: Variable) -> bool:
    return variable.values in ((False, True), (True, False))


def _names(model: Model) -> Names:
    """Feature names of options (value "") and of their values; all different, without . and "."""
    keys: list[tuple[str, Value]] = []
    wanted: list[str] = []
    for variable in model.variables:
        if _is_toggle(variable):
            keys.append((variable.name, True))
            wanted.append(variable.name)
            continue
        keys.append((variable.name, ""))
        wanted.append(variable.name)
        for value in variable.values:
            keys.append((variable.name, value))
            wanted.append(f"{variable.name}={value}")
    safe = numbered(_safe(name) for name in wanted)
    return dict(zip(keys, safe, strict=True))


def _safe(name: str) -> str:
    for unsafe, safe in ((".", "·"), ('"', "'"), ("\n", " "), ("\r", " ")):
        name = name.replace(unsafe, safe)
    return name or "_"


def _root(names: Names) -> str:
    root = "product"
    while root in names.values():
        root += "_"
    return root


def _constraints(model: Model, names: Names) -> Iterable[str]:
    variables = {variable.name: variable for variable in model.variables}
    parsed = read_rules(model)
    for rule in model.rules:
        if isinstance(rule, Table):
            yield from _table(rule.columns, rule.rows, rule.allowed, variables, names)
        else:
            node = parsed[rule.name].node
            text = _condition(node, variables, names)
            yield text if text is not None else _enumerated(rule.name, node, variables, names)


def _literal(variable: Variable, value: Value, names: Names) -> str:
    if _is_toggle(variable):
        name = f'"{names[variable.name, True]}"'
        return name if value else f"!{name}"
    return f'"{names[variable.name, value]}"'


def _table(
    columns: tuple[str, ...],
    rows: Iterable[tuple[Value, ...]],
    allowed: bool,
    variables: dict[str, Variable],
    names: Names,
) -> Iterable[str]:
    conjunctions = [
        " & ".join(_literal(variables[c], v, names) for c, v in zip(columns, row, strict=True))
        for row in rows
    ]
    if not allowed:
        yield from (f"!({conjunction})" for conjunction in conjunctions)
    elif conjunctions:
        yield " | ".join(f"({conjunction})" for conjunction in conjunctions)
    else:
        yield from _nothing(names)


def _nothing(names: Names) -> Iterable[str]:
    return [f'!"{_root(names)}"']


def _condition(node: syntax.Node, variables: dict[str, Variable], names: Names) -> str | None:
    """A condition without numbers as UVL; None for others."""
    match node:
        case syntax.Toggle(name):
            return f"({_literal(variables[name], True, names)})"
        case syntax.Member(name, values):
            kept = [v for v in variables[name].values if v in values]
            if not kept:
                return None
            return f"({' | '.join(_literal(variables[name], v, names) for v in kept)})"
        case syntax.Not(item):
            inner = _condition(item, variables, names)
            return None if inner is None else f"!{inner}"
        case syntax.All(items) | syntax.Any(items):
            parts = [_condition(item, variables, names) for item in items]
            word = " & " if isinstance(node, syntax.All) else " | "
            return None if None in parts else f"({word.join(filter(None, parts))})"
        case syntax.Iff(left, right):
            one, two = (_condition(item, variables, names) for item in (left, right))
            return None if one is None or two is None else f"({one} <=> {two})"
        case _:
            return None


def _enumerated(name: str, node: syntax.Node, variables: dict[str, Variable], names: Names) -> str:
    """A rule with numbers as the list of its combinations, whichever is shorter: the allowed or
    the forbidden ones."""
    columns = sorted(syntax.names_in(node))
    domains = [variables[column].values for column in columns]
    if prod(len(domain) for domain in domains) > MOST_ROWS:
        raise FormatError(f"the rule “{name}” has too many combinations to be written as UVL.")
    rows: dict[bool, list[tuple[Value, ...]]] = {True: [], False: []}
    for row in product(*domains):
        rows[holds(node, dict(zip(columns, row, strict=True)))].append(row)
    allowed = len(rows[True]) <= len(rows[False])
    found = list(_table(tuple(columns), rows[allowed], allowed, variables, names))
    if not found:
        return f'"{_root(names)}"'
    return " & ".join(f"({text})" for text in found)
