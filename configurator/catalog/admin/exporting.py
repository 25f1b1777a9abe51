"""The page from which a product is taken along, in every format that it can be written in."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from configurator.catalog.exporting.errors import ExportRefused
from configurator.catalog.exporting.service import FORMATS, export_product
from configurator.catalog.models import Product

EDIT = "catalog.change_product"

TOLD: dict[str, tuple[str, Promise]] = {
    "zip": (
        "ZIP",
        gettext_lazy("Everything, with the pictures: brings the product to another shop."),
    ),
    "yaml": (
        "YAML",
        gettext_lazy("Everything but the pictures, a line for each thing: to keep in git."),
    ),
    "xlsx": (
        "XLSX",
        gettext_lazy("Everything but the pictures, a sheet for each table: to edit and import."),
    ),
    "uvl": (
        "UVL",
        gettext_lazy("Options and rules as a feature model, for other tools."),
    ),
    "xcsp": (
        "XCSP",
        gettext_lazy("Options and rules as an instance of XCSP 2.1, for constraint solvers."),
    ),
}


def export_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponseBase:
    """The formats; with `format` in the address the file."""
    product = get_object_or_404(Product, pk=product_id)
    if not request.user.has_perm(EDIT):
        raise PermissionDenied
    refused = ""
    if kind := request.GET.get("format", ""):
        if kind not in FORMATS:
            raise Http404
        try:
            return _download(product, kind)
        except ExportRefused as error:
            refused = str(error)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Export %(product)s") % {"product": product.name},
        "opts": Product._meta,
        "product": product,
        "formats": [{"kind": kind, "name": TOLD[kind][0], "told": TOLD[kind][1]} for kind in TOLD],
        "refused": refused,
    }
    name = "admin/catalog/product/export.html"
    return TemplateResponse(request, name, context, status=422 if refused else 200)


def _download(product: Product, kind: str) -> FileResponse:
    done = export_product(product=product, kind=kind)
    response = FileResponse(
        done.file, as_attachment=True, filename=done.name, content_type=done.media_type
    )
    response["Cache-Control"] = "private, no-store"
    return response
