"""The choices of one option as a table, their attributes too."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog.checks.formulas import Formula, checked
from configurator.catalog.editing.moving import next_position
from configurator.catalog.editing.schemas import schema_about
from configurator.catalog.editing.tables import values
from configurator.catalog.editing.tables.sheet import Column, Line
from configurator.catalog.models import Choice, Option
from configurator.catalog.texts import languages

FACTS = 40
SHOWN = 200
FIELDS = 3_600
"""So many cells fit into one form."""


class Choices:
    """A page of an option's choices; `more` are attributes that none of them has yet."""

    def __init__(self, option: Option, *, start: int = 0, more: tuple[str, ...] = ()) -> None:
        self.option = option
        self.count = option.choices.count()
        facts = self._facts(more)
        self.columns = [*self._own(), *facts]
        self.size = min(SHOWN, FIELDS // (len(self.columns) + 3))
        self.start = min(start, max(self.count - 1, 0))

    def _own(self) -> list[Column]:
        names = [
            Column(f"name_{code}", _("Name (%(language)s)") % {"language": code}, width=16)
            for code in languages()
        ]
        nothing = (("", ""), ("nothing", _("nothing")))
        return [
            Column("code", _("Code"), width=12),
            *names,
            Column("price", _("Price, net"), width=10),
            Column("lead_days", _("Days"), "number", 5),
            Column("swatch", _("Color"), "color", 8),
            Column("needs", _("Needs"), "select", 8, nothing),
        ]

    def _facts(self, more: tuple[str, ...]) -> list[Column]:
        found: dict[str, None] = {}
        for attributes in self.option.choices.values_list("attributes", flat=True):
            found |= dict.fromkeys(attributes if isinstance(attributes, dict) else ())
        found |= dict.fromkeys(name for name in more if values.FACT.match(name))
        return [Column(f"@{name}", name, width=8) for name in list(found)[:FACTS]]

    @property
    def facts(self) -> list[str]:
        return [column.name[1:] for column in self.columns if column.name.startswith("@")]

    def stored(self) -> list[Choice]:
        return list(self.option.choices.all()[self.start : self.start + self.size])

    def new(self) -> Choice:
        return Choice(option=self.option, attributes={}, code="")

    def codes(self) -> dict[str, str]:
        return {code: str(key) for code, key in self.option.choices.values_list("code", "pk")}

    def text(self, row: Choice, column: str) -> str:
        if column.startswith("@"):
            return values.shown((row.attributes or {}).get(column[1:]))
        value = getattr(row, column)
        return "" if column == "lead_days" and not value else values.shown(value)

    def put(self, row: Choice, column: str, text: str) -> None:
        if not column.startswith("@"):
            values.put(row, column, text)
            return
        fact = values.fact(text)
        kept = {name: each for name, each in row.attributes.items() if name != column[1:]}
        row.attributes = kept if fact is None else {**row.attributes, column[1:]: fact}

    def check(self, rows: list[tuple[Any, Line]]) -> None:
        """Names and prices; new rows get their places."""
        end = next_position(Choice(option=self.option))
        schema = schema_about(self.option.product, [row.price for row, _line in rows])
        for row, line in rows:
            if not row.name_en:
                line.wrong("name_en", _("Write a name."))
            if not row.pk:
                row.position, end = end, end + 1
            if row.price and schema is not None:
                formula = Formula(("price",), row.price, "number")
                for problem in checked(formula, schema):
                    line.wrong("price", problem.message)
