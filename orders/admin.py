"""Orders and their jobs, to look at. What came back is written down, and parked jobs retried."""

import json
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from configurator.catalog.admin.base import KnownRows, ReadOnly
from orders import jobs
from orders.admin_returning import returned
from orders.models import Job, Order, OrderEvent, OrderLine, Paper, Specification

CONTACT = (
    *("name", "email", "street", "postal_code", "city", "country", "note", "company"),
    *("billing_name", "billing_street", "billing_postal_code", "billing_city", "billing_country"),
    *("vat_number", "vat_check"),
)
SECRET = ("token", "browser")  # whoever has the token has the order's page
ERROR_SHOWN = 80


class LineInline(ReadOnly, admin.TabularInline[OrderLine, Order]):
    model = OrderLine
    extra = 0


class EventInline(ReadOnly, admin.TabularInline[OrderEvent, Order]):
    model = OrderEvent
    extra = 0


class PaperInline(ReadOnly, admin.TabularInline[Paper, Order]):
    model = Paper
    extra = 0


@admin.register(Order)
class OrderAdmin(ReadOnly, admin.ModelAdmin[Order]):
    """Who ordered is shown to superusers only; the others see what is made."""

    list_display = ("number", "state", "placed_at", "promised_on", "total", "currency", "country")
    list_filter = ("state", "placed_at")
    date_hierarchy = "placed_at"
    list_per_page = 50
    inlines = (LineInline, EventInline, PaperInline)

    def get_urls(self) -> list[Any]:
        page = require_http_methods(["GET", "HEAD", "POST"])(partial(returned, self.admin_site))
        view = self.admin_site.admin_view(page)
        own = path("<uuid:order>/returned/", view, name="orders_order_returned")
        return [own, *super().get_urls()]

    def get_exclude(self, request: HttpRequest, obj: Order | None = None) -> tuple[str, ...]:
        return SECRET if _sees_contacts(request) else SECRET + CONTACT

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nobody guesses what they may not see, letter by letter, with filters in the address."""
        hidden = SECRET if _sees_contacts(request) else SECRET + CONTACT
        if lookup.split("__", 1)[0] in hidden:
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return ("number", "name", "email") if _sees_contacts(request) else ("number",)


def _sees_contacts(request: HttpRequest) -> bool:
    return bool(request.user.is_active and getattr(request.user, "is_superuser", False))


@admin.register(Specification)
class SpecificationAdmin(ReadOnly, admin.ModelAdmin[Specification]):
    list_display = ("sha", "release", "created_at")
    search_fields = ("sha",)
    list_select_related = ("release__product",)
    fields = ("sha", "release", "created_at", "readable")
    readonly_fields = ("readable",)
    list_per_page = 50

    @admin.display(description=_("content"))
    def readable(self, specification: Specification) -> SafeString:
        pretty = json.dumps(specification.content, indent=2, ensure_ascii=False)
        return format_html("<pre>{}</pre>", pretty)


@admin.register(Job)
class JobAdmin(ReadOnly, KnownRows):
    """Jobs that gave up are parked: the error says why; retry them when that is mended."""

    list_display = ("kind", "queue", "state", "attempts", "due_at", "done_at", "last_error")
    list_filter = ("state", "kind", "queue")
    search_fields = ("id", "error")
    ordering = ("-created_at",)
    list_per_page = 50
    actions = ("retry",)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("orders.retry_job"))

    @admin.action(description=_("Retry the parked jobs"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        count = jobs.retry(queryset)
        told = ngettext("%(count)s job is due again.", "%(count)s jobs are due again.", count)
        level = messages.SUCCESS if count else messages.WARNING
        self.message_user(request, told % {"count": count}, level)

    @admin.display(description=_("last error"))
    def last_error(self, job: Job) -> str:
        return job.error if len(job.error) <= ERROR_SHOWN else f"{job.error[:ERROR_SHOWN]}…"


@admin.register(Paper)
class PaperAdmin(ReadOnly, admin.ModelAdmin[Paper]):
    list_display = ("subject", "kind", "size", "revision", "created_at", "order_link")
    list_filter = ("kind", "size")
    search_fields = ("subject", "sha")
    list_select_related = ("order",)
    list_per_page = 50

    @admin.display(description=_("order"))
    def order_link(self, paper: Paper) -> Any:
        url = reverse("admin:orders_order_change", args=[paper.order_id])
        return format_html('<a href="{}">{}</a>', url, paper.order.number)
