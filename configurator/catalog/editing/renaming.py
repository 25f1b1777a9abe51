"""A code that is changed is changed wherever the product speaks of it.

What a word in a formula means is found by trying: under a schema that knows another name for what
is renamed, a word means it if the formula can still be read with that name in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from configurator.catalog.braces import NAMED
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.changes import Change
from configurator.catalog.modeling import schema_of
from configurator.catalog.models import (
    Choice,
    Layer,
    LayerFile,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
)
from configurator.catalog.texts import languages
from configurator.engine import EngineError, Schema, Variable, parse

FORMULAS: dict[type[Any], tuple[str, ...]] = {
    Option: ("when", "price"),
    Choice: ("price",),
    Rule: ("text",),
    PriceRule: ("when", "amount"),
    Part: ("when", "quantity", "cut_length", "cut_width", "cut_thickness", "cost"),
    Operation: ("when", "setup_minutes", "run_minutes"),
    Layer: ("when",),
}
IN_BRACES: dict[type[Any], tuple[str, ...]] = {
    Choice: ("image",),
    Operation: (
        *(f"instructions_{code}" for code in languages()),
        *(f"tooling_{code}" for code in languages()),
        *("checks", "pictures"),
    ),
    Layer: ("spec",),
}
MATERIALS = tuple(f"material_{code}" for code in languages())
PROBE = "renamed_for_a_moment"
"""A code that nothing has."""
Renamed = Callable[[Any], Any]


@dataclass(frozen=True)
class Renaming:
    """One code that becomes another; `option` is the code of a choice's option."""

    kind: type[Any]
    old: str
    new: str
    option: str = ""


def renaming_of(row: Any, old: str) -> Renaming | None:
    """What has to be told elsewhere when a row that was called `old` has its new code."""
    if not old or old == row.code or not isinstance(row, Option | Choice | Part | Operation):
        return None
    option = row.option.code if isinstance(row, Choice) else ""
    return Renaming(type(row), old, row.code, option)


def rename(change: Change, product: Product, renaming: Renaming) -> int:
    """Change the code wherever the product speaks of it (the row itself has it already); how many
    rows are changed."""
    words = Words(schema_of(read_content(product)), renaming)
    changed = 0
    for model in FORMULAS:
        owner = {"option__product": product} if model is Choice else {"product": product}
        rows = list(model._default_manager.filter(**owner))
        for row in rows:
            _rewrite(row, words)
        changed += change.save_all(rows)
    cases = list(product.cases.all())
    for case in cases:
        case.choices, case.texts = words.values(case.choices), words.values(case.texts)
        if case.parts and renaming.kind is Part:
            case.parts = {
                renaming.new if c == renaming.old else c: n for c, n in case.parts.items()
            }
    changed += change.save_all(cases)
    changed += change.save_all(_files(product, renaming))
    product.refresh_from_db()
    product.showcase = words.values(product.showcase)
    product.coverage = [words.statement(each) for each in product.coverage]
    return changed + change.save(product)


def _rewrite(row: Any, words: Words) -> None:
    for field in FORMULAS[type(row)]:
        setattr(row, field, words.formula(getattr(row, field)))
    for field in IN_BRACES.get(type(row), ()):
        inside = words.spec if field == "spec" else words.braces
        setattr(row, field, inside(getattr(row, field)))
    if isinstance(row, Rule):
        row.rows = [words.cells(row.columns, cells) for cells in row.rows or []]
        row.columns = [words.code(column) for column in row.columns or []]
    if isinstance(row, Part):
        for field in MATERIALS:
            setattr(row, field, words.code(getattr(row, field)))
    if words.renaming.kind is Operation:
        if isinstance(row, Part) and row.operation == words.renaming.old:
            row.operation = words.renaming.new
        if isinstance(row, Operation) and row.predecessors:
            new = {words.renaming.old: words.renaming.new}
            row.predecessors = [new.get(each, each) for each in row.predecessors]


