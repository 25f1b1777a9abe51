"""Promotions, their codes, and where these were used."""

import csv
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from configurator.catalog.admin.base import ReadOnly
from configurator.catalog.admin.plain import PlainAdmin, TextsAdmin
from orders.promo.batches import MOST, make_codes
from orders.promo.models import Floor, PromoCode, Promotion, Redemption
from orders.promo.writing import codes_in

LONGEST_START = 12


class PromotionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A promotion, and how many codes it gets besides."""

    new_code = forms.CharField(
        label=_("New code"),
        max_length=40,
        required=False,
        help_text=_("For everybody, like SPRING10."),
    )
    batch = forms.IntegerField(
        label=_("New codes for one order each"), min_value=1, max_value=MOST, required=False
    )
    batch_start = forms.CharField(
        label=_("They begin with"), max_length=LONGEST_START, required=False
    )

    def clean_new_code(self) -> str:
        """One that nobody has, as it is compared."""
        text = str(self.cleaned_data["new_code"])
        if not text:
            return ""
        row = PromoCode(promotion=Promotion(), code=text)
        try:
            row.clean()
        except forms.ValidationError as error:
            raise forms.ValidationError(error.messages) from None
        if len(codes_in(text)) != 1:
            raise forms.ValidationError(_("Write it without spaces."))
        if PromoCode.objects.filter(code=row.code).exists():
            raise forms.ValidationError(_("There is this code already."))
        return row.code


@admin.register(Promotion)
class PromotionAdmin(TextsAdmin):
    form = PromotionForm
    list_display = ("name", "kind", "percent", "amount", "ends_at", "used", "limit", "active")
    list_filter = ("active", "kind")
    search_fields = ("name", "codes__code")
    filter_horizontal = ("products",)
    readonly_fields = ("used",)
    actions = ("download",)
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Promotion, form: Any, change: bool) -> None:
        """With the codes that are asked for."""
        super().save_model(request, obj, form, change)
        if code := form.cleaned_data.get("new_code"):
            PromoCode.objects.create(promotion=obj, code=code)
        if count := form.cleaned_data.get("batch"):
            start = form.cleaned_data.get("batch_start") or ""
            made = len(make_codes(promotion=obj, count=count, start=start))
            said = ngettext("%(n)d code made.", "%(n)d codes made.", made)
            messages.success(request, said % {"n": made})

    @admin.action(description=_("Download the codes (CSV)"), permissions=["view"])
    def download(self, request: HttpRequest, queryset: QuerySet[Promotion]) -> HttpResponse:
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="codes.csv"'
        writer = csv.writer(response)
        writer.writerow(["code", "limit", "used"])
        rows = PromoCode.objects.filter(promotion__in=queryset)
        writer.writerows(rows.values_list("code", "limit", "used"))
        return response


@admin.register(PromoCode)
class PromoCodeAdmin(PlainAdmin):
    list_display = ("code", "promotion", "used", "limit")
    list_filter = ("promotion",)
    search_fields = ("code",)
    autocomplete_fields = ("promotion",)
    readonly_fields = ("used",)
    list_per_page = 100


@admin.register(Redemption)
class RedemptionAdmin(ReadOnly, PlainAdmin):
    list_display = ("code", "promotion", "order", "at", "given_back_at")
    list_filter = ("promotion",)
    search_fields = ("code__code", "order__number")
    list_select_related = ("code", "promotion", "order")
    list_per_page = 100


@admin.register(Floor)
class FloorAdmin(PlainAdmin):
    list_display = ("__str__", "margin", "unknown")
    list_select_related = ("product",)
