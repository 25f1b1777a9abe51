"""The options of a product as a table."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from configurator.catalog.checks.formulas import Formula, Want, checked
from configurator.catalog.checks.options import problems_of_option
from configurator.catalog.drafts import option_content
from configurator.catalog.editing.adding import begin
from configurator.catalog.editing.moving import next_position
from configurator.catalog.editing.schemas import schema_about
from configurator.catalog.editing.tables import values
from configurator.catalog.editing.tables.sheet import Column, Line
from configurator.catalog.models import Option, Product, Step
from configurator.catalog.texts import languages

SHOWN = 100
FORMULAS: dict[str, Want] = {"when": "condition", "price": "number"}
COLUMN_OF = {"step": "step_size"}


class Options:
    """A page of a product's options, in the order of the wizard."""

    facts: tuple[str, ...] = ()

    def __init__(self, product: Product, *, start: int = 0) -> None:
        self.product = product
        self.steps = {str(step.pk): step for step in product.steps.all()}
        self.count = product.options.count()
        self.size = SHOWN
        self.start = min(start, max(self.count - 1, 0))
        self.columns = self._columns()

    def _columns(self) -> list[Column]:
        steps = tuple((key, step.name) for key, step in self.steps.items())
        kinds = tuple((str(value), str(label)) for value, label in Option.Kind.choices)
        known = ((str(value), str(label)) for value, label in Option.Control.choices)
        controls = (("", _("as usual")), *known)
        names = [
            Column(f"name_{code}", _("Name (%(language)s)") % {"language": code}, width=16)
            for code in languages()
        ]
        return [
            Column("code", _("Code"), width=12),
            *names,
            Column("step", _("Step"), "select", 10, steps),
            Column("kind", _("Kind"), "select", 10, kinds),
            Column("control", _("Control"), "select", 10, controls),
            Column("unit", _("Unit"), width=5),
            Column("minimum", _("From"), "number", 6),
            Column("maximum", _("To"), "number", 6),
            Column("step_size", _("In steps of"), "number", 5),
            Column("price", _("Price, net"), width=10),
            Column("lead_days", _("Days"), "number", 5),
            Column("when", _("Only when"), width=18),
        ]

    def stored(self) -> list[Option]:
        rows = Option.objects.filter(product=self.product).order_by(
            *("step__position", "step_id", "position", "id")
        )
        return list(rows[self.start : self.start + self.size])

    def new(self) -> Option:
        return Option(
            product=self.product, code="", control="", step=next(iter(self.steps.values()), None)
        )

    def codes(self) -> dict[str, str]:
        return {code: str(key) for code, key in self.product.options.values_list("code", "pk")}

    def text(self, row: Option, column: str) -> str:
        if column == "step":
            return str(row.step_id or "")
        value = getattr(row, column)
        return "" if column == "lead_days" and not value else values.shown(value)

    def put(self, row: Option, column: str, text: str) -> None:
        if column == "step":
            row.step = self._step(text)
        elif column in ("kind", "control"):
            setattr(row, column, _chosen(column, text))
        else:
            values.put(row, column, text)

    def _step(self, text: str) -> Step:
        """A step by its key, code or name."""
        folded = text.casefold()
        for key, step in self.steps.items():
            if text == key or folded in (step.code.casefold(), step.name.casefold()):
                return step
        raise ValueError(_("There is no step “%(text)s”.") % {"text": text[:60]})

    def check(self, rows: list[tuple[Any, Line]]) -> None:
        """What an option's own form checks, and the places of new ones."""
        texts = [f"{row.when} {row.price}" for row, _line in rows]
        schema = schema_about(self.product, texts)
        added = Counter[int]()
        for row, line in rows:
            if not row.name_en:
                line.wrong("name_en", _("Write a name."))
            if not row.control or not row.pk:
                begin(row)
            if row.step is None:
                line.wrong("step", _("The product needs a step first."))
                continue
            if not row.pk:
                row.position = next_position(row) + added[row.step_id]
                added[row.step_id] += 1
            self._check(row, line, schema)

    def _check(self, row: Option, line: Line, schema: Any) -> None:
        known = {column.name for column in self.columns}
        for problem in problems_of_option(option_content(row), ()):
            field = str(problem.path[0]) if problem.path else ""
            column = COLUMN_OF.get(field, field)
            line.wrong(column if column in known else "", problem.message)
        for field, want in FORMULAS.items():
            if (text := getattr(row, field)) and schema is not None:
                formula = Formula((field,), text, want, texts=field != "when")
                for problem in checked(formula, schema):
                    line.wrong(field, problem.message)


def _chosen(column: str, text: str) -> str:
    """A kind or a control by its value or its words."""
    known: Any = Option.Kind if column == "kind" else Option.Control
    for value, label in known.choices:
        if text.casefold() in (str(value).casefold(), str(label).casefold()):
            return str(value)
    if not text and column == "control":
        return ""
    named = ", ".join(str(value) for value in known.values)
    raise ValueError(_("It is one of: %(known)s.") % {"known": named})
