"""The panel beside a rule that is being written: what it says and what it leaves."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from configurator.catalog.content import Content
from configurator.catalog.drafts import read_content
from configurator.catalog.models import Choice, Option, Product, Rule
from configurator.catalog.texts import FALLBACK
from configurator.catalog.trying import Tried, try_rule

NEW = "rule"


def try_view(
    site: AdminSite, form_class: type[ModelForm[Any]], request: HttpRequest, object_id: str = ""
) -> HttpResponse:
    """Try the rule that the form holds, saved or not."""
    if not request.user.has_perm("catalog.change_rule"):
        raise PermissionDenied
    row = get_object_or_404(Rule, pk=object_id) if object_id else None
    named = request.POST.get("product", "")
    product = row.product if row else None
    if product is None and named.isdecimal():
        product = Product.objects.filter(pk=named[:18]).first()
    context: dict[str, Any] = {**site.each_context(request), "title": _("Try the rule")}
    if product is not None:
        tried = context["tried"] = _tried(product, form_class, request, row)
        context["before"], context["after"] = _number(tried.before), _number(tried.after)
    partial = request.headers.get("X-Part") == "tried"
    name = "_tried.html" if partial else "tried.html"
    return TemplateResponse(request, f"admin/catalog/rule/{name}", context)


def _tried(
    product: Product, form_class: type[ModelForm[Any]], request: HttpRequest, row: Rule | None
) -> Tried:
    data = request.POST.copy()
    data["product"] = str(product.pk)
    data["code"] = data.get("code") or (row.code if row else NEW)
    form = form_class(data, instance=row)
    if not form.is_valid():
        wrong = [
            str(error)
            for field in ("text", "table", "kind")
            for error in form.errors.get(field, ())
        ]
        if wrong:
            return Tried(problems=tuple(wrong))
    content = read_content(product)
    rule = _rule(form)
    locale = get_language() or FALLBACK
    return try_rule(
        content=content,
        rule=rule,
        replacing=row.code if row else "",
        locale=locale,
    )


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _rule(form: ModelForm[Any]) -> Content:
    data = form.cleaned_data
    table = {"options": data.get("columns") or [], "rows": data.get("rows") or []}
    kind = data.get("kind")
    return {
        "code": data.get("code") or NEW,
        "rule": data.get("text") or "" if kind == Rule.Kind.CONDITION else "",
        "allow": table if kind == Rule.Kind.ALLOW else None,
        "forbid": table if kind == Rule.Kind.FORBID else None,
        "message": {},
    }


MOST_VALUES = 3_000
"""Values of all options that a page brings along; where there are more they are asked for."""


def names_of(product: Product) -> list[dict[str, Any]]:
    """What rules of a product can speak of: names, what they mean, and their values.

    `values` is None where the product has too many; `values_view` tells those of an option.
    """
    rows = list(
        product.options.exclude(kind__in=(Option.Kind.TEXT, Option.Kind.FILE)).order_by(
            "step__position", "step_id", "position", "pk"
        )
    )
    few = Choice.objects.filter(option__product=product).count() <= MOST_VALUES
    values = _values_of(rows) if few else {}
    return [
        {
            "key": row.pk,
            "code": row.code,
            "label": row.name,
            "unit": row.unit,
            "kind": row.kind,
            "optional": bool(row.when),
            "values": values.get(row.pk, []) if few or row.kind != Option.Kind.CHOICE else None,
        }
        for row in rows
    ]


def _values_of(options: list[Option]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    for choice in Choice.objects.filter(option__in=options):
        value = {"code": choice.code, "label": choice.name}
        found.setdefault(choice.option_id, []).append(value)
    return found


def values_view(site: AdminSite, request: HttpRequest, option_id: int) -> HttpResponse:
    """The values of one option, for a rule's page."""
    if not request.user.has_perm("catalog.change_rule"):
        raise PermissionDenied
    option = get_object_or_404(Option, pk=option_id)
    return JsonResponse({"values": _values_of([option]).get(option.pk, [])})
