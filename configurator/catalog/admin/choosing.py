"""Operations chosen by their names, where rows speak of them by their codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from configurator.catalog.models import Operation

MOST = 500
"""Where there are more operations than that, their codes are written."""
FIRST = _("the first one")


def choose_operation(form: forms.BaseForm, field: str) -> None:
    """Let a field be chosen from the product's operations; from all where it is unknown."""
    if field not in form.fields:
        return
    rows = Operation.objects.select_related("product").order_by("product", "position", "pk")
    product = _product(form)
    if product is not None:
        rows = rows.filter(product=product)
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        return
    stored = str(form.initial.get(field) or "")
    form.fields[field].widget = forms.Select(choices=_choices(found, product is None, stored))
    form.fields[field].help_text = _("In which the part is used up.")


def _choices(found: list[Operation], grouped: bool, stored: str) -> list[tuple[Any, Any]]:
    known = {operation.code for operation in found}
    strange = [(stored, stored)] if stored and stored not in known else []
    first: list[tuple[Any, Any]] = [("", FIRST), *strange]
    if not grouped:
        return first + [(each.code, each.name) for each in found]
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in found:
        groups.setdefault(each.product.name, []).append((each.code, each.name))
    return first + list(groups.items())


def _product(form: Any) -> int | None:
    """The product that the form is about, where it is known already."""
    said = form.data.get(form.add_prefix("product")) if form.is_bound else None
    said = said or form.instance.product_id or form.initial.get("product")
    return int(said) if str(said or "").isdecimal() else None


def codes_meant(said: Any, known: dict[str, str]) -> Any:
    """Codes, of which some may be written as names; `known` are the names by code."""
    if not isinstance(said, list):
        return said
    by_name = {name.casefold(): code for code, name in known.items()}
    return [
        by_name.get(each.casefold(), each) if isinstance(each, str) and each not in known else each
        for each in said
    ]
