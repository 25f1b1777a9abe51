"""Partial evaluation: what is left of an expression once the options are known."""

from __future__ import annotations

from collections.abc import Mapping

from configurator.engine.language import syntax as s
from configurator.engine.language.evaluate import holds, number
from configurator.engine.language.resolve import type_of
from configurator.engine.model import Value


def reads_text(node: s.Node) -> bool:
    """Whether the length of a text matters."""
    if isinstance(node, s.Length):
        return True
    return any(reads_text(child) for child in s.children(node))


def residual(node: s.Node, values: Mapping[str, Value]) -> s.Node:
    """The expression with all options replaced by `values`; only texts remain open."""
    if not reads_text(node):
        if type_of(node) == "condition":
            return s.Constant(holds(node, values))
        return s.Constant(number(node, values))
    match node:
        case s.Not(item):
            return s.Not(residual(item, values))
        case s.All(items) | s.Any(items):
            return _junction(items, values, every=isinstance(node, s.All))
        case s.Choose(condition, then, otherwise):
            known = residual(condition, values)
            if isinstance(known, s.Constant):
                return residual(then if known.value else otherwise, values)
            return s.Choose(known, residual(then, values), residual(otherwise, values))
        case s.Compare(operator, left, right):
            return s.Compare(operator, residual(left, values), residual(right, values))
        case s.Iff(left, right) | s.Divide(left, right):
            return type(node)(residual(left, values), residual(right, values))
        case s.Count(items) | s.Sum(items) | s.Product(items):
            return type(node)(tuple(residual(item, values) for item in items))
        case s.Function(name, items):
            return s.Function(name, tuple(residual(item, values) for item in items))
        case _:
            return node


def _junction(items: tuple[s.Node, ...], values: Mapping[str, Value], *, every: bool) -> s.Node:
    left = []
    for item in items:
        part = residual(item, values)
        if not isinstance(part, s.Constant):
            left.append(part)
        elif part.value is not every:
            return s.Constant(not every)
    if not left:
        return s.Constant(every)
    return s.All(tuple(left)) if every else s.Any(tuple(left))
