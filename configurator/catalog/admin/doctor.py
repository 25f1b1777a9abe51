"""The doctor's page of a product: what was found, and where each thing is mended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.admin.places import Places
from configurator.catalog.doctor import Finding, Grade, examine
from configurator.catalog.drafts import read_content
from configurator.catalog.models import Product

PUBLISH = "catalog.publish_product"

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


@dataclass(frozen=True)
class Line:
    """A finding as the page shows it."""

    message: str
    place: Place
    causes: tuple[Place, ...]


def doctor_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """The page at once; what is found comes with `found` in the address, which takes seconds."""
    product = get_object_or_404(Product, pk=product_id)
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Examine %(product)s") % {"product": product.name},
        "opts": Product._meta,
        "product": product,
    }
    if "found" in request.GET:
        context.update(_found(product))
    partial = request.headers.get("X-Part") == "found"
    name = "_findings.html" if partial else "doctor.html"
    return TemplateResponse(request, f"admin/catalog/product/{name}", context)


def _found(product: Product) -> dict[str, Any]:
    content = read_content(product)
    diagnosis = examine(content, cases=product.cases.all())
    places = Places(product, content)
    groups = [
        {
            "grade": grade,
            "heading": heading,
            "help": words,
            "lines": [_line(finding, places) for finding in diagnosis.of(grade)],
        }
        for grade, (heading, words) in HEADINGS.items()
    ]
    return {
        "groups": [group for group in groups if group["lines"]],
        "diagnosis": diagnosis,
        "designs": None if diagnosis.designs is None else f"{diagnosis.designs:,}",
    }


def _line(finding: Finding, places: Places) -> Line:
    def place(path: Any) -> Place:
        return Place(places.name(path) or str(places.product), places.url(path))

    return Line(finding.message, place(finding.path), tuple(place(path) for path in finding.causes))
