"""Forms that check formulas and JSON as the importer does, and tell the place of an error."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.coding import CodedForm
from configurator.catalog.admin.picturing import PictureForm
from configurator.catalog.admin.renaming import RenamingForm
from configurator.catalog.admin.seeing import SeeingForm
from configurator.catalog.checks.formulas import Formula, Want, checked
from configurator.catalog.checks.making import (
    coverage_problems,
)
from configurator.catalog.checks.options import problems_of_option
from configurator.catalog.checks.showcases import showcase_problems
from configurator.catalog.configuration import number_text, value_from_json
from configurator.catalog.content import CONTROLS, Content, beginning
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.combinations import Combinations, Wrong, read, written
from configurator.catalog.editing.schemas import schema_about
from configurator.catalog.editing.spoken import in_codes
from configurator.catalog.editing.tables.values import shown
from configurator.catalog.modeling import schema_of
from configurator.catalog.models import (
    Choice,
    DesignCase,
    Option,
    Product,
    Rule,
)
from configurator.catalog.problems import Problem, meant, where
from configurator.catalog.schema import problems_with
from configurator.catalog.wording import told as as_told
from configurator.engine import Schema

TOLD = 20
"""So many cells of a table are told as text; all of them are marked."""


class CheckedForm(CodedForm, RenamingForm, SeeingForm):
    """`formulas` tells which fields are formulas, and what they give."""

    formulas: ClassVar[dict[str, Want]] = {}
    plain_names: ClassVar[frozenset[str]] = frozenset()  # formulas that rules are: without texts

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.give_code(data)
        schema = self.schema(data)
        for field, want in self.formulas.items():
            text = data.get(field) or ""
            if text and schema is not None:
                formula = Formula((field,), text, want, texts=field not in self.plain_names)
                if wrong := list(checked(formula, schema)):
                    self._understand(data, formula, wrong)
        return data

    def _understand(self, data: dict[str, Any], formula: Formula, wrong: list[Problem]) -> None:
        """A formula that says names where the language has codes is kept in codes."""
        field, product = str(formula.path[0]), self.product(data)
        if product is not None and product.pk:
            said = in_codes(formula.text, product)
            schema = schema_about(product, [said])
            if schema and not any(checked(replace(formula, text=said), schema)):
                data[field] = said
                return
        for problem in wrong:
            self.add_error(field, told(problem))

    def product(self, data: dict[str, Any]) -> Product | None:
        """The product that the row belongs to."""
        found = data.get("product") or getattr(self.instance, "product", None)
        return found if isinstance(found, Product) else None

    def schema(self, data: dict[str, Any]) -> Schema | None:
        """What formulas may speak of; None where the product is not known or not in order."""
        product = self.product(data) if self.formulas else None
        texts = [str(data.get(field) or "") for field in self.formulas]
        return schema_about(product, texts) if product is not None else None

    def check_json(self, field: str, definition: str, value: Any) -> None:
        """Check a JSON field against a definition of the product schema."""
        for problem in problems_with(value, definition):
            self.add_error(field, told(problem, value))


def told(problem: Problem, content: Any = None) -> str:
    """A problem with its place in the field."""
    place = where(content, problem.path) if content is not None else ""
    if problem.line:
        place = _("line %(line)s, column %(column)s") % {
            "line": problem.line,
            "column": problem.column,
        }
    return f"{place}: {problem.told}" if place else problem.told


def typed(values: Any, product: Product) -> Any:
    """Values by option code as the options have them: the choice 3 is no number."""
    if not isinstance(values, dict) or not product.pk:
        return values
    kinds = dict(product.options.values_list("code", "kind"))
    words = (Option.Kind.CHOICE, Option.Kind.TEXT)
    plain = (int, float)
    return {
        code: shown(value) if kinds.get(code) in words and isinstance(value, plain) else value
        for code, value in values.items()
    }


class ProductForm(PictureForm, CheckedForm):
    shown_as: ClassVar[dict[str, str]] = {"picture": "picture_width"}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        showcase = data["showcase"] = typed(data.get("showcase") or {}, self.instance)
        self.check_json("showcase", "showcase", showcase)
        if self.instance.pk and "showcase" not in self.errors:
            self._check_showcase(showcase)
        coverage = data.get("coverage") or []
        self.check_json("coverage", "coverage", coverage)
        if self.instance.pk and "coverage" not in self.errors:
            self._check_coverage(coverage)
        return data

    def _check_coverage(self, coverage: list[Content]) -> None:
        """It speaks of parts and operations that exist; whether it holds is proven later."""
        content = {**read_content(self.instance), "coverage": coverage}
        for problem in coverage_problems(content):
            self.add_error("coverage", told(problem, content))

    def _check_showcase(self, showcase: Content) -> None:
        """Its options and values exist; whether they go together is seen when it is published."""
        content = read_content(self.instance)
        content["product"]["showcase"] = showcase
        for problem in showcase_problems(content):
            self.add_error("showcase", told(problem, content))


class NamedForm(CheckedForm):
    """Of rows that have a code, and nothing to be checked."""


class OptionForm(CheckedForm):
    formulas: ClassVar[dict[str, Want]] = {"when": "condition", "price": "number"}
    plain_names = frozenset({"when"})

    def schema(self, data: dict[str, Any]) -> Schema | None:
        """The option may name itself before it is saved."""
        schema = super().schema(data)
        code = data.get("code")
        if schema is None or not code or schema.known(code):
            return schema
        return Schema(schema.variables, schema.texts, {code: int})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        step, product = data.get("step"), data.get("product")
        if step and product and step.product_id != product.pk:
            self.add_error("step", _("This step belongs to another product."))
        if not self.errors:
            self._begin(data)
            for problem in problems_of_option(_option_content(data), ()):
                field = _OPTION_FIELDS.get(str(problem.path[0]), str(problem.path[0]))
                self.add_error(field if field in self.fields else None, problem.told)
        return data

    def _begin(self, data: dict[str, Any]) -> None:
        """What is left empty is as the kind begins with; so is the control of another kind."""
        kind = data["kind"]
        if data["control"] not in CONTROLS[kind] and "kind" in self.changed_data:
            data["control"] = CONTROLS[kind][0]
        for field, value in beginning(kind).items():
            data[field] = data.get(field) or value


_OPTION_FIELDS = {"step": "step_size"}
_OPTION_COPIED = (
    *("code", "kind", "control", "when", "price", "unit", "required", "max_length"),
    *("characters", "accept", "max_megabytes", "minimum_pixels"),
)


def _option_content(data: dict[str, Any]) -> Content:
    """The option as a content has it; its choices are checked when it is published."""
    numbers = {"minimum": "minimum", "maximum": "maximum", "step": "step_size"}
    exacts = {to: data.get(of) for to, of in numbers.items()}
    return {
        **{field: data.get(field) or "" for field in _OPTION_COPIED},
        **{to: None if n is None else number_text(n) for to, n in exacts.items()},
        "lead_days": data.get("lead_days") or 0,
        "placeholder": data.get("placeholder_en") or "",
        "choices": None,
    }


class ChoiceForm(CheckedForm):
    formulas: ClassVar[dict[str, Want]] = {"price": "number"}

    def product(self, data: dict[str, Any]) -> Product | None:
        option = data.get("option") or self.instance.option if self.instance.option_id else None
        return option.product if isinstance(option, Option) and option.product_id else None

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_json("attributes", "attributes", data.get("attributes") or {})
        return data

    class Meta:
        model = Choice
        exclude: ClassVar[list[str]] = []


class RuleForm(CheckedForm):
    """Combinations are one field, `table`: a text with tabs, which the page shows as a grid."""

    formulas: ClassVar[dict[str, Want]] = {"text": "condition"}
    plain_names = frozenset({"text"})
    shown_as: ClassVar[dict[str, str]] = {"rows": "table", "columns": "table"}
    table = forms.CharField(
        label=gettext_lazy("Combinations"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 90, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "The first line names the options, every other line a value for each, with tabs "
            "between them, as copied from a spreadsheet. Also * for any value, oak | ash for each "
            "of these, 300..600 for all between, >= 500 for all from there."
        ),
    )

    def __init__(self, *more: Any, **named: Any) -> None:
        super().__init__(*more, **named)
        self.wrong_cells: list[Wrong] = []
        if self.instance.pk:
            self.initial.setdefault("table", written(self.instance.columns, self.instance.rows))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        product = self.product(data)
        found = Combinations()
        if data.get("kind") == Rule.Kind.CONDITION:
            if not data.get("text") and "text" not in self.errors:
                self.add_error("text", _("A condition is expected here."))
            if (data.get("table") or "").strip():
                self.add_error("table", _("A condition has no combinations; empty this field."))
        elif product is not None:
            if data.get("text"):
                self.add_error(
                    "text", _("A rule of combinations has no condition; empty this field.")
                )
            found = self._combinations(data.get("table") or "", product)
        data["columns"], data["rows"] = found.columns, found.rows
        self.instance.columns, self.instance.rows = found.columns, found.rows
        return data

    def _combinations(self, text: str, product: Product) -> Combinations:
        found = read(text, product)
        self.wrong_cells = found.problems
        for problem in found.problems[:TOLD]:
            self.add_error("table", problem.told())
        if not found.problems and not found.rows:
            self.add_error("table", _("List at least one combination."))
        return found

    class Meta:
        model = Rule
        exclude: ClassVar[list[str]] = ["columns", "rows"]


class InspirationForm(CheckedForm):
    """Its options and values exist; whether they go together is seen when it is published."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        product = self.product(data)
        design = data.get("design") or {}
        if product is not None:
            design = data["design"] = typed(design, product)
        self.check_json("design", "showcase", design)
        if product is not None and product.pk and "design" not in self.errors:
            content = {**read_content(product)}
            content["product"] = {**content["product"], "showcase": design}
            for problem in showcase_problems({**content, "inspirations": []}):
                self.add_error("design", told(problem, content))
        return data


