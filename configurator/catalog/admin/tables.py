"""Choices of an option, and options of a product, as a table in the admin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from configurator.catalog.admin.presence import company
from configurator.catalog.admin.workspace import frame, product_for
from configurator.catalog.editing.changes import changing
from configurator.catalog.editing.tables.choices import Choices
from configurator.catalog.editing.tables.options import Options
from configurator.catalog.editing.tables.pasting import NotPasted, cells_of, new_facts, paste
from configurator.catalog.editing.tables.sheet import Column, Line, line_of, save
from configurator.catalog.editing.tables.values import FACT
from configurator.catalog.models import Option
from configurator.catalog.texts import FALLBACK

BLANK = 3
MORE = 10
MOST = 1_500  # lines of one form


@dataclass
class Form:
    """A table as it was sent, and what is said about it."""

    rows: Choices | Options
    lines: list[Line]
    blank: int = BLANK
    told: str = ""
    refused: str = ""
    pasted: str = ""
    entered: dict[str, str] = field(default_factory=dict)

    @property
    def wrong(self) -> int:
        return sum(1 for line in self.lines if line.errors)

    @property
    def status(self) -> int:
        return 422 if self.wrong or self.refused else 200


def choices_table(site: AdminSite, request: HttpRequest, option_id: int) -> HttpResponse:
    """The choices of an option."""
    option = get_object_or_404(Option.objects.select_related("product"), pk=option_id)
    _allow(request, "choice")
    more = tuple(request.POST.getlist("attribute")[:40])
    if named := request.POST.get("new_attribute", "").strip():
        more = (*more, named)
    rows = Choices(option, start=_start(request), more=more)
    title = _("%(option)s: choices") % {"option": option.name}
    return _view(site, request, rows, title, {"option": option, "product": option.product})


def options_table(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The options of a product."""
    product = product_for(request, product_id)
    _allow(request, "option")
    rows = Options(product, start=_start(request))
    title = _("%(product)s: options") % {"product": product.name}
    return _view(site, request, rows, title, {"product": product})


def _allow(request: HttpRequest, kind: str) -> None:
    if not request.user.has_perms([f"catalog.{verb}_{kind}" for verb in ("add", "change")]):
        raise PermissionDenied


def _start(request: HttpRequest) -> int:
    named = request.POST.get("from") or request.GET.get("from", "")
    return int(named) if named.isdecimal() and len(named) < 9 else 0


def _view(
    site: AdminSite,
    request: HttpRequest,
    rows: Choices | Options,
    title: str,
    context: dict[str, Any],
) -> HttpResponse:
    if request.method == "POST":
        form = _sent(request, rows)
        if form.told and "save" in request.POST:
            messages.success(request, form.told)
            return redirect(_after(request, rows))
    else:
        form = Form(rows, [line_of(rows, row) for row in rows.stored()])
    form.lines += [Line() for _each in range(form.blank)]
    return TemplateResponse(
        request,
        "admin/catalog/table.html",
        {
            **frame(site, request, context["product"], title),
            "company": company(request, context["product"].pk, title),
            **context,
            **_shown(form),
            "named": f"name_{FALLBACK}",
            "is_nav_sidebar_enabled": False,
        },
        status=form.status,
    )


def _after(request: HttpRequest, rows: Choices | Options) -> str:
    if "back" in request.POST.get("save", ""):
        product = rows.product if isinstance(rows, Options) else rows.option.product
        return reverse("admin:catalog_product_workspace", args=[product.pk])
    return f"{request.path}?from={rows.start}" if rows.start else request.path


