"""A shop to simulate in: tables, rates, ways of shipping, two demo products."""

from __future__ import annotations

from decimal import Decimal

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from configurator.shops.services import make_demo_shop
from orders.selling.demo import make_demo_ways
from orders.selling.models import TaxRate
from orders.selling.union import RATES

PRODUCTS = ("leather-satchel", "touring-bicycle")


def furnish() -> None:
    """Write it into an empty database that is thrown away: tables as they are now, without the
    history of how they came to be so."""
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    make_demo_shop()
    make_demo_ways()
    TaxRate.objects.bulk_create(
        TaxRate(country=country, rate=Decimal(rate), reverse_charge=True)
        for country, rate in RATES.items()
    )
    for slug in PRODUCTS:
        file = settings.BASE_DIR / "configurator" / "catalog" / "demo" / slug / "product.yaml"
        call_command("import_product", str(file), verbosity=0)