class DesignCaseForm(CheckedForm):
    """Its choices are values of options that are there; whether it holds is seen when published."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for field in ("choices", "texts", "parts"):
            value = data.get(field)
            if value is not None and not _is_flat(value):
                self.add_error(field, _('Values by code are expected here, like {"wood": "oak"}.'))
        product = self.product(data)
        if product is not None and not self.errors:
            data["choices"] = typed(data.get("choices") or {}, product)
            values = {v.name: v.values for v in schema_of(read_content(product)).variables}
            for code, value in (data.get("choices") or {}).items():
                if code not in values:
                    missing = _("There is no option “%(code)s”.") % {"code": code}
                    self.add_error("choices", missing + as_told(meant(code, values)))
                elif value_from_json(value) not in values[code]:
                    hint = meant(str(value), map(str, values[code]))
                    wrong = _("“%(code)s” has no value %(value)s.") % {"code": code, "value": value}
                    self.add_error("choices", wrong + as_told(hint))
        for field in ("choices", "texts"):
            data[field] = data.get(field) or {}
        return data

    class Meta:
        model = DesignCase
        exclude: ClassVar[list[str]] = []


def _is_flat(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(each, str | int | float | bool) for each in value.values()
    )


class PriceRuleForm(CheckedForm):
    formulas: ClassVar[dict[str, Want]] = {"when": "condition", "amount": "number"}
