"""The checked tree of a text: every name is known, every part has its type.

Conditions: Constant (bool), Toggle, Member, Same, Compare, Not, All, Any, Iff, Choose.
Numbers: Constant (Fraction), Amount, Fact, Length, Count, Sum, Product, Divide, Function, Choose.
Codes: Chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from configurator.engine.model import Value


@dataclass(frozen=True, slots=True)
class Constant:
    value: bool | Fraction


@dataclass(frozen=True, slots=True)
class Toggle:
    name: str


@dataclass(frozen=True, slots=True)
class Amount:
    """The number of an option or local name; 0 where the option does not apply."""

    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The code or text itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A numeric attribute of the chosen value; 0 where it is not given."""

    name: str
    attribute: str
    table: Mapping[Value, Fraction] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Length:
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    name: str
    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Same:
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Compare:
    """`operator` is one of = < <= ; the others are written with Not or swapped sides."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Not:
    item: Node


@dataclass(frozen=True, slots=True)
class All:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Iff:
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Choose:
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Count:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Divide:
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Function:
    """min, max, abs, ceil, floor, or round (half up, to a constant number of digits)."""

    name: str
    items: tuple[Node, ...]


Node = (
    Constant
    | Toggle
    | Amount
    | Chosen
    | Fact
    | Length
    | Member
    | Same
    | Compare
    | Not
    | All
    | Any
    | Iff
    | Choose
    | Count
    | Sum
    | Product
    | Divide
    | Function
)


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node."""
    match node:
        case Compare(_, left, right) | Iff(left, right) | Divide(left, right):
            return (left, right)
        case Not(item):
            return (item,)
        case Choose(condition, then, otherwise):
            return (condition, then, otherwise)
        case All(items) | Any(items) | Count(items) | Sum(items) | Product(items):
            return items
        case Function(_, items):
            return items
        case _:
            return ()


def names_in(node: Node) -> frozenset[str]:
    """Every option, text and local name that the node reads."""
    found: set[str] = set()
    stack = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, Toggle | Amount | Chosen | Fact | Length | Member):
            found.add(part.name)
        elif isinstance(part, Same):
            found.update((part.left, part.right))
        stack.extend(children(part))
    return frozenset(found)
