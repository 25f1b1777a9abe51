"""The guide of a product as grids in the admin: answers × what they speak for."""

import hashlib
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from configurator.catalog.admin.guiding import problems_of
from configurator.catalog.admin.presence import company
from configurator.catalog.admin.workspace import frame, product_for
from configurator.catalog.content import GUIDE, Content, canonical
from configurator.catalog.drafts import read_content
from configurator.catalog.editing.changes import changing
from configurator.catalog.editing.guide_grid import (
    MOST_ANSWERS,
    MOST_QUESTIONS,
    MOST_WANTS,
    Flat,
    Read,
    count,
    flat_of,
    read,
)
from configurator.catalog.editing.wants import wants_of
from configurator.catalog.models import Product
from configurator.catalog.schema import problems_with

LINES = 2
"""So many empty rows and columns are offered."""
USUAL_POINTS = (10, 5, 2, -2, -5, -10)
"""Offered to choose from; any whole number in between may be written."""


def guide_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The grids; a POST saves them, or only gives more room."""
    product = product_for(request, product_id)
    if request.method != "POST":
        return _page(site, request, product, flat_of(product.guide), Read())
    flat = _sent(request.POST)
    if "add" in request.POST:
        return _page(site, request, product, _roomier(flat, request.POST["add"]), Read())
    with changing(user=request.user, note=gettext_noop("guide")) as change:
        product = Product.objects.select_for_update().get(pk=product_id)
        found = _checked(flat, product)
        if not found.wrong:
            product.guide = found.guide
            change.save(product)
    if found.wrong:
        return _page(site, request, product, flat, found)
    messages.success(request, _("The guide is saved."))
    return redirect(request.path)


def _sent(data: QueryDict) -> dict[str, str]:
    return {name: str(data.get(name, "")) for name in data}


def _roomier(flat: Flat, what: str) -> Flat:
    """With room for one more: `questions`, or the `q0-rows` or `q0-columns` of a question."""
    return {**flat, what: str(count(flat, what, 100) + 1)}


def _checked(flat: Flat, product: Product) -> Read:
    """What the form says, and what is wrong with it, as the importer has it."""
    found = read(flat, product.guide)
    if flat.get("seen") != _mark(product.guide):
        found.tell(
            "", _("Somebody else has changed this guide meanwhile. Save again to replace it.")
        )
    if found.wrong:
        return found
    problems = problems_with(found.guide, "guide")
    if not problems:
        content = read_content(product)
        content["product"]["guide"] = found.guide
        problems = problems_of(content)
    for problem in problems:
        path = tuple(problem.path)
        inside = path[len(GUIDE) :] if path[: len(GUIDE)] == GUIDE else path
        found.tell(found.name_of(inside), problem.told)
    return found


def _mark(guide: list[Content]) -> str:
    """Names the guide that a page was opened on."""
    return hashlib.sha256(repr(canonical({"guide": guide})).encode()).hexdigest()[:16]


def _page(
    site: AdminSite, request: HttpRequest, product: Product, flat: Flat, found: Read
) -> HttpResponse:
    title = _("%(product)s: guide") % {"product": product.name}
    shown = min(count(flat, "questions", MOST_QUESTIONS) or 1, MOST_QUESTIONS)
    context = {
        **frame(site, request, product, title),
        "company": company(request, product.pk, title),
        "questions": [_question(flat, f"q{q}", found) for q in range(shown)],
        "count": shown,
        "seen": _mark(product.guide),
        "wrong": [words for name, words in found.wrong.items() if not name],
        "refused": bool(found.wrong),
        "wants": wants_of(read_content(product), get_language() or "en"),
        "usual_points": USUAL_POINTS,
        "is_nav_sidebar_enabled": False,
    }
    status = 422 if found.wrong else 200
    return TemplateResponse(request, "admin/catalog/product/guide.html", context, status=status)


def _question(flat: Flat, at: str, found: Read) -> dict[str, Any]:
    rows = _room(flat, f"{at}-rows", [f"{at}-a{{}}-name", f"{at}-a{{}}-code"], MOST_ANSWERS)
    columns = _room(flat, f"{at}-columns", [f"{at}-w{{}}"], MOST_WANTS)
    return {
        **_cells(flat, at, ("code", "name", "help"), found),
        "at": at,
        "was": flat.get(f"{at}-was", ""),
        "several": flat.get(f"{at}-several", ""),
        "remove": flat.get(f"{at}-remove", ""),
        "row_count": rows,
        "column_count": columns,
        "columns": [_cell(flat, f"{at}-w{w}", found) for w in range(columns)],
        "rows": [_row(flat, f"{at}-a{a}", columns, found) for a in range(rows)],
    }


def _room(flat: Flat, name: str, fields: list[str], most: int) -> int:
    """How many are shown: with empty ones at the end."""
    asked = count(flat, name, most)
    full = sum(1 for n in range(asked) if any(flat.get(field.format(n)) for field in fields))
    return min(most, max(asked, full + LINES))


def _row(flat: Flat, at: str, columns: int, found: Read) -> dict[str, Any]:
    return {
        **_cells(flat, at, ("code", "name", "because"), found),
        "at": at,
        "was": flat.get(f"{at}-was", ""),
        "remove": flat.get(f"{at}-remove", ""),
        "points": [_cell(flat, f"{at}-w{w}", found) for w in range(columns)],
    }


def _cells(flat: Flat, at: str, parts: tuple[str, ...], found: Read) -> dict[str, Any]:
    return {part: _cell(flat, f"{at}-{part}", found) for part in parts}


def _cell(flat: Flat, name: str, found: Read) -> dict[str, Any]:
    return {"name": name, "text": flat.get(name, ""), "errors": found.wrong.get(name, [])}
