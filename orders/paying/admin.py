"""Payments and refunds in the admin: to look at, and to record what a bank has done."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from configurator.catalog.admin.base import ReadOnly
from configurator.catalog.admin.plain import PlainAdmin
from orders.paying import services
from orders.paying.models import Invoice, Notice, Payment, Refund


class Recording(ReadOnly, PlainAdmin):
    """What is true is written by services; a person may say what a bank has done."""

    def has_record_permission(self, request: HttpRequest) -> bool:
        """Asked by the actions below."""
        return bool(request.user.has_perm("paying.record_payment"))


@admin.register(Payment)
class PaymentAdmin(Recording):
    list_display = ("order", "reason", "way", "amount", "currency", "state", "began_at", "paid_at")
    list_filter = ("state", "way")
    search_fields = ("order__number", "reference")
    exclude = ("address",)
    actions = ("record_transfers",)

    @admin.action(description=_("Record as paid by bank transfer"), permissions=["record"])
    def record_transfers(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Only of invoices: what was paid by card says its provider."""
        done = [
            services.record_transfer(payment_id=payment.pk)
            for payment in queryset.filter(way="invoice", state=Payment.State.OPEN)
        ].count("paid")
        said = ngettext("%(n)s payment recorded.", "%(n)s payments recorded.", done)
        messages.success(request, said % {"n": done})
        if others := queryset.count() - done:
            said = ngettext("%(n)s was no open invoice.", "%(n)s were no open invoices.", others)
            messages.warning(request, said % {"n": others})


@admin.register(Refund)
class RefundAdmin(Recording):
    list_display = ("payment", "reason", "amount", "state", "began_at", "done_at")
    list_filter = ("state", "payment__way")
    search_fields = ("payment__order__number",)
    actions = ("record_refunds",)

    @admin.action(description=_("Record as sent back"), permissions=["record"])
    def record_refunds(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Only of invoices, too."""
        for refund in queryset.filter(payment__way="invoice"):
            services.record_refund(refund_id=refund.pk)
        messages.success(request, _("Recorded."))


@admin.register(Invoice)
class InvoiceAdmin(ReadOnly, PlainAdmin):
    list_display = ("number", "order", "issued_on", "due_on")
    search_fields = ("number", "order__number")


@admin.register(Notice)
class NoticeAdmin(ReadOnly, PlainAdmin):
    list_display = ("at", "way", "kind", "reference", "outcome")
    list_filter = ("way", "outcome")
    search_fields = ("key", "reference")
