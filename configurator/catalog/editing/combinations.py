"""Tables of combinations as text: a line of options, then a line of their values for each row.

Cells stand between tabs, as spreadsheets copy them. Options and values are known by code or by
name. A cell may also say * (any value), `oak | ash` (each of these), 300..600 (all between) and
>= 500; it is kept as that (engine/cells.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from math import prod
from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog.configuration import exact, number_text, value_from_json, value_to_json
from configurator.catalog.drafts import choice_content, option_content
from configurator.catalog.editing.numbers import number_from
from configurator.catalog.editing.tables.pasting import NotPasted, cells_of
from configurator.catalog.modeling import SPACE_KINDS, number_values
from configurator.catalog.models import Choice, Option, Product
from configurator.catalog.problems import meant, short
from configurator.catalog.texts import languages
from configurator.engine import NONE, Variable
from configurator.engine.cells import MOST_LINES, CellError, normal
from configurator.engine.cells import meant as meant_by

MOST = 20_000
ANY = ("*", "any")
YES = ("yes", "true", "on", "sí", "si", "tak", "1")
NO = ("no", "false", "off", "nie", "0")
MOST_TOLD = 50


@dataclass(frozen=True)
class Wrong:
    """What is wrong, and where: rows and columns count from 0, the row of the options is -1."""

    row: int | None
    column: int | None
    message: str

    def told(self) -> str:
        """With its place in words."""
        if self.row is None:
            return self.message
        if self.row < 0:
            return _("Heading, column %(column)s: %(message)s") % self._places()
        if self.column is None:
            return _("Row %(row)s: %(message)s") % self._places()
        return _("Row %(row)s, column %(column)s: %(message)s") % self._places()

    def _places(self) -> dict[str, Any]:
        return {
            "row": (self.row or 0) + 1,
            "column": (self.column or 0) + 1,
            "message": self.message,
        }


@dataclass(frozen=True)
class Combinations:
    """What a text says; with problems, as much of it as could be read."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[Any]] = field(default_factory=list)
    problems: list[Wrong] = field(default_factory=list)


def written(columns: Any, rows: Any) -> str:
    """A table as text, by codes; what is no table is left as it is."""
    if not columns or not isinstance(columns, list) or not isinstance(rows, list):
        return ""
    lines = [columns, *(row if isinstance(row, list) else [row] for row in rows)]
    return "\n".join("\t".join(_written(value) for value in line) for line in lines)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_text(Decimal(str(value)))
    return str(value)


def read(text: str, product: Product) -> Combinations:
    """The table that a text is, and everything that is wrong with it."""
    try:
        lines = cells_of(text, most=MOST)
    except NotPasted as error:
        return Combinations(problems=[Wrong(None, None, str(error))])
    if not lines:
        return Combinations()
    heading = _trimmed(lines[0])
    known, problems = _headed(heading, product)
    if problems:
        return Combinations(problems=problems)
    rows: list[list[Any]] = []
    count = 0
    lists: dict[tuple[Any, ...], int] = {}
    for number, line in enumerate(lines[1:]):
        made = list(_row(number, line, known, problems))
        if len(made) == len(known):
            _take(number, made, rows, lists, problems)
            count += prod(len(cell.values) for cell in made)
        if len(rows) > MOST_LINES and count > max(MOST, len(rows)):
            problems.append(Wrong(number, None, _too_large(count)))
            break
        if len(problems) >= MOST_TOLD or len(rows) > MOST:
            break
    return Combinations([each.code for each in known], rows, problems[:MOST_TOLD])


def _too_large(count: int) -> str:
    told = _(
        "With this row there are %(count)s combinations in more than %(rows)s rows: that is too "
        "many. Join rows that differ in one option (oak | ash, 300..600), or write a condition."
    )
    return told % {"count": f"{count:,}", "rows": MOST_LINES}


def _take(
    number: int,
    cells: list[Cell],
    rows: list[list[Any]],
    seen: dict[tuple[Any, ...], int],
    problems: list[Wrong],
) -> None:
    """Add the combinations of a line; one that is there already is told."""
    key = tuple((type(cell.said) is bool, cell.said) for cell in cells)
    if key in seen:
        told = _("It is the same combination as row %(row)s.") % {"row": seen[key] + 1}
        problems.append(Wrong(number, None, told))
        return
    seen[key] = number
    rows.append([cell.said for cell in cells])


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


@dataclass(frozen=True)
class Cell:
    """What a cell says, by codes, and the values for which it stands."""

    said: Any
    values: tuple[Any, ...]


