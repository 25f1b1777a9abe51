"""The addresses of the workspace and what belongs to it, below a product in the admin."""

from __future__ import annotations

from functools import partial

from django.contrib.admin import AdminSite
from django.urls import URLPattern, path

from configurator.catalog.admin import workspace
from configurator.catalog.admin.pages import View

VIEWS: dict[str, tuple[str, View]] = {
    "workspace": ("workspace/", workspace.workspace_view),
    "choices": ("workspace/options/<int:option_id>/", workspace.choices_view),
    "list": ("workspace/lists/<slug:kind>/", workspace.list_view),
    "duplicate": ("duplicate/", workspace.duplicate_view),
}


def workspace_urls(site: AdminSite) -> list[URLPattern]:
    return [
        path(
            f"<int:product_id>/{route}",
            site.admin_view(partial(view, site)),
            name=f"catalog_product_{name}",
        )
        for name, (route, view) in VIEWS.items()
    ]
