"""Where in the admin a place of a content is edited."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from configurator.catalog.content import Content, Path
from configurator.catalog.models import (
    Layer,
    Operation,
    Option,
    Part,
    PriceRule,
    Product,
    Rule,
    Step,
    WorkCenter,
)
from configurator.catalog.problems import where

LISTS: dict[str, type[Model]] = {
    "rules": Rule,
    "prices": PriceRule,
    "parts": Part,
    "operations": Operation,
}


class Places:
    """Looks up the rows of a product once, by their codes."""

    def __init__(self, product: Product, content: Content) -> None:
        self.product = product
        self.content = content
        self._known: dict[type[Model], dict[str, Any]] = {}

    def name(self, path: Path) -> str:
        """The place in words."""
        if path[:1] == ("texts",):
            return _("Translations")
        if path[:1] == ("cases",):
            return _("Test case")
        return where(self.content, path)

    def url(self, path: Path) -> str:
        """The page on which it is edited; that of the product for what it says itself."""
        if path[:1] == ("texts",):
            page = reverse("admin:catalog_product_texts", args=[self.product.pk])
            return f"{page}?missing={path[1]}"
        if len(path) == 1 and path[0] in LISTS:
            page = reverse("admin:catalog_product_workspace", args=[self.product.pk])
            kind = LISTS[path[0]]._meta.model_name
            return f"{page}?list={kind}#list-{kind}"
        if len(path) == 2 and path[0] == "cases":
            return reverse("admin:catalog_designcase_change", args=[path[1]])
        model, code = self._row(path)
        key = self._keys(model).get(code) if model is not Product else self.product.pk
        name = model._meta.model_name
        if key is None:
            return reverse("admin:catalog_product_change", args=[self.product.pk])
        return reverse(f"admin:catalog_{name}_change", args=[key])

    def _row(self, path: Path) -> tuple[type[Model], str]:
        match path:
            case ("steps", int(s), "options", int(o), *_):
                return Option, str(self.content["steps"][s]["options"][o]["code"])
            case ("steps", int(s), *_):
                return Step, str(self.content["steps"][s]["code"])
            case ("operations", int(i), "work_center_name", *_):
                return WorkCenter, str(self.content["operations"][i]["work_center"])
            case (("rules" | "prices" | "parts" | "operations") as kind, int(i), *_):
                return LISTS[kind], str(self.content[kind][i]["code"])
            case ("picture", "layers", int(i), *_):
                return Layer, str(self.content["picture"]["layers"][i].get("code"))
            case _:
                return Product, ""

    def _keys(self, model: type[Model]) -> dict[str, Any]:
        if model not in self._known:
            rows: Any = model._default_manager.values_list("code", "pk")
            mine = rows if model is WorkCenter else rows.filter(product=self.product)
            self._known[model] = {str(code): key for code, key in mine}
        return self._known[model]
