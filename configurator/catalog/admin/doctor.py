"""The model's doctor in the admin: what was found, where it is mended, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.pages import PAGES, ProductPage
from configurator.catalog.admin.places import url_of
from configurator.catalog.examinations import look, look_again
from configurator.catalog.gaps import Grade
from configurator.catalog.models import Examination, Product
from configurator.catalog.wording import told

PUBLISH = "catalog.publish_product"
EDIT = "catalog.change_product"
SHOWN = 8
"""So many findings of a grade are shown beside the product; all are on the page of their own."""
CAUSES = 24
"""So many causes of a finding are linked."""
Stage = Examination.Stage

HEADINGS: dict[Grade, tuple[Promise, Promise]] = {
    "error": (
        gettext_lazy("To be mended"),
        gettext_lazy("With these the product cannot be published."),
    ),
    "warning": (
        gettext_lazy("Probably a mistake"),
        gettext_lazy("It can be published, but customers will not get what was meant."),
    ),
    "hint": (gettext_lazy("Idle"), gettext_lazy("It changes nothing and could be left out.")),
    "gap": (
        gettext_lazy("Missing"),
        gettext_lazy("Texts in a language, and pictures, that others have."),
    ),
}


@dataclass(frozen=True)
class Place:
    """A link to what is to blame."""

    name: str
    url: str
    row: str


@dataclass(frozen=True)
class Line:
    """A finding as the page shows it."""

    message: str
    place: Place
    causes: tuple[Place, ...]
    earlier: bool  # of an earlier state

    @property
    def shown(self) -> tuple[Place, ...]:
        return self.causes[:CAUSES]

    @property
    def more(self) -> int:
        return len(self.causes[CAUSES:])


def doctor_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """All that is known; a POST has it examined again."""
    product = get_object_or_404(Product, pk=product_id)
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    here = reverse("admin:catalog_product_examine", args=[product.pk])
    if request.method == "POST":
        look_again(product)
        return redirect(here)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Examine %(product)s") % {"product": product.name},
        "opts": Product._meta,
        **examined(product),
    }
    part = "HX-Request" in request.headers
    name = "_doctor.html" if part else "doctor.html"
    return TemplateResponse(request, f"admin/catalog/product/{name}", context)


def panel_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The findings beside the product; a POST has it examined again."""
    product = get_object_or_404(Product, pk=product_id)
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
    if request.method == "POST":
        look_again(product)
    if "HX-Request" not in request.headers:
        there = reverse("admin:catalog_product_workspace", args=[product.pk])
        return redirect(f"{there}#doctor")
    name = "admin/catalog/product/_panel.html"
    return TemplateResponse(request, name, panel(request, product))


def panel(request: HttpRequest, product: Product) -> dict[str, Any]:
    """What the panel shows."""
    return {**examined(product, SHOWN), "may_publish": request.user.has_perm(PUBLISH)}


def examined(product: Product, shown: int | None = None) -> dict[str, Any]:
    """What is known of the product now, or was of an earlier state while it is examined."""
    row = look(product)
    known, current = row.examined_at is not None, row.found_at == row.wanted
    lines: dict[str, list[Line]] = {grade: [] for grade in HEADINGS}
    for finding in _known(row, current):
        lines[finding["grade"]].append(_line(product.pk, finding))
    groups = [
        {
            "grade": grade,
            "heading": heading,
            "help": words,
            "count": len(lines[grade]),
            "lines": lines[grade][:shown],
            "more": len(lines[grade]) - len(lines[grade][:shown]),
        }
        for grade, (heading, words) in HEADINGS.items()
        if lines[grade]
    ]
    return {
        "product": product,
        "examination": row,
        "live": product.releases.exists(),
        "groups": groups,
        "known": known,
        "current": current,
        "working": row.stage != Stage.IDLE,
        "publishable": current and not lines["error"],
        "refused": any(not line.earlier for line in lines["error"]),
        "designs": f"{int(row.designs):,}" if current and row.designs else "",
        "open_questions": [told(each) for each in row.open_questions] if current else [],
    }


def _known(row: Examination, current: bool) -> list[dict[str, Any]]:
    """All that was found; while that is awaited, what is seen at a glance now, and what was
    compiled of an earlier state."""
    if current or row.seen != row.wanted:
        return [{**each, "earlier": not current} for each in row.findings]
    earlier = [{**each, "earlier": True} for each in row.findings if each.get("deep")]
    return [*row.quick, *earlier]


def _line(product_id: int, finding: dict[str, Any]) -> Line:
    causes = tuple(_place(product_id, cause) for cause in finding["causes"])
    place = _place(product_id, finding["place"])
    return Line(told(finding["message"]), place, causes, finding.get("earlier", False))


def _place(product_id: int, place: dict[str, Any]) -> Place:
    path = tuple(place["path"])
    name = _("Translations") if path[:1] == ("texts",) else told(place["name"])
    url = url_of(product_id, path, place["row"])
    return Place(name or _("Product"), url, place["row"])


PAGES.append(ProductPage("doctor", "doctor/", panel_view, EDIT))
