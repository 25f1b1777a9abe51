"""Codes that nobody has to invent: an empty one is made from what the row is called, or says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.seeing import FormBase
from configurator.catalog.editing.adding import code_from, label_from, own
from configurator.catalog.editing.copying import free_code
from configurator.catalog.models import Choice, Option, Rule, Step

HELP = _("Nothing: it is made from the name. Rules and formulas speak of it by this.")
HELP_OF_RULES = _("Nothing: it is made from the rule.")
NAMES = ("name_en", "label_en")


class CodedForm(FormBase):
    """A form whose field `code` may stay empty."""

    beside: Sequence[Any] = ()
    """The forms of a page that come before this one, and make rows among the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            self.fields["code"].required = False
            is_rule = self._meta.model is Rule
            self.fields["code"].help_text = HELP_OF_RULES if is_rule else HELP

    def give_code(self, data: dict[str, Any]) -> None:
        """Fill in the code where none is written; a row that has one keeps it."""
        if data.get("code") or "code" in self.errors or "code" not in self.fields:
            return
        if self.instance.pk is not None:
            data["code"] = type(self.instance)._default_manager.get(pk=self.instance.pk).code
        else:
            data["code"] = self._free(_said(data), data)

    def _free(self, said: str, data: dict[str, Any]) -> str:
        model = self._meta.model
        taken = self._taken(data)
        if model in (Step, Option):
            return free_code(own(code_from(said) or model._meta.model_name), taken)
        if model is Choice:
            return free_code(code_from(said) or "choice", taken)
        return free_code(label_from(said) or str(model._meta.model_name), taken, 80, "-")

    def _taken(self, data: dict[str, Any]) -> set[str]:
        """The codes of the rows among which it must be its own, and of those in the same page."""
        model: type[Model] = self._meta.model
        fields = {field.name for field in model._meta.fields}
        rows: Any = model._default_manager.all()
        if model is Choice:
            rows = rows.filter(option=self.instance.option_id)
        elif "product" in fields:
            rows = rows.filter(product=data.get("product") or self.instance.product_id)
        taken = set(rows.values_list("code", flat=True))
        known = (getattr(form, "cleaned_data", {}).get("code") for form in self.beside)
        return taken | {str(code) for code in known if code}


class CodedFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # it takes none when it runs
    """New rows of a page, none of which may take the code of another."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._made: list[Any] = []
        super().__init__(*args, **kwargs)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        form.beside = self._made
        self._made.append(form)
        return form


def _said(data: dict[str, Any]) -> str:
    """What a row is called; of a rule what it says, or of which options it has combinations."""
    for field in NAMES:
        if data.get(field):
            return str(data[field])
    if data.get("text"):
        return str(data["text"])
    columns = (data.get("table") or "").strip().partition("\n")[0]
    return columns.replace("\t", " ") or _pictured(data.get("spec"))


def _pictured(spec: Any) -> str:
    """What a layer paints."""
    image = spec.get("image") if isinstance(spec, dict) else None
    return PurePosixPath(image).stem.replace("{", "").replace("}", "") if image else ""
