"""Ways of shipping and rates of tax in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from configurator.catalog.admin.plain import PlainAdmin, TextsAdmin
from orders.countries import country_name
from orders.selling.models import ShippingOption, TaxRate

CODES = {"country", "countries", "currency"}
NAMED = 3
"""Countries that a list names; more are counted."""


class CodesField(forms.CharField):
    """Codes, which may be written in small letters."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").upper()


def _written(field: Field[Any, Any], known: dict[str, Any]) -> dict[str, Any]:
    return {**known, "form_class": CodesField} if field.name in CODES else known


def _name(code: str) -> str:
    return country_name(code, get_language() or "en")


@admin.register(TaxRate)
class TaxRateAdmin(PlainAdmin):
    list_display = ("country", "named", "rate", "reverse_charge")
    search_fields = ("country",)
    list_per_page = 100

    @admin.display(description=_("Name"))
    def named(self, row: TaxRate) -> str:
        return _name(row.country)

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        return super().formfield_for_dbfield(db_field, request, **_written(db_field, kwargs))


@admin.register(ShippingOption)
class ShippingOptionAdmin(TextsAdmin):
    list_display = (
        *("name", "where", "net", "currency", "free_above", "days", "pickup", "active"),
        "position",
    )
    list_filter = ("active", "pickup")
    list_editable = ("position",)
    search_fields = ("name", "countries")
    list_per_page = 100

    @admin.display(description=_("Countries"), ordering="countries")
    def where(self, row: ShippingOption) -> str:
        """The countries by name, as long as they are few."""
        codes = row.countries.replace(",", " ").split()
        if len(codes) <= NAMED:
            return ", ".join(map(_name, codes)) or "-"
        told = ngettext("%(count)d country", "%(count)d countries", len(codes))
        return told % {"count": len(codes)}

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        return super().formfield_for_dbfield(db_field, request, **_written(db_field, kwargs))
