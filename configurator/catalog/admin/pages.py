"""Pages about a product that higher rooms add to the admin: its pictures, what customers do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class ProductPage:
    """A page below `<product>/`; it has a link on the product's page if it has a title.

    `view` gets the admin's site, the request, `product_id` and what else `route` names.
    """

    name: str
    route: str
    view: View
    permission: str
    title: str | Promise = ""


PAGES: list[ProductPage] = []


def routes(site: AdminSite) -> list[URLPattern]:
    """The routes of all pages, for who may enter the admin."""
    return [
        path(
            f"<int:product_id>/{page.route}",
            site.admin_view(partial(page.view, site)),
            name=f"catalog_product_{page.name}",
        )
        for page in PAGES
    ]


def links(request: HttpRequest, product_id: int) -> list[dict[str, Any]]:
    """The pages with a title that this person may open."""
    return [
        {
            "title": page.title,
            "url": reverse(f"admin:catalog_product_{page.name}", args=[product_id]),
        }
        for page in PAGES
        if page.title and request.user.has_perm(page.permission)
    ]
