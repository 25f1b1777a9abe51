"""Forms of parts, operations and layers: how a design is made, and how it looks."""

from typing import Any, ClassVar

from configurator.catalog.admin.choosing import choose_operation, codes_meant
from configurator.catalog.admin.forms import CheckedForm
from configurator.catalog.checks.formulas import Want, brace_problems
from configurator.catalog.checks.making import (
    NO_NUMBER,
    problems_of_operation,
    unknown_operation,
)
from configurator.catalog.drafts import read_content
from configurator.catalog.making import codes_of
from configurator.catalog.models import (
    Layer,
    Operation,
    Product,
)


class PartForm(CheckedForm):
    formulas: ClassVar[dict[str, Want]] = {
        "when": "condition",
        "quantity": "number",
        "cut_length": "number",
        "cut_width": "number",
        "cut_thickness": "number",
        "cost": "number",
    }

    def __init__(self, *more: Any, **named: Any) -> None:
        super().__init__(*more, **named)
        choose_operation(self, "operation")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        product, operation = self.product(data), data.get("operation")
        if product is not None and product.pk and operation:
            known = list(product.operations.values_list("code", flat=True))
            if operation not in known:
                self.add_error("operation", unknown_operation(operation, known))
        if data.get("stock") is not None and not data.get("number"):
            self.add_error("stock", NO_NUMBER)
        return data


class OperationForm(CheckedForm):
    formulas: ClassVar[dict[str, Want]] = {
        "when": "condition",
        "setup_minutes": "number",
        "run_minutes": "number",
    }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        self.check_json("checks", "checks", data.get("checks") or [])
        self.check_json("pictures", "pictures", data.get("pictures") or [])
        product = self.product(data)
        if data.get("predecessors") is not None:
            if product is not None and product.pk:
                known = dict(product.operations.values_list("code", "name_en"))
                data["predecessors"] = codes_meant(data["predecessors"], known)
            self.check_json("predecessors", "after", data["predecessors"])
        if product is not None and product.pk:
            self._check_braces(product, data)
            if not self.errors:
                self._check_routing(product, data)
        return data

    def _check_braces(self, product: Product, data: dict[str, Any]) -> None:
        """Instructions, tooling and checks name options that are there."""
        rows = product.options.order_by("step__position", "position", "pk")
        known = list(rows.values_list("code", flat=True))
        for field in self.fields:
            if field.startswith(("instructions_", "tooling_")):
                for problem in brace_problems((), [data.get(field) or ""], known):
                    self.add_error(field, problem.told)
        for check in data.get("checks") or ():
            texts = check.values() if isinstance(check, dict) else [check]
            for problem in brace_problems((), map(str, texts), known):
                self.add_error("checks", problem.told)

    def _check_routing(self, product: Product, data: dict[str, Any]) -> None:
        """What it names is there, and no operation waits for itself."""
        content = read_content(product)
        mine = {
            "code": data.get("code") or "",
            "when": data.get("when") or "",
            "after": codes_of(data.get("predecessors")),
            "pictures": data.get("pictures") or [],
        }
        others = product.operations.exclude(pk=self.instance.pk).filter(
            position__lt=data.get("position") or 0
        )
        old = self.initial.get("code")
        content["operations"] = [each for each in content["operations"] if each["code"] != old]
        content["operations"].insert(others.count(), mine)
        for field, problem in problems_of_operation(content, mine):
            self.add_error(field, problem.told)

    class Meta:
        model = Operation
        exclude: ClassVar[list[str]] = []


class LayerForm(CheckedForm):
    """A layer's formulas may use the picture's own names, so publishing checks them."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        spec = data.get("spec")
        if spec is not None:
            named = {**spec, "code": "x"} if isinstance(spec, dict) else spec
            self.check_json("spec", "layer", named)
        return data

    class Meta:
        model = Layer
        exclude: ClassVar[list[str]] = []
