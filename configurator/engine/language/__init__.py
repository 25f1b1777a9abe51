"""The rule language: conditions and formulas as a firm writes them, parsed and evaluated exactly.

schema = Schema(variables, texts)
parse("frame = titanium requires brakes in {disc, drum}", schema).evaluate(choices)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from configurator.engine.errors import ExpressionError
from configurator.engine.language import syntax
from configurator.engine.language.evaluate import holds, number
from configurator.engine.language.grammar import Raw, read
from configurator.engine.language.measures import Measurer
from configurator.engine.language.resolve import Resolver, cases_of, delaying, type_of
from configurator.engine.language.schema import Schema
from configurator.engine.model import Value

__all__ = ["Expression", "Schema", "delays_of", "parse"]

Want = Literal["condition", "number", "any"]


@dataclass(frozen=True)
class Expression:
    """A checked text. `references` are the options, texts and local names that it reads."""

    text: str
    node: syntax.Node
    kind: str
    references: frozenset[str]

    def evaluate(self, values: Mapping[str, Value]) -> bool | Fraction | str:
        """The exact value; every referenced name must be given, texts default to empty."""
        try:
            if self.kind == "condition":
                return holds(self.node, values)
            if self.kind == "number":
                return number(self.node, values)
            assert isinstance(self.node, syntax.Chosen)
            return str(values.get(self.node.name, ""))
        except KeyError as error:
            raise ExpressionError(f"“{error.args[0]}” has no value yet.") from None


def parse(text: str, schema: Schema, *, want: Want = "any") -> Expression:
    """Read and check `text`; raises ExpressionError with line, column and a suggestion."""
    raw = read(text)
    resolver = Resolver(schema, Measurer(schema).text(raw), raw)
    if want == "condition":
        node = resolver.condition(raw)
    elif want == "number":
        node = resolver.number(raw)
    else:
        node = resolver.resolve(raw)
    return Expression(text, node, type_of(node), syntax.names_in(node))


def delays_of(text: str, schema: Schema) -> list[tuple[Expression, int]]:
    """Of a rule like “engraving requires delivery at least 3 days later” the conditions, each
    about one option, of which any suffices, and the working days; nothing for a rule that allows
    and forbids. Raises ExpressionError."""
    raw = read(text)
    if not delaying(raw):
        return []
    parse(text, schema, want="condition")
    one, other = (part for part in raw.parts if isinstance(part, Raw))
    condition = Resolver(schema, Measurer(schema).text(one), one).condition(one)
    days = int(str(other.parts[1]))
    return [
        (Expression(text, case, "condition", syntax.names_in(case)), days)
        for case in cases_of(condition)
    ]
