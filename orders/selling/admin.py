"""Ways of shipping and rates of tax in the admin."""

from django.contrib import admin

from configurator.catalog.admin.plain import PlainAdmin, TextsAdmin
from orders.selling.models import ShippingOption, TaxRate


@admin.register(TaxRate)
class TaxRateAdmin(PlainAdmin):
    list_display = ("country", "rate", "reverse_charge")
    search_fields = ("country",)
    list_per_page = 100


@admin.register(ShippingOption)
class ShippingOptionAdmin(TextsAdmin):
    list_display = (
        *("name", "countries", "net", "currency", "free_above", "days", "pickup", "active"),
        "position",
    )
    list_filter = ("active", "pickup")
    list_editable = ("position",)
    search_fields = ("name", "countries")
    list_per_page = 100
