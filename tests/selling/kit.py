"""Rates of tax as a new installation has them."""

from decimal import Decimal

from orders.selling.models import TaxRate
from orders.selling.union import RATES


def write_rates() -> None:
    """The union's."""
    TaxRate.objects.bulk_create(
        TaxRate(country=country, rate=Decimal(rate), reverse_charge=True)
        for country, rate in RATES.items()
    )
