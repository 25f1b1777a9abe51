"""Places of a content as people know them: “Rule “Titanium needs disc brakes””, and their rows."""

from __future__ import annotations

from typing import Any

from configurator.catalog.content import Content, Path
from configurator.catalog.models import (
    Choice,
    Inspiration,
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
from configurator.catalog.problems import short
from configurator.catalog.texts import FALLBACK, say
from configurator.engine.words import Words, joined
from configurator.engine.words import Words as _

LISTS: dict[str, type[Any]] = {
    "rules": Rule,
    "prices": PriceRule,
    "parts": Part,
    "operations": Operation,
    "inspirations": Inspiration,
}
LONGEST = 60
"""A rule is called by its message where that is no longer."""
KINDS = {
    "rules": "Rule “%(name)s”",
    "prices": "Price “%(name)s”",
    "parts": "Part “%(name)s”",
    "operations": "Operation “%(name)s”",
    "coverage": "Statement “%(name)s”",
    "inspirations": "Inspiration “%(name)s”",
}
NAMES = (
    *(_("Rule “%(name)s”", name=""), _("Price “%(name)s”", name="")),
    *(_("Part “%(name)s”", name=""), _("Operation “%(name)s”", name="")),
    *(_("Statement “%(name)s”", name=""), _("Layer “%(name)s”", name="")),
    _("Inspiration “%(name)s”", name=""),
    *(_("Step “%(name)s”", name=""), _("Option “%(name)s”", name="")),
)
FIELDS: dict[str, str] = {
    "when": _("condition"),
    "price": _("price"),
    "amount": _("amount"),
    "quantity": _("quantity"),
    "setup_minutes": _("setup time"),
    "run_minutes": _("run time"),
    "instructions": _("instructions"),
    "checks": _("checks"),
    "pictures": _("pictures"),
    "tooling": _("tooling"),
    "after": _("comes after"),
    "cut": _("cut"),
    "stock": _("stock"),
    "cost": _("cost"),
    "scrap": _("scrap"),
    "operation": _("operation"),
    "image": _("image"),
    "mask": _("mask"),
    "swatch": _("color"),
    "name": _("name"),
    "help": _("help"),
    "message": _("message"),
    "label": _("label"),
    "needs": _("needs"),
    "code": _("code"),
    "minimum": _("smallest value"),
    "maximum": _("largest value"),
    "step": _("step size"),
    "unit": _("unit"),
    "control": _("control"),
    "characters": _("characters"),
    "placeholder": _("placeholder"),
    "attributes": _("attributes"),
    "showcase": _("showcase"),
    "tagline": _("tagline"),
    "description": _("description"),
    "allow": _("allowed combinations"),
    "forbid": _("forbidden combinations"),
    "picture": _("picture"),
    "prices": _("prices"),
    "parts": _("parts"),
    "operations": _("operations"),
    "rules": _("rules"),
    "coverage": _("coverage"),
    "inspirations": _("inspirations"),
    "design": "",
    "work_center_name": _("work center"),
    "work_center": _("work center"),
    "product": "",
}


def named(content: Content, path: Path) -> str:
    """The place in words: what it is called, and which of its fields."""
    try:
        thing, rest = _thing(content, path)
    except (KeyError, IndexError, TypeError, AttributeError):
        thing, rest = "", path
    fields: list[str] = []
    for step in rest:
        if isinstance(step, int):
            fields.append(_("no. %(number)s", number=step + 1))
        elif told := FIELDS.get(step, short(step)):
            fields.append(told)
    if rest == ("rule",):
        fields = []
    return joined(", ", [thing, *fields]) if thing or fields else ""


def _thing(content: Content, path: Path) -> tuple[str, Path]:
    match path:
        case ("steps", int(s), "options", int(o), "choices", int(c), *rest):
            option = content["steps"][s]["options"][o]
            choice = option["choices"][c]
            words = _("“%(option)s: %(choice)s”", option=_name(option), choice=_name(choice))
            return words, tuple(rest)
        case ("steps", int(s), "options", int(o), *rest):
            option = content["steps"][s]["options"][o]
            return _("Option “%(name)s”", name=_name(option)), tuple(rest)
        case ("steps", int(s), *rest):
            return _("Step “%(name)s”", name=_name(content["steps"][s])), tuple(rest)
        case ("picture", "layers", int(i), *rest):
            layer = content["picture"]["layers"][i]
            return _("Layer “%(name)s”", name=str(layer.get("code", i + 1))), tuple(rest)
        case ("cases", *_rest):
            return _("Test case"), ()
        case (str(kind), int(i), *rest) if kind in KINDS:
            return Words(KINDS[kind], name=_called(kind, content[kind][i])), tuple(rest)
    return "", path


def _name(row: Content) -> object:
    """Its name in every language, else its code."""
    name = row.get("name")
    return name if isinstance(name, dict) and any(name.values()) else short(row.get("code"))


def _called(kind: str, row: Content) -> object:
    """A rule by its message where it is short; other rows by their labels, else by their codes."""
    text = row.get({"rules": "message", "prices": "label"}.get(kind, "name")) or {}
    said = say(text, FALLBACK) if isinstance(text, dict) else ""
    if not said or len(said) > LONGEST or kind not in ("rules", "parts", "operations"):
        return short(row.get("code"))
    return {language: words.strip().rstrip(".") for language, words in text.items() if words}


class Rows:
    """Looks up the rows of a product once, by their codes."""

    def __init__(self, product: Product, content: Content) -> None:
        self.product = product
        self.content = content
        self._known: dict[type[Any], dict[Any, int]] = {}

    def row(self, path: Path) -> str:
        """The row at a place, as "option-12"; "" for the product's own, or where it is gone."""
        if len(path) == 2 and path[0] == "cases" and isinstance(path[1], str):
            return f"designcase-{path[1]}"
        try:
            model, code = self._row(path)
        except (KeyError, IndexError, TypeError):
            return ""
        key = self._keys(model).get(code) if model is not Product else None
        return f"{model._meta.model_name}-{key}" if key is not None else ""

    def _row(self, path: Path) -> tuple[type[Any], Any]:
        match path:
            case ("steps", int(s), "options", int(o), "choices", int(c), *_):
                option = self.content["steps"][s]["options"][o]
                return Choice, (str(option["code"]), str(option["choices"][c]["code"]))
            case ("steps", int(s), "options", int(o), *_):
                return Option, str(self.content["steps"][s]["options"][o]["code"])
            case ("steps", int(s), *_):
                return Step, str(self.content["steps"][s]["code"])
            case ("operations", int(i), "work_center_name", *_):
                return WorkCenter, str(self.content["operations"][i]["work_center"])
            case (str(kind), int(i), *_) if kind in LISTS:
                return LISTS[kind], str(self.content[kind][i]["code"])
            case ("picture", "layers", int(i), *_):
                return Layer, str(self.content["picture"]["layers"][i].get("code"))
            case _:
                return Product, ""

    def _keys(self, model: type[Any]) -> dict[Any, int]:
        if model not in self._known:
            self._known[model] = self._read(model)
        return self._known[model]

    def _read(self, model: type[Any]) -> dict[Any, int]:
        if model is Choice:
            rows = Choice.objects.filter(option__product=self.product)
            return {(o, c): key for o, c, key in rows.values_list("option__code", "code", "pk")}
        every = model._default_manager.values_list("code", "pk")
        mine = every if model is WorkCenter else every.filter(product=self.product)
        return {str(code): key for code, key in mine}