class Words:
    """The texts of a product with the new code."""

    def __init__(self, schema: Schema, renaming: Renaming) -> None:
        self.renaming = renaming
        self.word = re.compile(rf"(?<![\w-]){re.escape(renaming.old)}(?![\w-])")
        self.schema = _with_both(schema, renaming)

    def code(self, code: Any) -> Any:
        """The code of an option, where that is renamed."""
        mine = self.renaming.kind is Option and code == self.renaming.old
        return self.renaming.new if mine else code

    def formula(self, text: str) -> str:
        """A condition or number with the new code where a word means what is renamed."""
        if self.renaming.kind not in (Option, Choice) or not self.word.search(text):
            return text
        named = self._names(text)
        found = [each for each in self.word.finditer(text) if self._is_meant(text, each, named)]
        for each in reversed(found):
            inside = text[: each.start()][-1:] in ('"', "“")
            plain = inside or re.fullmatch(r"[^\W\d]\w*", self.renaming.new)
            new = self.renaming.new if plain else f'"{self.renaming.new}"'
            text = f"{text[: each.start()]}{new}{text[each.end() :]}"
        return text

    def _is_meant(self, text: str, word: re.Match[str], named: frozenset[str] | None) -> bool:
        """Whether the formula says the same with another name for what is renamed in its place."""
        tried = self._names(f"{text[: word.start()]}{PROBE}{text[word.end() :]}")
        if tried is None or named is None:
            return False
        return {self.renaming.old if name == PROBE else name for name in tried} | (
            {self.renaming.old} & named
        ) == named

    def _names(self, text: str) -> frozenset[str] | None:
        """The options that a formula reads; None where it cannot be read."""
        try:
            return parse(text, self.schema).references
        except (EngineError, RecursionError):
            return None

    def braces(self, data: Any) -> Any:
        """Texts which name options in braces."""
        if isinstance(data, str):
            return NAMED.sub(lambda found: f"{{{self.code(found[1])}}}", data)
        return _inside(data, self.braces)

    def spec(self, data: Any) -> Any:
        """What a layer says: options by their codes, in braces and in formulas."""
        if isinstance(data, str):
            told = self.braces(self.code(data))
            return told if told != data else self.formula(data)
        return _inside(data, self.spec)

    def values(self, data: Any) -> Any:
        """Values by code, as test cases and showcases have them."""
        if not isinstance(data, dict) or self.renaming.kind not in (Option, Choice):
            return data
        old, new = self.renaming.old, self.renaming.new
        if self.renaming.kind is not Choice:
            return {new if code == old else code: value for code, value in data.items()}
        mine = self.renaming.option
        return {c: new if c == mine and str(v) == old else v for c, v in data.items()}

    def cells(self, columns: list[str], cells: list[Any]) -> list[Any]:
        """A row of a table; a cell may stand for several values."""
        if self.renaming.kind is not Choice:
            return cells
        return [
            self.word.sub(lambda _found: self.renaming.new, cell)
            if column == self.renaming.option and isinstance(cell, str)
            else cell
            for column, cell in zip(columns, cells, strict=False)
        ]

    def statement(self, statement: Any) -> Any:
        """A statement of the coverage."""
        if not isinstance(statement, dict):
            return statement
        kinds: dict[type[Any], str] = {Part: "part", Operation: "operation"}
        own, old = kinds.get(self.renaming.kind), self.renaming.old
        new = {old: self.renaming.new, f"{own}:{old}": f"{own}:{self.renaming.new}"} if own else {}
        of = [new.get(str(code), code) for code in statement.get("of", [])]
        told = {**statement, "of": of}
        return {**told, "when": self.formula(told["when"])} if told.get("when") else told


def _inside(data: Any, renamed: Renamed) -> Any:
    if isinstance(data, list):
        return [renamed(each) for each in data]
    if isinstance(data, dict):
        return {key: renamed(value) for key, value in data.items()}
    return data


def _with_both(schema: Schema, renaming: Renaming) -> Schema:
    """What formulas may speak of, by the old code and by the new one."""
    both: list[Variable] = []
    names = (renaming.old, renaming.new, PROBE)
    for variable in schema.variables:
        if renaming.kind is Option and variable.name in names:
            both += [replace(variable, name=name) for name in names]
        elif renaming.kind is Choice and variable.name == renaming.option:
            values = (*variable.values, renaming.old, PROBE)
            both.append(replace(variable, values=tuple(dict.fromkeys(values))))
        else:
            both.append(variable)
    texts = list(schema.texts)
    if renaming.kind is Option and {*names} & {*texts}:
        texts = [*texts, *sorted({*names} - {*texts})]
    return Schema(both, texts)


def _files(product: Product, renaming: Renaming) -> list[LayerFile]:
    """Picture files whose paths are filled with the renamed choice, under their new paths."""
    if renaming.kind is not Choice:
        return []
    hole = f"{{{renaming.option}}}"
    patterns = [
        (re.compile(_pattern(template, hole, renaming.old)), template)
        for template in set(_templates(product))
        if hole in template
    ]
    files = list(product.layer_files.all())
    for file in files:
        if any(pattern.fullmatch(file.path) for pattern, _template in patterns):
            file.path = re.sub(
                rf"(?<![\w]){re.escape(renaming.old)}(?![\w])", renaming.new, file.path
            )
    return files


def _pattern(template: str, hole: str, old: str) -> str:
    parts = re.split(r"(\{\w+\})", template)
    return "".join(
        re.escape(old) if part == hole else "[^/]+" if part.startswith("{") else re.escape(part)
        for part in parts
    )


def _templates(product: Product) -> Iterator[str]:
    """Every text of the picture and the bench that names a file."""

    def texts(data: Any) -> Iterator[str]:
        if isinstance(data, str):
            yield data
        elif isinstance(data, dict | list):
            for each in data.values() if isinstance(data, dict) else data:
                yield from texts(each)

    for layer in product.layers.all():
        yield from texts(layer.spec)
    for operation in product.operations.all():
        yield from texts(operation.pictures)
