"""Two admins at the same product see each other, and what the other changes."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from configurator.catalog.admin.pages import PAGES, ProductPage
from configurator.catalog.editing.presence import Company, come
from configurator.catalog.models import Product

EDIT = "catalog.change_product"


def company(request: HttpRequest, product_id: int, page: str) -> Company | None:
    """Who else is at the product; None for who can't edit it."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm(EDIT):
        return None
    return come(user, product_id, page)


def presence_view(site: AdminSite, request: HttpRequest, product_id: int) -> HttpResponse:
    """A sign of life from an open page: who else is there, and what has changed since."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = request.user
    if not isinstance(user, User) or not user.has_perm(EDIT):
        raise PermissionDenied
    product = get_object_or_404(Product, pk=product_id)
    since = request.POST.get("since", "")
    number = int(since) if since.isdecimal() and len(since) < 18 else 0
    found = come(user, product.pk, request.POST.get("page", ""), number)
    context: dict[str, Any] = {"company": found}
    return TemplateResponse(request, "admin/catalog/_company.html", context)


PAGES.append(ProductPage("presence", "presence/", presence_view, EDIT))
