"""The addresses of export and import below the products of the admin."""

from __future__ import annotations

from functools import partial

from django.contrib.admin import ModelAdmin
from django.urls import URLPattern, path

from configurator.catalog.admin.exporting import export_view
from configurator.catalog.admin.importing import imported_view, upload_view
from configurator.catalog.models import Product


def exchange_urls(admin: ModelAdmin[Product]) -> list[URLPattern]:
    wrap = admin.admin_site.admin_view
    exported = wrap(partial(export_view, admin.admin_site))
    uploaded = wrap(partial(upload_view, admin))
    imported = wrap(partial(imported_view, admin))
    return [
        path("<int:product_id>/export/", exported, name="catalog_product_export"),
        path("import/", uploaded, name="catalog_product_import"),
        path("import/<uuid:key>/", imported, name="catalog_product_imported"),
    ]
