"""Which tax is charged on an order: by where it goes, and to whom."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.conf import settings

from orders.selling.business import country_of
from orders.selling.codes import country_codes
from orders.selling.models import ShippingOption, TaxRate


class Why(StrEnum):
    """Why a tax is what it is."""

    HOME = "home"  # the products' own rates
    THERE = "there"  # the rate of the country where it goes
    REVERSE = "reverse"  # the customer, a business, pays it to their own state
    EXPORT = "export"  # none: it leaves the lands whose rates are kept


@dataclass(frozen=True)
class Taxes:
    """The tax on what goes to a country; `rate` is None where products say it themselves."""

    why: Why
    country: str
    rate: Decimal | None = None

    def of(self, product_rate: Decimal) -> Decimal:
        """The rate, in percent, of goods whose rate at home this is."""
        return product_rate if self.rate is None else self.rate


def taxes_for(country: str, *, vat_number: str = "", pickup: bool = False) -> Taxes:
    """The taxes of what goes to a country ("": home), to a business if it has a VAT number.

    What is fetched is sold where it lies. Without any rate in the admin, products' own hold
    everywhere.
    """
    home = settings.FIRM_COUNTRY
    if pickup or country in ("", home):
        return Taxes(Why.HOME, home)
    rates = {each.country: each for each in TaxRate.objects.filter(country__in=[country, home])}
    there = rates.get(country)
    if there is None:
        if not TaxRate.objects.exists():
            return Taxes(Why.HOME, home)
        return Taxes(Why.EXPORT, country, Decimal(0))
    ours = rates.get(home)
    both = there.reverse_charge and ours is not None and ours.reverse_charge
    if both and vat_number and country_of(vat_number) != home:
        return Taxes(Why.REVERSE, country, Decimal(0))
    return Taxes(Why.THERE, country, there.rate)


def rate_there(country: str) -> Decimal | None:
    """The rate for whoever is no business; None where products say it themselves."""
    return taxes_for(country).rate


def sold_to() -> list[str]:
    """Home, the countries whose rates are kept, and those named by a way of shipping."""
    rates = list(TaxRate.objects.values_list("country", flat=True))
    if not rates:
        return [settings.FIRM_COUNTRY]
    ways = ShippingOption.objects.filter(active=True).values_list("countries", flat=True)
    named = [code for countries in ways for code in country_codes(countries)]
    return list(dict.fromkeys([settings.FIRM_COUNTRY, *rates, *named]))
