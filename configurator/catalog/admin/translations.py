"""The page on which every text of a product stands beside its translations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from configurator.catalog.admin.pages import PAGES, ProductPage
from configurator.catalog.admin.presence import company
from configurator.catalog.admin.translators import brought_view, download, upload_view
from configurator.catalog.models import Product
from configurator.catalog.texts import languages
from configurator.catalog.translating.kinds import CHECKS, COVERAGE, GUIDE, KINDS
from configurator.catalog.translating.queries import Wanted, missing_counts, page_of
from configurator.catalog.translating.services import Edit, Refused, save_texts
from configurator.catalog.translating.texts import Text

EDIT = "catalog.change_product"
SEEN, WORDS = "seen:", "words:"
"""How the names of fields begin: of what the editor saw, and of what is written now."""
LONGEST_SEARCH = 100
FIELD_NAMES: dict[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "help": gettext_lazy("help"),
    "tagline": gettext_lazy("tagline"),
    "description": gettext_lazy("description"),
    "placeholder": gettext_lazy("example"),
    "message": gettext_lazy("why, in the customer's words"),
    "label": gettext_lazy("label"),
    "material": gettext_lazy("material"),
    "instructions": gettext_lazy("instructions"),
    "tooling": gettext_lazy("tooling"),
}


@dataclass(frozen=True)
class Cell:
    """A text in one language, as the page shows it."""

    name: str
    language: str
    words: str
    error: str
    missing: bool


@dataclass(frozen=True)
class Line:
    """A text with its cells."""

    text: Text
    named: str
    told: str | Promise
    url: str
    cells: list[Cell]
    longest: int
    prose: bool


def texts_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponseBase:
    """Some of the texts, by the address's filters; on POST save those that were changed."""
    product = get_object_or_404(Product, pk=product_id)
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
    wanted = wanted_of(request.GET)
    if kind := request.GET.get("format", ""):
        return download(product, wanted, kind)
    texts: list[Text] = []
    if request.method == "POST":
        try:
            count = save_texts(product=product, edits=_edits(request.POST), user=request.user)
        except Refused as refused:
            texts = refused.texts
        else:
            _tell(request, count)
            return redirect(request.get_full_path())
    page = page_of(product, wanted, _number(request.GET.get("page", "")))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Translations of %(product)s") % {"product": product.name},
        "opts": Product._meta,
        "product": product,
        "company": company(request, product.pk, _("Translations")),
        "wanted": wanted,
        "page": page,
        "kinds": [(kind.name, kind.title) for kind in KINDS.values()],
        "languages": [_language(code) for code in languages()],
        "missing": missing_of(product),
        "lines": [line_of(text) for text in (texts or page.texts)],
        "refused": bool(texts),
        "filter": _query(request, page=None),
        "before": _address(request, page.number - 1) if page.number > 1 else "",
        "after": _address(request, page.number + 1) if page.number < page.pages else "",
    }
    name = "admin/catalog/product/texts.html"
    return TemplateResponse(request, name, context, status=422 if texts else 200)


def wanted_of(data: QueryDict) -> Wanted:
    return Wanted(
        data.get("kind", ""), data.get("missing", ""), data.get("q", "").strip()[:LONGEST_SEARCH]
    )


def missing_of(product: Product) -> list[dict[str, Any]]:
    """How many texts are missing in each language, and where to write them."""
    page = reverse("admin:catalog_product_texts", args=[product.pk])
    return [
        {**_language(code), "count": count, "url": f"{page}?missing={code}"}
        for code, count in missing_counts(product).items()
    ]


def line_of(text: Text) -> Line:
    cells = [
        Cell(
            name=f"{WORDS}{text.id}:{code}",
            language=code,
            words=text.typed.get(code, text.said.get(code, "")),
            error=text.errors.get(code, ""),
            missing=code in text.missing,
        )
        for code in languages()
    ]
    prose = text.field.definition == "prose"
    longest = {"line": 120, "long_line": 160}.get(text.field.definition, 4_000)
    return Line(text, text.named, _told(text), _url(text), cells, longest, prose)


def _told(text: Text) -> str | Promise:
    place, _dot, inner = text.place.partition(".")
    if place == CHECKS:
        return _("check %(number)s") % {"number": inner}
    if place == COVERAGE:
        return _("coverage %(code)s") % {"code": inner}
    if place == GUIDE:
        return _("guide %(code)s") % {"code": inner}
    return FIELD_NAMES.get(place, place)


def _url(text: Text) -> str:
    """Where the rest of it is edited."""
    if text.kind.name == "choice":
        return reverse("admin:catalog_option_change", args=[text.row.option_id])
    return reverse(f"admin:catalog_{text.kind.name}_change", args=[text.row.pk])


def _language(code: str) -> dict[str, Any]:
    return {"code": code, "name": dict(settings.LANGUAGES)[code]}


def _edits(data: QueryDict) -> dict[str, Edit]:
    """What the form holds, by the ids of texts."""
    words: dict[str, dict[str, str]] = {}
    for name, value in data.items():
        if name.startswith(WORDS):
            id, _colon, code = name.removeprefix(WORDS).rpartition(":")
            if code in languages():
                words.setdefault(id, {})[code] = str(value)
    seen = {id: str(data.get(f"{SEEN}{id}", "")).split(",") for id in words}
    marks = {
        id: {code: mark for code, _colon, mark in (each.partition(":") for each in pairs) if mark}
        for id, pairs in seen.items()
    }
    return {id: Edit(said, marks[id]) for id, said in words.items()}


def _tell(request: HttpRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing was changed."))
        return
    said = ngettext("%(count)s text was saved.", "%(count)s texts were saved.", count)
    messages.success(request, said % {"count": count})


def _number(text: str) -> int:
    return int(text[:9]) if text.isdecimal() else 1


def _address(request: HttpRequest, page: int) -> str:
    return f"?{_query(request, page=page)}"


def _query(request: HttpRequest, *, page: int | None) -> str:
    """The address's filters, with another page or none."""
    query = request.GET.copy()
    query.pop("page", None)
    if page is not None:
        query["page"] = str(page)
    return query.urlencode()


PAGES += [
    ProductPage("texts", "texts/", texts_view, EDIT, gettext_lazy("Translations")),
    ProductPage("texts_bring", "texts/import/", upload_view, EDIT),
    ProductPage("texts_brought", "texts/import/<uuid:key>/", brought_view, EDIT),
]
