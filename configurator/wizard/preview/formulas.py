"""Formulas of a scene: read and checked by the engine once, then computed in floats.

Pixels need no exact fractions, and a parametric picture evaluates thousands of coordinates, so the
checked tree is compiled to Python's own code over floats (`compiled.py`).
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from configurator.engine import Expression, Schema, parse
from configurator.engine.language.syntax import Constant
from configurator.wizard.preview.compiled import Tree, compiled

Values = Mapping[str, Any]
"""Option code or local name -> code, toggle, number or text."""

Number = Callable[[Values], float]
Condition = Callable[[Values], bool]
Written = str | float | list["Written"] | tuple["Written", ...]
"""A number, a formula, or a list of them."""


class Formulas:
    """Makes the formulas of one scene; `names` are the scene's own names beside the options."""

    def __init__(self, schema: Schema, names: Iterable[str] = ()) -> None:
        known = {**schema.names, **dict.fromkeys(names, int)}
        self._schema = Schema(schema.variables, schema.texts, known)
        self._own = frozenset(names) - schema.names.keys()
        self._read_already: dict[str, Expression] = {}
        self._numbers: dict[str, Number] = {}

    def number(self, text: str | float) -> Number:
        """A number as it stands or as a formula; raises ExpressionError."""
        if isinstance(text, int | float):
            constant = float(text)
            return lambda _values: constant
        if text not in self._numbers:
            self._numbers[text] = compiled(self._read(text).node, self._own)
        return self._numbers[text]

    def together(self, written: Written) -> Callable[[Values], Any]:
        """Many numbers at once, computed as tuples; raises ExpressionError."""
        return compiled(self._tree(written), self._own)

    def condition(self, text: str) -> tuple[Condition, frozenset[str]]:
        """A condition and the names that it reads; raises ExpressionError."""
        expression = parse(text, self._schema, want="condition")
        return compiled(expression.node, self._own), expression.references

    def references(self, text: str | float) -> frozenset[str]:
        """The names that a number or formula reads."""
        return frozenset() if isinstance(text, int | float) else self._read(text).references

    def _tree(self, written: Written) -> Tree:
        if isinstance(written, list | tuple):
            return [self._tree(each) for each in written]
        if isinstance(written, str):
            return self._read(written).node
        return Constant(Fraction(written))

    def _read(self, text: str) -> Expression:
        if text not in self._read_already:
            self._read_already[text] = parse(text, self._schema, want="number")
        return self._read_already[text]