def _sent(request: HttpRequest, rows: Choices | Options) -> Form:
    """What a form asks for: to save, to put in rows, or for more lines or a column."""
    data = request.POST
    count = data.get("rows", "")
    lines = [
        _line(request, number, rows.columns)
        for number in range(min(int(count), MOST) if count.isdecimal() and len(count) < 6 else 0)
    ]
    form = Form(rows, [line for line in lines if not line.empty])
    form.entered = {name: data.get(name, "") for name in ("first", "new_attribute")}
    if "paste" in data:
        _paste(form, data.get("pasted", ""), data.get("first", ""))
    elif "more" in data:
        form.blank = MORE
    elif "attribute_add" in data:
        _add_column(form, data.get("new_attribute", "").strip())
    else:
        _save(request, form)
    return form


def _line(request: HttpRequest, number: int, columns: list[Column]) -> Line:
    data = request.POST
    names = [column.name for column in columns]
    cells = {name: data.get(f"c{number}-{name}", "").replace("\0", "") for name in names}
    key = data.get(f"key{number}", "")
    line = Line(key if key.isdecimal() else "", data.get(f"v{number}", ""), cells)
    line.delete = f"d{number}" in data
    selects = {column.name for column in columns if column.input == "select"}
    if not key and not any(text.strip() for name, text in cells.items() if name not in selects):
        line.cells = {}
    return line


def _save(request: HttpRequest, form: Form) -> None:
    deletes = any(line.delete and line.key for line in form.lines)
    kind = "option" if isinstance(form.rows, Options) else "choice"
    if deletes and not request.user.has_perm(f"catalog.delete_{kind}"):
        raise PermissionDenied
    with changing(user=request.user, note=gettext_noop("edited in the table")) as change:
        count = save(change, form.rows, form.lines)
    if count is None:
        form.refused = ngettext(
            "Nothing is saved yet: %(count)s row needs a look.",
            "Nothing is saved yet: %(count)s rows need a look.",
            form.wrong,
        ) % {"count": form.wrong}
    elif count:
        form.told = ngettext("%(count)s row is saved.", "%(count)s rows are saved.", count) % {
            "count": count
        }
    else:
        form.told = _("Nothing was changed.")


def _paste(form: Form, text: str, first: str) -> None:
    """Fill in rows; what does not fit is told, and stays where it was pasted."""
    try:
        block = cells_of(text)
        if isinstance(form.rows, Choices):
            facts = tuple(new_facts(block, form.rows.columns))
            known = tuple(form.rows.facts)
            form.rows = Choices(form.rows.option, start=form.rows.start, more=(*known, *facts))
        count = paste(form.lines, block, form.rows.columns, first)
    except NotPasted as error:
        form.refused, form.pasted = str(error), text
        return
    form.told = ngettext(
        "%(count)s row is filled in, and not saved yet.",
        "%(count)s rows are filled in, and not saved yet.",
        count,
    ) % {"count": count}


def _add_column(form: Form, name: str) -> None:
    if not FACT.match(name):
        form.refused = _("An attribute's name is letters, digits and _, beginning with a letter.")
    else:
        form.told = _("The column %(name)s is added.") % {"name": name}
        form.entered["new_attribute"] = ""


def _shown(form: Form) -> dict[str, Any]:
    rows = form.rows
    end = rows.start + rows.size
    return {
        "form": form,
        "columns": rows.columns,
        "facts": rows.facts,
        "is_choices": isinstance(rows, Choices),
        "grid": [_row(number, line, rows.columns) for number, line in enumerate(form.lines)],
        "empty": _row(0, Line(), rows.columns),
        "start": rows.start,
        "count": rows.count,
        "last": min(end, rows.count),
        "later": end if end < rows.count else None,
        "earlier": max(0, rows.start - rows.size) if rows.start else None,
    }


def _row(number: int, line: Line, columns: list[Column]) -> dict[str, Any]:
    return {
        "line": line,
        "number": str(number),
        "errors": line.errors.get("", ()),
        "cells": [
            {
                "column": column,
                "text": line.cells.get(column.name, ""),
                "errors": line.errors.get(column.name, ()),
                "filled": column.name in line.filled,
            }
            for column in columns
        ],
    }
