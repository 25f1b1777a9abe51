"""Quotes in the admin: to look at."""

from django.contrib import admin
from django.http import HttpRequest

from configurator.catalog.admin.base import ReadOnly
from configurator.catalog.admin.plain import PlainAdmin
from orders.quotes.models import Quote, QuoteLine


class QuoteLineInline(ReadOnly, admin.TabularInline[QuoteLine, Quote]):
    model = QuoteLine
    extra = 0


@admin.register(Quote)
class QuoteAdmin(ReadOnly, PlainAdmin):
    list_display = ("number", "state", "made_at", "valid_until", "total", "currency", "order")
    list_filter = ("state", "made_at")
    list_select_related = ("order",)
    list_per_page = 50
    search_fields = ("number",)
    inlines = (QuoteLineInline,)

    def get_exclude(self, request: HttpRequest, obj: Quote | None = None) -> tuple[str, ...]:
        """Who asked is shown to superusers only."""
        root = request.user.is_active and getattr(request.user, "is_superuser", False)
        return () if root else ("contact",)
