"""Releases in the admin: to look at and to compare, never to change; an older one can come back."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from configurator.catalog.admin.base import KnownRows
from configurator.catalog.admin.doctor import PUBLISH
from configurator.catalog.comparing import Group, compare
from configurator.catalog.models import Release
from configurator.catalog.publications import begin_again


@admin.register(Release)
class ReleaseAdmin(KnownRows):
    list_display = (
        *("product", "number", "live", "valid_designs", "published_at", "published_by"),
        "short_notes",
    )
    list_display_links = ("product", "number")
    list_filter = ("product", "live")
    list_select_related = ("product",)
    fields = (
        *("product", "number", "live", "valid_designs", "published_at", "published_by"),
        *("notes", "reason", "sha", "space"),
    )
    readonly_fields = fields
    change_form_template = "admin/catalog/release/change_form.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the contents, which are large."""
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.revive_view))
        back = path("<uuid:release_id>/revive/", view, name="catalog_release_revive")
        return [back, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With what differs from the release before."""
        release = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if release is not None:
            before = _before(release)
            context |= {
                "before": before,
                "differences": _differences(before, release),
                "may_revive": request.user.has_perm(PUBLISH) and not release.live,
            }
        return super().change_view(request, object_id, form_url, context)

    def revive_view(self, request: HttpRequest, release_id: Any) -> HttpResponse:
        """Ask for it to be made live again; a worker does it as soon as it passes the checks."""
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        found = get_object_or_404(Release.objects.defer("content"), pk=release_id)
        asked = begin_again(release_id=found.pk, by=request.user.get_username())
        said = gettext("Asked for release %(number)s to be live again.") % {"number": found.number}
        self.log_change(request, found.product, said)
        return redirect("admin:catalog_publication_change", asked.pk)

    @admin.display(description=_("valid designs"))
    def valid_designs(self, release: Release) -> str:
        return f"{int(release.designs):,}" if release.designs else gettext("not counted")

    @admin.display(description=_("notes"))
    def short_notes(self, release: Release) -> str:
        return release.notes if len(release.notes) <= 80 else f"{release.notes[:80]}…"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _before(release: Release) -> Release | None:
    earlier = Release.objects.filter(product_id=release.product_id, number__lt=release.number)
    return earlier.order_by("-number").first()


def _differences(before: Release | None, release: Release) -> list[Group]:
    return compare(before.content, release.content) if before is not None else []
