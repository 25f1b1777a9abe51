"""Tokens and webhooks, for superusers."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from configurator.catalog.admin.base import KnownRows, ReadOnly
from orders.erp import tokens, webhooks
from orders.erp.models import ApiToken, Delivery, Webhook


@admin.register(ApiToken)
class ApiTokenAdmin(KnownRows):
    """A key is shown once, right after it was made; later it can only be revoked."""

    list_display = ("name", "prefix", "scope", "created_at", "expires_at", "last_used_at", "works")
    fields = ("name", "scope", "expires_at")
    actions = ("revoke",)

    @admin.display(boolean=True, description=_("valid"))
    def works(self, token: ApiToken) -> bool:
        return token.valid

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Make the token by the service, and show its key."""
        made, key = tokens.make_token(
            name=obj.name,
            scope=obj.scope,
            by=request.user,  # type: ignore[arg-type]  # the admin's people are signed in
            expires_at=obj.expires_at,
        )
        obj.pk = made.pk
        obj.refresh_from_db()
        told = _("Copy this key now, it is never shown again: %(key)s") % {"key": key}
        messages.warning(request, told)

    @admin.action(description=_("Revoke the selected tokens"))
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiToken]) -> None:
        for token in rows:
            tokens.revoke(token=token)
        messages.success(request, _("They open nothing any more."))


@admin.register(Webhook)
class WebhookAdmin(KnownRows):
    list_display = ("url", "events", "active", "created_at")
    fields = ("url", "events", "active", "secret")
    readonly_fields = ("secret",)

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        webhooks.refresh_listening()

    def delete_model(self, request: HttpRequest, obj: Webhook) -> None:
        super().delete_model(request, obj)
        webhooks.refresh_listening()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        super().delete_queryset(request, queryset)
        webhooks.refresh_listening()


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, KnownRows):
    """What was told to whom; what failed can be tried again."""

    list_display = ("created_at", "kind", "webhook", "state", "attempts", "answer", "due_at")
    list_filter = ("state", "kind")
    list_select_related = ("webhook",)
    list_per_page = 50
    actions = ("again",)

    @admin.action(description=_("Try the selected deliveries again"), permissions=["view"])
    def again(self, request: HttpRequest, rows: QuerySet[Delivery]) -> None:
        waiting = rows.exclude(state=Delivery.State.DELIVERED).filter(webhook__active=True)
        count = webhooks.try_again(list(waiting))
        told = ngettext("%(count)s delivery is due.", "%(count)s deliveries are due.", count)
        messages.success(request, told % {"count": count})
