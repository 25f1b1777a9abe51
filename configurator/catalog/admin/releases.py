"""Releases in the admin: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.base import KnownRows
from configurator.catalog.models import Release


@admin.register(Release)
class ReleaseAdmin(KnownRows):
    list_display = ("product", "number", "live", "valid_designs", "published_at", "published_by")
    list_display_links = ("product", "number")
    list_filter = ("product", "live")
    list_select_related = ("product",)
    fields = (
        *("product", "number", "live", "valid_designs", "published_at", "published_by"),
        *("reason", "sha", "space"),
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the contents, which are large."""
        return super().get_queryset(request).defer("content")

    @admin.display(description=_("valid designs"))
    def valid_designs(self, release: Release) -> str:
        return f"{int(release.designs):,}" if release.designs else gettext("not counted")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
