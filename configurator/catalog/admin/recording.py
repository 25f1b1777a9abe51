"""Admin pages whose every change keeps what the row was, and whose history can bring it back."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from configurator.catalog.admin.plain import PlainAdmin
from configurator.catalog.admin.renaming import old_codes, rename_uses
from configurator.catalog.admin.seeing import SEEN
from configurator.catalog.editing.changes import changing, product_key
from configurator.catalog.editing.histories import Entry, entries
from configurator.catalog.editing.kinds import KEPT
from configurator.catalog.editing.restoring import restore
from configurator.catalog.editing.uses import uses_of
from configurator.catalog.models import Product, Revision

HISTORY = 100


class Recorded(PlainAdmin):
    """Writes through a change, whose revisions are what the history page tells."""

    object_history_template = "admin/catalog/history.html"
    delete_confirmation_template = "admin/catalog/delete_confirmation.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With the version that the page was opened on."""
        sets: list[tuple[Any, dict[str, Any]]]
        sets = [(name, dict(said)) for name, said in super().get_fieldsets(request, obj)]
        if obj is not None and sets and self.has_change_permission(request, obj):
            sets[0][1]["fields"] = [*sets[0][1]["fields"], SEEN]
        return sets

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Held until it is saved, so that nobody else's version comes between."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not connection.in_atomic_block:
            return found
        rows = type(found)._default_manager.select_for_update().filter(pk=found.pk)
        return rows.first()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        olds = old_codes(type(obj), [obj])
        with changing(user=request.user, log=False) as changes:
            if change:
                changes.save(obj)
                rename_uses(request, changes, [obj], olds)
            else:
                changes.add(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        formset.save(commit=False)
        with changing(user=request.user, log=False) as changes:
            for row in formset.deleted_objects:
                changes.delete(row)
            rows = [row for row, _fields in formset.changed_objects]
            olds = old_codes(formset.model, rows)
            changes.save_all(rows)
            changes.add_all(formset.new_objects)
            rename_uses(request, changes, rows, olds)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with changing(user=request.user, log=False) as changes:
            changes.delete(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with changing(user=request.user, log=False) as changes:
            for row in queryset:
                changes.delete(row)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With what speaks of the row, and would have to be mended."""
        row = self.get_object(request, object_id)
        speaks = row is not None and not isinstance(row, Product) and product_key(row)
        linked = [(use, _address(use.row)) for use in uses_of(row)] if speaks else None
        return super().delete_view(request, object_id, {**(extra_context or {}), "uses": linked})

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Back to the workspace of the product, with the way to bring the row back."""
        answer = super().response_delete(request, obj_display, obj_id)
        gone = Revision.objects.filter(
            model=self.opts.model_name, row=obj_id, after__isnull=True
        ).first()
        if gone is None or not Product.objects.filter(pk=gone.product_key or 0).exists():
            return answer
        return redirect(
            f"{reverse('admin:catalog_product_workspace', args=[gone.product_key])}?gone={gone.pk}"
        )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(partial(restore_view, self.admin_site)))
        name = f"catalog_{self.opts.model_name}_restore"
        return [
            path("<int:row_id>/restore/<int:revision_id>/", view, name=name),
            *super().get_urls(),
        ]

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """What was changed, from what to what; a product's with all of its rows."""
        row = self.get_object(request, object_id)
        told: list[Entry] = entries(row, HISTORY) if row is not None else []
        context = {
            **(extra_context or {}),
            "entries": told,
            "more": len(told) == HISTORY,
            "may_restore": self.has_change_permission(request, row),
        }
        return super().history_view(request, object_id, context)


def _address(row: Model) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def restore_view(site: Any, request: HttpRequest, row_id: int, revision_id: int) -> HttpResponse:
    """Bring a row back to what it was before a change (or after it, with `to=after`)."""
    revision = get_object_or_404(Revision, pk=revision_id, row=row_id)
    there = KEPT[revision.model]._default_manager.filter(pk=row_id).exists()
    verb = "change" if there else "add"
    if not request.user.has_perm(f"catalog.{verb}_{revision.model}"):
        raise PermissionDenied
    try:
        with changing(user=request.user, note=gettext_noop("restored")) as change:
            row = restore(change, revision, after=request.POST.get("to") == "after")
    except ValidationError as refused:
        messages.error(request, " ".join([_("It cannot be restored."), *refused.messages]))
    else:
        messages.success(request, _("%(name)s is as it was.") % {"name": row})
        return redirect(_address(row))
    if KEPT[revision.model]._default_manager.filter(pk=row_id).exists():
        return redirect(f"admin:catalog_{revision.model}_history", row_id)
    if Product.objects.filter(pk=revision.product_key or 0).exists():
        return redirect("admin:catalog_product_history", revision.product_key)
    return redirect("admin:catalog_product_changelist")
