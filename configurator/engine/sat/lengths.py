"""The lengths of texts as options of their own, so that claims can speak of them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from configurator.engine.language import syntax


def length_of(text: str) -> str:
    """The name of a text's length among the values of a design."""
    return f"len({text})"


def measured(node: Any) -> Any:
    """The node with the lengths of texts as numbers like any other."""
    if isinstance(node, syntax.Length):
        return syntax.Amount(length_of(node.name))
    if isinstance(node, tuple):
        return tuple(measured(each) for each in node)
    if not is_dataclass(node) or not syntax.children(node):  # type: ignore[arg-type]
        return node
    parts = {field.name: measured(getattr(node, field.name)) for field in fields(node)}
    return replace(node, **parts)  # type: ignore[type-var]