class Values:
    """The values of one option, by everything that they are called."""

    def __init__(self, option: Option, choices: list[Choice]) -> None:
        self.option, self.code, self.kind = option, option.code, option.kind
        self.none = bool(option.when)
        self.all, self.called = self._known(choices)

    def _known(self, choices: list[Choice]) -> tuple[list[Any], dict[str, Any]]:
        if self.kind == Option.Kind.TOGGLE:
            return [True, False], dict.fromkeys(YES, True) | dict.fromkeys(NO, False)
        if self.kind == Option.Kind.NUMBER:
            content = {**option_content(self.option), "choices": []}
            return [value_to_json(value) for value in number_values(content)], {}
        contents = [choice_content(choice) for choice in choices]
        called: dict[str, Any] = {}
        for content in contents:
            for language in reversed(languages()):
                if name := content["name"].get(language):
                    called[name.casefold()] = content["code"]
        codes = [content["code"] for content in contents]
        return codes, {**called, **{code.casefold(): code for code in codes}}

    def of(self, text: str) -> Cell:
        """What a cell means; ValueError where it means nothing."""
        if (one := self._one(text)) is not None:
            return Cell(one, (one,))
        if text.casefold() in ANY:
            return Cell("*", (*self.all, *([NONE] if self.none else [])))
        if "|" in text:
            parts = [self.of(part.strip()) for part in text.split("|") if part.strip()]
            found = dict.fromkeys(value for part in parts for value in part.values)
            if len(found) == 1:
                return Cell(next(iter(found)), tuple(found))
            listed = dict.fromkeys(_written(part.said) for part in parts)
            return Cell(" | ".join(listed), tuple(found))
        if self.kind == Option.Kind.NUMBER and (said := normal(text, self.option.unit)):
            return Cell(said, self._between(said))
        raise ValueError(self._unknown(text))

    def _one(self, text: str) -> Any:
        if text == NONE and self.none:
            return NONE
        if self.kind != Option.Kind.NUMBER:
            return self.called.get(text.casefold())
        number = self._number(text)
        if number is None:
            return None
        value = value_to_json(exact(number))
        return value if value in self.all else None

    def _number(self, text: str) -> Decimal | None:
        bare = text.removesuffix(self.option.unit).strip() if self.option.unit else text
        try:
            plain = number_from(bare)
        except ValueError:
            return None
        return Decimal(plain) if plain is not None else None

    def _between(self, said: str) -> tuple[Any, ...]:
        values = tuple(value_from_json(value) for value in self.all)
        try:
            found = meant_by(said, Variable(self.code, values, "number"))
        except CellError:
            none = _("No value of %(option)s is in it.") % {"option": self.option.name}
            raise ValueError(none) from None
        return tuple(map(value_to_json, found))

    def _unknown(self, text: str) -> str:
        if self.kind == Option.Kind.TOGGLE:
            return _("%(option)s is yes or no.") % {"option": self.option.name}
        if self.kind == Option.Kind.NUMBER:
            low, high, step = (
                number_text(number or Decimal(0))
                for number in (self.option.minimum, self.option.maximum, self.option.step_size)
            )
            bounds = {"option": self.option.name, "low": low, "high": high, "step": step}
            return _("%(option)s is %(low)s to %(high)s in steps of %(step)s.") % bounds
        said = {"option": self.option.name, "text": short(text)}
        return (_("%(option)s has no choice “%(text)s”.") % said) + meant(text, map(str, self.all))


def _headed(heading: list[str], product: Product) -> tuple[list[Values], list[Wrong]]:
    """The options of the columns; what is wrong with the first line."""
    options = list(Option.objects.filter(product=product))
    called: dict[str, Option] = {}
    for option in reversed(options):
        for name in option_content(option)["name"].values():
            called[name.casefold()] = option
    called |= {option.code.casefold(): option for option in options}
    found: list[Option] = []
    problems: list[Wrong] = []
    for column, name in enumerate(heading):
        named = called.get(name.casefold())
        if named is None:
            hint = meant(name, [option.code for option in options])
            told = _("There is no option “%(name)s”.") % {"name": short(name)}
            problems.append(Wrong(-1, column, f"{told}{hint}"))
        elif named.kind not in SPACE_KINDS:
            told = _("A table cannot speak of “%(name)s”, which is written freely.")
            problems.append(Wrong(-1, column, told % {"name": named.name}))
        elif named in found:
            problems.append(Wrong(-1, column, _("This option has a column already.")))
        else:
            found.append(named)
    if problems:
        return [], problems
    return list(_values(found)), []


def _values(options: list[Option]) -> Iterator[Values]:
    choices: dict[int, list[Choice]] = {}
    for choice in Choice.objects.filter(option__in=options):
        choices.setdefault(choice.option_id, []).append(choice)
    for option in options:
        yield Values(option, choices.get(option.pk, []))


def _row(
    number: int, line: list[str], known: list[Values], problems: list[Wrong]
) -> Iterator[Cell]:
    """What each cell of a line means."""
    line = _trimmed(line)
    if len(line) > len(known):
        told = _("This row has %(cells)s cells for %(columns)s options.")
        counts = {"cells": len(line), "columns": len(known)}
        problems.append(Wrong(number, len(known), told % counts))
        return
    for column, values in enumerate(known):
        text = line[column] if column < len(line) else ""
        if not text:
            problems.append(Wrong(number, column, _("Choose a value, or * for any.")))
            continue
        try:
            yield values.of(text)
        except ValueError as error:
            problems.append(Wrong(number, column, str(error)))
