"""The addresses of the workspace and what belongs to it, below a product in the admin."""

from __future__ import annotations

from functools import partial

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from configurator.catalog.admin import tables, workspace
from configurator.catalog.admin.pages import View

VIEWS: dict[str, tuple[str, View]] = {
    "workspace": ("workspace/", workspace.workspace_view),
    "choices": ("workspace/options/<int:option_id>/", workspace.choices_view),
    "list": ("workspace/lists/<slug:kind>/", workspace.list_view),
    "options": ("options/", tables.options_table),
    "duplicate": ("duplicate/", workspace.duplicate_view),
}


def table_url(site: AdminSite) -> URLPattern:
    view = site.admin_view(partial(tables.choices_table, site))
    return path("<int:option_id>/table/", view, name="catalog_option_table")


def workspace_urls(site: AdminSite) -> list[URLPattern]:
    return [
        path(
            f"<int:product_id>/{route}",
            site.admin_view(partial(view, site)),
            name=f"catalog_product_{name}",
        )
        for name, (route, view) in VIEWS.items()
    ]
