"""Which rows of a product have texts, and in which of their fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from configurator.catalog.editing.kinds import KEPT
from configurator.catalog.editing.kinds import rows_of as rows_of_kind
from configurator.catalog.models import Option, Product, WorkCenter
from configurator.catalog.texts import languages


@dataclass(frozen=True)
class Field:
    """A translated column; `definition` is the schema's, which says how long it may be."""

    name: str
    definition: str
    required: bool = False


@dataclass(frozen=True)
class TextKind:
    """A kind of rows. `part` is how the keys of its texts begin."""

    name: str
    part: str
    title: str | Promise
    fields: tuple[Field, ...]

    @property
    def model(self) -> type[Model]:
        return KEPT[self.name]

    @property
    def permission(self) -> str:
        return f"catalog.change_{self.name}"


NAME, HELP = Field("name", "line", True), Field("help", "prose")
KINDS: dict[str, TextKind] = {
    kind.name: kind
    for kind in (
        TextKind(
            *("product", "product", _("The product")),
            (NAME, Field("tagline", "long_line"), Field("description", "prose")),
        ),
        TextKind("step", "steps", _("Steps"), (NAME, HELP)),
        TextKind("option", "options", _("Options"), (NAME, HELP, Field("placeholder", "line"))),
        TextKind("choice", "choices", _("Choices"), (NAME, HELP)),
        TextKind("rule", "rules", _("Rules"), (Field("message", "prose"),)),
        TextKind("pricerule", "prices", _("Price rules"), (Field("label", "long_line", True),)),
        TextKind(
            *("part", "parts", _("Parts")),
            (Field("name", "long_line", True), Field("material", "long_line")),
        ),
        TextKind(
            *("operation", "operations", _("Operations")),
            (NAME, Field("instructions", "prose"), Field("tooling", "long_line")),
        ),
        TextKind(
            *("inspiration", "inspirations", _("Inspirations")), (NAME, Field("text", "prose"))
        ),
        TextKind("workcenter", "work_centers", _("Work centers"), (NAME,)),
    )
}
CHECKS, COVERAGE, GUIDE = "checks", "coverage", "guide"
"""Texts in JSON: those of an operation's checks, the messages of a product's coverage, and the
questions and answers of its guide."""
WRITTEN = {CHECKS: Field(CHECKS, "long_line"), COVERAGE: Field(COVERAGE, "prose")}
GUIDED = {"name": Field(GUIDE, "line", True), "help": Field(GUIDE, "prose")}
ANSWERED = {"name": Field(GUIDE, "line", True), "because": Field(GUIDE, "long_line")}
ORDERS = {
    "option": ("step__position", "step_id", "position", "pk"),
    "choice": (
        *("option__step__position", "option__step_id", "option__position", "option_id"),
        *("position", "pk"),
    ),
}


def rows_of(kind: TextKind, product: Product) -> QuerySet[Any]:
    """The rows of a kind, in the order in which people meet them."""
    if kind.name == "workcenter":
        mine = product.operations.values("work_center")
        return WorkCenter.objects.filter(pk__in=mine).order_by("code")
    rows = rows_of_kind(kind.name, product)
    if kind.name == "choice":
        rows = rows.select_related("option")
    return rows.order_by(*ORDERS.get(kind.name, ("position", "pk")))


def lacking(field: Field, language: str) -> Q:
    """Rows that say something there in another language, and nothing in this one."""
    said = Q()
    for other in languages():
        if other != language:
            said |= ~_empty(f"{field.name}_{other}")
    found = said & _empty(f"{field.name}_{language}")
    return found & ~names_an_option() if field.name == "material" else found


def names_an_option() -> Q:
    """Parts whose material is an option's code, which nobody reads."""
    options = Option.objects.filter(product=OuterRef("product"), code=OuterRef("material_en"))
    return Q(Exists(options))


def _empty(column: str) -> Q:
    return Q(**{column: ""}) | Q(**{f"{column}__isnull": True})
